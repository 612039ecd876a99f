/* Days, and the period that a rate counts. */

import { remembered } from "./remembered.js";

const dayOf = (iso) => Math.round((Date.parse(iso + "T00:00:00Z") - Date.UTC(2000, 0, 1)) / 864e5);

/* Records whose whole date lies in the period; with no date a record enters no rate. */
export const datedWithin = remembered(function (ready, indices, period) {
  const { from, to } = ready.atlas.records;
  const first = dayOf(period[0]), last = dayOf(period[1]);
  return indices.filter((i) => from[i] !== null && from[i] >= first && to[i] <= last);
});

export const yearsOf = (period) => (dayOf(period[1]) - dayOf(period[0]) + 1) / 365.25;
