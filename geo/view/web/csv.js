/* The records shown, as a CSV file. */
(function (S) {
  "use strict";

  const COLUMNS = ["id", "title", "date", "date_precision", "goods", "goods_description", "quantity", "unit", "direction", "border", "mode", "place_name", "region_code", "crossing_id", "location_precision", "radius", "agency", "recording_side", "outcome_class", "confidence", "source_publisher", "source_url", "other_urls"];

  /* The records shown as CSV; a cell never starts a formula. */
  S.saveCsv = function (controller) {
    const { ready, state } = controller;
    // A page of very many records holds some columns only.
    const columns = COLUMNS.filter((name) => name === "date" || ready.records.has(name));
    const cell = (value) => {
      let text = value === null || value === undefined ? "" : String(value);
      if (/^[=+\-@\t\r]/.test(text)) text = "'" + text;
      return /[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
    };
    const rows = state.shown.map((i) => columns.map((name) => cell(ready.records.get(i, name))).join(","));
    const file = new Blob(["\ufeff", [columns.join(","), ...rows].join("\r\n"), "\r\n"], { type: "text/csv" });
    const link = S.h("a", { href: URL.createObjectURL(file), download: "shekara.csv" });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
})(window.Shekara);
