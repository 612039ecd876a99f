/* The cursor on the line: what it reads, and what a press opens. */

import { LEFT } from "./axis.js";
import { crossingAfter, nameAt } from "./crossings.js";
import { cellAt } from "./line.js";
import { writeAt } from "../language/figures.js";
import { h, replace } from "../map/dom.js";

export function moveTo(chart, km, quiet) {
  const { controller, parts } = chart;
  const { t, values, ready } = controller;
  chart.km = Math.min(chart.line.total, Math.max(0, km));
  const c = cellAt(chart, chart.km);
  for (const row of chart.rows) {
    const here = chart.km >= row.from && (chart.km < row.to || row === chart.rows[chart.rows.length - 1]);
    row.cursor.setAttribute("visibility", here ? "visible" : "hidden");
    if (!here) continue;
    row.cursor.setAttribute("transform", `translate(${row.x(chart.km).toFixed(1)} 0)`);
    row.cursor.lastChild.setAttribute("cy", chart.y(values.value[c]));
  }
  const border = ready.borders[ready.cells.border[c]];
  const name = nameAt(chart, chart.km, false);
  const place = t("unrolled.near", { border: t.of(border.name), km: Math.round(chart.km - chart.line.starts[border.code]) });
  const told = values.near[c] || values.low ? writeAt(t, values, c) : null;
  const value = told ? told.main + " " : "", interval = told ? told.note : "";
  replace(parts.readout,
    h("p", {}, h("b", {}, name), " · " + place),
    h("p", {}, value ? h("b", { class: "figure" }, value) : t("unrolled.nothing"), value ? t("unit") : ""),
    h("p", { class: "note" }, interval || " "));
  parts.plot.setAttribute("aria-valuenow", Math.round(chart.km));
  parts.plot.setAttribute("aria-valuetext", `${name}, ${place}: ${value ? value + t("unit") : t("unrolled.nothing")}${interval ? ", " + interval : ""}`);
  if (!quiet) controller.ringAt(c, (chart.km - chart.line.at[c]) / ready.cells.km[c]);
}

export function listen(chart) {
  const { plot } = chart.parts;
  const kmUnder = (event) => {
    const row = chart.rows.find((one) => {
      const box = one.svg.getBoundingClientRect();
      return event.clientY >= box.top && event.clientY <= box.bottom;
    });
    if (!row) return null;
    const px = event.clientX - row.svg.getBoundingClientRect().left;
    return Math.min(row.to, Math.max(row.from, row.from + (px - LEFT) / chart.scale));
  };
  plot.addEventListener("pointermove", (event) => {
    const km = kmUnder(event);
    if (km !== null) moveTo(chart, km, false);
  });
  plot.addEventListener("pointerleave", () => chart.controller.ringAt(null));
  plot.addEventListener("blur", () => chart.controller.ringAt(null));
  plot.addEventListener("click", (event) => {
    const km = kmUnder(event);
    if (km !== null) open(chart, km, 12 / chart.scale);
  });
  plot.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 100 : 10;
    const jumps = {
      ArrowRight: () => chart.km + step, ArrowUp: () => chart.km + step, ArrowLeft: () => chart.km - step, ArrowDown: () => chart.km - step,
      Home: () => 0, End: () => chart.line.total, n: () => crossingAfter(chart, 1), p: () => crossingAfter(chart, -1),
    };
    if (event.key === "Enter" || event.key === " ") open(chart, chart.km, 10);
    else if (event.key in jumps && !event.ctrlKey && !event.metaKey) moveTo(chart, jumps[event.key](), false);
    else return;
    event.preventDefault();
  });
}

/* The crossing's mark near a kilometre, else the border. */
function open(chart, km, reach) {
  const { controller } = chart;
  const marks = controller.placed.marks.filter((mark) => mark.kind === "crossing" && mark.crossing.border in chart.line.starts);
  const near = marks.map((mark) => ({ mark, d: Math.min(...mark.merged.map((place) => Math.abs(chart.line.kmOf(place.crossing) - km))) })).sort((a, b) => a.d - b.d)[0];
  const border = controller.ready.borders[controller.ready.cells.border[cellAt(chart, km)]];
  controller.choose(near && near.d <= reach ? near.mark : controller.borderMark(border.code));
}
