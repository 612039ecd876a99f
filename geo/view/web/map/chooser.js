/* The chooser: a short list where a finger or the pointer could mean several things. Arrows move, Escape closes. */

import { sayMark } from "../language/names.js";
import { h, replace } from "./dom.js";

const MOST = 5; // rows

export function makeChooser(controller) {
  const { map } = controller, container = map.getContainer();
  const list = h("div", { class: "chooser", role: "menu", hidden: true });
  container.append(list);
  L.DomEvent.disableClickPropagation(list);
  const close = () => {
    if (list.hidden) return false;
    const inside = list.contains(document.activeElement);
    list.hidden = true;
    if (inside) container.focus({ preventScroll: true });
    return true;
  };
  list.addEventListener("keydown", (event) => {
    const rows = [...list.querySelectorAll("button")], at = rows.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) rows[(at + step + rows.length) % rows.length].focus();
    else if (event.key === "Escape") close();
    else return event.stopPropagation();
    event.preventDefault();
    return event.stopPropagation();
  });
  map.on("movestart zoomstart", close);
  controller.on("show", close);
  /* Offer marks at a point of the window; pick(mark, others) is called with what is chosen. */
  const open = ({ x, y }, marks, pick) => {
    const { ready, t } = controller;
    const row = (mark) => h("button", { type: "button", role: "menuitem", dataset: { key: mark.key }, onclick: () => { close(); pick(mark, marks.filter((one) => one !== mark)); } }, sayMark(ready, mark, t));
    replace(list, h("p", {}, t("map.chooser")), ...marks.slice(0, MOST).map(row));
    list.setAttribute("aria-label", t("map.chooser"));
    list.hidden = false;
    const size = map.getSize();
    list.style.left = Math.max(4, Math.min(x + 12, size.x - list.offsetWidth - 4)) + "px";
    list.style.top = Math.max(4, Math.min(y + 12, size.y - list.offsetHeight - 4)) + "px";
    list.querySelector("button").focus({ preventScroll: true });
  };
  return { open, close };
}
