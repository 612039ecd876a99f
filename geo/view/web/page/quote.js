/* A sentence to quote: number, interval, period, "recorded", the data's date, how many records, and the link. */

import { placeEstimate, borderEstimate } from "../data/estimate.js";
import { countRecords } from "../data/records.js";
import { onlyOf, titleOf, withBorder, yearsOfTitle } from "../data/titles.js";
import { isBound, writeBound, writeEnds, writeFigure, writeMain, writeRank } from "../language/figures.js";
import { placeName } from "../language/names.js";
import { viewAddress } from "./address.js";

const FEW = 3; // records whose sources are named

/* Of the whole selection. */
export function quoteWhole(filter) {
  const { controller } = filter, { t, state } = controller, { first } = state.answers;
  const places = first.filter(({ bound }) => !bound).map((place) => `${t.of(place.name)} ${unitOf(t, place.key, writeMain(t, place.value, place.low90, place.high90))} (${writeEnds(t, place.low90, place.high90)})`);
  return finish(filter, [t("answers.q-whole", { title: titleOf(filter) }), places.length ? t("answers.q-most", { places: places.join("; ") }) : "", scaled(controller)], state.shown);
}

const unitOf = (t, key, v) => (key.startsWith("crossing:") ? t("a-year", { v }) : `${v} ${t("unit")}`);

/* Of a place: a crossing, a stretch between crossings, a border. */
export function quotePlace(filter, choice) {
  const { controller } = filter, { t, ready } = controller;
  const place = choice.mark || choice, name = placeName(ready, place, t), key = place.key;
  const estimate = place.kind === "border" ? borderEstimate(controller, place.border) : place.kind === "crossing" || place.kind === "segment" ? placeEstimate(controller, key) : null;
  const ids = choice.ids;
  if (!estimate) return finish(filter, [t("answers.q-few", { place: name, n: countRecords(ready, ids) })], ids, key);
  const kind = { crossing: "cross", segment: "stretch", border: "border" }[place.kind];
  const { value, low, high, rank, of } = estimate, bound = isBound(low, high);
  const sentence = t(`answers.q-${kind}${bound ? "-bound" : ""}`, {
    place: name, neighbour: withBorder(ready, t, place.border), years: yearsOfTitle(filter, controller.state.period.map((day) => Number(day.slice(0, 4)))), n: noun(bound ? writeBound(t, high) : writeFigure(t, value)),
    v: writeFigure(t, value), b: writeBound(t, high), ends: writeEnds(t, low, high), rank: rank ? writeRank(t, ...rank) : "", of: of || "",
  });
  return finish(filter, [sentence, scaled(controller)], ids, key);
}

/* What an estimate of some goods goes by, where the answers say it. */
const scaled = ({ t, state }) => (state.answers.order.some(({ key }) => key === "answers.scaled") ? t("answers.q-scaled") : "");

/* The number that a noun follows: what has decimals is a fraction to a language, also 1.0. */
const noun = (written) => (/\d[.,]\d/.test(written) ? 1.5 : Number(written.replace(/[^\d]/g, "")));

function finish(filter, sentences, ids, key = "") {
  const { t, ready } = filter.controller;
  const link = viewAddress(filter, key), n = countRecords(ready, ids), only = onlyOf(filter, Boolean(key));
  const sources = n && n <= FEW ? ids.map((i) => [ready.records.get(i, "source_publisher"), ready.records.get(i, "source_url")].filter(Boolean).join(", ")).filter(Boolean) : [];
  return [
    ...sentences, only ? t("answers.quoted", { v: only }) : "", t("answers.q-end"), t("answers.q-source", { date: t.date(ready.atlas.period[1]), n, link }),
    sources.length ? t("answers.q-sources", { list: sources.join("; ") }) : "",
  ].filter(Boolean).join(" ");
}

