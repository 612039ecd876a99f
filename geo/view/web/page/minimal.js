/* The page inside an article: title, map, legend, the first places in a line each, credit and a link to the whole. The
   address asks for it with embed=1. The frame's height is told to the article, whose lines fit it. */

import { borderName } from "../language/names.js";
import { writeEnds, writeMain } from "../language/figures.js";
import { h, replace } from "../map/dom.js";
import { showAddress, viewAddress } from "./address.js";
import { fewBox, orderLine, plainBox } from "./answers.js";

export const isMinimal = (hash) => new URLSearchParams(hash.slice(1)).get("embed") === "1";

export function showMinimal(controller, filter, part) {
  document.body.classList.add("minimal");
  const said = h("div", {}), credit = h("p", { class: "credit" }), brand = document.querySelector(".brand");
  replace(part("answers"), said);
  part("answers").after(credit);
  const draw = () => {
    const { t, ready } = controller;
    replace(said, told(controller));
    replace(credit, brand, h("span", {}, t("answers.data-of", { date: t.date(ready.atlas.period[1]) })), h("a", { href: viewAddress(filter), target: "_blank", rel: "noopener" }, t("answers.open-map")));
  };
  controller.on("show", draw);
  controller.map.on("moveend", draw);
  window.addEventListener("hashchange", () => showAddress(filter, location.hash, part("asked")));
  tellHeight();
}

function told(controller) {
  const { t, state: { answers } } = controller;
  if (answers.state === "none") return [h("h2", {}, t("answers.s-none")), h("p", { class: "said-line" }, t("answers.s-none-more"))];
  if (answers.state === "too-few") return fewBox(controller);
  if (answers.state === "no-estimate") return plainBox(controller);
  const solid = answers.first.map((place, at) => ({ ...place, at })).filter(({ bound }) => !bound);
  return [
    solid.length ? h("ol", { class: "lines" }, solid.map((place) => h("li", {}, line(controller, place)))) : null,
    orderLine(controller, answers),
  ];
}

/* Number, name and neighbour; figure, interval and unit. */
function line(controller, { key, name, neighbour, value, low90, high90, at }) {
  const { t, ready } = controller;
  const [before, after] = key.startsWith("crossing:") ? t("a-year", { v: "|" }).split("|") : ["", " " + t("unit")];
  return [
    h("span", { class: "place-disc" }, String(at + 1)),
    h("span", {}, h("b", {}, t.of(name)), h("span", { class: "place-border" }, " · " + borderName(ready, t, neighbour))),
    h("span", { class: "place-figure" }, before, h("b", {}, writeMain(t, value, low90, high90)), ` (${writeEnds(t, low90, high90)})`, after),
  ];
}

/* The article's lines make the frame as high as this page; the map's height follows its width, never the frame's. */
function tellHeight() {
  if (window.parent === window) return;
  let before = 0;
  new ResizeObserver(() => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (height !== before) window.parent.postMessage({ shekara: { height } }, "*");
    before = height;
  }).observe(document.body);
}
