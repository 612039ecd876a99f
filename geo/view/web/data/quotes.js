/* Sentences to quote, of figures that are there already. The same as geo/summaries/quote.py makes from the same words;
   tests/vectors/quotes.json holds the cases of both. */

import { isBound, writeBound, writeEnds, writeFigure, writeRank } from "../language/figures.js";
import { sayAll } from "../language/phrases.js";
import { withBorder } from "./titles.js";

/* The figure of a crossing, a stretch or a border, by its key; rank of so many, where it has one. */
export function sayFigure(ready, t, key, { place, border, period, figure: [value, low, high], rank, of }) {
  const kind = { crossing: "cross", segment: "stretch", border: "border" }[key.split(":")[0]], bound = isBound(low, high);
  return t(`answers.q-${kind}${bound ? "-bound" : ""}`, {
    place, neighbour: withBorder(ready, t, border), when: t.within(...period), n: noun(bound ? writeBound(t, high) : writeFigure(t, value)),
    v: writeFigure(t, value), b: writeBound(t, high), ends: writeEnds(t, low, high), rank: rank ? writeRank(t, ...rank) : "", of: of || "",
  });
}

/* The number that a noun follows: what has decimals is a fraction to a language, also 1.0. */
const noun = (written) => (/\d[.,]\d/.test(written) ? 1.5 : Number(written.replace(/[^\d]/g, "")));

/* A row of what changed: said, its packed phrases; years: the first and last of the later period, then of the earlier. */
export function sayChange(t, { place, said, years: [since, , from, to], records, against, ratio }) {
  const text = t("answers.q-change", { place, said: sayAll(t, said), y: String(since), when: t.within(String(from), String(to)), n: records, m: against });
  return ratio ? `${text} ${t("answers.q-brackets")}` : text;
}

/* What a quote ends with. could: of a crossing or a stretch, how many records may lie there beside the n that do. */
export function sayEnding(t, { n, could = null, day, link, only = "", scaled = false, sources = [] }) {
  const source = could === null ? "answers.q-source" : could ? "answers.q-source-could" : "answers.q-source-here";
  return [
    scaled ? t("answers.q-scaled") : "", only, t("answers.q-end"), t(source, { date: t.date(day), n, m: could, link }), listed(t, sources),
  ].filter(Boolean).join(" ");
}

const listed = (t, sources) => (sources.length ? t("answers.q-sources", { list: sources.join("; ") }) : "");

/* One record: what it is called, when, what came of it, who recorded it, and who says so. */
export const sayRecord = (t, { heading, on, outcome, agency, sources, day, link }) =>
  [t(outcome === "unknown" ? "answers.q-record-open" : "answers.q-record", { heading, date: t.date(on), outcome: t("outcome." + outcome) }), agency ? t("answers.q-record-by", { agency: t.agencies(agency) }) : "", listed(t, sources), t("answers.q-record-end", { date: t.date(day), link })].filter(Boolean).join(" ");
