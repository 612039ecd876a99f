/* Figures, bounds, ranks and breaks in the browser: the cases of tests/vectors, which Python meets too. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { breaksFor, isHollow, stepOf } from "../../../geo/view/web/data/breaks.js";
import { writeBound, writeEstimate, writeFigure, writeRank, writeRatio } from "../../../geo/view/web/language/figures.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { vectors } from "./small.mjs";

const words = (lang) => JSON.parse(readFileSync(new URL(`../../../geo/language/words/${lang}.json`, import.meta.url), "utf8"));
const WORDS = { en: words("en"), ru: words("ru"), kk: words("kk") };

const write = {
  figure: (t, one) => writeFigure(t, one.value),
  bound: (t, one) => writeBound(t, one.high90),
  estimate: (t, one) => writeEstimate(t, one.value, one.low90, one.high90),
  ratio: (t, one) => writeRatio(t, one.value),
  rank: (t, one) => writeRank(t, one.low, one.high),
};

test("figures, bounds, estimates, ratios and ranks are written as Python writes them", () => {
  for (const one of vectors("figures").cases) assert.equal(write[one.how](makeSpeaker(WORDS, one.lang), one), one.text, JSON.stringify(one));
});

test("breaks, steps and hollow stretches are Python's", () => {
  for (const { medians, breaks, steps, hollow } of vectors("breaks").cases) {
    assert.deepEqual(breaksFor(medians), breaks);
    for (const [value, step] of steps) assert.equal(stepOf(value, breaks), step, `${value} of ${breaks}`);
    for (const [median, low, high, is] of hollow) assert.equal(isHollow(median, low, high, breaks), is, `${median} (${low}–${high}) of ${breaks}`);
  }
});
