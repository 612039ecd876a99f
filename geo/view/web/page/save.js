/* Saving the records shown as a file. */

import { writeCsv } from "../data/csv.js";
import { h } from "../map/dom.js";

export function saveCsv({ ready, state }) {
  const file = new Blob([writeCsv(ready, state.shown)], { type: "text/csv" });
  const link = h("a", { href: URL.createObjectURL(file), download: "shekara.csv" });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
