/* What lies under a point of the map: what lies on top is meant, and where several things could be, all of them are told. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { couldMean, marksUnder } from "../../../geo/view/web/map/hits.js";

const touch = { now: false };
globalThis.matchMedia = () => ({ matches: touch.now });

/* A window of 200 px with the line along y = 100, from west to east, in one stretch. */
function scene(marks, { five = [], labels = [], zoomed = false } = {}) {
  const ready = { cells: { n: 1, lines: [Float64Array.of(0, 100, 200, 100)], segment: [0], land: [1] }, atlas: { segments: [{ id: "ru-1", border: "RU" }] } };
  const view = { padX: 0, padY: 0, ox: 0, oy: 0, zoomed, x: (x) => x, y: (y) => y };
  return { ready, view, placed: { marks }, five, labels, placeAt: (key) => ({ key, kind: key.split(":")[0] }) };
}
const mark = (kind, x, y, r = 7) => ({ kind, key: `${kind}:${x}`, x, y, r, ids: [1], cells: [0] });
const keys = (marks) => marks.map(({ key }) => key);

test("a crossing comes before the line, the line before a town, districts and regions last", () => {
  touch.now = false;
  const all = [mark("district", 100, 100, 60), mark("region", 300, 300), mark("town", 100, 100), mark("crossing", 101, 100)];
  assert.deepEqual(keys(marksUnder(scene(all, { zoomed: true }), 100, 100)), ["crossing:101", "segment:ru-1", "town:100", "district:100", "region:300"]);
});

test("a mark right under the pointer is meant before a line that is only near", () => {
  assert.equal(keys(marksUnder(scene([mark("town", 100, 92)]), 100, 91))[0], "town:100");
  assert.equal(keys(marksUnder(scene([mark("town", 100, 92)]), 100, 100))[0], "segment:ru-1");
});

test("a number stands for its place", () => {
  const five = [{ key: "crossing:c1", x: 60, y: 60, r: 10 }];
  assert.deepEqual(keys(marksUnder(scene([], { five }), 60, 60)), ["crossing:c1"]);
});

test("a pointer means one thing where one is clearly nearest, and a finger may mean several", () => {
  const near = [mark("crossing", 100, 84), mark("town", 112, 84)];
  touch.now = false;
  assert.deepEqual(keys(couldMean(scene(near), 97, 84)), ["crossing:100"]);
  assert.deepEqual(keys(couldMean(scene(near), 106, 84)), ["crossing:100", "town:112"]);
  touch.now = true;
  assert.deepEqual(keys(couldMean(scene(near), 98, 86)), ["crossing:100", "town:112"]);
  assert.deepEqual(keys(couldMean(scene([mark("district", 100, 60, 50)]), 100, 60)), []);
});

test("a finger reaches 22 px, a pointer 10", () => {
  touch.now = false;
  assert.deepEqual(marksUnder(scene([]), 100, 115), []);
  touch.now = true;
  assert.deepEqual(keys(marksUnder(scene([]), 100, 115)), ["segment:ru-1"]);
  touch.now = false;
});
