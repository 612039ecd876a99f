/* A sentence to quote: number, interval, period, "recorded", the data's date, how many records, and the link. */

import { placeEstimate, borderEstimate } from "../data/estimate.js";
import { sayChange, sayEnding, sayFigure, sayRecord } from "../data/quotes.js";
import { countRecords } from "../data/records.js";
import { recordsThere } from "../data/there.js";
import { onlyOf, titleOf, periodOfTitle } from "../data/titles.js";
import { writeEnds, writeMain } from "../language/figures.js";
import { writeHeading } from "../language/headings.js";
import { placeName } from "../language/names.js";
import { viewAddress } from "./address.js";

const FEW = 3; // records whose sources are named

/* Of the whole selection. */
export function quoteWhole(filter) {
  const { controller } = filter, { t, state } = controller, { first } = state.answers;
  const places = first.filter(({ bound }) => !bound).map((place) => `${t.of(place.name)} ${unitOf(t, place.key, writeMain(t, place.value, place.low90, place.high90))} (${writeEnds(t, place.low90, place.high90)})`);
  return finish(filter, [t("answers.q-whole", { title: titleOf(filter) }), places.length ? t("answers.q-most", { places: places.join("; ") }) : ""], { ids: state.shown, scaled: isScaled(controller) });
}

const unitOf = (t, key, v) => (key.startsWith("crossing:") ? t("a-year", { v }) : `${v} ${t("unit")}`);

/* Of a place: a crossing, a stretch between crossings, a border, or another with its records alone. */
export function quotePlace(filter, choice) {
  const { controller } = filter, { t, ready, state } = controller;
  const mark = choice.mark || choice, { key, border } = mark, place = placeName(ready, mark, t), ranked = mark.kind === "crossing" || mark.kind === "segment";
  const estimate = mark.kind === "border" ? borderEstimate(controller, border) : ranked ? placeEstimate(controller, key) : null;
  const there = ranked && (mark.segment !== undefined || mark.crossing.cell >= 0) ? recordsThere(controller, mark) : null;
  const more = { key, ids: there ? there.here : mark.kind === "border" ? state.shown.filter((i) => ready.records.get(i, "border") === border) : choice.ids, could: there && there.share.could_records };
  if (!estimate) return finish(filter, [t("answers.q-few", { place, n: countRecords(ready, more.ids) })], more);
  const { value, low, high, rank, of } = estimate, period = periodOfTitle(filter, state.period.map((day) => Number(day.slice(0, 4))));
  return finish(filter, [sayFigure(ready, t, key, { place, border, period, figure: [value, low, high], rank, of })], { ...more, scaled: isScaled(controller) });
}

/* Of a row of what changed. */
export function quoteChange(filter, place, { said, records, against_records: against, ratio: times, word }) {
  const { t, state } = filter.controller, ratio = times !== null && word !== "too few to tell"; // then no interval is told
  return finish(filter, [sayChange(t, { place, said, years: state.answers.changes.years, records, against, ratio })], { ids: state.shown });
}

/* Of one record. */
export function quoteRecord(filter, i) {
  const { t, ready } = filter.controller, { get, id } = ready.records;
  return sayRecord(t, { heading: writeHeading(ready, t, i), on: get(i, "date"), outcome: get(i, "outcome_class"), agency: get(i, "agency"), sources: sourcesOf(ready, [i]), day: ready.atlas.period[1], link: viewAddress(filter, "record:" + id(i)) });
}

/* Whether an estimate of some goods goes by where all goods are found: the answers say it. */
const isScaled = ({ state }) => state.answers.order.some(({ key }) => key === "answers.scaled");

const sourcesOf = ({ records: { get } }, ids) => ids.map((i) => [get(i, "source_publisher"), get(i, "source_url")].filter(Boolean).join(", ")).filter(Boolean);

function finish(filter, sentences, { ids, could = null, key = "", scaled = false }) {
  const { t, ready } = filter.controller, n = countRecords(ready, ids);
  const ending = sayEnding(t, { n, could, day: ready.atlas.period[1], link: viewAddress(filter, key), only: onlyOf(filter, Boolean(key)), scaled, sources: n <= FEW ? sourcesOf(ready, ids) : [] });
  return [...sentences, ending].filter(Boolean).join(" ");
}
