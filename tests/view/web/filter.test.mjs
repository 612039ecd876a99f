/* What the filters choose, what they count, and how a view stands in an address. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { readAddress, writeAddress } from "../../../geo/view/web/data/address.js";
import { makeFilter } from "../../../geo/view/web/data/filter.js";
import { searchText } from "../../../geo/view/web/data/search.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { smallReady } from "./small.mjs";

function made(options = {}) {
  const ready = smallReady();
  const controller = { ready, t: makeSpeaker(ready.atlas.words, "en"), show(change) { controller.shown = change; } };
  const filter = makeFilter(controller, options);
  filter.apply();
  const ids = () => controller.shown.shown.map((i) => ready.atlas.records.id[i]).join("");
  return { filter, controller, ids, set: (wanted) => (filter.set(wanted), ids()) };
}

const counts = (filter, column) => Object.fromEntries(filter.counts(filter.facets.find((facet) => facet.column === column)));

test("refused entry is out until it is asked for", () => {
  const { ids, set } = made();
  assert.equal(ids(), "abcde");
  assert.equal(set({ include_refused: true }), "abcdef");
  assert.equal(made({ include_refused: true }).ids(), "abcdef");
});

test("values of one field are 'or', fields are 'and'", () => {
  const { set } = made();
  assert.equal(set({ goods: ["tobacco", "fuel"] }), "abde");
  assert.equal(set({ neighbour: ["RU"] }), "ab");
  assert.equal(set({ goods: [] }), "abc");
  assert.equal(set({ neighbour: [], confidence: ["low"], mode: ["rail"] }), "c");
});

test("goods and borders that are none are refused, and nothing changes", () => {
  const { ids, set } = made();
  assert.throws(() => set({ mode: ["rail"], goods: ["gold"] }), /goods: there is no "gold"; there are .*tobacco/);
  assert.throws(() => set({ neighbour: ["XX"] }), /neighbour: there is no "XX"; there are /);
  assert.equal(ids(), "abcde");
});

test("the counts of a field are of what the other fields leave", () => {
  const { filter, set } = made();
  set({ goods: ["tobacco"], neighbour: ["RU"] });
  assert.deepEqual(counts(filter, "goods"), { tobacco: 1, fuel: 1, food: 1 });
  assert.deepEqual(counts(filter, "border"), { RU: 1, POST: 1, UNKNOWN: 0 });
  assert.deepEqual(counts(filter, "mode"), { road: 1, rail: 0, post: 0 });
  assert.equal(filter.refusedCount(), 1);
});

test("a period holds whole dates, and undated records are out of it unless asked for", () => {
  const { filter, set } = made();
  assert.equal(set({ since: "2020", until: "2021" }), "abe");
  assert.equal(filter.undatedCount(), 1);
  assert.equal(set({ undated: true }), "abde");
  assert.equal(set({ since: 2021, until: null, undated: null }), "be");
  assert.equal(set({ since: null, until: 2019 }), "c");
  assert.equal(set({ until: null, undated: false }), "abce");
  assert.deepEqual(Object.fromEntries(filter.perYear()), { 2019: 1, 2020: 1, 2021: 2 });
});

test("what lasts beyond a period is not in it", () => {
  const { filter, set } = made();
  filter.columns.to[0] = filter.columns.from[0] + 400; // from May 2020 into 2021
  assert.equal(set({ since: 2020, until: 2020 }), "");
  assert.equal(set({ until: 2021 }), "abe");
});

test("every word has to be found, whatever its case", () => {
  const { set } = made();
  assert.equal(set({ words: "CIGARETTES" }), "a");
  assert.equal(set({ words: "russia fuel" }), "b");
  assert.equal(set({ words: "  post  " }), "d");
  assert.equal(set({ words: "tobacco nowhere" }), "");
});

test("a record is searched in its own fields, its goods and its border in the reader's language", () => {
  const ready = smallReady();
  const text = searchText(ready, makeSpeaker(ready.atlas.words, "ru"), 1);
  for (const part of ["b\n", "diesel", "fuel", "россия"]) assert.ok(text.includes(part), text);
});

test("what is left out is said", () => {
  const { controller, set } = made();
  set({ since: 2020, until: 2020 });
  assert.equal(controller.shown.note(), "1 out of period 1 refused");
  assert.deepEqual(controller.shown.period, ["2020-01-01", "2020-12-31"]);
});

test("a view's address opens the same view", () => {
  const first = made();
  first.set({ goods: ["tobacco", "fuel"], neighbour: ["RU", "POST"], since: "2020", until: "2021", undated: true, words: "a & b", include_refused: true });
  const text = writeAddress(first.filter, "en");
  assert.equal(text, "goods=tobacco&goods=fuel&neighbour=RU&neighbour=POST&since=2020&until=2021&include_refused=1&undated=1&words=a+%26+b");
  const second = made();
  second.filter.set(readAddress(second.filter, `#${text}`));
  assert.equal(writeAddress(second.filter, "en"), text);
});

test("an address names the language only where the page opens in another", () => {
  const { filter } = made();
  assert.equal(writeAddress(filter, "en"), "");
  assert.equal(writeAddress(filter, "kk"), "lang=en");
});

test("what an address names that the data do not know is passed over", () => {
  const { filter } = made();
  const wanted = readAddress(filter, "#goods=tobacco,gold&neighbour=XX&since=1900-05&until=soon&lang=de&words=%zz");
  assert.deepEqual(wanted.goods, ["tobacco"]);
  assert.equal("neighbour" in wanted, false);
  assert.equal("lang" in wanted, false);
  assert.deepEqual([wanted.since, wanted.until], ["2019", null]);
  assert.equal(readAddress(filter, "#lang=ru").lang, "ru");
});

test("the ends of a period that stand the wrong way round change places", () => {
  const { filter } = made();
  const wanted = readAddress(filter, "#since=2021&until=2019");
  assert.deepEqual([wanted.since, wanted.until], ["2019", "2021"]);
});
