/* The rows of the unrolled border: axis, values, crossings, neighbours. */

import { FEW_TICKS, LEFT, MOST, RIGHT, TICKS, klass } from "./axis.js";
import { drawPeaks } from "./peaks.js";
import { drawRug } from "./rug.js";
import { svg } from "../map/dom.js";
import { widthOf } from "../map/widths.js";

export function drawRow(chart, row, width) {
  const { controller, narrow } = chart;
  const { t } = controller;
  const from = row * chart.span, to = from + chart.span;
  const x = (km) => LEFT + (km - from) * chart.scale;
  const clip = (km) => Math.min(to, Math.max(from, km));
  const head = narrow ? 40 : 64, axis = head + chart.above;
  const stack = Math.max(0, ...chart.rug.slots.filter((slot) => slot.x >= from && slot.x < to).map(({ n }) => n));
  const marks = Math.max(narrow ? 26 : 54, stack * chart.rug.unit + 8);
  const below = marks + 34, height = axis + below + 20;
  const picture = svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
  const plot = svg("g", { transform: `translate(0 ${axis})` });
  picture.append(plot);
  const ticks = chart.top > MOST ? [0, 0.05, 0.2, 0.5].map((share) => (share * chart.top) / 1.1) : (narrow ? FEW_TICKS : TICKS).filter((tick) => tick < chart.top && (tick < 1 || chart.top < 11 || tick !== 1));
  for (const tick of ticks) {
    plot.append(svg("line", klass(tick ? "grid" : "axis", { x1: LEFT, x2: width - RIGHT, y1: chart.y(tick), y2: chart.y(tick) })));
    plot.append(svg("text", klass("tick", { x: LEFT - 7, y: chart.y(tick) + 4, "text-anchor": "end" }), t.number(tick)));
  }
  const highestTick = ticks[ticks.length - 1];
  if (!narrow) writeUnit(chart, plot, x, width, highestTick);
  drawValues(chart, plot, x, from, to);
  drawCrossings(chart, plot, x, from, to);
  drawRug(chart, plot, x, from, to, clip, marks);
  for (let km = Math.ceil(from / 1000) * 1000; km <= to; km += 1000)
    plot.append(svg("text", klass("tick", { x: Math.max(x(km), LEFT), y: below + 14, "text-anchor": km === 0 ? "start" : "middle" }), km === 0 ? t("map.km", { n: 0 }) : t.number(km)));
  drawNeighbours(chart, plot, x, from, to, head, below, width);
  drawPeaks(chart, plot, x, from, to, head, width);
  const cursor = svg("g", klass("cursor"), svg("line", { y1: -chart.above, y2: marks }), svg("circle", { r: 4.5 }));
  plot.append(cursor);
  return { svg: picture, from, to, x, cursor };
}

/* The unit stands on the highest tick, as far right as no neighbour's line crosses it. */
function writeUnit(chart, plot, x, width, tick) {
  const text = chart.controller.t("unrolled.top", { n: tick });
  const w = widthOf(text, { font: `400 11px ${chart.controller.ink.font}` }) + 12;
  const lines = Object.values(chart.line.starts).map(x);
  const ends = [width - RIGHT, ...lines.map((px) => px - 6)].sort((a, b) => b - a);
  const end = ends.find((px) => px - w > LEFT && !lines.some((line) => line > px - w && line < px));
  if (end) plot.append(svg("text", klass("tick", { x: end, y: chart.y(tick) - 5, "text-anchor": "end" }), text));
}

function drawValues(chart, plot, x, from, to) {
  const { values } = chart.controller;
  const { segment } = chart.controller.ready.cells, { at, end, count } = chart.line;
  // The cells of a segment have its values: one step each.
  const inside = [];
  for (let c = 0; c < count; c++) {
    if (end[c] <= from || at[c] >= to) continue;
    const right = x(Math.min(end[c], to)).toFixed(1), last = inside[inside.length - 1];
    if (last && segment[last.c] === segment[c]) last.right = right;
    else inside.push({ c, left: x(Math.max(at[c], from)).toFixed(1), right });
  }
  const level = (get, c) => chart.y(get(c)).toFixed(1);
  const steps = (get) => inside.map(({ c, left, right }) => `${left} ${level(get, c)}H${right}`).join("L");
  const back = (get) => [...inside].reverse().map(({ c, left, right }) => `${right} ${level(get, c)}H${left}`).join("L");
  if (values.low) {
    plot.append(svg("path", klass("band-90", { d: `M${steps((c) => values.high[c])}L${back((c) => values.low[c])}Z` })));
    plot.append(svg("path", klass("band-50", { d: `M${steps((c) => values.high50[c])}L${back((c) => values.low50[c])}Z` })));
  } else plot.append(svg("path", klass("area", { d: `M${x(from)} 0L${steps((c) => values.value[c])}L${x(to)} 0Z` })));
  plot.append(svg("path", klass("median", { d: `M${steps((c) => values.value[c])}` })));
}

function drawCrossings(chart, plot, x, from, to) {
  let road = "", rail = "";
  for (const crossing of chart.controller.ready.crossings) {
    if (crossing.cell < 0 || !(crossing.border in chart.line.starts)) continue;
    const km = chart.line.kmOf(crossing);
    if (km < from || km >= to) continue;
    if (crossing.mode === "rail") rail += `M${x(km).toFixed(1)} 0v4`;
    else road += `M${x(km).toFixed(1)} 0v7`;
  }
  plot.append(svg("path", klass("crossing", { d: road })), svg("path", klass("crossing rail", { d: rail })));
}

function drawNeighbours(chart, plot, x, from, to, head, below, width) {
  const { ready, t } = chart.controller;
  const lands = ready.borders.filter((border) => border.land);
  for (const border of lands) {
    const start = chart.line.starts[border.code], stop = start + border.km;
    if (stop <= from + 1 || start >= to - 1) continue;
    const goesOn = start < from;
    const left = x(Math.max(start, from)), right = Math.min(x(stop), width - RIGHT);
    plot.append(svg("line", klass("neighbour-line", { x1: left, x2: left, y1: -chart.above - head + 4, y2: below })));
    const name = t.of(border.name) + (goesOn ? " …" : "");
    const note = goesOn ? "" : t("map.km", { n: border.km });
    const look = { font: `700 12.5px ${chart.controller.ink.font}` };
    const whole = widthOf(name, look) + 6 + widthOf(note, look);
    const room = right - left - 8;
    const shown = widthOf(name, look) <= room ? name : border.code;
    const text = svg("text", klass("neighbour-name", { x: left + 5, y: -chart.above - head + 15 }), shown);
    if (shown === name && whole <= room && note) text.append(svg("tspan", klass("neighbour-km", { dx: 5 }), note));
    plot.append(text);
  }
}
