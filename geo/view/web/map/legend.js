/* The legend under the map, in one row: how often, whose scale, how sure; and behind a line what the marks mean, the
   shades of the regions, and, where no filter beside the map shows them, the goods. */

import { drawing } from "../data/drawing.js";
import { h, replace, svg } from "./dom.js";
import { markSvg, shapePath } from "./shapes.js";

/* goods: whether to name them; scale: what the page says and offers of whose breaks these are, from a function. */
export function showLegend(controller, element, goods, scale = null) {
  let look = "", open = false;
  const draw = () => {
    const { t, ink, values, state } = controller;
    const now = [t.lang, ink.dark, values.kind, ...values.breaks, state.choropleth, controller.recordsShown, refusedShown(controller), Boolean(state.own), state.first.map(({ bound }) => bound), ...state.period].join();
    if (now !== look) {
      open = element.querySelector("details")?.open ?? open;
      replace(element, ...build(controller, goods, open));
    }
    look = now;
    if (scale) replace(element.querySelector(".legend-scale"), scale());
  };
  controller.on("show", draw);
  controller.on("records", draw);
  draw();
}

function build(controller, goods, open) {
  const { t, ink, values, state, ready } = controller;
  const estimate = values.kind === "estimate";
  const unlessWaiting = (word) => (state.waiting ? "" : t(word));
  const years = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
  const often = h("div", {}, h("h3", {}, t("how-often")), values.breaks.length ? ramp(t, values.breaks) : h("p", { class: "note" }, unlessWaiting("page.no-colour")));
  const whose = h("div", { class: "legend-whose" }, h("p", { class: "legend-scale" }), h("p", { class: "note wide-only" }, t(ink.dark ? "lighter" : "darker")));
  const sure = h("div", {}, estimate ? [item(sample("solid"), t("sure")), item(sample("hollow"), t("answers.l-unsure"))] : item(null, unlessWaiting("no-interval")));
  const five = state.first.length ? h("div", { class: "legend-five" }, item(disc(false), t("answers.l-five")), state.first.some(({ bound }) => bound) ? item(disc(true), t("answers.l-few")) : null) : null;
  const where = h("div", { class: "legend-where" }, h("h3", {}, t("where")),
    h("div", { class: "legend-grid" },
      item(picture.crossing(t), t("m-crossing")), item(picture.district(), t("m-district")),
      item(picture.way(false), t("m-road")), item(picture.way(true), t("m-rail")),
      item(picture.town(), t("m-town")), item(picture.region(), t("m-region")),
      item(picture.air(), t("m-air")), item(picture.border(), t("m-border")),
      refusedShown(controller) ? item(picture.refused(), t("m-refused")) : null,
      ready.borders.some((border) => !border.land) ? item(sample("coast"), t("coast")) : null));
  const shades = state.choropleth ? h("div", { class: "legend-shades" }, h("h3", {}, t("regions.legend")), shadeRow(), h("p", { class: "note" }, t("regions.note"))) : null;
  const families = goods || controller.recordsShown ? h("ul", { class: "legend-goods" }, ready.atlas.families.map(({ letter }) => h("li", {}, markSvg(letter, 18, t), h("span", {}, t("family." + letter))))) : null;
  const more = h("details", { class: "legend-more", open }, h("summary", {}, t("page.legend-more")), where,
    h("p", { class: "note" }, t(estimate ? "estimate-note" : "rate-note", years), " ", t("lines")));
  return [h("div", { class: "legend-row" }, often, whose, sure, five), families, shades, goods ? h("p", { class: "note" }, t("caveat")) : null, state.own ? item(picture.own(), t("m-own")) : null, more];
}

const refusedShown = ({ ready, state }) => state.shown.some((i) => ready.records.refused(i));
const item = (picture, text) => h("div", { class: "legend-item" }, picture || h("span"), h("span", {}, text));

function ramp(t, breaks) {
  const bar = h("div", { class: "ramp" });
  drawing.widths.forEach((height, step) => {
    const patch = svg("svg", { width: 54, height: 12, viewBox: "0 0 54 12", preserveAspectRatio: "none" }, svg("rect", { x: 0, y: 6 - height / 2, width: 54, height, class: "ramp-" + step }));
    bar.append(h("span", { class: "ramp-step" }, patch, step < breaks.length ? h("span", { class: "ramp-limit" }, String(breaks[step]).includes("e") ? String(breaks[step]) : t.number(breaks[step], decimalsOf(breaks[step]))) : null));
  });
  return bar;
}

const decimalsOf = (value) => (String(value).split(".")[1] || "").length;

function disc(hollow) {
  return svg("svg", { width: 42, height: 20, viewBox: "-21 -10 42 20", "aria-hidden": "true" }, svg("circle", { r: hollow ? 8.3 : 9, class: hollow ? "disc-hollow" : "disc-solid" }), svg("text", { y: 4, class: hollow ? "disc-number hollow" : "disc-number" }, hollow ? "?" : "1"));
}

function sample(look) {
  const box = svg("svg", { width: 42, height: 14, viewBox: "0 0 42 14", "aria-hidden": "true" });
  if (look === "coast") box.append(svg("line", { x1: 0, x2: 42, y1: 7, y2: 7, class: "line-coast" }));
  else box.append(svg("rect", { y: 2.5, width: 42, height: 9, class: "ramp-3" }));
  if (look === "hollow") box.append(svg("rect", { y: 4.9, width: 42, height: 4.2, class: "fill-casing" }));
  return box;
}

const frame = (...children) => svg("svg", { width: 42, height: 34, viewBox: "-21 -17 42 34", "aria-hidden": "true" }, ...children);

const picture = {
  crossing: (t) => frame(
    svg("rect", { x: -21, y: 11, width: 42, height: 6, class: "ramp-3" }), svg("line", { x1: 0, x2: 0, y1: 6, y2: 13, class: "line-ink" }),
    svg("circle", { cx: 0, cy: -4, r: 11, class: "fill-panel line-ink" }),
    arc("T", -4, 0), arc("D", -4, 1), arc("F", -4, 2), svg("text", { y: -0.2, class: "bead-count" }, t.number(9)), svg("circle", { cx: 0, cy: 13.5, r: 2.2, class: "fill-panel line-ink" })),
  way: (rail) => frame(svg("rect", { x: -21, y: -3, width: 42, height: 6, class: "ramp-1" }), svg("path", { d: rail ? "M0 -16V-5M0 5V16M-3 -13H3M-3 -9H3M-3 9H3M-3 13H3" : "M-2 -16V-5M2 -16V-5M-2 5V16M2 5V16", class: "line-ink" }), rail ? svg("rect", { x: -3.6, y: -3.6, width: 7.2, height: 7.2, class: "fill-panel line-ink" }) : svg("circle", { r: 4, class: "fill-panel line-ink" })),
  town: () => frame(svg("circle", { r: 11, class: "line-dashed" }), svg("path", { d: shapePath("W", 6), class: "goods-W" })),
  district: () => frame(svg("circle", { r: 13, class: "legend-disc" })),
  region: () => frame(hatchLines(), svg("rect", { x: -11, y: -9, width: 22, height: 18, rx: 3, class: "fill-panel line-tag" }), svg("text", { y: 4, class: "bead-count" }, "3")),
  air: () => frame(svg("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3, class: "fill-panel line-air" }), svg("text", { y: 4, class: "air-count" }, "8")),
  refused: () => frame(svg("circle", { r: 8, class: "fill-panel line-dashed" })),
  own: () => frame(svg("circle", { r: 6, class: "goods-W" }), svg("circle", { r: 9, class: "fill-none line-ink" }), svg("circle", { r: 12, class: "fill-none line-ink" })),
  border: () => frame(svg("rect", { x: -21, y: 4, width: 42, height: 5, class: "ramp-1" }), svg("text", { y: -3, class: "legend-name" }, "ABC")),
};

function arc(letter, cy, third) {
  const point = (angle) => `${(9 * Math.sin(angle)).toFixed(2)} ${(cy - 9 * Math.cos(angle)).toFixed(2)}`;
  const from = (third * 2 * Math.PI) / 3 + 0.1, to = ((third + 1) * 2 * Math.PI) / 3 - 0.1;
  return svg("path", { d: `M${point(from)}A9 9 0 0 1 ${point(to)}`, class: "arc-" + letter });
}

function hatchLines() {
  const lines = svg("g", { class: "line-hatch" });
  for (let x = -30; x < 24; x += 5) lines.append(svg("line", { x1: x, y1: 8, x2: x + 12, y2: -8 }));
  return lines;
}

function shadeRow() {
  return h("div", { class: "shades" }, drawing.shades.map(([from, shade], i) => {
    const to = drawing.shades[i + 1]?.[0];
    const text = i === 0 ? "0" : to === undefined ? `${from}+` : `${from}–${to - 1}`;
    return h("span", { class: "shade-step" }, svg("svg", { width: 42, height: 14, viewBox: "0 0 42 14" }, svg("rect", { width: 42, height: 14, class: "fill-land" }), svg("rect", { width: 42, height: 14, class: "fill-shade", "fill-opacity": shade })), h("span", {}, text));
  }));
}
