/* The colours of the border: shares, rates, breaks, and an estimate over them. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { withEstimate } from "../../../geo/view/web/data/estimate.js";
import { datedWithin, yearsOf } from "../../../geo/view/web/data/period.js";
import { expectedByCell } from "../../../geo/view/web/data/sharing.js";
import { breaksOf, colourStep, isUnsure, plainRate } from "../../../geo/view/web/data/values.js";
import { prepare } from "../../../geo/view/web/data/ready.js";
import { smallAtlas, smallReady } from "./small.mjs";

const near = (got, wanted) => wanted.forEach((value, i) => assert.ok(Math.abs(got[i] - value) < 1e-12, `${got} is not ${wanted}`));
const ALL = [0, 1, 2, 3, 4, 5];

test("a record is shared out over where it may lie: by weight, or evenly by length", () => {
  const ready = smallReady();
  near(expectedByCell(ready, [0]), [0, 1, 0, 0]);
  near(expectedByCell(ready, [1]), [1 / 3, 1 / 3, 1 / 3, 0]);
  near(expectedByCell(ready, [2]), [0.75, 0.25, 0, 0]);
  near(expectedByCell(ready, ALL), [1 / 3 + 0.75, 2 + 1 / 3 + 0.25, 1 / 3, 0]);
});

test("a row of a register counts as many as it stands for", () => {
  const ready = smallReady();
  ready.atlas.records.rows = [3, 1, 1, 1, 1, 1];
  near(expectedByCell(ready, [0]), [0, 3, 0, 0]);
});

test("a period holds a record whose whole date lies in it, its first and last day too", () => {
  const ready = smallReady();
  const within = (first, last) => datedWithin(ready, ALL.slice(), [first, last]);
  assert.deepEqual(within("2020-01-01", "2021-12-31"), [0, 1, 4, 5]);
  assert.deepEqual(within("2020-05-17", "2020-05-17"), [0]);
  assert.deepEqual(within("2020-05-18", "2020-06-01"), [5]);
  assert.deepEqual(within("2021-01-01", "2021-12-31"), [1, 4]);
  assert.deepEqual(within("2021-01-01", "2021-12-30"), [4]);
  assert.deepEqual(within("2021-01-02", "2021-12-31"), [4]);
});

test("the years of a period count its last day", () => {
  assert.equal(yearsOf(["2020-01-01", "2020-12-31"]), 366 / 365.25);
});

test("the plain rate is per 100 km and year, one for each stretch", () => {
  const ready = smallReady();
  const rate = plainRate(ready, ALL.slice(), ready.atlas.period);
  const years = 731 / 365.25;
  const first = 2 + 2 / 3, second = 1 / 3; // both at the crossing, and the one of the whole border
  near(rate.value, [first / years, first / years, second / 0.5 / years, 0]);
  assert.deepEqual([...rate.near], [1, 1, 0, 0]); // what is known only to a border colours no stretch
});

test("the breaks are those of the land's highest stretch, unless others are kept", () => {
  const ready = smallReady(), values = { value: Float64Array.of(0.59, 0.59, 0.02, 7) }; // the last lies on a coast
  assert.deepEqual(breaksOf(ready, values, null), [0.02, 0.05, 0.1, 0.2]);
  assert.deepEqual(breaksOf(ready, values, [1, 2, 5, 10]), [1, 2, 5, 10]);
  assert.deepEqual([0, 1, 2].map((c) => colourStep({ ...values, breaks: [0.02, 0.05, 0.1, 0.2] }, c)), [4, 4, 1]);
});

test("a stretch counts as having records from an expected twentieth of one on", () => {
  const nearOf = (weight) => {
    const atlas = smallAtlas();
    atlas.placements = { first: [0], count: [3], even: [0], weight };
    atlas.records.placement = [0, -1, -1, -1, -1, -1];
    return [...plainRate(prepare(atlas), [0], atlas.period).near];
  };
  assert.deepEqual(nearOf([50, 45, 5]), [1, 1, 1, 0]);
  assert.deepEqual(nearOf([500, 451, 49]), [1, 1, 0, 0]);
});

test("an estimate covers the land, and a coast keeps its plain rate", () => {
  const ready = smallReady();
  const rate = plainRate(ready, ALL.slice(), ready.atlas.period);
  const figures = { value: [0.3, 0.02], low: [0.04, 0.01], high: [0.6, 0.03], low50: [0.2, 0.015], high50: [0.4, 0.025] };
  const over = withEstimate(ready, rate, { near: [1, 1, 0], segments: figures });
  near(over.value, [0.3, 0.3, 0.02, 0]);
  assert.deepEqual(over.high, [0.6, 0.6, 0.03]);
  over.breaks = [0.05, 0.1, 0.2, 0.5];
  assert.deepEqual([0, 1, 2, 3].map((c) => isUnsure(over, c)), [true, true, false, false]);
});

test("a stretch has records from a twentieth of one on", () => {
  const ready = smallReady(), PERIOD = ["2020-01-01", "2021-12-31"];
  const shared = (weight) => {
    ready.placements.weight = [1, weight, 1];
    ready.placements.total[2] = weight + 1;
    ready.cells.segment = [0, 1, 1, 2];
    return Array.from(plainRate(ready, [2], PERIOD).near);
  };
  assert.deepEqual(shared(19), [1, 1, 1, 0]);
  assert.deepEqual(shared(20), [1, 0, 0, 0]);
});
