/* Titles that say what is selected: the cases of tests/vectors, which geo/summaries/titles.py meets too. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { makeFilter } from "../../../geo/view/web/data/filter.js";
import { prepare } from "../../../geo/view/web/data/ready.js";
import { onlyOf, titleOf } from "../../../geo/view/web/data/titles.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { BORDERS, SAID, WORDS } from "./country.mjs";
import { column, day, shipped, smallAtlas, vectors } from "./small.mjs";

/* Two records of a register that stand for n, dated by the span's ends. */
function made(lang, span, n) {
  const small = smallAtlas(), ends = span || [null, null], first = Math.min(n, 1);
  const records = Object.fromEntries(Object.entries(small.records).map(([name, values]) => [name, values.table ? column(["", ""]) : [...values].slice(0, 2)]));
  const atlas = {
    ...small, borders: BORDERS, families: shipped.families, words: WORDS,
    records: { ...records, kind: column(["none", "none"]), rows: [first, n - first], from: ends.map((year) => year && day(`${year}-01-01`)), more: [0, 0], placement: [-1, -1], site: [-1, -1] },
  };
  const controller = { ready: prepare(atlas), t: makeSpeaker(WORDS, lang, SAID), state: { shown: [0, 1] }, show() {} };
  return makeFilter(controller, {});
}

for (const { lang, filters, span, n, title, only } of vectors("titles").cases)
  test(`the title in ${lang} of ${JSON.stringify(filters)}, ${n} records`, () => {
    const filter = made(lang, span, n);
    filter.set(filters);
    assert.equal(titleOf(filter), title);
    assert.equal(onlyOf(filter), only);
  });
