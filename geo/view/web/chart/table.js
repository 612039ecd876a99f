/* The line as a table. */

import { expectedByCell } from "../data/sharing.js";
import { hasInterval, isBound, writeAt, writeEnds } from "../language/figures.js";
import { h, replace } from "../map/dom.js";

export function fillTable(chart) {
  const { controller, parts, line } = chart;
  const { t, values, ready } = controller;
  if (!parts.table.open) return;
  const head = ["col.stretch", "col.neighbour", "col.km", "col.records", "col.rate", ...(values.low ? ["col.interval"] : [])];
  const expected = expectedByCell(ready, controller.state.shown);
  const rows = ready.atlas.segments.map((segment, s) => ({ segment, cells: [...Array(line.count).keys()].filter((c) => ready.cells.segment[c] === s) })).filter(({ cells }) => cells.length);
  const body = rows.map(({ segment, cells }) => {
    const top = cells.reduce((a, b) => (values.value[b] > values.value[a] ? b : a));
    const sum = cells.reduce((total, c) => total + expected[c], 0);
    const fields = [t.of(segment.name), t.of(ready.border[segment.border].name), `${t.number(segment.start)}–${t.number(Math.round(segment.start + segment.km))}`, t.number(sum, 1), writeAt(t, values, top).main];
    if (values.low) fields.push(hasInterval(values, top) && !isBound(values.low[top], values.high[top]) ? writeEnds(t, values.low[top], values.high[top]) : t("page.bound"));
    return h("tr", {}, fields.map((text, i) => h(i ? "td" : "th", i ? {} : { scope: "row" }, text)));
  });
  replace(parts.table.lastChild, h("table", {}, h("thead", {}, h("tr", {}, head.map((key) => h("th", { scope: "col" }, t(key))))), h("tbody", {}, body)));
}
