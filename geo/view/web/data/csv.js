/* The records as CSV: a cell never starts a formula. */

/* One cell, as geo/files/tables.py writes it: quoted where it has to be, an apostrophe before a text that a spreadsheet
   would take for a formula and before one that looks guarded already, every end of line the same. */
export function csvCell(value) {
  if (typeof value !== "string") return value === null || value === undefined ? "" : String(value);
  const guarded = /^'*[=+\-@\t\r]/.test(value) ? "'" + value : value;
  const text = guarded.replace(/\r\n?/g, "\n");
  return /[",\n]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/* The file of the given records, with the mark by which a spreadsheet knows that it is UTF-8. */
export function writeCsv({ records, atlas }, indices) {
  // A page of very many records holds some columns only.
  const columns = atlas.filters.saved.filter((name) => name === "date" || records.has(name));
  const rows = indices.map((i) => columns.map((name) => csvCell(records.get(i, name))).join(","));
  return `\ufeff${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}
