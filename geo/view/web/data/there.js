/* Records that lie at a crossing or on a stretch for certain, and those that only could. */

import { drawing } from "./drawing.js";
import { sharesOf } from "./estimate.js";
import { datedWithin, yearsOf } from "./period.js";
import { countRecords, standsFor } from "./records.js";

/* {here, could: positions; share: what makes the figure, by the estimate's own shares or the records' weights}. Crossings
   in one cell are one place; a stretch has what lies on it and at no crossing. The same as records_at and records_near of
   geo/summaries/cards.py. */
export function recordsThere(controller, place) {
  const { ready, state } = controller, { records, crossings } = ready, crossing = place.kind === "crossing";
  const cells = crossing ? [place.crossing.cell] : place.cells, here = [], could = [];
  let weight = 0, reach = 0;
  for (const i of state.shown) {
    const outside = records.get(i, "clue") === "outside", named = ready.kind[i] === "crossing" && !outside;
    if (crossing && named && crossings[records.crossing[i]].cell === place.crossing.cell) {
      here.push(i);
      continue;
    }
    const { share, km } = shareIn(ready, i, cells);
    if (!crossing && share >= drawing.whole && !named) here.push(i);
    else if (share > drawing.some && (crossing ? !outside : share < drawing.whole)) {
      could.push(i);
      weight += share * standsFor(ready, i);
      reach = Math.max(reach, km);
    }
  }
  return { here, could, share: sharesOf(controller, place.key) || plainShares(ready, state, { here, could, weight, reach }) };
}

/* Where there is no estimate: by the weights of the records alone. */
function plainShares(ready, state, { here, could, weight, reach }) {
  const certain = countRecords(ready, datedWithin(ready, here, state.period));
  return { certain, here: certain / yearsOf(state.period), could_records: countRecords(ready, could), could_km: Math.round(reach), counted: weight, could: null };
}

/* How much of a record's weight lies in some cells, and over how many km it may lie at all. */
function shareIn(ready, i, cells) {
  const p = ready.atlas.records.placement[i];
  if (p < 0) return { share: 0, km: 0 };
  const { first, count, even, weight, start, total } = ready.placements, { km } = ready.cells;
  let own = 0, reach = 0;
  for (const c of cells) {
    const at = c - first[p];
    if (at >= 0 && at < count[p]) own += even[p] ? km[c] : weight[start[p] + at];
  }
  if (own) for (let c = 0; c < count[p]; c++) if (even[p] || weight[start[p] + c]) reach += km[first[p] + c];
  return { share: own / total[p], km: reach };
}
