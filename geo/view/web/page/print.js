/* On paper: a line that says what was chosen, and map and chart in the width of the sheet. */

import { h } from "../map/dom.js";
import { inForce } from "./active.js";
import { viewAddress } from "./address.js";

export function preparePrint(controller, filter, part) {
  const line = h("p", { class: "printed" });
  part("bar").before(line);
  const root = document.documentElement;
  let theme = "";
  const fit = (change) => {
    controller.map.invalidateSize({ animate: false });
    if (!controller.moved()) controller.fit(false);
    controller.show(change);
  };
  window.addEventListener("beforeprint", () => {
    const chosen = inForce(filter).map(({ text }) => text).join("; ");
    line.textContent = [chosen || controller.t("print.all"), document.getElementById("dated").textContent, viewAddress(filter)].filter(Boolean).join(" · ");
    root.dataset.print = "1"; // the style sheet gives map and chart the width of paper now, before they are drawn
    theme = controller.state.theme;
    fit({ theme: "light" });
  });
  window.addEventListener("afterprint", () => {
    delete root.dataset.print;
    fit({ theme });
  });
}
