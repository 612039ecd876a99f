/* The records below the axis of the unrolled border: one small mark each, stacked; bars for districts, hatched spans
   for regions. */

import { standsFor } from "../data/records.js";
import { svg } from "../map/dom.js";
import { areMany } from "../map/sizes.js";

const SLOT = 5.4; // pixels a stack
const UNIT = 4.8, MARK = 5 / 6, TALLEST = 120; // pixels a record, what its mark fills of them, the highest bar

const OPEN = "fill-panel line-dashed"; // merely turned back, as in the key of the map

const klass = (name, more) => ({ class: name, ...more });

/* What stands where: stacks (by family, and after them those merely turned back), bars and spans. */
export function gatherRug(chart) {
  const { controller, line, scale } = chart;
  const { ready, places } = controller, { family, refused } = ready.records, families = ready.atlas.families.length;
  const slots = new Map(), bars = [], spans = [];
  const width = SLOT / scale;
  for (const place of places) {
    if (!(place.border in line.starts)) continue;
    if (place.kind === "region") {
      const cells = place.cells.filter((c) => c < line.count);
      if (cells.length) spans.push({ place, from: line.at[cells[0]], to: line.end[cells[cells.length - 1]] });
      continue;
    }
    if (place.kind === "border" || place.kind === "air") continue;
    const km = place.kind === "crossing" ? line.kmOf(place.crossing) : likeliest(chart, place.ids[0]);
    if (km === null) continue;
    if (place.kind === "district") bars.push({ place, from: km - place.radius, to: km + place.radius });
    else {
      const slot = Math.floor(km / width);
      if (!slots.has(slot)) slots.set(slot, { x: (slot + 0.5) * width, n: 0, of: new Float64Array(families + 1) });
      const held = slots.get(slot);
      held.n += place.ids.length;
      for (const i of place.ids) held.of[refused(i) ? families : family[i]] += standsFor(ready, i);
    }
  }
  const longest = Math.max(1, ...[...slots.values()].map(({ n }) => n));
  // Of many records the stacks are bars to a common scale, no taller than a stack of few.
  const many = areMany(controller.state.shown);
  return { slots: [...slots.values()], bars, spans, longest, many, unit: many ? TALLEST / longest : Math.min(UNIT, (2 * TALLEST) / longest) };
}

/* The kilometre where a record most likely lies, worked out once a placement; null off the land border. */
function likeliest(chart, i) {
  const { atlas, placements } = chart.controller.ready;
  const p = atlas.records.placement[i];
  if (p < 0) return null;
  if (chart.likely[p] === undefined) chart.likely[p] = findLikeliest(chart, placements, p);
  return chart.likely[p];
}

function findLikeliest(chart, placements, p) {
  const { first, count, even, weight, start } = placements;
  let most = 0;
  for (let c = 1; c < count[p]; c++) if (weight[start[p] + c] > weight[start[p] + most]) most = c;
  const cell = first[p] + (even[p] ? count[p] >> 1 : most);
  return cell < chart.line.count ? (chart.line.at[cell] + chart.line.end[cell]) / 2 : null;
}

export function drawRug(chart, plot, x, from, to, clip, marks) {
  const { records } = chart.controller.ready;
  drawStacks(chart, plot, x, from, to);
  if (chart.rug.many) drawCover(chart, plot, x, from, to, marks);
  for (const { place, from: a, to: b } of chart.rug.many ? [] : chart.rug.bars) {
    if (b < from || a >= to) continue;
    plot.append(svg("rect", klass("rug bar " + (place.ids.every(records.refused) ? OPEN : "goods-fill-" + records.letter[place.ids.find((i) => !records.refused(i))]), { x: x(clip(a)), y: marks + 2, width: Math.max(3, (clip(b) - clip(a)) * chart.scale), height: 3 })));
  }
  for (const { place, from: a, to: b } of chart.rug.spans) {
    if (b < from || a >= to) continue;
    const left = x(clip(a)), right = x(clip(b));
    let d = "";
    for (let at = left; at < right - 4; at += 5) d += `M${at.toFixed(1)} ${marks + 15}L${Math.min(at + 6, right).toFixed(1)} ${marks + 9}`;
    const span = svg("path", klass("line-hatch", { d, fill: "none" }));
    plot.append(span, svg("text", klass("tick", { x: (left + right) / 2, y: marks + 27, "text-anchor": "middle" }), chart.controller.t.number(place.ids.length)));
  }
}

/* One path a family, and one open and dashed of goods merely turned back: a small mark for each record, or of many a bar. */
function drawStacks(chart, plot, x, from, to) {
  const { families } = chart.controller.ready.atlas, { slots, unit, many } = chart.rug;
  const paths = [...families.map(() => ""), ""];
  for (const slot of slots) {
    if (slot.x < from || slot.x >= to) continue;
    const left = (x(slot.x) - 2.5).toFixed(1);
    let y = 10;
    slot.of.forEach((n, f) => {
      if (many && n) paths[f] += `M${left} ${y.toFixed(2)}h5v${(n * unit).toFixed(2)}h-5z`;
      else for (let one = 0; one < n; one++) paths[f] += `M${left} ${(y + one * unit).toFixed(1)}h5v${(unit * MARK).toFixed(1)}h-5z`;
      y += n * unit;
    });
  }
  const { t } = chart.controller, name = (f) => (f < families.length ? null : svg("title", {}, t("outcome.refused_entry")));
  paths.forEach((d, f) => d && plot.append(svg("path", klass("rug " + (f < families.length ? "goods-fill-" + families[f].letter : OPEN), { d }), name(f))));
}

/* Of many records in districts only where districts lie. */
function drawCover(chart, plot, x, from, to, marks) {
  const covered = new Set();
  for (const bar of chart.rug.bars) for (let px = Math.floor(x(Math.max(from, bar.from))); px < x(Math.min(to, bar.to)); px += 2) covered.add(px - (px % 2));
  const d = [...covered].sort((a, b) => a - b).map((px) => `M${px} ${marks + 2}h2v3h-2z`).join("");
  if (d) plot.append(svg("path", klass("rug bar fill-quiet", { d })));
}
