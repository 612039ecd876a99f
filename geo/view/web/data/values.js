/* What the border's colour says: how often, per 100 km and year, for each cell the figure of its stretch. */

import { breaksFor, isHollow, stepOf } from "./breaks.js";
import { drawing } from "./drawing.js";
import { datedWithin, yearsOf } from "./period.js";
import { expectedByCell } from "./sharing.js";

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
  return { kind: "rate", value, near, low: null, high: null };
}

/* The breaks of a selection: those that are kept, or its own; the plain rate is drawn by the estimate's. */
export function breaksOf(ready, values, kept) {
  if (kept) return kept;
  return breaksFor(values.value.filter((_, c) => ready.cells.land[c]));
}

/* The colour step of a cell. */
export const colourStep = (values, c) => stepOf(values.value[c], values.breaks);

/* Unsure: the 90 % interval spans several colour steps. */
export const isUnsure = (values, c) => Boolean(values.low) && c < values.low.length && isHollow(values.value[c], values.low[c], values.high[c], values.breaks);
