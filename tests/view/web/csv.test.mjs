/* The file of the records shown. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { csvCell, writeCsv } from "../../../geo/view/web/data/csv.js";

test("a cell never starts a formula", () => {
  for (const sign of ["=", "+", "-", "@", "\t"]) assert.equal(csvCell(`${sign}1+1`), `'${sign}1+1`);
  assert.equal(csvCell("1-2=3"), "1-2=3");
});

test("a cell is quoted where it holds a comma, a quote or an end of line", () => {
  assert.equal(csvCell("a,b"), '"a,b"');
  assert.equal(csvCell('say "no"'), '"say ""no"""');
  assert.equal(csvCell("two\nlines"), '"two\nlines"');
  assert.equal(csvCell("plain"), "plain");
});

test("nothing is written as nothing, and zero as zero", () => {
  assert.deepEqual([null, undefined, "", 0].map(csvCell), ["", "", "", "0"]);
});

test("the file holds the records asked for, and only columns that the page has", () => {
  const table = [{ id: "a", title: "=x", date: "2024" }, { id: "b", title: "y", date: "" }, { id: "c", title: "z, q", date: "2023-01" }];
  const records = { has: (name) => ["id", "title"].includes(name), get: (i, name) => table[i][name] };
  assert.equal(writeCsv({ records, atlas: { words: {}, filters: { saved: ["id", "title", "date", "goods"] } } }, [0, 2]), "\ufeffid,title,date\r\na,'=x,2024\r\nc,\"z, q\",2023-01\r\n");
});
