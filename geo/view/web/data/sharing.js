/* Records shared out over the cells where they may lie. */

import { remembered } from "./remembered.js";

/* The placements with what sharing out needs: where their weights start, and what these add up to. */
export function readPlacements({ placements: { first, count, even, weight }, cells: { km } }) {
  const start = new Int32Array(first.length), total = new Float64Array(first.length);
  let at = 0;
  for (let p = 0; p < first.length; p++) {
    start[p] = at;
    if (even[p]) for (let c = 0; c < count[p]; c++) total[p] += km[first[p] + c];
    else for (let c = 0; c < count[p]; c++, at++) total[p] += weight[at];
  }
  return { first, count, even, weight, start, total };
}

/* Expected number of the given records in each cell: every record is shared out over where it may lie. */
export const expectedByCell = remembered(function (ready, indices) {
  const { first, count, even, weight, start, total } = ready.placements;
  const { placement, rows } = ready.atlas.records, { km } = ready.cells;
  const held = new Float64Array(first.length);
  for (const i of indices) if (placement[i] >= 0) held[placement[i]] += rows ? rows[i] : 1;
  const out = new Float64Array(ready.cells.n);
  for (let p = 0; p < held.length; p++) {
    if (!held[p]) continue;
    const share = held[p] / total[p];
    for (let c = 0; c < count[p]; c++) out[first[p] + c] += share * (even[p] ? km[first[p] + c] : weight[start[p] + c]);
  }
  return out;
});
