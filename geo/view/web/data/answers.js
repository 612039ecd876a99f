/* What the answer box says of a selection: worked out by geo/summaries/answers.py for the views that the page has an
   estimate for; for any other, only what can be counted. */

import { datedWithin, yearsOf } from "./period.js";
import { countRecords, standsFor } from "./records.js";

const ENOUGH = 4; // dated records on the line, below which nothing is said but where they are
const NAMED = 5;

/* {state, records, dated, first, where, order, change, outside, placing, changes}, as the library has it. */
export function answersFor(ready, shown, period, estimate) {
  if (estimate && estimate.answers && shown.length) return estimate.answers;
  const land = datedWithin(ready, shown, period).filter((i) => ready.border[ready.records.get(i, "border")]?.land);
  const records = countRecords(ready, shown), dated = countRecords(ready, land);
  const bare = { records, dated, first: [], where: [], order: [], change: [], outside: [], placing: [], changes: null };
  if (!records) return { ...bare, state: "none" };
  if (dated < ENOUGH) return { ...bare, state: "too-few", where: whereRecorded(ready, shown) };
  return { ...bare, state: "no-estimate", where: oftenest(ready, land, period) };
}

/* Where some records were made, the most first: {key, border, records}. */
function whereRecorded(ready, indices) {
  const { get } = ready.records, found = new Map();
  for (const i of indices) {
    const border = get(i, "border"), region = get(i, "region_code");
    const key = ready.kind[i] === "crossing" ? "crossing:" + get(i, "crossing_id") : ready.region[region] ? "region:" + region : "border:" + border;
    const place = found.get(key) || { key, neighbour: border, records: 0 };
    place.records += standsFor(ready, i);
    found.set(key, place);
  }
  return [...found.values()].sort((a, b) => b.records - a.records);
}

/* The crossings with most records and their plain rate a year. It has no interval, so it gives no order. */
function oftenest(ready, dated, period) {
  const at = whereRecorded(ready, dated.filter((i) => ready.kind[i] === "crossing"));
  return at.slice(0, NAMED).map((place) => ({ ...place, value: place.records / yearsOf(period) }));
}

/* The rows as the outside gets them. */
export function rowsOf(t, { first }) {
  return first.map(({ key, name, value, unit, low90, high90, records }) => ({ key, name: t.of(name), value, unit, low90, high90, records }));
}
