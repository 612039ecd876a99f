/* The card of what is chosen: a record, the records of a place, a border, or a part of the sum line. */

import { borderEstimate } from "../data/estimate.js";
import { countRecords, familyCounts, latestFirst, standsFor } from "../data/records.js";
import { writeAtCell, writeEnds, writeInterval } from "../language/figures.js";
import { writeAmount, writeHeading } from "../language/headings.js";
import { borderName, placeName, writePosition, writePrecision } from "../language/names.js";
import { h, linkTo } from "../map/dom.js";
import { markSvg } from "../map/shapes.js";

const FIRST = 12; // records of a group shown before "show more"

export function makeCard(controller, choice) {
  const card = cardOf(controller, choice);
  if (choice.also && choice.also.length) card.append(alsoHere(controller, choice));
  return card;
}

function cardOf(controller, choice) {
  if (choice.kind === "record") return recordCard(controller, choice);
  if (choice.kind === "unplaced") return groupCard(controller, choice, controller.t("kind.unplaced"), choice.title ? choice.title(controller.t) : controller.t("part." + choice.part));
  if (choice.kind === "border") return borderCard(controller, choice);
  return placeCard(controller, choice);
}

/* What lies under the same point of the map. */
function alsoHere(controller, { also, mark }) {
  const { ready, t } = controller;
  const button = (other) => h("li", {}, h("button", { type: "button", class: "plain", dataset: { key: other.key }, onclick: () => controller.choose(other, { also: [mark, ...also].filter((one) => one && one !== other) }) },
    `${t("kind." + (other.kind === "border" && !ready.border[other.border].land ? "coast" : other.kind))}: ${placeName(ready, other, t)}, ${t("card.records", { n: other.ids.length })}`));
  return h("div", { class: "card-also" }, h("h3", {}, t("card.also")), h("ul", {}, also.map(button)));
}

// What a source wrote keeps to itself: its own language, and its own direction of writing.
const english = (text) => (text ? h("bdi", { lang: "en" }, text) : "");
/* The same in the reader's language, where it has words for it. */
const told = (t, text, said = t.told(text)) => (t.lang === "en" || said === text ? english(said) : h("bdi", {}, said));

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
    ["field.place", [told(t, get(i, "place_name")), get(i, "place_name") ? " · " : "", writePrecision(t, ready, i)]],
    ["field.crossing", writePosition(t, ready.crossings[ready.records.crossing[i]])],
    ["field.region", regionOf(ready, t, i)],
    ["field.border", borderOf(ready, t, i)],
    ["field.direction", word("direction", "direction")],
    ["field.mode", word("mode", "mode")],
    ["field.concealment", english(get(i, "concealment"))],
    ["field.agency", told(t, get(i, "agency"), t.agencies(get(i, "agency")))],
    ["field.side", word("side", "recording_side")],
    ["field.outcome", [word("outcome", "outcome_class"), get(i, "outcome") ? [" · ", english(get(i, "outcome"))] : ""]],
    ["field.confidence", word("confidence", "confidence")],
  ];
  return rows.filter(([, shown]) => shown && (!Array.isArray(shown) || shown.flat(2).some(Boolean))).map(([key, shown]) => [t(key), shown]);
}

const value = (t, sum, currency, text) => [sum === null ? "" : `${t.number(sum)} ${currency === "KZT" ? "₸" : currency}`, sum !== null && text ? " · " : "", english(text)];

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
  return years.length ? t("card.years", { n: countRecords(controller.ready, ids), from: years[0], to: years[years.length - 1] }) : t("card.records", { n: countRecords(controller.ready, ids) });
}

/* The rate of the stretch that holds a crossing, and the estimate at the crossing itself. */
function rateLines(controller, cell) {
  const { t, ready, values } = controller;
  if (cell < 0 || cell === undefined) return null;
  const segment = ready.atlas.segments[ready.cells.segment[cell]];
  const interval = writeInterval(t, values, cell);
  return h("p", { class: "card-rate" }, h("b", {}, t.rate(values.value[cell])), " " + t("unit"), h("br"),
    h("span", { class: "note" }, `${interval || t("rate")} · ${t("stretch-km", { n: Math.round(segment.km) })}`),
    h("br"), h("span", { class: "note" }, writeAtCell(t, ready, values, cell)));
}

function groupCard(controller, choice, kind, title, extra) {
  return h("article", { class: "card" }, h("p", { class: "card-kind" }, kind), h("h2", { tabindex: -1 }, title),
    h("p", { class: "note" }, span(controller, choice.ids)), extra || null, families(controller, choice.ids), recordButtons(controller, choice.ids),
    h("p", { class: "note" }, controller.t("caveat")));
}

function placeCard(controller, choice) {
  const { ready, t } = controller;
  const place = choice.mark, kind = choice.place || choice.kind;
  const crossing = place.crossing;
  const border = place.border && ready.border[place.border] ? t.of(ready.border[place.border].name) : "";
  const mode = crossing && kind === "crossing" ? t("mode." + crossing.mode) : "";
  const name = placeName(ready, place, t);
  const pair = kind === "crossing" && crossing.pair && !crossing.pair.startsWith("(") ? crossing.pair.split(/[(,/]/)[0].trim() : "";
  const title = pair && t.lang === "en" ? t("card.pair", { name, pair }) : name;
  // At country scale neighbouring places share a mark: say which.
  const merged = (place.merged || []).map((one) => (one.crossing ? t.of(one.crossing.name) : placeName(ready, one, t)));
  const names = merged.length > 1 ? h("p", {}, merged.join(" + ")) : null;
  const heading = merged.length > 1 ? t("map.more", { name, n: String(merged.length - 1) }) : title;
  const segments = new Set((place.merged || []).map((one) => one.crossing && ready.cells.segment[one.crossing.cell]));
  const position = kind === "crossing" && merged.length === 1 ? h("p", { class: "note card-position" }, writePosition(t, crossing)) : null;
  const rate = rateLines(controller, kind === "crossing" && segments.size === 1 ? crossing.cell : -1);
  return groupCard(controller, choice, [t("kind." + kind), mode, border].filter(Boolean).join(" · "), heading, [names, position, rate]);
}

/* The border's estimate as a whole. */
function borderRate(controller, border) {
  const { t } = controller;
  const estimate = borderEstimate(controller, border.code);
  return estimate && h("p", { class: "card-rate" }, h("b", {}, t.rate(estimate.value)), " " + t("unit"), h("br"), h("span", { class: "note" }, t("interval-of", { ends: writeEnds(t, estimate.low, estimate.high) })));
}

function borderCard(controller, choice) {
  const { ready, t } = controller;
  const border = ready.border[choice.mark.border];
  const counts = controller.borderCounts()[border.code];
  const along = controller.placed.marks.filter((mark) => mark.kind === "region" && mark.border === border.code).flatMap((mark) => mark.ids);
  const published = border.published ? t("card.length", { n: border.km, m: border.published }) : t("map.km", { n: border.km });
  return h("article", { class: "card" }, h("p", { class: "card-kind" }, t(border.land ? "kind.border" : "kind.coast")),
    h("h2", { tabindex: -1 }, t.of(border.name)),
    h("p", { class: "note" }, published), borderRate(controller, border), h("p", {}, t("card.all", { n: counts.n })),
    h("h3", {}, `${t("card.border-only")}: ${t.number(choice.ids.length)}`), recordButtons(controller, choice.ids),
    along.length ? [h("h3", {}, `${t("part.region")}: ${t.number(along.length)}`), recordButtons(controller, along)] : null,
    h("p", { class: "note" }, t("caveat")));
}
