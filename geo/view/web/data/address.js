/* A view is a link: the filters stand in the address after "#". What a link names that the data do not know is
   passed over, so an old or broken link still opens the page. */

const FACETS = { goods: "goods", neighbour: "border", direction: "direction", mode: "mode", confidence: "confidence", recording_side: "recording_side" };

/* What the address asks for, as filter.set takes it; lang: a language of the page, or nothing. */
export function readAddress(filter, hash) {
  const { atlas } = filter.controller.ready;
  const given = new URLSearchParams(hash.slice(1)), wanted = {};
  for (const [name, facet] of Object.entries(FACETS)) {
    const known = valuesOf(filter, facet), values = (given.get(name) || "").split(",").filter((value) => known.has(value));
    if (values.length) wanted[name] = values;
  }
  const years = ["since", "until"].map((name) => yearOf(filter, given.get(name)));
  if (years[0] && years[1] && years[0] > years[1]) years.reverse();
  [wanted.since, wanted.until] = years;
  wanted.words = (given.get("words") || "").slice(0, 200);
  if (given.has("include_refused")) wanted.include_refused = given.get("include_refused") === "1";
  if (given.has("undated")) wanted.undated = given.get("undated") === "1";
  if (Object.hasOwn(atlas.words, given.get("lang") || "")) wanted.lang = given.get("lang");
  return wanted;
}

function valuesOf(filter, facet) {
  const { ready } = filter.controller;
  const known = new Set(filter.columns[facet].table);
  if (facet === "goods") ready.atlas.families.forEach(({ goods }) => goods.forEach((name) => known.add(name)));
  if (facet === "border") ready.borders.forEach(({ code }) => known.add(code));
  return known;
}

function yearOf(filter, text) {
  const year = /^\d{4}(-|$)/.test(text || "") ? Number(text.slice(0, 4)) : 0;
  if (!year || !filter.years) return null;
  return Math.min(filter.years[1], Math.max(filter.years[0], year));
}

/* The part of the address after "#"; blank for what a page opens with in its own language. */
export function writeAddress(filter, ownLang) {
  const now = new URLSearchParams(), { lang } = filter.controller.t;
  for (const [name, facet] of Object.entries(FACETS)) if (filter.chosen[facet]) now.set(name, [...filter.chosen[facet]].join(","));
  for (const name of ["since", "until", "words"]) if (filter[name]) now.set(name, filter[name]);
  if (filter.undated !== null) now.set("undated", filter.undated ? "1" : "0");
  if (filter.refused !== filter.refusedFirst) now.set("include_refused", filter.refused ? "1" : "0");
  if (lang !== ownLang) now.set("lang", lang);
  return now.toString().replaceAll("%2C", ",");
}
