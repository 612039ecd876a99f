/* The way through the marks by keyboard. */

import { placeEstimate } from "../data/estimate.js";
import { familyCounts } from "../data/records.js";
import { writeEstimate } from "../language/figures.js";
import { placeName } from "../language/names.js";
import { h } from "./dom.js";

/* Enter steps into the marks, arrows go from west to east, Enter opens, Escape leaves. */
export function stepThrough(controller) {
  const { map } = controller;
  const container = map.getContainer();
  const voice = h("div", { class: "visually-hidden", "aria-live": "polite" });
  container.append(voice);
  let at = -1;
  const inOrder = () => (controller.recordsShown ? controller.placed.marks : controller.crossingPlaces()).filter((mark) => mark.kind !== "border").sort((a, b) => a.x - b.x).concat(controller.ready.borders.map((border) => controller.borderMark(border.code)));
  container.addEventListener("keydown", (event) => {
    if (event.target !== container) return;
    const number = /^[1-5]$/.test(event.key) && controller.state.first[Number(event.key) - 1];
    if (number) return void controller.goTo(number.key);
    if (event.key === "r") return void controller.show({ records: !controller.state.records });
    const marks = inOrder();
    if (!marks.length) return;
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 && event.key === "Enter") at = 0;
    else if (at >= 0 && step) at = (at + step + marks.length) % marks.length;
    else if (at >= 0 && event.key === "Enter") {
      controller.choose(marks[at]);
      event.preventDefault();
      return;
    } else if (at >= 0 && event.key === "Escape") {
      at = -1;
      controller.point(null);
      event.stopPropagation();
      return;
    } else return;
    event.preventDefault();
    event.stopPropagation();
    const mark = marks[at % marks.length];
    controller.point(mark);
    voice.textContent = describeMark(controller, mark);
  });
  container.addEventListener("blur", () => {
    at = -1;
    controller.point(null);
  });
}

/* What a mark is, in words. */
function describeMark(controller, mark) {
  const { ready, t } = controller;
  const of = familyCounts(ready, mark.ids);
  const counts = ready.atlas.families.map(({ letter }, f) => [letter, of[f]]).filter(([, n]) => n);
  const goods = counts.map(([letter, n]) => t("family." + letter) + " " + t.number(n)).join(", ");
  const title = placeName(ready, mark, t) + " (" + t("kind." + mark.kind) + ")";
  const estimate = placeEstimate(controller, mark.key);
  const figure = estimate ? t("a-year", { v: writeEstimate(t, estimate.value, estimate.low, estimate.high) }) : "";
  return [`${title}: ${t("card.records", { n: mark.ids.length })}`, goods, figure].filter(Boolean).join("; ");
}
