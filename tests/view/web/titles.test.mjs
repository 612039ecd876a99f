/* Titles that say what is selected: the cases of tests/vectors, which geo/summaries/titles.py meets too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { makeFilter } from "../../../geo/view/web/data/filter.js";
import { prepare } from "../../../geo/view/web/data/ready.js";
import { onlyOf, titleOf } from "../../../geo/view/web/data/titles.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { column, day, shipped, smallAtlas, vectors } from "./small.mjs";

const text = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const read = (path) => JSON.parse(text(path));
/* The country's own words: a section of lines that JSON could be made of. */
const own = (lang) => Object.fromEntries([...text("data/country.toml").split(`[words.${lang}]`)[1].split("\n[")[0].matchAll(/^(".*?") = (".*")$/gm)].map(([, key, said]) => [JSON.parse(key), JSON.parse(said)]));
const WORDS = Object.fromEntries(["en", "ru", "kk"].map((lang) => [lang, { ...read(`geo/language/words/${lang}.json`), ...own(lang) }]));
const BORDERS = read("data/borders/borders.geojson").features.map(({ properties: one }) => ({ code: one.neighbour, land: one.kind === "land", name: { en: one.name_en, ru: one.name_ru, kk: one.name_kk }, km: 1, cells: [0, 0] }));

/* Agencies by their English name; those whose names hold no comma. */
const [HEADS, ...AGENCIES] = text("data/agencies.csv").trim().split(/\r?\n/).map((line) => line.split(","));
const SAID = Object.fromEntries(["ru", "kk"].map((lang) => [lang, Object.fromEntries(AGENCIES.map((row) => [row[0], row[HEADS.indexOf(`name_${lang}`)]]))]));

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
