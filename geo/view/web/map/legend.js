/* The legend under the map: how often, how sure, where and how exactly; the shades of the regions; and, where no
   filter beside the map shows them, the goods. */

import { drawing } from "../data/drawing.js";
import { h, replace, svg } from "./dom.js";
import { markSvg, shapePath } from "./shapes.js";

export function showLegend(controller, element, goods) {
  let look = "";
  const draw = () => {
    const { t, ink, values, state } = controller;
    const now = [t.lang, ink.dark, values.kind, values.fine === values, state.choropleth, refusedShown(controller), ...state.period].join();
    if (now !== look) replace(element, ...build(controller, goods));
    look = now;
  };
  controller.on("show", draw);
  draw();
}

function build(controller, goods) {
  const { t, ink, values, state, ready } = controller;
  const estimate = values.kind === "estimate";
  const years = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
  const often = h("div", {}, h("h3", {}, t("how-often")), ramp(t),
    h("p", { class: "note" }, t(ink.dark ? "lighter" : "darker")),
    h("p", { class: "note" }, t(estimate ? (values.fine === values ? "estimate-note" : "estimate-note-fine") : "rate-note", years)));
  const sure = h("div", {}, h("h3", {}, t("how-sure")),
    estimate ? item(sample("solid"), t("sure")) : null,
    estimate ? item(sample("hollow"), t("unsure")) : item(null, t("no-interval")),
    item(sample("none"), t("no-record")),
    ready.borders.some((border) => !border.land) ? item(sample("coast"), t("coast")) : null);
  const where = h("div", { class: "legend-where" }, h("h3", {}, t("where")),
    h("div", { class: "legend-grid" },
      item(picture.crossing(t), t("m-crossing")), item(picture.district(), t("m-district")),
      item(picture.town(), t("m-town")), item(picture.region(), t("m-region")),
      item(picture.air(), t("m-air")), item(picture.border(), t("m-border")),
      refusedShown(controller) ? item(picture.refused(), t("m-refused")) : null));
  const shades = state.choropleth ? h("div", { class: "legend-shades" }, h("h3", {}, t("regions.legend")), shadeRow(), h("p", { class: "note" }, t("regions.note"))) : null;
  const families = goods ? h("div", { class: "legend-goods" }, h("h3", {}, t("field.goods")),
    h("ul", {}, ready.atlas.families.map(({ letter }) => h("li", {}, markSvg(letter, 20, t), h("span", {}, t("family." + letter)))))) : null;
  return [often, sure, where, families, shades, h("p", { class: "note legend-foot" }, t("caveat"), " ", t("lines"))];
}

const refusedShown = ({ ready, state }) => state.shown.some((i) => ready.records.refused(i));
const item = (picture, text) => h("div", { class: "legend-item" }, picture || h("span"), h("span", {}, text));

function ramp(t) {
  const bar = h("div", { class: "ramp" });
  drawing.widths.forEach((height, step) => {
    const patch = svg("svg", { width: 54, height: 14, viewBox: "0 0 54 14", preserveAspectRatio: "none" }, svg("rect", { x: 0, y: 7 - height / 2, width: 54, height, class: "ramp-" + step }));
    bar.append(h("span", { class: "ramp-step" }, patch, step < drawing.breaks.length ? h("span", { class: "ramp-limit" }, t.number(drawing.breaks[step])) : null));
  });
  return bar;
}

function sample(look) {
  const box = svg("svg", { width: 42, height: 14, viewBox: "0 0 42 14", "aria-hidden": "true" });
  if (look === "none") box.append(svg("rect", { y: 6.2, width: 42, height: 1.6, class: "fill-quiet" }));
  else if (look === "coast") box.append(svg("line", { x1: 0, x2: 42, y1: 7, y2: 7, class: "line-coast" }));
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
  town: () => frame(svg("circle", { r: 11, class: "line-dashed" }), svg("path", { d: shapePath("W", 6), class: "goods-W" })),
  district: () => frame(svg("circle", { r: 13, class: "legend-disc" })),
  region: () => frame(hatchLines(), svg("rect", { x: -11, y: -9, width: 22, height: 18, rx: 3, class: "fill-panel line-tag" }), svg("text", { y: 4, class: "bead-count" }, "3")),
  air: () => frame(svg("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3, class: "fill-panel line-air" }), svg("text", { y: 4, class: "air-count" }, "8")),
  refused: () => frame(svg("circle", { r: 8, class: "fill-panel line-dashed" })),
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
