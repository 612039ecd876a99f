/* The peaks of the line and their names. */

import { LEFT, RIGHT, klass } from "./axis.js";
import { nameAt } from "./crossings.js";
import { middleOf } from "./line.js";
import { placeEstimate } from "../data/estimate.js";
import { shortName } from "../language/names.js";
import { svg } from "../map/dom.js";
import { widthOf } from "../map/widths.js";

export function highest(chart, values) {
  let best = 0;
  for (let c = 0; c < chart.line.count; c++) if (values.value[c] > values.value[best]) best = c;
  return middleOf(chart, plateau(chart, values, best));
}

/* The middle of the run of equal values that starts at a cell; among its cells, that of the crossing that makes it. */
function plateau(chart, values, first) {
  let last = first;
  while (last + 1 < chart.line.count && values.value[last + 1] === values.value[first]) last++;
  const made = makerOf(chart, first, last);
  return made ? made.cell : (first + last) >> 1;
}

/* The crossing between two cells that has most: by the estimate, else by its records. */
function makerOf({ controller, held }, first, last) {
  const of = (crossing) => placeEstimate(controller, "crossing:" + crossing.id)?.value ?? (held.get(crossing.index)?.ids.length || 0);
  const here = controller.ready.crossings.filter(({ cell }) => cell >= first && cell <= last).map((crossing) => ({ crossing, most: of(crossing) })).filter(({ most }) => most > 0);
  return here.sort((a, b) => b.most - a.most || (held.get(b.crossing.index)?.ids.length || 0) - (held.get(a.crossing.index)?.ids.length || 0))[0]?.crossing;
}

/* Peaks, highest first: local maxima, named after the crossing or stretch, in lanes with a leader. */
export function drawPeaks(chart, plot, x, from, to, head, width) {
  const { values, ink } = chart.controller;
  const { count, at, end } = chart.line;
  const middle = (c) => (at[c] + end[c]) / 2;
  const peaks = [];
  for (let c = 0; c < count; c++) {
    if (values.value[c] < 0.2 || middle(c) < from || middle(c) >= to) continue;
    let top = true;
    for (let d = c - 1; d >= 0 && middle(c) - middle(d) <= 65 && top; d--) if (values.value[d] > values.value[c]) top = false;
    for (let d = c + 1; d < count && middle(d) - middle(c) <= 65 && top; d++) if (values.value[d] > values.value[c]) top = false;
    if (c && values.value[c - 1] === values.value[c]) top = false;
    if (top) peaks.push(c);
  }
  for (let p = 0; p < peaks.length; p++) peaks[p] = plateau(chart, values, peaks[p]);
  peaks.sort((a, b) => values.value[b] - values.value[a]);
  const lanes = chart.narrow ? 1 : 3, look = { font: `600 12px ${ink.font}` };
  const taken = Array.from({ length: lanes }, () => []);
  for (const c of peaks) {
    const made = makerOf(chart, c, c), text = made ? shortName(chart.controller.t, made) : nameAt(chart, middle(c), true);
    if (!text) continue;
    const w = widthOf(text, look), px = x(middle(c));
    const left = Math.min(Math.max(px - w / 2, LEFT), width - RIGHT - w);
    const lane = taken.findIndex((boxes) => !boxes.some(([a, b]) => left < b + 6 && a < left + w + 6));
    if (lane < 0 || Math.abs(left + w / 2 - px) > w / 2 + 4) continue;
    const y = -chart.above - head + 34 + lane * 14;
    if (taken.slice(lane + 1).some((boxes) => boxes.some(([a, b]) => px > a - 2 && px < b + 2))) continue;
    taken[lane].push([left, left + w]);
    for (let lower = lane + 1; lower < lanes; lower++) taken[lower].push([px - 2, px + 2]);
    plot.append(svg("line", klass("peak-leader", { x1: px, x2: px, y1: y + 4, y2: Math.min(chart.y(values.high ? values.high[c] : values.value[c]) - 2, 0) })));
    plot.append(svg("text", klass("peak", { x: left, y }), text));
  }
}
