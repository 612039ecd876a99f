/* Title, lead, count and switches: what stands over the map, and the words of the page that follow the language. */

import { partsShown } from "../data/parts.js";
import { countRecords } from "../data/records.js";
import { onlyOf, titleOf } from "../data/titles.js";
import { h, linkTo, replace, setText } from "../map/dom.js";
import { viewAddress } from "./address.js";
import { saveCsv } from "./save.js";
import { copyButton, embedBox } from "./share.js";

export function makeHead(controller, filter, part, options) {
  const { atlas } = controller.ready;
  const has = Object.keys(atlas.estimates).length > 0;
  const head = {
    controller, filter, part, options, has,
    languages: h("div", { class: "switch", role: "group" }, Object.keys(atlas.words).map((lang) => h("button", { type: "button", lang, dataset: { lang }, onclick: () => controller.show({ lang }) }, atlas.words[lang]["language.short"]))),
    theme: h("button", { type: "button", class: "button", onclick: () => controller.show({ theme: controller.ink.dark ? "light" : "dark" }) }),
    colour: h("div", { class: "switch", role: "group" }, ["estimate", "rate"].map((kind) => h("button", { type: "button", dataset: { kind }, onclick: () => { filter.wants = kind; filter.apply(); } }))),
    shadeLabel: h("span"), recordsLabel: h("span"),
    records: h("input", { type: "checkbox", role: "switch", dataset: { key: "show-records" }, onchange: () => controller.show({ records: head.records.checked }) }),
    method: h("div", { class: "method-text" }),
  };
  const shade = h("input", { type: "checkbox", onchange: () => controller.show({ choropleth: shade.checked }) });
  part("tools").append(head.languages, head.theme, ...takeAway(filter, "wide-only"));
  part("switches").append(h("label", { class: "shade-switch" }, shade, head.shadeLabel), h("label", { class: "shade-switch records-switch" }, head.records, head.recordsLabel), ...(has ? [head.colour] : []));
  if (options.listed) part("method").append(head.method, embedBox(filter, options));
  const draw = () => {
    if (head.lang !== controller.t.lang) speak(head);
    tell(head);
  };
  controller.on("show", draw);
  if (options.listed) followSections(part("nav"));
  draw();
}

/* The buttons that take something along: the link to the view, the records. */
export function takeAway(filter, width) {
  const { controller } = filter;
  const csv = h("button", { type: "button", class: "button " + width, onclick: () => saveCsv(controller) });
  const draw = () => (csv.textContent = controller.t("csv"));
  controller.on("show", draw);
  draw();
  return [...copyButton(controller, "copy-link", () => viewAddress(filter), width), csv];
}

/* What changes with the language alone. */
function speak(head) {
  const { controller, part, options } = head;
  const { t } = controller;
  head.lang = t.lang;
  document.documentElement.lang = t.lang;
  part("lead").textContent = options.lead || "";
  part("lead").hidden = !options.lead;
  part("dated").textContent = dated(controller);
  replace(part("caveat"), h("b", {}, t(controller.ready.atlas.records.rows ? "caveat" : "answers.caveat")), " ", h("span", { class: "wide-only" }, t("caveat.rest")), " ", options.listed ? h("a", { href: "#method" }, t("how-to")) : null);
  part("map-head").textContent = t("nav.map");
  part("skip").textContent = t(options.listed ? "skip" : "skip.map");
  for (const link of part("nav").children) {
    link.textContent = t(link.dataset.key);
    part(link.hash.slice(1)).setAttribute("aria-label", link.textContent);
  }
  for (const button of head.languages.children) button.setAttribute("aria-pressed", button.dataset.lang === t.lang ? "true" : "false");
  for (const button of head.colour.children) button.textContent = t(button.dataset.kind);
  head.colour.setAttribute("aria-label", t("colour-by"));
  head.languages.setAttribute("aria-label", t("language"));
  head.recordsLabel.textContent = t("answers.records-on");
  head.shadeLabel.textContent = t("regions");
  head.theme.setAttribute("aria-label", t("theme"));
  replace(part("foot"), h("h2", {}, t("sources")), h("p", {}, t("credits"), options.licence === null ? " " + t("credits.records") : options.licence ? ` ${t("licence-own", { v: options.licence })}.` : ""), h("p", {}, t("licences")),
    options.tiles ? h("p", {}, t("map.tiles", { credit: options.tiles })) : null,
    Object.keys(options.selection).length ? h("p", {}, t("made-with") + " ", h("bdi", {}, t.of(options.selection))) : null,
    options.contact ? h("p", { id: "contact" }, t("corrections") + " ", contact(options.contact)) : null);
}

/* How far the data go: the newest record, and the newest source of any. */
function dated(controller) {
  const { t, ready } = controller;
  const { records } = ready;
  let newest = -1, source = "";
  for (let i = 0; i < records.n; i++) {
    if (records.year[i] && (newest < 0 || ready.atlas.records.from[i] > ready.atlas.records.from[newest])) newest = i;
    if (records.get(i, "source_date") > source) source = records.get(i, "source_date");
  }
  const record = newest < 0 ? "" : records.get(newest, "date");
  if (!record) return "";
  return source ? t("data-date", { record: t.date(record), source: t.date(source) }) : t("data-date.record", { record: t.date(record) });
}

function contact(text) {
  if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)) return h("a", { href: "mailto:" + encodeURIComponent(text).replace("%40", "@") }, text);
  return linkTo(text, text);
}

/* What changes with the filters. */
function tell({ controller, filter, part, has, colour, theme, method, records, options }) {
  const { t, state, ready } = controller;
  const title = options.title || titleOf(filter), only = onlyOf(filter);
  document.title = options.title ? `${title} · ${titleOf(filter)}` : title;
  setText(part("title"), title);
  setText(part("only"), [options.title ? titleOf(filter) : "", only].filter(Boolean).join(" "));
  part("only").hidden = !part("only").textContent;
  records.checked = state.records;
  const n = countRecords(ready, state.shown), placed = countRecords(ready, partsShown(controller).place);
  replace(part("count"), t.parts("count", { n: h("b", { dataset: { n } }, t.number(n)), a: placed }));
  for (const button of colour.children) button.setAttribute("aria-pressed", button.dataset.kind === state.colour ? "true" : "false");
  theme.textContent = controller.ink.dark ? "☀" : "☾";
  const now = [t.lang, ...state.period].join();
  if (method.dataset.of === now) return;
  method.dataset.of = now;
  const period = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
  const numbers = [1, 2, ...(has ? [3, 5] : []), 4];
  replace(method, h("h2", {}, t("how-to")), numbers.map((paragraph) => h("p", {}, t("method." + paragraph, period))), h("p", {}, t("customs")));
}

/* The link of the section that is being read. */
function followSections(nav) {
  const links = new Map([...nav.children].map((link) => [document.getElementById(link.hash.slice(1)), link]));
  const watcher = new IntersectionObserver((seen) => {
    for (const one of seen) if (one.isIntersecting) for (const [section, link] of links) link.toggleAttribute("aria-current", section === one.target);
  }, { rootMargin: "-45% 0px -54% 0px" });
  for (const section of links.keys()) watcher.observe(section);
}
