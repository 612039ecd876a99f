/* The records as CSV: a cell never starts a formula. */

const COLUMNS = ["id", "title", "date", "date_precision", "goods", "goods_description", "quantity", "unit", "direction", "border", "mode", "place_name", "region_code", "crossing_id", "location_precision", "radius", "agency", "recording_side", "outcome_class", "confidence", "source_publisher", "source_url", "other_urls"];

/* One cell: quoted where it has to be, and with an apostrophe before what a spreadsheet would take for a formula. */
export function csvCell(value) {
  let text = value === null || value === undefined ? "" : String(value);
  if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
  return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

/* The file of the given records, with the mark by which a spreadsheet knows that it is UTF-8. */
export function writeCsv({ records }, indices) {
  // A page of very many records holds some columns only.
  const columns = COLUMNS.filter((name) => name === "date" || records.has(name));
  const rows = indices.map((i) => columns.map((name) => csvCell(records.get(i, name))).join(","));
  return `\ufeff${[columns.join(","), ...rows].join("\r\n")}\r\n`;
}
