/* What must run in Python and in the browser alike: the cases in tests/vectors, which tests/view/test_vectors.py reads. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { readAddress, writeAddress } from "../../../geo/view/web/data/address.js";
import { csvCell } from "../../../geo/view/web/data/csv.js";
import { makeFilter } from "../../../geo/view/web/data/filter.js";
import { daysChosen, edgesOf, isoOf } from "../../../geo/view/web/data/period.js";
import { writeQuantity } from "../../../geo/view/web/data/quantity.js";
import { prepare } from "../../../geo/view/web/data/ready.js";
import { unpack } from "../../../geo/view/web/data/unpack.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { column, day, smallAtlas, vectors } from "./small.mjs";

const { rows, borders } = vectors("records");
const OFF = { air: "AIR", post: "POST" };
const TEXTS = ["title", "goods_description", "value_text", "place_name", "concealment", "outcome"];
const TABLED = ["goods", "unit", "direction", "mode", "clue", "agency", "confidence", "recording_side", "outcome_class", "region_name", "source_publisher"];
const words = (lang) => JSON.parse(readFileSync(new URL(`../../../geo/language/words/${lang}.json`, import.meta.url), "utf8"));
const WORDS = { en: words("en"), ru: words("ru"), kk: words("kk") };

/* The made-up records as an atlas holds them. */
function made(lang = "en") {
  const all = (name) => rows.map((row) => row[name]), none = rows.map(() => "");
  const atlas = {
    ...smallAtlas(), words: WORDS, borders: borders.map((border) => ({ ...border, land: true, km: 1, cells: [0, 0] })), crossings: [],
    families: [{ letter: "T", goods: ["tobacco"] }, { letter: "F", goods: ["food"] }, { letter: "O", goods: ["fuel", "wildlife"] }],
    sites: { key: [], kind: [], border: [], region: [], crossing: [], cells: [], lon: [], lat: [], radius: [] },
    records: {
      ...Object.fromEntries(TEXTS.map((name) => [name, all(name)])), ...Object.fromEntries(TABLED.map((name) => [name, column(all(name))])),
      id: all("id"), quantity: all("quantity"), kind: column(none), crossing_id: column(none), region_code: column(none),
      border: column(rows.map((row) => OFF[row.mode] || row.neighbour || "UNKNOWN")),
      site: rows.map(() => -1), family: Uint8Array.from(rows, () => 0), placement: rows.map(() => -1),
      from: rows.map(({ first }) => first && day(first)), more: rows.map(({ first, last }) => (first ? day(last) - day(first) : 0)),
    },
  };
  const ready = prepare(atlas);
  const controller = { ready, t: makeSpeaker(WORDS, lang), show(change) { controller.shown = change; } };
  const filter = makeFilter(controller, {});
  filter.apply();
  return { filter, ids: () => controller.shown.shown.map((i) => atlas.records.id[i]).join("") };
}

for (const { lang, words: sought, found } of vectors("search").cases)
  test(`search in ${lang} for "${sought}"`, () => {
    const { filter, ids } = made(lang);
    filter.set({ words: sought, include_refused: true });
    assert.equal(ids(), found);
  });

for (const { filters, kept, counts = {}, left_out: out = {} } of vectors("filters").cases)
  test(`filters and their counts: ${JSON.stringify(filters)}`, () => {
    const { filter, ids } = made();
    filter.set(filters);
    assert.equal(ids(), kept);
    for (const [field, expected] of Object.entries(counts)) {
      const got = [...filter.counts(filter.facets.find((facet) => facet.field === field))].filter(([value, n]) => n && value);
      assert.deepEqual(Object.fromEntries(got), expected);
    }
    if ("refused" in out) assert.equal(filter.found.refusedOut, out.refused);
    if ("undated" in out) assert.equal(filter.found.undatedOut, out.undated + out.partly_outside);
  });

for (const { text, first, last } of vectors("period").cases)
  test(`the ends of the period "${text}"`, () => {
    assert.deepEqual(edgesOf(text)?.map(isoOf) ?? [null, null], [first, last]);
  });

for (const { link, asked, today } of vectors("links").cases)
  test(`the link "${link}"`, () => {
    const { filter } = made();
    filter.set(readAddress(filter, `#${link}`));
    const got = Object.fromEntries(filter.facets.filter((facet) => filter.chosen[facet.column]).map((facet) => [facet.field, [...filter.chosen[facet.column]]]));
    const days = daysChosen(filter);
    if (filter.since) got.since = isoOf(days[0]);
    if (filter.until) got.until = isoOf(days[1]);
    if (filter.least) got.min_quantity = writeQuantity(filter.least);
    if (filter.words) got.words = filter.words;
    if (filter.refused) got.include_refused = true;
    assert.deepEqual(got, asked);
    const written = writeAddress(filter, "en");
    if (today !== undefined) assert.equal(written, today);
    const again = made().filter;
    again.set(readAddress(again, `#${written}`));
    assert.equal(writeAddress(again, "en"), written);
  });

for (const { value, cell } of vectors("csv").cases)
  test(`the cell of ${JSON.stringify(value)}`, () => {
    assert.equal(csvCell(value), cell);
  });

test("the packed block holds what Python was given", () => {
  const { columns, rest, packed } = vectors("block");
  const bytes = Buffer.from(packed, "base64");
  const { rest: told, ...read } = unpack(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  assert.deepEqual(told, rest);
  for (const [name, one] of Object.entries(columns)) assert.deepEqual(Array.from(read[name]), one.read, name);
});
