/* Parts of a place's card: its figure, how it compares, and the records that are there or could be. */

import { borderEstimate, placeEstimate } from "../data/estimate.js";
import { countRecords, standsFor } from "../data/records.js";
import { recordsThere } from "../data/there.js";
import { withBorder } from "../data/titles.js";
import { isBound, tell, writeEnds, writeFigure, writeMain, writeRank } from "../language/figures.js";
import { borderName, capital } from "../language/names.js";
import { h, svg } from "../map/dom.js";

const WIDE = 320, TICKS = [1, 2, 5, 10, 20, 50, 100, 200];

export function figureOf(controller, place, estimate) {
  const { t, state } = controller, { main, note } = tell(t, estimate);
  const unit = place.kind === "crossing" ? t("page.incidents-unit", { n: estimate.value }) : t("unit");
  return h("div", { class: "card-figure" }, h("p", {}, h("b", {}, main), " " + unit), h("p", { class: "note" }, `${note}, ${[...new Set(state.period.map((day) => day.slice(0, 4)))].join("–")}`));
}

/* The rank among the others, as a strip and in words, and what the others have. */
export function besides(controller, place, estimate) {
  const { t, ready } = controller, { rank, of } = estimate, crossing = place.kind === "crossing";
  return h("div", { class: "beside" }, h("h3", {}, t(crossing ? "answers.c-beside-crossings" : "answers.c-beside-stretches")), rankStrip(rank, of),
    h("p", {}, h("b", {}, t("answers.c-rank", { rank: writeRank(t, ...rank), n: of }) + "."), " ", crossing ? meanCrossing(controller, place.border) : wholeLine(controller, ready.border[place.border])));
}

function meanCrossing(controller, code) {
  const { t, ready } = controller;
  const cells = new Map(ready.crossings.filter(({ border, cell }) => border === code && cell >= 0).map((one) => [one.cell, placeEstimate(controller, "crossing:" + one.id)]));
  const found = [...cells.values()].filter(Boolean);
  return found.length ? t("answers.c-mean", { neighbour: withBorder(ready, t, code), v: writeFigure(t, found.reduce((sum, { value }) => sum + value, 0) / found.length) }) + "." : "";
}

function wholeLine(controller, border) {
  const { t, ready } = controller, estimate = borderEstimate(controller, border.code);
  if (!estimate) return "";
  const name = borderName(ready, t, border.code);
  return isBound(estimate.low, estimate.high) ? `${name}: ${writeMain(t, estimate.value, estimate.low, estimate.high)} ${t("unit")}.` : t("answers.c-line", { neighbour: t.lang === "ru" ? withBorder(ready, t, border.code) : name, v: writeFigure(t, estimate.value), ends: writeEnds(t, estimate.low, estimate.high) }) + ".";
}

/* Ranks on a log axis, the first at the left. */
function rankStrip([low, high], of) {
  const x = (rank) => 6 + ((WIDE - 12) * Math.log(rank)) / Math.log(Math.max(2, of));
  const strip = svg("svg", { class: "rank-strip", viewBox: `0 0 ${WIDE} 34`, "aria-hidden": "true" }, svg("line", { x1: x(1), x2: x(of), y1: 11, y2: 11, class: "axis" }));
  for (const tick of [...TICKS.filter((one) => one < of * 0.8), of]) strip.append(svg("line", { x1: x(tick), x2: x(tick), y1: 7, y2: 15, class: "axis" }), svg("text", { x: x(tick), y: 30, class: "axis-number", "text-anchor": tick === of ? "end" : "middle" }, String(tick)));
  strip.append(svg("rect", { x: x(low), y: 7, width: Math.max(0.5, x(high) - x(low)), height: 8, class: "band-50" }), svg("line", { x1: x(low), x2: x(low), y1: 6, y2: 16, class: "bar-line" }), svg("line", { x1: x(high), x2: x(high), y1: 6, y2: 16, class: "bar-line" }));
  return strip;
}

/* Records that are there for certain, and those that only could be: {here, rows of the card}. */
export function hereAndCould(controller, place) {
  const { t, ready, state } = controller, { records } = ready, { here, share } = recordsThere(controller, place), each = place.kind === "segment" ? "-km" : "";
  const counted = share.here === null || !share.certain ? "" : t("answers.c-here-n" + each, { n: share.certain, y: state.period[0].slice(0, 4), v: writeFigure(t, share.here) });
  const rows = [[t("answers.c-here"), h("span", {}, h("b", {}, here.length ? t.number(countRecords(ready, here)) : t("answers.c-here-0")), here.length && counted ? ", " + counted : "")]];
  if (share.could_records) rows.push([t("answers.c-could"), h("span", {}, t("answers.c-could-n", { n: share.could_records, k: share.could_km, w: writeFigure(t, share.counted) }), share.could === null ? ". " : `, ${t(each ? "answers.c-km" : "a-year", { v: writeFigure(t, share.could) })}. `, h("button", { type: "button", class: "plain", onclick: () => controller.show({ records: true }) }, capital(t("answers.mayli"))))]);
  if (here.length) rows.push(...[["answers.c-by", "side", "recording_side"], ["field.goods", "goods", "goods"]].map(([word, kind, field]) => [t(word), tally(here.map((i) => t(`${kind}.${records.get(i, field)}`)))]));
  const amounts = amountsOf(controller, here);
  if (amounts) rows.push([t("field.quantity"), amounts]);
  return { here, rows };
}

const tally = (words) => {
  const counts = new Map();
  for (const word of words) counts.set(word, (counts.get(word) || 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).slice(0, 5).map(([word, n]) => `${word} ${n}`).join(", ");
};

/* What was seized of each goods, by unit, over the records that are there. */
function amountsOf({ t, ready }, ids) {
  const sums = new Map();
  for (const i of ids) {
    const amount = ready.atlas.records.quantity[i], unit = ready.records.get(i, "unit");
    if (amount === null || !unit) continue;
    const key = ready.records.get(i, "goods") + "|" + unit;
    sums.set(key, (sums.get(key) || 0) + amount);
  }
  return [...sums].slice(0, 4).map(([key, sum]) => {
    const [goods, unit] = key.split("|"), special = `unit.${unit}.${goods}`;
    return `${t("goods." + goods)}: ${t.number(sum)} ${t(t.has(special) ? special : "unit." + unit, { n: sum })}`;
  }).join("; ");
}

/* Records by year. */
export function yearBars({ ready, t }, ids) {
  const [first, last] = ready.records.years, n = new Map();
  for (const i of ids) if (ready.records.year[i]) n.set(ready.records.year[i], (n.get(ready.records.year[i]) || 0) + standsFor(ready, i));
  const most = Math.max(1, ...n.values()), step = 240 / (last - first + 1);
  const told = [...n].sort(([a], [b]) => a - b).map(([year, count]) => `${year}: ${t.number(count)}`).join(", ");
  const bars = svg("svg", { class: "place-years", viewBox: "0 0 240 44", role: "img", "aria-label": told || t("map.no-records") }, svg("line", { x1: 0, x2: 240, y1: 28.5, y2: 28.5, class: "axis" }));
  for (const [year, count] of n) bars.append(svg("rect", { x: (year - first) * step + 0.5, y: 28 - (count / most) * 27, width: Math.max(1, step - 1), height: (count / most) * 27, class: "year in" }));
  bars.append(svg("text", { x: 0, y: 41, class: "axis-number" }, String(first)), svg("text", { x: 240, y: 41, class: "axis-number", "text-anchor": "end" }, String(last)));
  return bars;
}
