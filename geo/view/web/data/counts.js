/* Records by border and by region. */

import { standsFor } from "./records.js";
import { remembered } from "./remembered.js";

/* Counts of each border: all its shown records, and those with no exact place. */
export const countBorders = remembered(function (ready, indices) {
  const { of, table } = ready.atlas.records.border;
  const counts = table.map(() => ({ n: 0, m: 0 }));
  for (const i of indices) {
    const border = counts[of[i]], kind = ready.kind[i];
    const one = standsFor(ready, i);
    border.n += one;
    if (kind === "region" || kind === "border") border.m += one;
  }
  return Object.fromEntries(ready.borders.map(({ code }) => [code, counts[table.indexOf(code)] || { n: 0, m: 0 }]));
});

export function countRegions(ready, indices) {
  const { of, table } = ready.atlas.records.region_code;
  const counts = new Float64Array(table.length);
  for (const i of indices) counts[of[i]] += standsFor(ready, i);
  return new Map(table.map((code, r) => [code, counts[r]]));
}
