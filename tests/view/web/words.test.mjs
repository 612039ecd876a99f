/* Words, numbers, plurals and dates in three languages, from the catalogues that the page carries. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { writeEnds } from "../../../geo/view/web/language/figures.js";
import { writeNumber, writePercent, writeRate } from "../../../geo/view/web/language/numbers.js";
import { pluralForm } from "../../../geo/view/web/language/plurals.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";

const read = (lang) => JSON.parse(readFileSync(new URL(`../../../geo/language/words/${lang}.json`, import.meta.url), "utf8"));
const catalogues = { en: read("en"), ru: read("ru"), kk: read("kk") };
const speakers = Object.keys(catalogues).map((lang) => makeSpeaker(catalogues, lang));
const plain = (text) => text.replace(/[\u00a0\u202f]/g, " ");
const inAll = (say) => speakers.map((t) => plain(say(t)));

test("numbers are grouped and pointed as the language does", () => {
  assert.deepEqual(inAll((t) => t.number(17541)), ["17,541", "17 541", "17 541"]);
  assert.deepEqual(inAll((t) => t.number(1234567.891)), ["1,234,567.89", "1 234 567,89", "1 234 567,89"]);
  assert.deepEqual(inAll((t) => t.number(0.5, 2)), ["0.50", "0,50", "0,50"]);
  assert.equal(writeNumber(catalogues.en, 999), "999");
  assert.equal(writeNumber(catalogues.en, 1000), "1,000");
});

test("a rate has two decimals under one, one from one on, and nothing under 0.005", () => {
  const rates = [0, 0.004999, 0.005, 0.04, 0.994, 0.995, 1, 12.34];
  assert.deepEqual(rates.map(speakers[0].rate), ["0", "0", "0.01", "0.04", "0.99", "1.0", "1.0", "12.3"]);
  assert.equal(speakers[1].rate(0.04), "0,04");
});

test("no end of an interval is written as nothing", () => {
  assert.deepEqual(inAll((t) => writeEnds(t, 0.001, 0.02)).slice(0, 2), ["< 0.01–0.020", "< 0,01–0,020"]);
});

const vectors = (name) => JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8")).cases;

test("numbers, rates, percentages, forms and dates are those that Python writes", () => {
  const written = {
    numbers: ({ lang, value, digits }) => writeNumber(catalogues[lang], value, digits),
    rates: ({ lang, value }) => writeRate(catalogues[lang], value),
    percentages: ({ lang, share, up }) => writePercent(catalogues[lang], share, up),
    dates: ({ lang, date }) => makeSpeaker(catalogues, lang).date(date),
  };
  for (const [name, write] of Object.entries(written)) {
    assert.ok(vectors(name).length > 10);
    for (const one of vectors(name)) assert.equal(write(one), one.text, `${name}: ${JSON.stringify(one)}`);
  }
  for (const { lang, n, form } of vectors("plurals")) assert.equal(pluralForm(lang, n), form, `${lang} ${n}`);
});

test("a period takes the case that its sentence asks for, as Python writes it", () => {
  for (const { lang, first, last, span, within } of vectors("spans")) {
    const t = makeSpeaker(catalogues, lang);
    assert.deepEqual([t.span(first, last), t.within(first, last)], [span, within]);
  }
});

test("a date is as exact as it is", () => {
  assert.deepEqual(inAll((t) => t.date("2024-07-03")), ["3 Jul 2024", "3 июл. 2024", "2024 ж. 3 шіл."]);
  assert.deepEqual(inAll((t) => t.date("2024-07")), ["July 2024", "июль 2024", "2024 ж. шілде"]);
  assert.deepEqual(inAll((t) => t.date("2024")), ["2024", "2024", "2024"]);
  assert.equal(speakers[0].date(""), "date not stated");
});

test("Russian has three forms, English two, Kazakh one", () => {
  const forms = (lang, numbers) => numbers.map((n) => pluralForm(lang, n));
  assert.deepEqual(forms("ru", [0, 1, 2, 4, 5, 11, 12, 14, 21, 22, 25, 101, 111, 112, 1.5]), [2, 0, 1, 1, 2, 2, 2, 2, 0, 1, 2, 0, 2, 2, 1]);
  assert.deepEqual(forms("en", [0, 1, 2, 21]), [1, 0, 1, 1]);
  assert.deepEqual(forms("kk", [0, 1, 2, 21]), [0, 0, 0, 0]);
});

test("a word takes its form from its number, also where a node stands for it", () => {
  const t = makeSpeaker({ en: { ...catalogues.en, sample: "{n} {n|record|records} of {m}" } }, "en");
  assert.equal(t("sample", { n: 1, m: 2000 }), "1 record of 2,000");
  assert.equal(t("sample", { n: 2, m: "x" }), "2 records of x");
  const node = { dataset: { n: 1 } };
  assert.deepEqual(t.parts("sample", { n: node, m: 3 }), [node, " ", "record", " of ", "3"]);
});

test("a key that no catalogue has stands for itself", () => {
  assert.equal(speakers[0]("no.such.key"), "no.such.key");
  assert.equal(speakers[0].has("no.such.key"), false);
});
