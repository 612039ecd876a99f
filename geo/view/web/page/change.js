/* What changed: two periods compared, border by border and by who recorded. */

import { whereOf } from "../data/titles.js";
import { writeRatio, writeRatios } from "../language/figures.js";
import { borderName } from "../language/names.js";
import { sayAll } from "../language/phrases.js";
import { h, svg } from "../map/dom.js";
import { quoteChange } from "./quote.js";
import { quoteMark } from "./share.js";

const WORDS = { rose: "answers.rose", fell: "answers.fell", "cannot tell": "answers.cant", "too few to tell": "answers.toofew", "no records": "answers.norec" };
const LEAST = 0.25, MOST = 8, WIDE = 130;

export function comparison(controller, filter, back) {
  const { t, state: { answers } } = controller, { years: [since, , from, to], rows } = answers.changes;
  return [
    h("button", { type: "button", class: "plain back", onclick: back }, t("answers.back")),
    h("h2", { tabindex: -1 }, t("answers.cmp-title", { y: String(since), where: whereOf(filter) })),
    h("p", { class: "verdict-line" }, sayAll(t, answers.change)),
    h("p", { class: "note" }, t("answers.cmp-caveat")), h("p", { class: "note" }, t("answers.cmp-axis")),
    h("table", { class: "change" },
      h("thead", {}, h("tr", {}, ["", t.span(String(from), String(to)), t("page.since", { y: String(since) }), ""].map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((one) => changeRow(controller, filter, one)))),
  ];
}

function changeRow(controller, filter, one) {
  const { t, ready } = controller, key = one.key ?? one.index, name = key === "all" ? t("page.all-land") : key === "home" ? t("answers.by-kz") : key === "neighbour" ? t("answers.by-nb") : borderName(ready, t, key);
  const sure = one.word === "rose" || one.word === "fell";
  return h("tr", {}, h("th", { scope: "row" }, name, quoteMark(controller, name, () => quoteChange(filter, name, one))), h("td", {}, t.number(one.against_records)), h("td", {}, t.number(one.records)),
    h("td", {}, one.ratio === null ? null : [ratioBar(one, key === "all"), h("span", {}, h("b", {}, "× " + writeRatio(t, one.ratio)), ` (${writeRatios(t, one.low90, one.high90)})`)],
      h("span", { class: sure ? "change-word sure" : "change-word" }, t(WORDS[one.word]))));
}

const x = (ratio) => (WIDE * Math.log(Math.min(MOST, Math.max(LEAST, ratio)) / LEAST)) / Math.log(MOST / LEAST);

function ratioBar({ ratio, low90, high90 }, whole) {
  const bar = svg("svg", { class: "place-bar", width: WIDE, height: 18, viewBox: `0 0 ${WIDE} 18`, "aria-hidden": "true" });
  for (const tick of [0.25, 0.5, 1, 2, 4, 8]) bar.append(svg("line", { x1: x(tick), x2: x(tick), y1: 2, y2: 16, class: tick === 1 ? "bar-one" : "grid" }));
  bar.append(svg("rect", { x: x(low90), y: 6.5, width: Math.max(1, x(high90) - x(low90)), height: 5, class: "band-50" }), svg("line", { x1: x(low90), x2: x(high90), y1: 9, y2: 9, class: "bar-line" }));
  if (low90 < LEAST) bar.append(svg("path", { d: "M0 9l6 -4v8z", class: "bar-arrow" }));
  if (high90 > MOST) bar.append(svg("path", { d: `M${WIDE} 9l-6 -4v8z`, class: "bar-arrow" }));
  bar.append(whole ? svg("path", { d: `M${x(ratio) - 5} 9l5 -5l5 5l-5 5z`, class: "bar-dot" }) : svg("circle", { cx: x(ratio), cy: 9, r: 4.6, class: "bar-dot" }));
  return bar;
}
