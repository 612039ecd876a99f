/* Days, and the period that a rate counts. */

import { remembered } from "./remembered.js";

const DAY = 864e5, EPOCH = Date.UTC(2000, 0, 1);

/* The first and the last day of a day, a month or a year, as days after 2000-01-01; nothing where it is none. */
export function edgesOf(text) {
  const [whole, year, month, day] = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text) || [];
  if (!whole || year === "0000") return null;
  const at = (y, m, d) => Math.round((Date.UTC(y, m, d) - EPOCH) / DAY);
  const first = at(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  if (isoOf(first).slice(0, whole.length) !== whole) return null; // no such month or day
  if (day) return [first, first];
  return [first, (month ? at(Number(year), Number(month), 1) : at(Number(year) + 1, 0, 1)) - 1];
}

export const isoOf = (day) => new Date(EPOCH + day * DAY).toISOString().slice(0, 10);

/* The first and the last day of a chosen period, open at an end that is not chosen; nothing where none is. */
export function daysChosen({ since, until }) {
  if (!since && !until) return null;
  return [since ? edgesOf(since)[0] : -Infinity, until ? edgesOf(until)[1] : Infinity];
}

const dayOf = (iso) => Math.round((Date.parse(iso + "T00:00:00Z") - Date.UTC(2000, 0, 1)) / 864e5);

/* Records whose whole date lies in the period; with no date a record enters no rate. */
export const datedWithin = remembered(function (ready, indices, period) {
  const { from, to } = ready.atlas.records;
  const first = dayOf(period[0]), last = dayOf(period[1]);
  return indices.filter((i) => from[i] !== null && from[i] >= first && to[i] <= last);
});

export const yearsOf = (period) => (dayOf(period[1]) - dayOf(period[0]) + 1) / 365.25;
