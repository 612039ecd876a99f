/* The packed block: bytes written by hand, and what they mean. What Python writes is read in test_scripts.py. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import { inflate } from "../../../geo/view/web/data/inflate.js";
import { readAtlas, unpack } from "../../../geo/view/web/data/unpack.js";

function block(tree, bytes) {
  const text = new TextEncoder().encode(JSON.stringify(tree));
  const buffer = new Uint8Array(4 + text.length + bytes.length);
  new DataView(buffer.buffer).setUint32(0, text.length, true);
  buffer.set(text, 4);
  buffer.set(bytes, 4 + text.length);
  return buffer.buffer;
}

const read = (packed, bytes) => Array.from(unpack(block({ a: { $: packed } }, bytes)).a);

test("bytes are read from where they start", () => {
  assert.deepEqual(read([1, 3, 1, 0, 0], [9, 7, 8, 255]), [7, 8, 255]);
});

test("a wider number stands in planes, its lowest bytes first", () => {
  assert.deepEqual(read([0, 2, 2, 0, 0], [1, 2, 1, 0]), [257, 2]);
  assert.deepEqual(read([0, 1, 6, 0, 0], [0, 0, 0, 0, 0, 1]), [2 ** 40]);
});

test("signed numbers alternate, and steps add up", () => {
  assert.deepEqual(read([0, 5, 1, 2, 0], [0, 1, 2, 3, 4]), [0, -1, 1, -2, 2]);
  assert.deepEqual(read([0, 4, 1, 1, 0], [200, 100, 0, 5]), [200, 300, 300, 305]);
  assert.deepEqual(read([0, 3, 1, 3, 0], [4, 1, 1]), [2, 1, 0]);
});

test("decimals are divided, and zero is none where some are none", () => {
  assert.deepEqual(read([0, 2, 1, 0, 2], [5, 150]), [0.05, 1.5]);
  assert.deepEqual(read([0, 3, 1, 4, 1], [0, 1, 13]), [null, 0, 1.2]);
  assert.deepEqual(read([0, 3, 1, 6, 0], [0, 1, 2]), [null, 0, -1]);
});

test("rates are powers", () => {
  const [first, second] = read([0, 2, 1, 8, 0], [0, 100]);
  assert.equal(first, 1e-4);
  assert.equal(second, 1e-4 * 1.0025 ** 100);
});

test("a packed text unpacks to what was packed", async () => {
  const packed = gzipSync(new TextEncoder().encode("граница")).toString("base64");
  assert.equal(await inflate(packed).text(), "граница");
});

test("an atlas gives each stretch its own names", async () => {
  const segments = { id: ["x", "y"], border: ["RU", "RU"], start: [0, 50], km: [50, 40], name: { en: ["X", "Y"], ru: ["Икс", "Игрек"] } };
  const packed = gzipSync(new Uint8Array(block({ segments }, []))).toString("base64");
  const atlas = await readAtlas(packed);
  assert.deepEqual(atlas.segments[1], { id: "y", border: "RU", start: 50, km: 40, name: { en: "Y", ru: "Игрек" } });
});
