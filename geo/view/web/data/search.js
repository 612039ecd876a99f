/* Which records hold the reader's words. */

import { borderName } from "../language/names.js";

const SEARCHED = ["id", "title", "goods_description", "place_name", "agency", "source_publisher", "region_name", "concealment"];

export function wordTest(filter) {
  const wanted = filter.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return wanted.length ? (i) => wanted.every((word) => textOf(filter, i).includes(word)) : null;
}

/* What a record is searched in, in the language of the reader. */
export function searchText(ready, t, i) {
  const { get } = ready.records;
  const fields = SEARCHED.map((name) => get(i, name));
  return [...fields, t("goods." + get(i, "goods")), borderName(ready, t, get(i, "border"))].join(" ").toLocaleLowerCase();
}

/* The same, put together once a language. */
function textOf(filter, i) {
  const { ready, t } = filter.controller;
  filter.texts = filter.texts && filter.lang === t.lang ? filter.texts : [];
  filter.lang = t.lang;
  return (filter.texts[i] ||= searchText(ready, t, i));
}
