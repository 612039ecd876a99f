/* The filters in force, as chips over the map: each is taken away by a press. And the way out when nothing matches. */

import { valueName } from "../language/names.js";
import { h, replace } from "../map/dom.js";

/* What is in force: {key, text, drop}; in the order of the panel. */
function inForce(filter) {
  const { t, ready } = filter.controller;
  const out = [];
  const add = (key, name, value, drop) => out.push({ key, text: name ? `${name}: ${value}` : value, drop });
  for (const facet of filter.facets) {
    const { column, word } = facet, chosen = filter.chosen[column];
    if (!chosen) continue;
    const groups = facet.field === "goods" ? families(ready, chosen) : [...chosen].map((value) => [[value], "goods"]);
    for (const [values, letter] of groups) {
      const name = facet.field === "goods" && letter ? t("family." + letter) : valueName(ready, t, facet, values[0]);
      add(`${column}:${values}`, t(word), name, () => {
        const left = [...chosen].filter((value) => !values.includes(value));
        filter.chosen[column] = left.length ? new Set(left) : null;
      });
    }
  }
  const years = filter.years || [];
  if (filter.since || filter.until) add("period", t("period"), `${endName(t, filter.since, years[0])}–${endName(t, filter.until, years[1])}`, () => (filter.since = filter.until = null));
  if (filter.least) add("least", "", t("least", { amount: quantityName(t, filter.least) }), () => (filter.least = null));
  if (filter.undated !== null) add("undated", "", t(filter.undated ? "active.undated" : "active.dated"), () => (filter.undated = null));
  if (filter.refused !== filter.refusedFirst) add("refused", "", t(filter.refused ? "active.refused" : "active.no-refused"), () => (filter.refused = filter.refusedFirst));
  if (filter.words.trim()) add("words", "", `“${filter.words.trim().slice(0, 60)}”`, () => (filter.words = ""));
  return out;
}

/* An end of the period; a year stands for itself. */
export const endName = (t, text, year) => (text ? t.date(text) : String(year));

const quantityName = (t, { amount, unit }) => `${t.number(amount)} ${t("unit." + unit, { n: amount })}`;

/* Chosen goods by whole family where all of it is chosen, else one by one. */
function families(ready, chosen) {
  return ready.atlas.families.flatMap(({ letter, goods }) => {
    const here = goods.filter((name) => chosen.has(name));
    return here.length === goods.length ? [[goods, letter]] : here.map((name) => [[name], ""]);
  });
}

export function activeChips(filter, element) {
  const { controller } = filter;
  let order = []; // keys in force, the latest last
  const draw = () => {
    const { t } = controller;
    const now = inForce(filter), keys = now.map(({ key }) => key);
    order = [...order.filter((key) => keys.includes(key)), ...keys.filter((key) => !order.includes(key))];
    const focused = element.contains(document.activeElement) ? [...element.children].indexOf(document.activeElement) : -1;
    const chip = ({ key, text, drop }) => h("button", { type: "button", class: "chip active", dataset: { key }, "aria-label": t("active.drop", { what: text }), onclick: () => { drop(); filter.apply(); } }, h("bdi", {}, text), h("span", { "aria-hidden": "true" }, " ×"));
    replace(element, ...now.map(chip), now.length > 1 ? h("button", { type: "button", class: "plain", onclick: () => filter.clear() }, t("clear")) : null);
    element.hidden = !now.length;
    if (focused >= 0) (element.children[Math.min(focused, element.children.length - 1)] || document.getElementById("count")).focus({ preventScroll: true });
  };
  controller.on("show", draw);
  draw();
  /* Take the filter away that came last. */
  return {
    dropLast() {
      const last = inForce(filter).find(({ key }) => key === order[order.length - 1]);
      if (last) last.drop();
      filter.apply();
    },
  };
}

/* Nothing matches: the map stays, one sentence and one button. */
export function emptyBox(filter, chips, container) {
  const { controller } = filter;
  const text = h("p", {}), button = h("button", { type: "button", class: "button", onclick: () => { chips.dropLast(); container.focus({ preventScroll: true }); } });
  const box = h("div", { class: "empty", role: "status" }, text, button);
  L.DomEvent.disableClickPropagation(box);
  container.append(box);
  const draw = () => {
    box.hidden = controller.state.shown.length > 0;
    text.textContent = controller.t("empty");
    button.textContent = controller.t("empty.button");
    button.hidden = !inForce(filter).length;
  };
  controller.on("show", draw);
  draw();
}
