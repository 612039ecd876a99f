/* The list of records: the map's equal. It holds all that match, also those that no map can place. */

import { partsShown } from "../data/parts.js";
import { countRecords, latestFirst, standsFor } from "../data/records.js";
import { writeHeading } from "../language/headings.js";
import { borderName, writePrecision } from "../language/names.js";
import { h, replace } from "../map/dom.js";
import { markSvg } from "../map/shapes.js";
import { sourcesOf } from "./card.js";

const STEP = 30;
const FARTHEST = 600; // a record chosen on the map is looked up in the list as far as this
const SORTS = ["latest", "border", "goods"];

export function showList(controller, element, tools) {
  const sort = h("select", { id: "sort", onchange: () => { list.sort = sort.value; list.shown = STEP; draw(list); } });
  const parts = {
    title: h("h2", {}), lead: h("p", { class: "lead" }), sort, sortLabel: h("label", { for: "sort" }),
    body: h("div", { class: "records" }), told: h("p", { class: "note", role: "status" }), more: h("button", { type: "button", class: "button" }),
  };
  const bar = h("div", { class: "list-bar" }, h("span", { class: "list-sort" }, parts.sortLabel, sort), h("span", { class: "list-tools" }, tools));
  replace(element, parts.title, parts.lead, bar, parts.body, parts.told, parts.more);
  const list = { controller, parts, shown: STEP, sort: "latest", order: [] };
  parts.more.addEventListener("click", () => {
    const before = list.shown;
    list.shown += 3 * STEP;
    draw(list);
    parts.body.querySelectorAll(".record-title")[before]?.focus({ preventScroll: true });
  });
  controller.on("show", () => {
    list.shown = STEP;
    draw(list);
  });
  controller.on("choose", () => {
    const { chosen } = controller, at = chosen && chosen.kind === "record" ? list.order.indexOf(chosen.ids[0]) : -1;
    if (at >= list.shown && at < FARTHEST) {
      list.shown = Math.ceil((at + 1) / STEP) * STEP;
      draw(list);
    } else ring(list);
  });
  if (!controller.waits) draw(list);
  return list;
}

/* The latest first, what has no date last; then by what the reader sorts by, with heads between. */
function arrange(list) {
  const { controller, sort } = list;
  const { state, ready, t } = controller;
  const { get, letter } = ready.records;
  let order = latestFirst(ready, state.shown);
  if (sort === "border") {
    const codes = [...ready.borders.map(({ code }) => code), ...ready.atlas.filters.off_border];
    order = inTurn(order, codes.length, (i) => codes.indexOf(get(i, "border")));
    list.head = (i) => borderName(ready, t, get(i, "border"));
  } else if (sort === "goods") {
    order = inTurn(order, ready.atlas.families.length, (i) => ready.records.family[i]);
    list.head = (i) => t("family." + letter[i]);
  } else list.head = (i) => (get(i, "date") ? "" : t("records.undated"));
  list.order = order;
}

/* The same in groups, each in the order it had. */
function inTurn(order, count, groupOf) {
  const groups = Array.from({ length: count }, () => []);
  for (const i of order) groups[groupOf(i)].push(i);
  return groups.flat();
}

function draw(list) {
  const { controller, parts } = list;
  const { t, state, ready } = controller;
  arrange(list);
  const n = state.shown.length, { none, border } = partsShown(controller);
  const records = countRecords(ready, state.shown), unplaced = countRecords(ready, none) + countRecords(ready, border);
  parts.title.textContent = t("records");
  parts.lead.textContent = t(n ? "records.lead" : "empty", { n: records, m: unplaced }) + (ready.atlas.full || ready.atlas.records.rows ? "" : " " + t("crowd", { n: ready.records.n }));
  parts.sortLabel.textContent = t("sort");
  replace(parts.sort, ...SORTS.map((name) => h("option", { value: name, selected: name === list.sort }, t("sort." + name))));
  const items = [];
  list.order.slice(0, list.shown).forEach((i, at) => {
    const head = list.head(i);
    if (head && (at === 0 || list.head(list.order[at - 1]) !== head)) items.push(h("h3", { class: "records-head" }, head));
    items.push(item(controller, i));
  });
  replace(parts.body, ...items);
  const left = n - Math.min(list.shown, n);
  parts.told.textContent = left ? t("records.told", { a: list.shown, n }) : "";
  parts.more.hidden = !left;
  parts.more.textContent = t("records.more", { n: Math.min(3 * STEP, left) });
  ring(list);
}

function item(controller, i) {
  const { ready, t } = controller;
  const { get, letter } = ready.records;
  const place = get(i, "place_name");
  return h("article", { class: "record", dataset: { i } }, markSvg(letter[i], 22, t),
    h("div", {},
      h("h3", {}, h("button", { type: "button", class: "record-title", onclick: () => controller.choose(i, { pan: true }) }, writeHeading(ready, t, i))),
      get(i, "title") ? h("p", { class: "record-original", lang: "en" }, h("bdi", {}, get(i, "title"))) : null,
      h("p", { class: "record-where" }, t.date(get(i, "date")), place ? [" · ", h("bdi", t.told(place) === place ? { lang: "en" } : {}, t.told(place))] : null),
      ready.atlas.records.rows ? h("p", { class: "tags" }, h("span", { class: "tag" }, t("rows", { n: standsFor(ready, i) }))) : h("p", { class: "tags" },
        h("span", { class: "tag" }, t("precision", { what: writePrecision(t, ready, i) })), " ",
        h("span", { class: "tag" }, t("confidence.tag", { what: t("confidence." + get(i, "confidence")) })),
        get(i, "outcome_class") === "refused_entry" ? [" ", h("span", { class: "tag" }, t("outcome.refused_entry"))] : null),
      get(i, "source_url") ? h("p", { class: "record-source" }, t("field.source") + ": ", sourcesOf(ready, t, i)[0]) : null));
}

/* The rows of what is chosen on the map. */
function ring({ controller, parts }) {
  const { chosen } = controller;
  const ids = new Set(chosen && chosen.kind !== "border" && chosen.kind !== "unplaced" ? chosen.ids.map(String) : []);
  for (const row of parts.body.querySelectorAll(".record")) {
    row.classList.toggle("chosen", ids.has(row.dataset.i));
    row.querySelector(".record-title").setAttribute("aria-pressed", ids.has(row.dataset.i) ? "true" : "false");
  }
}
