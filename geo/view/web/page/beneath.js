/* What stands beneath the map. */

import { h } from "../map/dom.js";
import { showLegend } from "../map/legend.js";
import { sumLine } from "./sum.js";

/* Beneath the map; used by the page too, whose filters show what the marks of the goods are. */
export function beneath(controller, goods = false, scale = null) {
  const parts = { legend: h("div", { class: "legend" }), sum: h("div", { class: "sum" }), chart: h("section", { class: "chart" }) };
  showLegend(controller, parts.legend, goods, scale);
  sumLine(controller, parts.sum);
  return parts;
}
