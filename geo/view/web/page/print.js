/* On paper: a line that says what was chosen, and map and chart in the width of the sheet. */

import { h } from "../map/dom.js";
import { inForce } from "./active.js";
import { viewAddress } from "./address.js";

export function preparePrint(controller, filter, part) {
  const line = h("p", { class: "printed" });
  part("bar").before(line);
  const root = document.documentElement;
  const { map } = controller;
  let theme = "", before = null; // what a reader had, where they had moved the map
  const fit = (change, show) => {
    map.invalidateSize({ animate: false });
    if (before) show(before);
    else controller.fit(false);
    controller.show(change);
  };
  window.addEventListener("beforeprint", () => {
    const chosen = inForce(filter).map(({ text }) => text).join("; ");
    line.textContent = [chosen || controller.t("print.all"), document.getElementById("dated").textContent, viewAddress(filter)].filter(Boolean).join(" · ");
    root.dataset.print = "1"; // the style sheet gives map and chart the width of paper now, before they are drawn
    theme = controller.state.theme;
    before = controller.moved() ? { bounds: map.getBounds(), center: map.getCenter(), zoom: map.getZoom() } : null;
    fit({ theme: "light" }, ({ bounds }) => map.fitBounds(bounds, { animate: false }));
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.print;
    fit({ theme }, ({ center, zoom }) => map.setView(center, zoom, { animate: false }));
  });
}
