/* A view is a link: the filters stand in the address after "#", by the names that the app and the command line have for
   them. What a link names that the data do not know is passed over, so an old or broken link still opens the page. */

import { knownValues } from "./facets.js";
import { edgesOf } from "./period.js";
import { readQuantity, writeQuantity } from "./quantity.js";

/* How each kind of filter is read: what the link says of it by its names, the one of today before all old ones. */
const READERS = {
  choices(filter, facet, given) {
    const known = knownValues(filter.controller.ready, facet);
    const asked = facet.names.flatMap((name) => given.getAll(name));
    // A value a name, as they are written today, or several with commas between, as they once were.
    const values = asked.flatMap((value) => (known.has(value) ? [value] : value.split(","))).map((value) => facet.former[value] || value).filter((value) => known.has(value));
    return values.length ? [...new Set(values)] : undefined;
  },
  day: (filter, facet, given) => endOf(filter, last(facet, given)),
  flag: (filter, facet, given) => (last(facet, given) ? last(facet, given) === "1" : undefined),
  quantity: (filter, facet, given) => (readQuantity(filter.controller.ready.atlas.filters, last(facet, given)) ? last(facet, given) : undefined),
  text: (filter, facet, given) => last(facet, given).slice(0, filter.controller.ready.atlas.filters.longest_words),
};

const last = (facet, given) => facet.names.map((name) => (given.getAll(name).at(-1) || "").trim()).find(Boolean) || "";

/* What the address asks for, as filter.set takes it; lang: a language of the page, or nothing. */
export function readAddress(filter, hash) {
  const { atlas } = filter.controller.ready;
  const given = new URLSearchParams(hash.slice(1)), wanted = {};
  for (const facet of atlas.filters.facets) {
    const value = READERS[facet.kind](filter, facet, given);
    if (value !== undefined) wanted[facet.field] = value;
  }
  const { since, until } = wanted;
  if (since && until && edgesOf(since)[0] > edgesOf(until)[1]) Object.assign(wanted, { since: until, until: since });
  if (Object.hasOwn(atlas.words, given.get("lang") || "")) wanted.lang = given.get("lang");
  return wanted;
}

/* What an address asks for that this page does not know, as it stands there. more: names that others read; isPart: whether a name is
   one of a part of the page. */
export function askedInVain(filter, hash, more, isPart) {
  const { atlas } = filter.controller.ready, { facets } = atlas.filters;
  return [...new URLSearchParams(hash.slice(1))].filter(([name, value]) => {
    const facet = facets.find(({ names }) => names.includes(name));
    if (!facet) return !(more.includes(name) || (name === "lang" && Object.hasOwn(atlas.words, value)) || (!value && isPart(name)));
    if (!value) return false;
    if (facet.kind === "day") return !edgesOf(value);
    if (facet.kind === "quantity") return !readQuantity(atlas.filters, value);
    const known = facet.kind === "choices" && knownValues(filter.controller.ready, facet);
    return known && !known.has(value) && value.split(",").some((one) => !known.has(facet.former[one] || one));
  }).map(([name, value]) => (value ? `${name}=${value}` : name).slice(0, LONGEST));
}

const LONGEST = 80; // letters of what is named

/* An end of a period; a year that the data do not reach becomes the nearest that they do. */
function endOf({ years }, text) {
  if (!years || !edgesOf(text)) return null;
  const year = Number(text.slice(0, 4)), nearest = Math.min(years[1], Math.max(years[0], year));
  return nearest === year ? text : String(nearest);
}

/* How each filter that chooses among no values stands in an address; blank where it sets no limit. */
const WRITERS = {
  since: ({ since }) => since,
  until: ({ until }) => until,
  min_quantity: ({ least }) => least && writeQuantity(least),
  include_refused: ({ refused, refusedFirst }) => (refused === refusedFirst ? "" : refused ? "1" : "0"),
  undated: ({ undated }) => (undated === null ? "" : undated ? "1" : "0"),
  words: ({ words }) => words,
};

/* What stands of the filters in a link, but for those that are left aside. */
export function writeFilters(filter, aside = []) {
  const now = new URLSearchParams();
  for (const { field, kind, column } of filter.controller.ready.atlas.filters.facets) {
    if (aside.includes(field)) continue;
    const values = kind === "choices" ? filter.chosen[column] || [] : [WRITERS[field](filter)];
    for (const value of values) if (value) now.append(field, value);
  }
  return now.toString();
}

/* The part of the address after "#"; blank for what a page opens with in its own language. more: what else the view
   is, by name; blank values are left out. */
export function writeAddress(filter, ownLang, more = {}) {
  const now = new URLSearchParams(writeFilters(filter)), { lang } = filter.controller.t;
  if (lang !== ownLang) now.set("lang", lang);
  for (const [name, value] of Object.entries(more)) if (value) now.set(name, value);
  return now.toString().replaceAll("%3A", ":").replaceAll("%2C", ",");
}
