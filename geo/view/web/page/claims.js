/* What agencies said, and beside it what is on record: who said it and when on the left, numbers on the right. */

import { capital } from "../language/names.js";
import { h, linkTo, replace, svg } from "../map/dom.js";
import { monthCharts } from "./months.js";

const FIRST = 8;
const DASHED = ["no-record", "not-comparable"]; // findings that say that nothing can be compared

export function showClaims(controller, told, element) {
  const claims = { controller, told, element, agency: "", shown: FIRST, open: new Set() };
  const draw = () => build(claims);
  controller.on("show", draw);
  draw();
}

function build(claims) {
  const { controller, told, element } = claims;
  const { t } = controller;
  const focused = element.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
  const wanted = told.statements.filter((one) => !claims.agency || one.agency === claims.agency);
  const agencies = [...new Set(told.statements.map((one) => one.agency))].sort();
  const redraw = () => build(claims);
  const choice = h("select", { id: "said-by", dataset: { key: "said-by" }, onchange: () => { claims.agency = choice.value; claims.shown = FIRST; redraw(); } },
    h("option", { value: "" }, t("all")), agencies.map((name) => h("option", { value: name, selected: name === claims.agency }, t.agencies(name))));
  const left = wanted.length - Math.min(claims.shown, wanted.length);
  const more = left ? h("button", { type: "button", class: "button", dataset: { key: "claims-more" }, onclick: () => { const at = claims.shown; claims.shown += 3 * FIRST; redraw(); element.querySelectorAll(".said a")[at]?.focus({ preventScroll: true }); } }, t("records.more", { n: Math.min(3 * FIRST, left) })) : null;
  replace(element, h("h2", {}, t("claims")), h("p", { class: "lead" }, t("claims.lead"), " ", t("claims.translated")),
    h("p", { class: "claims-choice" }, h("label", { for: "said-by" }, t("claims.agency")), " ", choice, " ", h("span", { class: "note", role: "status" }, t("claims.told", { a: Math.min(claims.shown, wanted.length), n: wanted.length }))),
    h("div", { class: "claims", role: "list" },
      h("div", { class: "claims-heads", "aria-hidden": "true" }, h("span", {}, t("claims.said")), h("span", {}, t("claims.recorded"))),
      wanted.slice(0, claims.shown).map((one) => statement(controller, one))),
    more, told.series.length ? monthCharts(controller, told.series, (goods) => goodsName(t, goods)) : null, told.totals.map((total) => totals(controller, total)));
  if (focused) [...element.querySelectorAll("[data-key]")].find((control) => control.dataset.key === focused)?.focus({ preventScroll: true });
}

function statement(controller, one) {
  const { t } = controller;
  const about = one.about.length ? t("claims.about", { when: one.about.map((day) => t.date(day)).join("–") }) : "";
  const when = [one.on ? t.date(one.on) : t("date.none"), about].filter(Boolean).join(" · ");
  return h("div", { class: "claim", role: "listitem", dataset: { id: one.id } },
    h("div", { class: "said" },
      h("p", { class: "said-by" }, h("b", {}, h("bdi", {}, t.agencies(one.agency))), " · " + when + " · ", linkTo(one.url, one.publisher)),
      stated(t, one.claim)),
    h("div", { class: "on-record" }, h("p", { class: "verdicts" }, verdicts(t, one).flatMap((chip) => [chip, " "])), recorded(controller, one), remarks(t, one)));
}

const chip = (text, dashed) => h("span", { class: dashed ? "verdict dashed" : "verdict" }, text);

function verdicts(t, one) {
  const names = { same: one.same || 0, others: one.others || 0 };
  const out = [chip(t("verdict." + one.verdict, { n: one.verdict === "others" ? names.others : names.same }), DASHED.includes(one.verdict))];
  if (one.verdict === "agency") out.push(chip(t("verdict.article-unknown"), true));
  if (one.verdict === "same-article") out.push(chip(t("verdict.article-same"), false));
  if (one.total) out.push(chip(t("verdict.cover", { p: t.percent(names.same / one.total), a: names.same, n: one.total }), false));
  return out;
}

function recorded(controller, one) {
  const { t } = controller;
  if (one.verdict === "not-comparable") return h("p", {}, one.reasons.map((reason) => t("why." + reason)).join(" "));
  const open = (kind, ids, n) => {
    if (!ids.length) return h("b", { dataset: { n } }, t.number(n));
    const key = `claim:${one.id}:${kind}`;
    return h("button", { type: "button", class: "sum-part", dataset: { n, key }, "aria-label": `${t("claims." + kind, { agency: t.agencies(one.agency) })}: ${t("card.records", { n })}`, onclick: () => show(controller, one, kind, key, ids) }, t.number(n));
  };
  const parts = [];
  if (one.same) parts.push(...t.parts("claims.same.n", { n: open("same", one.sameIds, one.same) }));
  else parts.push(t("claims.same.none"));
  if (one.others) parts.push(" ", ...t.parts("claims.others.n", { n: open("others", one.othersIds, one.others) }), one.abroad ? t("claims.abroad", { n: one.abroad }) : "", t("claims.stop"));
  if (one.same + one.others) parts.push(" ", one.convicted ? t("claims.convicted", { n: one.convicted }) : t("claims.alleged"));
  return h("p", {}, parts);
}

/* The records in the rail, beside the map. */
function show(controller, one, kind, key, ids) {
  controller.choose({ kind: "unplaced", key, part: "statement", title: (t) => t("claims." + kind, { agency: t.agencies(one.agency) }), ids });
  if (!matchMedia("(max-width: 999px)").matches) {
    document.getElementById("map").scrollIntoView();
    /** @type {HTMLElement | null} */ (document.querySelector("#card h2"))?.focus({ preventScroll: true });
  }
}

/* What was stated, in the reader's language, with the English original behind it. */
function stated(t, claim) {
  const said = t.told(claim);
  if (said === claim) return h("p", { class: "said-what", lang: "en" }, h("bdi", {}, claim));
  return [h("p", { class: "said-what" }, said), h("details", { class: "remarks" }, h("summary", {}, t("claims.original")), h("p", { lang: "en" }, h("bdi", {}, claim)))];
}

const remarks = (t, one) => (one.remarks ? h("details", { class: "remarks" }, h("summary", {}, t("claims.remarks")), h("p", { lang: "en" }, h("bdi", {}, one.remarks))) : null);

const goodsName = (t, goods) => (goods === "all" ? t("claims.all-goods") : t.has("goods." + goods) ? t("goods." + goods) : h("bdi", t.told(goods) === goods ? { lang: "en" } : {}, capital(t.told(goods))));

/* Official totals of a year by class of goods, beside our records: one linear scale, our records never under 2 px. */
function totals(controller, { agency, year, rows }) {
  const { t } = controller;
  const most = rows[0][1];
  const bar = (total, naming) => svg("svg", { class: "total-bar", viewBox: "0 0 1000 16", preserveAspectRatio: "none", "aria-hidden": "true" },
    svg("rect", { y: 2, width: (1000 * total) / most, height: 12, class: "total-back" }), naming ? svg("rect", { width: Math.max(3.5, (1000 * naming) / most), height: 16, class: "total-front" }) : null);
  const cell = (key, text) => h("td", { class: "right", dataset: { head: t(key) } }, text);
  const heads = ["claims.count", "claims.naming", "claims.coverage", "claims.all"];
  return h("div", { class: "totals" }, h("h3", {}, t.parts("claims.totals", { year, agency: h("bdi", {}, t.agencies(agency)) })),
    h("table", { class: "totals-table" },
      h("thead", {}, h("tr", {}, h("th", { scope: "col" }, t("goods")), h("td", {}), heads.map((key) => h("th", { scope: "col", class: "right" }, t(key))))),
      h("tbody", {}, rows.map(([goods, total, naming, all]) => h("tr", {}, h("th", { scope: "row" }, goodsName(t, goods)), h("td", { class: "total-cell" }, bar(total, naming)),
        cell(heads[0], t.number(total)), cell(heads[1], h("b", {}, t.number(naming))), cell(heads[2], t.percent(naming / total)), cell(heads[3], t.number(all)))))),
    h("p", { class: "note" }, t("claims.totals-note")));
}
