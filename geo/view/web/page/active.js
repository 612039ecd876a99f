/* The filters in force, in words. */

import { valueName } from "../language/names.js";

/* What is in force: {key, text, drop}; in the order of the panel. */
export function inForce(filter) {
  const { t, ready } = filter.controller;
  const out = [];
  const add = (key, name, value, drop) => out.push({ key, text: name ? `${name}: ${value}` : value, drop });
  for (const facet of filter.facets) {
    const { column, word } = facet, chosen = filter.chosen[column];
    if (!chosen) continue;
    const groups = facet.field === "goods" ? families(ready, chosen) : [...chosen].map((value) => [[value], "goods"]);
    for (const [values, letter] of groups) {
      const name = facet.field === "goods" && letter ? t("family." + letter) : valueName(ready, t, facet, values[0]);
      add(`${column}:${values}`, t(word), name, () => {
        const left = [...chosen].filter((value) => !values.includes(value));
        filter.chosen[column] = left.length ? new Set(left) : null;
      });
    }
  }
  if (filter.since || filter.until) add("period", t("period"), periodName(filter), () => (filter.since = filter.until = null));
  if (filter.least) add("least", "", t("least", { amount: quantityName(t, filter.least) }), () => (filter.least = null));
  if (filter.undated !== null) add("undated", "", t(filter.undated ? "active.undated" : "active.dated"), () => (filter.undated = null));
  if (filter.refused !== filter.refusedFirst) add("refused", "", t(filter.refused ? "active.refused" : "active.no-refused"), () => (filter.refused = filter.refusedFirst));
  if (filter.words.trim()) add("words", "", `“${filter.words.trim().slice(0, 60)}”`, () => (filter.words = ""));
  return out;
}

/* The period chosen, open ends as the records have them. */
export const periodName = ({ controller: { t }, since, until, years: [first, last] = [] }) => t.span(since || String(first), until || String(last));

const quantityName = (t, { amount, unit }) => `${t.number(amount)} ${t("unit." + unit, { n: amount })}`;

/* Chosen goods by whole family where all of it is chosen, else one by one. */
function families(ready, chosen) {
  return ready.atlas.families.flatMap(({ letter, goods }) => {
    const here = goods.filter((name) => chosen.has(name));
    return here.length === goods.length ? [[goods, letter]] : here.map((name) => [[name], ""]);
  });
}

/* Takes the filter away that came last; its name() says which that is, blank where none is in force. */
export function lastFilter(filter) {
  let order = []; // keys in force, the latest last
  const last = () => {
    const now = inForce(filter), keys = now.map(({ key }) => key);
    order = [...order.filter((key) => keys.includes(key)), ...keys.filter((key) => !order.includes(key))];
    return now.find(({ key }) => key === order[order.length - 1]);
  };
  const drop = () => {
    last()?.drop();
    filter.apply();
  };
  filter.controller.on("show", last);
  return Object.assign(drop, { nameOf: () => last()?.text || "" });
}
