/* Titles that say what is selected, and the line below for what a title does not name. The same as
   geo/summaries/titles.py makes from the same words. */

import { borderName } from "../language/names.js";
import { edgesOf, isoOf } from "./period.js";
import { readQuantity } from "./quantity.js";
import { countRecords } from "./records.js";

const MOST_NAMED = 2;

/* The filters with what was chosen before the page was made: a part of the records never looks like the whole. */
export function inForce(filter) {
  const before = filter.before;
  if (!before) return filter;
  const chosen = { ...filter.chosen };
  for (const { field, column } of filter.facets) if (!chosen[column] && before[field]) chosen[column] = new Set(before[field]);
  const { since, until, words, min_quantity } = before;
  const least = filter.least || (min_quantity ? readQuantity(filter.controller.ready.atlas.filters, min_quantity) : null);
  return { ...filter, chosen, least, since: filter.since || since || null, until: filter.until || until || null, words: filter.words.trim() ? filter.words : words || "" };
}

/* The title of what the filters choose. */
export function titleOf(given) {
  const filter = inForce(given);
  const { controller } = filter, { t, ready, state } = controller;
  const ends = periodOfTitle(filter), n = countRecords(ready, state.shown);
  return t("answers.title" + (ends.some(Boolean) ? "" : ".no-years"), { what: whatOf(filter), where: whereOf(filter), years: t.span(...ends), n });
}

/* The line below the title; blank where the title says all. withGoods: where no title names them. */
export function onlyOf(given, withGoods = false) {
  const filter = inForce(given);
  const { t, ready } = filter.controller;
  const goods = withGoods ? [...(filter.chosen.goods || [])].map((name) => lower(t, t("goods." + name))) : [];
  const parts = [...goods, ...ready.atlas.filters.facets.map((facet) => onlyPart(filter, facet)).filter(Boolean)];
  return parts.length ? t("answers.only", { filters: parts.join("; ") }) : "";
}

function onlyPart(filter, { field, kind, column, value, word }) {
  const { t } = filter.controller;
  if (field === "include_refused") return filter.refused && !filter.refusedFirst ? t("answers.only.refused") : "";
  if (field === "min_quantity") return filter.least ? t("answers.only.least", { amount: `${t.number(filter.least.amount)} ${t("unit." + filter.least.unit, { n: filter.least.amount })}` }) : "";
  if (field === "undated") return filter.undated && (filter.since || filter.until) ? t("answers.only.undated") : filter.undated === false ? t("active.dated") : "";
  if (field === "words") return filter.words.trim() ? t("answers.only.words", { what: filter.words.trim() }) : "";
  if (kind !== "choices" || field === "goods" || field === "neighbour" || !filter.chosen[column]) return "";
  const own = "answers.only." + field;
  const what = [...filter.chosen[column]].map((one) => {
    const key = [`${own}.${one}`, `${value}.${one}`].find((name) => t.has(name));
    return key ? t(key) : t.agencies(one);
  }).join(", ");
  return t.has(own) ? t(own, { what }) : t("answers.only.field", { field: t(word), what });
}

function whatOf({ controller: { t, ready }, chosen: { goods } }) {
  if (!goods) return t("answers.what");
  const names = ready.atlas.families.flatMap(({ letter, goods: all }) => {
    const here = all.filter((name) => goods.has(name));
    return here.length === all.length && all.length > 1 ? ["answers.family." + letter] : here.map((name) => "answers.goods." + name);
  });
  if (names.length > MOST_NAMED) return t("answers.what.many");
  return t("answers.what.goods", { goods: joinAll(t, names.map((name) => t(name))) });
}

/* The borders chosen, as a title names them. */
export function whereOf(given) {
  const filter = inForce(given);
  const { controller: { t, ready } } = filter, chosen = filter.chosen.border;
  const codes = [...ready.borders.map(({ code }) => code), ...ready.atlas.filters.off_border].filter((code) => chosen && chosen.has(code));
  if (!codes.length) return t("answers.where");
  if (!codes.every((code) => ready.border[code] && ready.border[code].land)) return t("answers.where.off", { places: codes.map((code) => (ready.border[code] ? borderName(ready, t, code) : lower(t, borderName(ready, t, code)))).join(", ") });
  if (codes.length > MOST_NAMED) return t("answers.where.many");
  return t(codes.length === 1 ? "answers.where.one" : "answers.where.two", { with: joinAll(t, codes.map((code) => withBorder(ready, t, code))) });
}

/* A neighbour in the case that its border's name asks for. */
export const withBorder = (ready, t, code) => (t.has("answers.with." + code) ? t("answers.with." + code) : t("answers.with", { neighbour: borderName(ready, t, code) }));

const joinAll = (t, texts) => texts.reduce((one, other) => t("and", { a: one, b: other }));
const lower = (t, text) => text[0].toLocaleLowerCase(t.lang) + text.slice(1);

/* First and last date of the period chosen, else of the records' years, or of a span; blank where there is neither. */
export function periodOfTitle(given, span = null) {
  const { since, until, controller: { ready, state } } = inForce(given);
  let [first, last] = span || [Infinity, 0];
  for (const i of span ? [] : state.shown) {
    const year = ready.records.year[i];
    if (year) [first, last] = [Math.min(first, year), Math.max(last, year)];
  }
  return [since ? edge(since, 0) : last ? String(first) : "", until ? edge(until, 1) : last ? String(last) : ""];
}

/* An end of a period as short as it may be: a year, a month or a day. */
function edge(text, at) {
  const day = edgesOf(text)[at], whole = isoOf(day);
  return [whole.slice(0, 4), whole.slice(0, 7), whole].find((part) => edgesOf(part)[at] === day);
}
