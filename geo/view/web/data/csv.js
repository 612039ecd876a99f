/* The records as CSV: a cell never starts a formula. */

import { writeHeading } from "../language/headings.js";
import { makeSpeaker } from "../language/speaker.js";

/* One cell, as geo/files/tables.py writes it: quoted where it has to be, an apostrophe before a text that a spreadsheet
   would take for a formula and before one that looks guarded already, every end of line the same. */
export function csvCell(value) {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const guarded = /^'*[=+\-@\t\r]/.test(value) ? "'" + value : value;
  const text = guarded.replace(/\r\n?/g, "\n");
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/** Heading, goods, place and agencies in a language: names of columns, and what writes a record's cell. The same as
   geo/view/headings.py translates.
   @returns {[string, (i: number) => string][]} */
function translations(ready, lang) {
  const t = makeSpeaker(ready.atlas.words, lang, ready.atlas.said), { get, has } = ready.records;
  /** @type {Map<string, (i: number) => string>} */
  const columns = new Map();
  columns.set("title", (i) => writeHeading(ready, t, i));
  columns.set("goods", (i) => t("goods." + get(i, "goods")));
  columns.set("place_name", (i) => t.told(get(i, "place_name")));
  columns.set("agency", (i) => t.agencies(get(i, "agency")));
  return [...columns].filter(([name]) => has(name)).map(([name, write]) => [`${name}_${lang}`, write]);
}

/* The file of the given records, with the mark by which a spreadsheet knows that it is UTF-8. */
export function writeCsv(ready, indices) {
  const { records, atlas } = ready;
  // A page of very many records holds some columns only.
  const columns = atlas.filters.saved.filter((name) => name === "date" || records.has(name));
  const others = Object.keys(atlas.words).filter((lang) => lang !== "en").flatMap((lang) => translations(ready, lang));
  const rows = indices.map((i) => [...columns.map((name) => records.get(i, name)), ...others.map(([, write]) => write(i))].map(csvCell).join(","));
  return `\ufeff${[[...columns, ...others.map(([name]) => name)].join(","), ...rows].join("\r\n")}\r\n`;
}
