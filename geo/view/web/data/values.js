/* What the border's colour says: how often, per 100 km and year, for each cell. */

import { drawing } from "./drawing.js";
import { datedWithin, yearsOf } from "./period.js";
import { expectedByCell } from "./sharing.js";

export const colourStep = (value) => drawing.breaks.reduce((step, limit) => step + (value >= limit ? 1 : 0), 0);

/* A register has as many rows as it has: its colours are the fifths of the stretches that have any. */
export function fitBreaks(ready, period) {
  const { value } = plainRate(ready, Array.from({ length: ready.records.n }, (_, i) => i), period);
  const some = value.filter((rate) => rate > 0).sort();
  if (some.length) [0.2, 0.4, 0.6, 0.8].forEach((share, i) => (drawing.breaks[i] = Number(some[Math.floor(share * some.length)].toPrecision(2))));
}

/* The plain rate of each stretch (segment), given to all its cells. */
export function plainRate(ready, indices, period) {
  const { n, segment, km } = ready.cells;
  const count = ready.atlas.segments.length;
  const rated = new Float64Array(count), any = new Float64Array(count), length = new Float64Array(count);
  const ratedCells = expectedByCell(ready, datedWithin(ready, indices, period));
  // A record known only to a border says nothing about a stretch of it.
  const anyCells = expectedByCell(ready, indices.filter((i) => ready.kind[i] !== "border"));
  for (let c = 0; c < n; c++) {
    rated[segment[c]] += ratedCells[c];
    any[segment[c]] += anyCells[c];
    length[segment[c]] += km[c];
  }
  const years = yearsOf(period);
  const value = new Float64Array(n), near = new Uint8Array(n);
  for (let c = 0; c < n; c++) {
    value[c] = rated[segment[c]] / ((length[segment[c]] / 100) * years);
    near[c] = any[segment[c]] >= drawing.near ? 1 : 0;
  }
  const rate = { kind: "rate", value, near, low: null, high: null };
  rate.fine = rate;
  return rate;
}

/* Unsure: the 90 % interval spans several colour steps. */
export const isUnsure = (values, c) =>
  Boolean(values.low) && c < values.low.length && colourStep(values.high[c]) - colourStep(values.low[c]) >= drawing.unsure;
