/* The answer box: where most is recorded under the filters, how sure that is, and what changed. */

import { borderName, capital, keyName } from "../language/names.js";
import { tell, writeEnds, writeMain, writePlain, writeRank } from "../language/figures.js";
import { sayPhrase } from "../language/phrases.js";
import { h, replace, svg } from "../map/dom.js";
import { comparison } from "./change.js";
import { quoteWhole } from "./quote.js";
import { placesTable } from "./table.js";
import { copyButton, quoteButton } from "./share.js";
import { viewAddress } from "./address.js";

const ENDS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 1.2, 1.5, 2, 3, 4, 5, 6, 8, 10];
const WIDE = 246, QUARTERS = [0, 1, 2, 3, 4];
const MOST = 3.2; // times the largest figure that the scale reaches at most

export function answerBox(controller, filter, dropLast, element) {
  const foot = h("div", { class: "answers-foot" });
  const quote = quoteButton(controller, () => quoteWhole(filter));
  const tableButton = h("button", { type: "button", class: "button", "aria-expanded": "false", onclick: () => { view = view === "table" ? "" : "table"; draw(); } });
  const table = h("div", { class: "answers-table" });
  let view = "";
  foot.append(quote.button, ...copyButton(controller, "answers.link", () => viewAddress(filter)), tableButton);
  const body = h("div", {});
  replace(element, body, foot, quote.text, table);
  const compare = () => { view = "change"; draw(); body.querySelector("h2")?.focus(); };
  const back = () => { view = ""; draw(); body.querySelector("h2")?.focus(); };
  const draw = () => {
    const { t, state } = controller, { answers } = state;
    if (view === "change" && !answers.changes) view = "";
    const ranked = answers.first.length > 0;
    if (view === "table" && !ranked) view = "";
    replace(body, view === "change" ? comparison(controller, filter, back) : build(controller, filter, { dropLast, compare }));
    foot.hidden = view === "change" || answers.state === "none";
    table.hidden = view !== "table";
    tableButton.hidden = !ranked;
    tableButton.textContent = t("answers.table");
    tableButton.setAttribute("aria-expanded", String(view === "table"));
    if (view === "table") replace(table, placesTable(controller));
    quote.clear();
  };
  body.addEventListener("keydown", (event) => moveAmong(event, body));
  controller.on("show", draw);
  if (!controller.waits) draw();
}

/* Arrows go through the rows. */
function moveAmong(event, body) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], rows = [...body.querySelectorAll(".place")], at = rows.indexOf(document.activeElement);
  if (!step || at < 0) return;
  event.preventDefault();
  rows[(at + step + rows.length) % rows.length].focus();
}

function build(controller, filter, acts) {
  const { t, state: { answers } } = controller;
  if (answers.state === "none") return noneBox(controller, filter, acts);
  if (answers.state === "too-few") return fewBox(controller);
  if (answers.state === "no-estimate") return plainBox(controller);
  const end = scaleEnd(answers.first);
  return [
    h("h2", { tabindex: -1 }, t("answers.box")), h("p", { class: "note wide-note" }, t("answers.box-unit")), h("p", { class: "note narrow-note" }, t("answers.box-unit-s")),
    axis(t, end),
    h("ol", { class: "places" }, answers.first.map((place, at) => h("li", {}, row(controller, place, at, end)))),
    sentences(controller, answers, acts),
  ];
}

/* In the dark the highest rates are the lightest. */
const inShade = (phrase) => (document.body.classList.contains("dark") ? { ...phrase, key: phrase.key.replace("asdark", "aslight") } : phrase);

/* The least end that holds the bars; an interval beyond it ends in an arrow. */
function scaleEnd(first) {
  const highest = Math.max(...first.map(({ high90 }) => high90)), figure = Math.max(...first.map((place) => (place.bound ? place.high90 / MOST : place.value)));
  const wanted = Math.min(highest, MOST * figure);
  for (let power = 1; ; power *= 10) {
    const found = ENDS.find((end) => end * power >= wanted);
    if (found) return found * power;
  }
}

const px = (value, end) => (WIDE * value) / end;

function axis(t, end) {
  const picture = svg("svg", { class: "bar-axis", viewBox: `0 0 ${WIDE} 15`, width: WIDE, height: 15, "aria-hidden": "true" });
  for (const quarter of QUARTERS) picture.append(svg("text", { x: px((end * quarter) / 4, end), y: 11, class: "axis-number", "text-anchor": "middle" }, t.number(Number(((end * quarter) / 4).toPrecision(4)), undefined)));
  return picture;
}

function row(controller, place, at, end) {
  const { t, ready } = controller;
  const { main, note } = tell(t, { value: place.value, low: place.low90, high: place.high90 });
  const ends = place.bound ? "" : ` (${writeEnds(t, place.low90, place.high90)})`;
  const unit = place.key.startsWith("crossing:") ? t("page.incidents-year", { v: main, n: place.value }) : `${main} ${t("unit")}`;
  const label = t("answers.row", { i: at + 1, place: t.of(place.name), neighbour: borderName(ready, t, place.neighbour), v: unit, ends: note, n: place.records, rank: writeRank(t, place.rank_low90, place.rank_high90), of: place.of });
  const also = place.also ? place.also.split(" and ").length : 0;
  return h("button", { type: "button", class: place.bound ? "place hollow" : "place", dataset: { key: place.key }, "aria-label": label, onclick: () => controller.goTo(place.key) },
    h("span", { class: "place-disc", "aria-hidden": "true" }, String(at + 1)),
    h("span", { class: "place-name" }, h("b", {}, t.of(place.name)), also ? h("span", { class: "also" }, ` +${also}`) : null, h("span", { class: "place-border" }, " · " + borderName(ready, t, place.neighbour))),
    h("span", { class: "place-figure" }, place.bound ? parted(t, place.high90) : [h("b", {}, main), ends]),
    intervalBar(place, end),
    h("span", { class: "place-records" }, t("card.records", { n: place.records })),
    place.km ? h("span", { class: "place-note" }, t("answers.between", { k: Math.round(place.km) })) : null);
}

/* "at most 0.25" with its figure in bold. */
function parted(t, high) {
  const whole = writeMain(t, 0, 0, high), figure = whole.match(/[\d.,\s\u00a0]*\d/)[0].trim();
  const [before, after] = whole.split(figure);
  return [before, h("b", {}, figure), after];
}

function intervalBar({ value, low90, high90, bound }, end) {
  const bar = svg("svg", { class: "place-bar", viewBox: `0 0 ${WIDE} 20`, width: WIDE, height: 20, "aria-hidden": "true" });
  for (const quarter of QUARTERS) bar.append(svg("line", { x1: px((end * quarter) / 4, end), x2: px((end * quarter) / 4, end), y1: 1, y2: 19, class: "grid" }));
  const beyond = high90 > end * 1.0001, left = bound ? 0 : px(low90, end), right = px(Math.min(high90, end), end);
  if (bound) bar.append(svg("line", { x1: 0, x2: right, y1: 10, y2: 10, class: "bound-line" }));
  else bar.append(svg("rect", { x: left, y: 7.5, width: Math.max(1, right - left), height: 5, class: "band-50" }), svg("line", { x1: left, x2: right, y1: 10, y2: 10, class: "bar-line" }), svg("line", { x1: left, x2: left, y1: 6, y2: 14, class: "bar-line" }));
  bar.append(beyond ? svg("path", { d: `M${right} 10l-6 -4v8z`, class: "bar-arrow" }) : svg("line", { x1: right, x2: right, y1: 6, y2: 14, class: "bar-line" }));
  if (!bound) bar.append(svg("circle", { cx: px(value, end), cy: 10, r: 4.6, class: "bar-dot" }));
  return bar;
}

const saidOf = (t, phrases) => phrases.map((one, at) => [at ? " " : "", bolded(sayPhrase(t, inShade(one)), !at)]);

/* What can't be told apart. */
export const orderLine = ({ t }, { order }) => (order.length ? h("p", { class: "said-line" }, saidOf(t, order)) : null);

/* The sentences; what each begins with stands in bold. */
function sentences(controller, answers, { compare }) {
  const { t } = controller;
  const paragraph = (phrases, ...more) => (phrases.length ? h("p", { class: "said-line" }, saidOf(t, phrases), ...more) : null);
  const [many, show] = [answers.placing.filter(({ key }) => key !== "answers.mayli"), answers.placing.some(({ key }) => key === "answers.mayli")];
  return [
    orderLine(controller, answers),
    paragraph(answers.change, answers.changes ? [" ", h("button", { type: "button", class: "plain", dataset: { key: "compare" }, onclick: compare }, t("answers.cmp"))] : null),
    paragraph(answers.outside),
    paragraph(many, show ? [" ", h("button", { type: "button", class: "plain", onclick: () => controller.show({ records: true }) }, capital(t("answers.mayli")))] : null),
  ];
}

function bolded(text, first) {
  const at = text.search(/[:(]/), head = at > 0 ? text.slice(0, at).trimEnd() : first ? text : "";
  return [h("b", {}, head), text.slice(head.length), /[.!?]$/.test(text) ? "" : "."];
}

function noneBox(controller, filter, { dropLast }) {
  const { t } = controller, last = dropLast.nameOf();
  return [
    h("h2", { tabindex: -1 }, t("answers.s-none")), h("p", { class: "said-line" }, t("answers.s-none-more")),
    last ? h("button", { type: "button", class: "button", dataset: { key: "clear-last" }, onclick: () => { dropLast(); /** @type {HTMLElement | null} */ (document.querySelector("#answers h2"))?.focus(); } }, t("answers.s-clear", { f: last })) : null,
  ];
}

function whereRows(controller, where, figure) {
  const { t, ready } = controller;
  return h("ol", { class: "places plain-places" }, where.map((place) => h("li", {}, h("button", { type: "button", class: "place", dataset: { key: place.key }, onclick: () => controller.goTo(place.key) },
    h("span", { class: "place-name" }, h("b", {}, place.name ? t.of(place.name) : keyName(ready, t, place.key)), place.key.startsWith("border:") ? null : h("span", { class: "place-border" }, " · " + borderName(ready, t, place.neighbour))),
    h("span", { class: "place-figure" }, figure(place))))));
}

export function fewBox(controller) {
  const { t, state: { answers } } = controller;
  const [head, rest] = t("answers.s-few", { n: answers.records }).split(/(?<=[.:]) (?=\p{Lu})/u);
  return [h("h2", { tabindex: -1 }, head.replace(/[.]$/, "")), rest ? h("p", { class: "note" }, rest) : null, whereRows(controller, answers.where, (place) => t("card.records", { n: place.records }))];
}

export function plainBox(controller) {
  const { t, state: { answers } } = controller;
  return [
    h("h2", { tabindex: -1 }, t("answers.box")), h("p", { class: "said-line warning", role: "status" }, t("answers.s-noest")),
    whereRows(controller, answers.where, (place) => [h("b", {}, t("a-year", { v: writePlain(t, place.value) })), ` · ${t("card.records", { n: place.records })}`]),
  ];
}

