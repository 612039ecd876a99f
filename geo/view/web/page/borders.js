/* Border by border: records, rate with its interval, busiest stretch, goods, share at crossings, records by year. */

import { roomFor } from "../chart/axis.js";
import { borderEstimate } from "../data/estimate.js";
import { datedWithin, yearsOf } from "../data/period.js";
import { countRecords, familyCounts, standsFor } from "../data/records.js";
import { expectedByCell } from "../data/sharing.js";
import { isBound, tell, writeAt, writeEnds, writePlain } from "../language/figures.js";
import { h, replace, svg } from "../map/dom.js";
import { quotePlace } from "./quote.js";
import { quoteMark } from "./share.js";

const TOPS = [0.2, 0.4, 0.6, 1, 2, 4, 6, 10, 20, 40, 100];
const BAR = 150, GOODS = 170, YEARS = 140;

export function borderTable(controller, element) {
  const draw = () => {
    const { t, values } = controller;
    const lead = values.kind === "estimate" ? "by-border.lead-estimate" : "by-border.lead";
    replace(element, h("h2", {}, t("by-border")), h("p", { class: "lead" }, t(lead)), table(controller), h("p", { class: "note" }, t("customs")));
  };
  controller.on("show", draw);
  if (!controller.waits) draw();
}

function rowsOf(controller) {
  const { ready, state, values } = controller;
  const years = yearsOf(state.period);
  const rated = expectedByCell(ready, datedWithin(ready, state.shown, state.period));
  const { of, table: codes } = ready.atlas.records.border;
  const held = codes.map(() => []);
  for (const i of state.shown) held[of[i]].push(i);
  return ready.borders.map((border) => {
    const [first, last] = border.cells;
    let dated = 0, top = first;
    for (let c = first; c < last; c++) {
      dated += rated[c];
      if (values.value[c] > values.value[top]) top = c;
    }
    const ids = held[codes.indexOf(border.code)] || [];
    const estimate = borderEstimate(controller, border.code);
    const rate = estimate ? estimate.value : dated / ((border.km / 100) * years);
    return { border, ids, rate, estimate, top, crossing: ids.filter((i) => ready.kind[i] === "crossing").length };
  }).sort((a, b) => b.border.land - a.border.land || b.rate - a.rate);
}

function table(controller) {
  const { ready, t, values } = controller;
  const rows = rowsOf(controller), counts = controller.borderCounts();
  const estimated = rows.some(({ estimate }) => estimate);
  const most = Math.max(...rows.map(({ estimate, rate }) => (estimate ? estimate.high : rate)));
  const scale = roomFor(TOPS, most);
  const span = ready.records.years;
  // On a phone each row is a card, and each field carries its head.
  const cell = (key, right, ...shown) => h("td", { class: right ? "right" : null, dataset: { head: t(key) } }, ...shown);
  const body = rows.map(({ border, ids, rate, estimate, top, crossing }) => {
    const { n, m } = counts[border.code];
    const segment = ready.atlas.segments[ready.cells.segment[top]];
    return h("tr", {},
      h("th", { scope: "row" }, h("button", { type: "button", class: "plain strong", onclick: () => controller.choose(controller.borderMark(border.code)) }, t.of(border.name)), estimate ? quoteMark(controller, t.of(border.name), () => quotePlace(controller.filter, controller.placeAt("border:" + border.code))) : null, h("span", { class: "note" }, t("map.km", { n: border.km }))),
      cell("col.records", true, h("b", {}, t.number(n)), n ? h("span", { class: "note" }, t("no-exact", { n: m })) : null),
      cell("col.rate", false, h("span", { class: "rate-line" }, estimated ? intervalBar(estimate, scale) : null, h("span", {}, h("b", {}, estimate ? tell(t, estimate).main : writePlain(t, rate)), " ", h("span", { class: "rate-ends" }, estimate ? (isBound(estimate.low, estimate.high) ? t("page.bound") : writeEnds(t, estimate.low, estimate.high)) : estimated ? t("rate") : "")))),
      cell("col.busiest", false, n ? [t.of(segment.name), h("span", { class: "note" }, `${writeAt(t, values, top).main} ${endsAt(t, values, top)}`)] : "–"),
      cell("col.goods", false, n ? goodsBar(controller, ids) : "–"),
      cell("col.crossings", true, n && !ready.atlas.records.rows ? t.percent(crossing / n) : "–"),
      span ? cell("col.years", false, yearBars(controller, ids, span)) : null);
  });
  const right = ["col.records", "col.crossings"];
  const heads = ["col.neighbour", "col.records", "col.rate", "col.busiest", "col.goods", "col.crossings", ...(span ? ["col.years"] : [])];
  const head = (key) => h("th", { scope: "col", class: right.includes(key) ? "right" : null },
    key === "col.years" ? t(key + "-span", { years: t.span(String(span[0]), String(span[1])) }) : t(key === "col.rate" && estimated ? "col.rate-interval" : key),
    key === "col.rate" && estimated ? axis(t, scale) : null);
  return h("div", { class: "table-frame wide", tabindex: 0, role: "region", "aria-label": t("by-border") },
    h("table", { class: "by-border" }, h("thead", {}, h("tr", {}, heads.map(head))), h("tbody", {}, body)));
}

const endsAt = (t, values, c) => (values.low && c < values.low.length && !isBound(values.low[c], values.high[c]) ? `(${writeEnds(t, values.low[c], values.high[c])})` : "");
const x = (value, scale) => 2 + ((BAR - 4) * Math.min(value, scale)) / scale;

/* The 90 % interval as a box with the median across it, on one scale for all borders. */
function intervalBar(estimate, scale) {
  const bar = svg("svg", { class: "interval", width: BAR, height: 18, viewBox: `0 0 ${BAR} 18`, "aria-hidden": "true" }, svg("line", { x1: 2, x2: BAR - 2, y1: 9, y2: 9, class: "grid" }));
  for (const share of [0, 0.5, 1]) bar.append(svg("line", { x1: x(share * scale, scale), x2: x(share * scale, scale), y1: 6, y2: 12, class: "axis" }));
  if (!estimate) return bar;
  const left = x(estimate.low, scale);
  bar.append(svg("rect", { x: left, y: 3, width: Math.max(2, x(estimate.high, scale) - left), height: 12, class: "band-50" }));
  bar.append(svg("rect", { x: x(estimate.value, scale) - 1.25, y: 1, width: 2.5, height: 16, class: "interval-median" }));
  return bar;
}

function axis(t, scale) {
  const marks = svg("svg", { class: "interval", width: BAR, height: 14, viewBox: `0 0 ${BAR} 14`, "aria-hidden": "true" });
  [0, 0.5, 1].forEach((share, i) => marks.append(svg("text", { x: x(share * scale, scale), y: 11, class: "axis-number", "text-anchor": ["start", "middle", "end"][i] }, t.number(share * scale))));
  return marks;
}

/* Records by year; a year that the data hold only a part of is lighter. */
function yearBars(controller, ids, [first, last]) {
  const { ready, t } = controller;
  const n = new Map();
  for (const i of ids) {
    const year = ready.records.year[i];
    if (year) n.set(year, (n.get(year) || 0) + standsFor(ready, i));
  }
  const most = Math.max(1, ...n.values()), width = YEARS / (last - first + 1);
  const told = [...n].sort(([a], [b]) => a - b).map(([year, count]) => `${year}: ${t.number(count)}`).join(", ");
  const bars = svg("svg", { width: YEARS, height: 24, viewBox: `0 0 ${YEARS} 24`, role: "img", "aria-label": told || t("map.no-records") }, svg("line", { x1: 0, x2: YEARS, y1: 23.5, y2: 23.5, class: "grid" }));
  const whole = ready.atlas.period[1].endsWith("-12-31") ? last : last - 1;
  const wide = Math.max(1, width - 1).toFixed(2);
  let full = "", part = "";
  for (const [year, count] of n) {
    const d = `M${((year - first) * width + 0.5).toFixed(2)} 23v-${Math.max(1.5, (count / most) * 22).toFixed(1)}h${wide}V23z`;
    if (year > whole) part += d;
    else full += d;
  }
  bars.append(svg("path", { d: full, class: "year in" }), svg("path", { d: part, class: "year" }));
  return bars;
}

/* A bar cut by family; segments of 16 px or more carry the letter. */
function goodsBar(controller, ids) {
  const { ready, t } = controller;
  const of = familyCounts(ready, ids);
  const counts = ready.atlas.families.map(({ letter }, f) => [letter, of[f]]).filter(([, n]) => n);
  const title = counts.map(([letter, n]) => `${t("family." + letter)} ${t.number(n)}`).join(", ");
  const bar = svg("svg", { width: GOODS, height: 16, viewBox: `0 0 ${GOODS} 16`, role: "img", "aria-label": title });
  let at = 0;
  for (const [letter, n] of counts) {
    const w = (n / countRecords(ready, ids)) * GOODS;
    bar.append(svg("rect", { x: at, width: Math.max(1, w - 1), height: 16, class: "goods-fill-" + letter }));
    if (w >= 16) bar.append(svg("text", { x: at + w / 2, y: 12, class: "letter-" + letter, "font-size": 10.5 }, t("letter." + letter)));
    at += w;
  }
  return bar;
}
