/* The card of what is chosen: a record, the records of a place, a border, or a part of the sum line. */

import { borderEstimate, placeEstimate } from "../data/estimate.js";
import { countRecords, familyCounts, latestFirst, standsFor } from "../data/records.js";
import { writeAt } from "../language/figures.js";
import { writeAmount, writeHeading } from "../language/headings.js";
import { borderName, placeName, sayMark, writePosition, writePrecision } from "../language/names.js";
import { h, linkTo } from "../map/dom.js";
import { markSvg } from "../map/shapes.js";
import { viewAddress } from "./address.js";
import { besides, figureOf, hereAndCould, yearBars } from "./place.js";
import { quotePlace, quoteRecord } from "./quote.js";
import { copyButton, quoteButton } from "./share.js";

const SILENT = "silent", OUTSIDE = "outside", TUNNEL = "tunnel";
const FIRST = 12; // records of a group shown before "show more"

export function makeCard(controller, filter, choice) {
  const card = cardOf(controller, choice);
  if (choice.kind !== "unplaced") card.querySelector(choice.kind === "record" ? "dl" : ".card-facts, h2").after(takeAlong(controller, filter, choice));
  if (choice.also && choice.also.length) card.append(alsoHere(controller, choice));
  return card;
}

function cardOf(controller, choice) {
  if (choice.kind === "record") return recordCard(controller, choice);
  if (choice.kind === "unplaced") return groupCard(controller, choice, controller.t("kind.unplaced"), choice.title ? choice.title(controller.t) : controller.t("part." + choice.part));
  if (choice.kind === "border" || (choice.mark && choice.mark.kind === "border")) return borderCard(controller, choice);
  return placeCard(controller, choice);
}

/* The buttons of a place or a record: its sentence to quote, and the link to it. */
function takeAlong(controller, filter, choice) {
  const quote = quoteButton(controller, () => (choice.kind === "record" ? quoteRecord(filter, choice.ids[0]) : quotePlace(filter, choice)));
  return h("div", { class: "card-take" }, h("div", { class: "answers-foot" }, quote.button, copyButton(controller, "answers.link", () => viewAddress(filter))), quote.text);
}

/* What lies under the same point of the map. */
function alsoHere(controller, { also, mark }) {
  const { ready, t } = controller;
  const button = (other) => h("li", {}, h("button", { type: "button", class: "plain", dataset: { key: other.key }, onclick: () => controller.choose(other, { also: [mark, ...also].filter((one) => one && one !== other) }) },
    sayMark(ready, other, t)));
  return h("div", { class: "card-also" }, h("h3", {}, t("card.also")), h("ul", {}, also.map(button)));
}

// What a source wrote keeps to itself: its own language, and its own direction of writing.
const english = (text) => (text ? h("bdi", { lang: "en" }, text) : "");
/* The same in the reader's language, where it has words for it. */
const inWords = (t, text, said = t.told(text)) => (t.lang === "en" || said === text ? english(said) : h("bdi", {}, said));

/* Where it says that the border was crossed, and how where no checkpoint was. */
function clueOf(t, clue, mode) {
  if (!clue || clue === SILENT) return "";
  const how = `answers.only.mode.${mode}`;
  return clue === OUTSIDE && mode === TUNNEL ? `${t("clue." + clue)}: ${t(how)}` : t("clue." + clue);
}

/* What is known of a record: pairs of a field's name and its value (text or node). */
function recordRows(controller, i) {
  const { ready, t } = controller;
  const { get } = ready.records;
  const word = (kind, name) => t(`${kind}.${get(i, name)}`);
  const rows = [
    ["field.goods", [t("goods." + get(i, "goods")), get(i, "goods_description") ? [": ", english(get(i, "goods_description"))] : ""]],
    ["field.quantity", writeAmount(ready, t, i)],
    ["field.value", value(t, ready.atlas.records.value_home[i], get(i, "currency"), get(i, "value_text"))],
    ["field.date", dateOf(t, get, i)],
    ["field.place", [inWords(t, get(i, "place_name")), get(i, "place_name") ? " · " : "", writePrecision(t, ready, i)]],
    ["field.crossing", writePosition(t, ready.crossings[ready.records.crossing[i]])],
    ["field.region", regionOf(ready, t, i)],
    ["field.border", borderOf(ready, t, i)],
    ["field.direction", word("direction", "direction")],
    ["field.mode", word("mode", "mode")],
    ["field.clue", clueOf(t, get(i, "clue"), get(i, "mode"))],
    ["field.concealment", english(get(i, "concealment"))],
    ["field.agency", inWords(t, get(i, "agency"), t.agencies(get(i, "agency")))],
    ["field.side", word("side", "recording_side")],
    ["field.outcome", [word("outcome", "outcome_class"), get(i, "outcome") ? [" · ", english(get(i, "outcome"))] : ""]],
    ["field.confidence", word("confidence", "confidence")],
  ];
  return rows.filter(([, shown]) => shown && (!Array.isArray(shown) || shown.flat(2).some(Boolean))).map(([key, shown]) => [t(key), shown]);
}

const value = (t, sum, currency, text) => [sum === null ? "" : `${t.number(sum)} ${currency === t("money.home") ? t("money.sign") : currency}`, sum !== null && text ? " · " : "", english(text)];

function dateOf(t, get, i) {
  const precision = get(i, "date_precision"), basis = get(i, "date_basis"), limit = get(i, "date_not_after");
  if (precision === "unknown") return t("date.none") + (limit ? ", " + t("date.not-after", { date: t.date(limit) }) : "");
  const notes = [t("date.precision." + precision), t.has("date.basis." + basis) ? t("date.basis." + basis) : ""].filter(Boolean);
  return `${t.date(get(i, "date"))} (${notes.join(", ")})`;
}

const regionOf = (ready, t, i) => {
  const region = ready.region[ready.records.get(i, "region_code")];
  return region ? t.of(region.name) : english(ready.records.get(i, "region_name"));
};

const borderOf = (ready, t, i) => borderName(ready, t, ready.records.get(i, "border"));

export function sourcesOf(ready, t, i) {
  const { get } = ready.records;
  const main = [linkTo(get(i, "source_url"), get(i, "source_publisher")), get(i, "source_date") ? ", " + t.date(get(i, "source_date")) : ""];
  const others = get(i, "other_urls").split(" | ").filter(Boolean).map((url) => [linkTo(url)]);
  return [main, ...others];
}

function recordCard(controller, choice) {
  const { ready, t } = controller;
  const { get, letter, index } = ready.records;
  const i = choice.ids[0];
  const same = get(i, "possible_same_as").split("; ").filter((id) => index.has(id));
  return h("article", { class: "card", dataset: { id: get(i, "id") } },
    h("p", { class: "card-kind" }, markSvg(letter[i], 22, t), t("family." + letter[i])),
    h("h2", { tabindex: -1 }, writeHeading(ready, t, i)),
    h("p", { class: "card-original", lang: "en" }, h("bdi", {}, get(i, "title"))),
    h("dl", {}, recordRows(controller, i).map(([name, shown]) => [h("dt", {}, name), h("dd", {}, shown)])),
    same.length ? h("div", { class: "card-same" }, h("h3", {}, t("field.same")), same.map((id) => recordButton(controller, index.get(id)))) : null,
    get(i, "source_url") ? [h("h3", {}, t("field.sources")), h("ul", { class: "card-sources" }, sourcesOf(ready, t, i).map((source) => h("li", {}, source)))] : null,
    h("p", { class: "note" }, t("caveat")));
}

function recordButton(controller, i) {
  const { ready, t } = controller;
  const { get, letter } = ready.records;
  return h("button", { type: "button", class: "record-button", dataset: { id: get(i, "id") }, onclick: () => controller.choose(i, { pan: true }) },
    markSvg(letter[i], 18, t),
    h("span", {}, h("span", { class: "record-name" }, writeHeading(ready, t, i)), h("span", { class: "note" }, `${t.date(get(i, "date"))} · ${ready.atlas.records.rows ? t("rows", { n: standsFor(ready, i) }) : t("confidence.tag", { what: t("confidence." + get(i, "confidence")) })}`)));
}

/* The buttons of records, the latest first; the rest behind one more button. */
function recordButtons(controller, ids) {
  const sorted = latestFirst(controller.ready, ids);
  const box = h("div", { class: "record-buttons" }, sorted.slice(0, FIRST).map((i) => recordButton(controller, i)));
  if (sorted.length > FIRST) {
    const more = h("button", { type: "button", class: "plain", onclick: () => more.replaceWith(...sorted.slice(FIRST).map((i) => recordButton(controller, i))) }, controller.t("records.more", { n: sorted.length - FIRST }));
    box.append(more);
  }
  return box;
}

function families(controller, ids) {
  const { ready, t } = controller;
  const of = familyCounts(ready, ids);
  const counts = ready.atlas.families.map(({ letter }, f) => [letter, of[f]]).filter(([, n]) => n);
  counts.sort((a, b) => b[1] - a[1]);
  return h("ul", { class: "card-goods" }, counts.map(([letter, n]) => h("li", {}, markSvg(letter, 20, t), h("span", {}, t("family." + letter)), h("b", {}, t.number(n)))));
}

function span(controller, ids) {
  const years = ids.map((i) => controller.ready.records.get(i, "date").slice(0, 4)).filter(Boolean).sort();
  const { t } = controller;
  return years.length ? t("card.years", { n: countRecords(controller.ready, ids), years: t.span(years[0], years[years.length - 1]) }) : t("card.records", { n: countRecords(controller.ready, ids) });
}

function groupCard(controller, choice, kind, title, extra) {
  return h("article", { class: "card" }, h("p", { class: "card-kind" }, kind), h("h2", { tabindex: -1 }, title),
    h("p", { class: "note" }, span(controller, choice.ids)), extra || null, families(controller, choice.ids), recordButtons(controller, choice.ids),
    h("p", { class: "note" }, controller.t("caveat")));
}

function placeCard(controller, choice) {
  const { ready, t } = controller;
  const place = choice.mark, kind = choice.place && typeof choice.place === "string" ? choice.place : place.kind;
  const { crossing } = place;
  const border = place.border && ready.border[place.border] ? t.of(ready.border[place.border].name) : "";
  const mode = crossing && kind === "crossing" ? t("mode." + crossing.mode) : "";
  const name = placeName(ready, place, t);
  const pair = kind === "crossing" && crossing.pair && !crossing.pair.startsWith("(") ? crossing.pair.split(/[(,/]/)[0].trim() : "";
  const title = pair && t.lang === "en" ? t("card.pair", { name, pair }) : name;
  // At country scale neighbouring places share a mark: say which.
  const merged = (place.merged || []).map((one) => (one.crossing ? t.of(one.crossing.name) : placeName(ready, one, t)));
  const several = merged.length > 1;
  const heading = several ? t("map.more", { name, n: String(merged.length - 1) }) : title;
  const head = [t("kind." + kind), mode, border].filter(Boolean).join(" · ");
  if (several || (kind !== "crossing" && kind !== "segment")) return groupCard(controller, choice, head, heading, several ? [h("p", {}, merged.join(" + ")), several && kind === "crossing" ? figures(controller, place.merged) : null] : null);
  const estimate = placeEstimate(controller, place.key);
  const parts = hereAndCould(controller, place);
  return h("article", { class: "card" }, h("p", { class: "card-kind" }, head), h("h2", { tabindex: -1 }, heading),
    crossing ? h("p", { class: "note card-position" }, writePosition(t, crossing)) : h("p", { class: "note card-position" }, t("stretch-km", { n: Math.round(ready.atlas.segments[place.segment].km) })),
    h("div", { class: "card-facts" },
      estimate ? [figureOf(controller, place, estimate), besides(controller, place, estimate)] : h("p", { class: "note" }, t("page.no-figure")),
      kind === "segment" ? wholeStretch(controller, place) : null,
      h("dl", { class: "pairs" }, parts.rows.flatMap(([word, said]) => [h("dt", {}, word), h("dd", {}, said)]),
        parts.here.length ? [h("dt", {}, t("page.years")), h("dd", {}, yearBars(controller, parts.here))] : null),
      crossing ? h("p", { class: "note" }, t("answers.c-traffic")) : null),
    parts.here.length ? [h("p", { class: "note" }, span(controller, parts.here)), families(controller, parts.here), recordButtons(controller, parts.here)] : null,
    h("p", { class: "note" }, t("caveat")));
}

/* The estimate of each crossing that a mark stands for. */
function figures(controller, merged) {
  const { ready, t } = controller;
  return h("ul", { class: "card-figures" }, merged.filter(({ crossing }) => crossing).map((one) => {
    const estimate = placeEstimate(controller, one.key);
    return h("li", {}, h("button", { type: "button", class: "plain", dataset: { key: one.key }, onclick: () => controller.goTo(one.key) }, placeName(ready, one, t)), estimate ? figureOf(controller, one, estimate) : null);
  }));
}

/* What the colour of the line says: the stretch with its crossings. */
function wholeStretch(controller, place) {
  const { t, values, ready } = controller, { main, note } = writeAt(t, values, place.cells[0]);
  if (!ready.crossings.some(({ cell }) => place.cells.includes(cell))) return null;
  return h("p", { class: "note" }, t("page.whole-stretch", { v: `${main} ${t("unit")} (${note})` }));
}

function borderCard(controller, choice) {
  const { ready, t } = controller;
  const border = ready.border[choice.mark.border];
  const counts = controller.borderCounts()[border.code], estimate = borderEstimate(controller, border.code);
  const along = controller.placed.all.filter((mark) => mark.kind === "region" && mark.border === border.code).flatMap((mark) => mark.ids);
  const published = border.published ? t("card.length", { n: border.km, m: border.published }) : t("map.km", { n: border.km });
  return h("article", { class: "card" }, h("p", { class: "card-kind" }, t(border.land ? "kind.border" : "kind.coast")),
    h("h2", { tabindex: -1 }, t.of(border.name)),
    h("p", { class: "note" }, published), h("div", { class: "card-facts" }, estimate ? figureOf(controller, choice.mark, estimate) : null, h("p", {}, t("card.all", { n: counts.n }))),
    h("h3", {}, `${t("card.border-only")}: ${t.number(choice.ids.length)}`), recordButtons(controller, choice.ids),
    along.length ? [h("h3", {}, `${t("part.region")}: ${t.number(along.length)}`), recordButtons(controller, along)] : null,
    h("p", { class: "note" }, t("caveat")));
}
