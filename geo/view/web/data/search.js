/* Which records hold the reader's words: the same as geo/view/search.py finds, by the same rule. */

import { writeHeading } from "../language/headings.js";
import { valueName } from "../language/names.js";

/* A text in which large and small letters are one. Upper case first: it knows which letters are one. */
export const foldCase = (text) => text.toUpperCase().toLowerCase().replaceAll("ς", "σ");

export function wordTest(filter) {
  const wanted = foldCase(filter.words).split(/\s+/).filter(Boolean);
  return wanted.length ? (i) => wanted.every((word) => textOf(filter, i).includes(word)) : null;
}

/* What a record is searched in: its texts, its heading, and words of its values, in the language of the reader. */
export function searchText(ready, t, i) {
  const { get } = ready.records, { searched, facets } = ready.atlas.filters;
  const words = facets.filter((facet) => facet.searched).map((facet) => valueName(ready, t, facet, get(i, facet.column)));
  const told = [t.told(get(i, "place_name")), t.agencies(get(i, "agency"))];
  return foldCase([...searched.map((name) => get(i, name)), ...told, writeHeading(ready, t, i), ...words].join("\n"));
}

/* The same, put together once a language. */
function textOf(filter, i) {
  const { ready, t } = filter.controller;
  filter.texts = filter.texts && filter.lang === t.lang ? filter.texts : [];
  filter.lang = t.lang;
  return (filter.texts[i] ||= searchText(ready, t, i));
}
