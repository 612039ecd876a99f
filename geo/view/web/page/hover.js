/* The card beside the pointer: name, figure, interval, rank; and the chooser where several things lie under a press. */

import { placeEstimate } from "../data/estimate.js";
import { tell, writeAt, writeRank } from "../language/figures.js";
import { borderName, placeName } from "../language/names.js";
import { h, replace } from "../map/dom.js";

const AFTER = 80, AWAY = 22; // milliseconds; pixels

/* What is said of a thing on the map: [name, neighbour, lines]. */
function toldOf(controller, mark) {
  const { t, ready, values } = controller;
  const name = mark.kind === "record" || !("border" in mark) ? "" : placeName(ready, mark, t), lines = [];
  const estimate = mark.kind === "crossing" || mark.kind === "segment" ? placeEstimate(controller, mark.key) : null;
  if (mark.kind === "segment") {
    // The line's colour is the whole stretch's figure: that comes first.
    const { main, note } = writeAt(t, values, mark.cells[0]);
    lines.push([h("b", {}, `${main} ${t("unit")}`), " ", note]);
  }
  if (estimate) {
    const { main, note } = tell(t, estimate), rank = t("answers.c-rank", { rank: writeRank(t, ...estimate.rank), n: t(mark.kind === "crossing" ? "answers.crossings" : "answers.stretches", { n: estimate.of }) });
    if (mark.kind === "crossing") lines.push([h("b", {}, t("a-year", { v: main })), " ", note], rank);
    else lines.push([t("page.between-figure", { v: `${main} ${t("unit")}` })], rank);
  }
  if (mark.ids.length) lines.push(t("card.records", { n: mark.ids.length }));
  return [name, mark.border && ready.border[mark.border] ? borderName(ready, t, mark.border) : "", lines];
}

export function hoverCards(controller) {
  const { map } = controller, container = map.getContainer();
  const card = h("div", { class: "hover", hidden: true, "aria-hidden": "true" });
  container.append(card);
  let waiting, key = "";
  const hide = () => {
    clearTimeout(waiting);
    card.hidden = true;
    key = "";
  };
  const show = (mark, x, y) => {
    const [name, neighbour, lines] = toldOf(controller, mark);
    replace(card, h("p", { class: "hover-name" }, h("b", {}, name), neighbour && neighbour !== name ? " · " + neighbour : ""), ...lines.map((line) => h("p", {}, line)));
    card.hidden = false;
    const { x: width, y: height } = map.getSize(), w = card.offsetWidth, tall = card.offsetHeight;
    card.style.left = (x + AWAY + w < width ? x + AWAY : Math.max(4, x - AWAY - w)) + "px";
    card.style.top = Math.min(Math.max(4, y - tall / 2), height - tall - 4) + "px";
  };
  map.on("mousemove", (event) => {
    if (matchMedia("(hover: none)").matches) return;
    const { x, y } = event.containerPoint, mark = controller.hit(x, y);
    if (!mark) {
      if (key) controller.point(null);
      return hide();
    }
    clearTimeout(waiting);
    if (mark.key !== key) card.hidden = true;
    waiting = setTimeout(() => {
      if (mark.key !== key) controller.point(mark.kind === "segment" || mark.place ? mark : null);
      key = mark.key;
      show(mark, x, y);
    }, AFTER);
    return undefined;
  });
  map.on("mouseout movestart", () => {
    if (key) controller.point(null);
    hide();
  });
}
