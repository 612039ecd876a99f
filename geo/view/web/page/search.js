/* The search: a place, which the map then goes to, or words, which the records must hold. */

import { cutKey } from "../data/estimate.js";
import { hypot } from "../data/geometry.js";
import { foldCase } from "../data/search.js";
import { borderName, shortName } from "../language/names.js";
import { h, replace } from "../map/dom.js";

const MOST = 6, LEAST = 2; // places offered; letters from which on

export function searchBox(filter, element) {
  const { controller } = filter, { ready } = controller;
  const input = h("input", { type: "search", class: "search", role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list", autocomplete: "off" });
  const list = h("ul", { class: "found", id: "found", role: "listbox", hidden: true });
  let offered = [], at = -1;
  replace(element, input, list);

  /* Towns and crossings whose name begins with the letters, or holds a word that does. */
  function placesFor(text) {
    const { t } = controller, wanted = foldCase(text.trim());
    if (wanted.length < LEAST) return [];
    const fits = (names) => Object.values(names).some((name) => foldCase(name).split(/[\s(–-]+/).some((word) => word.startsWith(wanted)) || foldCase(name).startsWith(wanted));
    const crossings = ready.crossings.filter(({ cell, name }) => cell >= 0 && fits(name)).map((crossing) => ({ name: shortName(t, crossing), note: `${t("kind.crossing")} · ${borderName(ready, t, crossing.border)}`, key: "crossing:" + crossing.id }));
    const towns = ready.base.cities.filter(({ name }) => fits(name)).map((city) => ({ name: t.of(city.name), note: t("page.town"), key: nearestStretch(city.xy), xy: city.xy }));
    const regions = ready.base.regions.filter(({ name }) => fits(name)).map(({ name, code }) => ({ name: t.of(name), note: t("field.region"), key: "region:" + code })).filter(({ key }) => controller.placeAt(key));
    return [...crossings, ...towns, ...regions].slice(0, MOST);
  }

  function nearestStretch([x, y]) {
    let best = 0, least = Infinity;
    ready.cells.middle.forEach(([mx, my], c) => {
      const away = hypot(mx - x, my - y);
      if (ready.cells.land[c] && away < least) [best, least] = [c, away];
    });
    return "segment:" + ready.atlas.segments[ready.cells.segment[best]].id;
  }

  function offer() {
    const { t } = controller, text = input.value.trim();
    offered = placesFor(text).map((place) => ({ ...place, act: () => go(place) }));
    if (text && ready.atlas.full) offered.push({ name: t("page.with-words", { words: text }), note: "", act: () => seek(text) });
    at = -1;
    replace(list, ...offered.map((one, i) => h("li", { id: "found-" + i, role: "option", "aria-selected": "false", onpointerdown: (event) => { event.preventDefault(); one.act(); } }, h("b", {}, one.name), one.note ? h("span", { class: "note" }, one.note) : null)));
    show(offered.length > 0);
  }

  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function go({ key, xy, name }) {
    show(false);
    input.value = "";
    controller.goTo(key, { from: xy ? { name, xy } : null });
    if (xy && cutKey(key)[0] === "segment") controller.map.fitBounds([controller.map.unproject(xy, 0), controller.map.unproject(controller.chosen.mark.cells.map((c) => ready.cells.middle[c])[0], 0)], { padding: [60, 60], maxZoom: 7, animate: false });
  }

  function seek(words) {
    show(false);
    filter.words = words;
    filter.apply();
  }

  input.addEventListener("input", () => {
    if (!input.value && filter.words) return seek("");
    return offer();
  });
  input.addEventListener("focus", () => input.value && input.value !== filter.words && offer());
  input.addEventListener("blur", () => show(false));
  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && offered.length) {
      event.preventDefault();
      at = (at + step + offered.length + (at < 0 && step < 0 ? 1 : 0)) % offered.length;
      [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
      input.setAttribute("aria-activedescendant", "found-" + at);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      (offered[at] || offered[0])?.act();
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      show(false);
    }
  });
  const draw = () => {
    const { t } = controller;
    input.placeholder = t("answers.search");
    input.setAttribute("aria-label", t("answers.search"));
    list.setAttribute("aria-label", t("answers.search"));
    if (document.activeElement !== input) input.value = filter.words;
  };
  controller.on("show", draw);
  draw();
}
