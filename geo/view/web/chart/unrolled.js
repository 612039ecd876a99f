/* The border, unrolled: the rate above the axis, the records below it, kilometres from the Caspian round to the
   Caspian. One line on a wide window, four of the same scale on a narrow one. Hovering rings the place on the map. */

import { LEFT, RIGHT, TOPS, roomFor } from "./axis.js";
import { listen, moveTo } from "./cursor.js";
import { unroll } from "./line.js";
import { highest } from "./peaks.js";
import { drawRow } from "./rows.js";
import { gatherRug } from "./rug.js";
import { fillTable } from "./table.js";
import { h, replace } from "../map/dom.js";

export function showUnrolled(controller, element) {
  const parts = {
    title: h("h2", {}), lead: h("p", { class: "lead" }), readout: h("div", { class: "readout" }),
    plot: h("div", { class: "plot", role: "slider", tabindex: 0, "aria-orientation": "horizontal" }),
    table: h("details", { class: "as-table" }, h("summary", {}), h("div", { class: "table-frame", tabindex: 0, role: "region" })),
  };
  const head = h("div", { class: "chart-head" }, h("div", {}, parts.title, parts.lead), parts.readout);
  replace(element, head, parts.plot, parts.table);
  const chart = { controller, parts, km: null, of: null, rows: [], width: 0, likely: [] };
  chart.line = unroll(controller.ready);
  const redraw = () => {
    element.classList.toggle("waiting", controller.state.waiting);
    draw(chart);
  };
  controller.on("show", redraw);
  controller.on("play", redraw);
  controller.on("choose", (choice) => choice && choice.mark && choice.mark.crossing && choice.mark.crossing.border in chart.line.starts && moveTo(chart, chart.line.kmOf(choice.mark.crossing), false));
  parts.table.addEventListener("toggle", () => fillTable(chart));
  listen(chart);
  new ResizeObserver(() => {
    if (Math.abs(parts.plot.clientWidth - chart.width) <= 1) return;
    chart.width = parts.plot.clientWidth;
    redraw();
  }).observe(parts.plot);
  chart.width = parts.plot.clientWidth;
  if (!controller.waits) redraw();
  return chart;
}

function draw(chart) {
  const { controller, parts } = chart;
  const { t, values, ready } = controller;
  // On paper the width is known before the window tells of it.
  if (document.documentElement.dataset.print) chart.width = parts.plot.clientWidth;
  const { width } = chart;
  if (width < 50) return;
  parts.title.textContent = t("unrolled");
  parts.table.firstChild.textContent = t("unrolled.table");
  parts.table.lastChild.setAttribute("aria-label", t("unrolled"));
  const lines = document.documentElement.dataset.print ? 2 : width < 600 ? 4 : 1;
  chart.narrow = lines > 1;
  chart.span = chart.line.total / lines;
  chart.scale = (width - LEFT - RIGHT) / chart.span;
  chart.above = lines > 1 ? 84 : 170;
  let top = 0;
  for (let c = 0; c < chart.line.count; c++) top = Math.max(top, values.value[c]);
  chart.top = roomFor(TOPS, top * 1.05);
  chart.y = (value) => -chart.above * Math.sqrt(Math.min(value, chart.top) / chart.top);
  chart.held = new Map(controller.places.filter((place) => place.kind === "crossing").map((place) => [place.crossing.index, place]));
  chart.rug = gatherRug(chart);
  parts.lead.textContent = t(values.kind === "estimate" ? "unrolled.lead" : "unrolled.lead-rate") + (chart.rug.many && !ready.atlas.records.rows ? " " + t("unrolled.bars", { n: chart.rug.longest }) : "");
  chart.rows = Array.from({ length: lines }, (_, row) => drawRow(chart, row, width));
  replace(parts.plot, ...chart.rows.map((row) => row.svg));
  parts.plot.setAttribute("aria-label", t("unrolled.label"));
  parts.plot.setAttribute("aria-valuemin", 0);
  parts.plot.setAttribute("aria-valuemax", Math.round(chart.line.total));
  // Another selection has its own highest place; what was pointed at in the last one is gone.
  if ((chart.of !== controller.state.shown || controller.state.upTo !== null) && !controller.chosen) chart.km = null;
  chart.of = controller.state.shown;
  if (chart.km === null) chart.km = highest(chart, values);
  moveTo(chart, Math.min(chart.km, chart.line.total), true);
  if (parts.table.open) fillTable(chart);
}
