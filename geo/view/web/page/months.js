/* Months that an agency published, a small chart a class of goods: its cases as bars, our records beneath; a month that
   was not published is left open. */

import { writeShare } from "../language/figures.js";
import { h, svg } from "../map/dom.js";

const WIDE = 320, TALL = 84, LEFT = 40, FOOT = 34; // the plot, and what stands beneath it

/* name: what a class of goods is called. */
export function monthCharts(controller, series, name) {
  const { t } = controller, all = series.flatMap(({ months }) => months.map(([month]) => month)).sort();
  const from = indexOf(all[0]), count = indexOf(all[all.length - 1]) - from + 1;
  return h("div", { class: "months" }, h("h3", {}, t("claims.series")), h("p", { class: "note" }, t("claims.series.how")),
    h("div", { class: "months-grid" }, series.map((one) => h("figure", {},
      h("figcaption", {}, h("b", {}, name(one.goods)), h("span", { class: "note" }, cover(t, one))), chart(t, one, from, count)))));
}

/* Months since the year 0. */
const indexOf = (month) => 12 * Number(month.slice(0, 4)) + Number(month.slice(5, 7)) - 1;

const cover = (t, { total, ours, share }) => t("claims.series.cover", { n: ours, m: total, share: writeShare(t, ours / total, ...share) });

function chart(t, { months }, from, count) {
  const step = (WIDE - LEFT) / count, top = Math.max(...months.map(([, cases]) => cases));
  const told = months.map(([month, cases, ours]) => `${t.date(month.slice(0, 7))}: ${t.number(cases)}, ${t("claims.series.ours")} ${t.number(ours)}`).join("; ");
  const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${TALL + FOOT}`, role: "img", "aria-label": told });
  picture.append(svg("text", { x: LEFT - 6, y: 11, class: "axis-number", "text-anchor": "end" }, t.number(top)), svg("text", { x: LEFT - 6, y: TALL, class: "axis-number", "text-anchor": "end" }, t.number(0)));
  for (const [month, cases, ours] of months) {
    const x = LEFT + (indexOf(month) - from) * step, height = (cases / top) * (TALL - 4), middle = x + step / 2;
    picture.append(svg("line", { x1: x, x2: x + step, y1: TALL + 0.5, y2: TALL + 0.5, class: "axis" }),
      svg("rect", { x: x + 1, y: TALL - height, width: Math.max(1, step - 2), height, class: "month-bar" }, svg("title", {}, `${t.date(month.slice(0, 7))}: ${t.number(cases)}`)),
      svg("text", { x: middle, y: TALL + 15, class: ours ? "month-ours" : "month-ours none", "text-anchor": "middle" }, t.number(ours)));
  }
  const ends = [months[0][0], months[months.length - 1][0]].filter((month, at, both) => both.indexOf(month) === at);
  ends.forEach((month, at) => picture.append(svg("text", { x: at ? WIDE : LEFT + (indexOf(month) - from) * step, y: TALL + 30, class: "axis-number", "text-anchor": at ? "end" : "start" }, t.date(month.slice(0, 7)))));
  return picture;
}
