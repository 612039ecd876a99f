/* All places of the estimate in one table: crossings, and stretches between them. */

import { placeEstimate } from "../data/estimate.js";
import { tell, writeRank } from "../language/figures.js";
import { borderName, keyName } from "../language/names.js";
import { h } from "../map/dom.js";
import { quotePlace } from "./quote.js";
import { quoteMark } from "./share.js";

export function placesTable(controller) {
  const { t, ready } = controller;
  const chosen = controller.filter?.chosen.border;
  const keys = [...ready.crossings.map(({ id, border }) => ({ key: "crossing:" + id, border })), ...ready.atlas.segments.map(({ id, border }) => ({ key: "segment:" + id, border }))];
  const rows = keys.filter(({ border }) => !chosen || chosen.has(border)).map((one) => ({ ...one, estimate: placeEstimate(controller, one.key) })).filter(({ estimate }) => estimate).sort((a, b) => b.estimate.value - a.estimate.value);
  const row = ({ key, border, estimate }) => {
    const { main, note } = tell(t, estimate), crossing = key.startsWith("crossing:");
    return h("tr", {},
      h("th", { scope: "row" }, h("button", { type: "button", class: "plain", dataset: { key }, onclick: () => controller.goTo(key) }, keyName(ready, t, key)), quoteMark(controller, keyName(ready, t, key), () => quotePlace(controller.filter, controller.placeAt(key))), h("span", { class: "note" }, borderName(ready, t, border))),
      h("td", {}, crossing ? t("a-year", { v: main }) : `${main} ${t("unit")}`, h("span", { class: "note" }, note)),
      h("td", {}, t("answers.c-rank", { rank: writeRank(t, ...estimate.rank), n: estimate.of })));
  };
  return h("div", { class: "table-frame", tabindex: 0, role: "region", "aria-label": t("answers.table") }, h("table", {},
    h("thead", {}, h("tr", {}, ["page.place", "page.figure", "page.rank"].map((head) => h("th", { scope: "col" }, t(head))))), h("tbody", {}, rows.map(row))));
}
