/* The filters of the page. Values of one field are "or", fields are "and"; counts are of what the others leave. */
(function (S) {
  "use strict";

  const FACETS = ["goods", "border", "direction", "mode", "confidence", "recording_side"];
  const MORE = ["direction", "mode", "confidence", "recording_side"];
  const NAMES = { goods: "goods", neighbour: "border", border: "border", direction: "direction", mode: "mode", confidence: "confidence", recording_side: "recording_side" };

  S.filters = function (controller, options) {
    const { ready } = controller;
    const columns = ready.atlas.records;
    const filter = {
      controller, columns,
      chosen: Object.fromEntries(FACETS.map((facet) => [facet, null])), // null: no restriction
      words: "", since: null, until: null, refused: Boolean(options.include_refused),
      years: yearsOf(columns),
      base: options.period || null,
    };
    filter.apply = () => apply(filter);
    filter.set = (wanted) => set(filter, wanted);
    filter.clear = () => {
      for (const facet of FACETS) filter.chosen[facet] = null;
      Object.assign(filter, { words: "", since: null, until: null, refused: Boolean(options.include_refused) });
      filter.apply();
    };
    return filter;
  };

  function yearsOf({ date }) {
    const years = date.map((text) => Number(text.slice(0, 4))).filter(Boolean);
    return years.length ? [Math.min(...years), Math.max(...years)] : null;
  }

  /* setFilter of the page: {goods: […], neighbour: […], direction, mode, confidence, since, until, words, include_refused} */
  function set(filter, wanted) {
    for (const [name, facet] of Object.entries(NAMES))
      if (name in wanted) filter.chosen[facet] = wanted[name] && wanted[name].length ? new Set(wanted[name]) : null;
    if ("since" in wanted) filter.since = wanted.since ? Number(String(wanted.since).slice(0, 4)) : null;
    if ("until" in wanted) filter.until = wanted.until ? Number(String(wanted.until).slice(0, 4)) : null;
    if ("words" in wanted) filter.words = wanted.words || "";
    if ("include_refused" in wanted) filter.refused = Boolean(wanted.include_refused);
    filter.apply();
  }

  const dayOf = (year, month, day) => Math.round((Date.UTC(year, month, day) - Date.UTC(2000, 0, 1)) / 864e5);

  function chosenDays(filter) {
    if (!filter.since && !filter.until) return null;
    return [filter.since ? dayOf(filter.since, 0, 1) : -Infinity, filter.until ? dayOf(filter.until, 11, 31) : Infinity];
  }

  /* Records that a chosen period leaves out for want of a date, or because it holds only part of their span. */
  function leftOut(filter) {
    const days = chosenDays(filter);
    if (!days) return 0;
    const { from, to } = filter.columns;
    return pass(filter, "period").filter((i) => from[i] === null || (from[i] <= days[1] && to[i] >= days[0] && (from[i] < days[0] || to[i] > days[1]))).length;
  }

  function tests(filter) {
    const { ready } = filter.controller;
    const { get } = ready.records;
    const out = {};
    for (const facet of FACETS) {
      const chosen = filter.chosen[facet];
      if (chosen) out[facet] = (i) => chosen.has(get(i, facet));
    }
    const days = chosenDays(filter);
    if (days) {
      const { from, to } = filter.columns;
      out.period = (i) => from[i] !== null && from[i] >= days[0] && to[i] <= days[1];
    }
    if (filter.words.trim()) {
      const wanted = filter.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
      out.words = (i) => wanted.every((word) => textOf(filter, i).includes(word));
    }
    if (!filter.refused) out.refused = (i) => get(i, "outcome_class") !== "refused_entry";
    return out;
  }

  function textOf(filter, i) {
    const { ready, t } = filter.controller;
    filter.texts = filter.texts && filter.lang === t.lang ? filter.texts : [];
    filter.lang = t.lang;
    if (!filter.texts[i]) {
      const { get } = ready.records;
      const fields = ["id", "title", "goods_description", "place_name", "agency", "source_publisher", "region_name", "concealment"].map((name) => get(i, name));
      filter.texts[i] = [...fields, t("goods." + get(i, "goods")), S.borderName(ready, t, get(i, "border"))].join(" ").toLocaleLowerCase();
    }
    return filter.texts[i];
  }

  function pass(filter, skip) {
    const wanted = Object.entries(tests(filter)).filter(([name]) => name !== skip).map(([, test]) => test);
    return Array.from({ length: filter.controller.ready.records.n }, (_, i) => i).filter((i) => wanted.every((test) => test(i)));
  }

  function apply(filter) {
    const { controller } = filter;
    const { atlas } = controller.ready;
    const shown = pass(filter);
    const refused = filter.refused ? 0 : pass(filter, "refused").length - shown.length;
    const { t } = controller;
    const period = [filter.since ? `${filter.since}-01-01` : (filter.base || atlas.period)[0], filter.until ? `${filter.until}-12-31` : (filter.base || atlas.period)[1]];
    const undated = leftOut(filter);
    const note = () => [undated ? t("sum.undated-out", { n: undated }) : "", refused ? t("sum.refused-out", { n: refused }) : ""].filter(Boolean).join(" ");
    const estimate = estimateFor(filter);
    const wanted = filter.wants || (Object.keys(atlas.estimates).length ? "estimate" : "rate");
    controller.show({ shown, period, estimate, colour: wanted === "estimate" && estimate ? "estimate" : "rate", noEstimate: wanted === "estimate" && !estimate && Object.keys(atlas.estimates).length > 0, note });
  }

  /* The precomputed estimate of exactly this choice: all records, or one goods category, and nothing else. */
  function estimateFor(filter) {
    const { estimates } = filter.controller.ready.atlas;
    const others = FACETS.some((facet) => facet !== "goods" && filter.chosen[facet]) || filter.since || filter.until || filter.words.trim();
    if (others) return null;
    const goods = filter.chosen.goods;
    return (goods ? goods.size === 1 && estimates[[...goods][0]] : estimates[""]) || null;
  }

  const counts = (filter, facet) => {
    const { get } = filter.controller.ready.records;
    const out = new Map();
    for (const i of pass(filter, facet)) out.set(get(i, facet), (out.get(get(i, facet)) || 0) + 1);
    return out;
  };

  /* The panel in the rail. */
  S.filterPanel = function (filter, element) {
    const search = S.h("input", { type: "search", class: "search" });
    let waiting;
    search.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        filter.words = search.value;
        filter.apply();
      }, 120);
    });
    const body = S.h("div", {});
    S.replace(element, search, body);
    const open = new Set();
    let moreOpen = false;
    const draw = () => {
      const { t } = filter.controller;
      const focused = document.activeElement && body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      search.placeholder = t("search");
      search.setAttribute("aria-label", t("search"));
      if (document.activeElement !== search) search.value = filter.words;
      const more = S.h("details", { class: "more", open: moreOpen }, S.h("summary", {}, t("more")), MORE.map((facet) => chips(filter, facet)));
      more.addEventListener("toggle", () => (moreOpen = more.open));
      S.replace(body, goodsRows(filter, open, draw), chips(filter, "border"), period(filter), refused(filter), more);
      if (focused) [...body.querySelectorAll("[data-key]")].find((control) => control.dataset.key === focused)?.focus({ preventScroll: true });
    };
    filter.controller.on("show", draw);
    draw();
  };

  function goodsRows(filter, open, redraw) {
    const { t, ready } = filter.controller;
    const n = counts(filter, "goods");
    const sum = (goods) => goods.reduce((total, name) => total + (n.get(name) || 0), 0);
    const largest = Math.max(1, ...ready.atlas.families.map(({ goods }) => sum(goods)));
    const on = (name) => !filter.chosen.goods || filter.chosen.goods.has(name);
    const all = ready.atlas.families.flatMap(({ goods }) => goods);
    const change = (names, wanted) => {
      const now = new Set(all.filter(on));
      names.forEach((name) => (wanted ? now.add(name) : now.delete(name)));
      filter.chosen.goods = now.size === all.length ? null : now;
      filter.apply();
    };
    const only = (names, label) => S.h("button", { type: "button", class: "only", dataset: { key: "only:" + names }, "aria-label": `${t("only")}: ${label}`, onclick: () => { filter.chosen.goods = new Set(names); filter.apply(); } }, t("only"));
    const row = (names, label, count, mark, depth, letter) => {
      const box = S.h("input", { type: "checkbox", dataset: { key: "goods:" + names }, onchange: () => change(names, box.checked) });
      box.checked = names.some(on);
      box.indeterminate = names.some(on) && !names.every(on);
      const many = letter && names.length > 1;
      const toggle = many ? S.h("button", { type: "button", class: "opener", "aria-expanded": open.has(letter) ? "true" : "false", "aria-label": t("open-family", { name: label }), dataset: { key: "open:" + letter }, onclick: () => { if (!open.delete(letter)) open.add(letter); redraw(); } }, open.has(letter) ? "▾" : "▸") : null;
      const line = S.h("div", { class: `goods-row depth-${depth}${count ? "" : " zero"}` }, S.h("label", {}, box, mark, S.h("span", { class: "goods-name" }, label)), toggle, only(names, label), S.h("span", { class: "number" }, t.number(count)));
      if (!depth) line.append(bar(count / largest));
      return line;
    };
    const rows = ready.atlas.families.map(({ letter, goods }) => [
      row(goods, t("family." + letter), sum(goods), S.markSvg(letter, 22, t), 0, letter),
      open.has(letter) && goods.length > 1 ? goods.map((name) => row([name], t("goods." + name), n.get(name) || 0, null, 1)) : null,
    ]);
    const clear = filter.chosen.goods ? S.h("button", { type: "button", class: "plain", dataset: { key: "clear" }, onclick: () => { filter.chosen.goods = null; filter.apply(); } }, t("all")) : null;
    return S.h("fieldset", {}, S.h("legend", {}, t("goods")), clear, rows);
  }

  function bar(share) {
    return S.svg("svg", { class: "bar", viewBox: "0 0 100 3", preserveAspectRatio: "none", "aria-hidden": "true" }, S.svg("rect", { width: 100, height: 3, class: "bar-back" }), S.svg("rect", { width: share * 100, height: 3, class: "bar-front" }));
  }

  function chips(filter, facet) {
    const { t, ready } = filter.controller;
    const n = counts(filter, facet);
    const known = facet === "border" ? [...ready.borders.map((border) => border.code), "AIR", "POST", "UNKNOWN"] : filter.columns[facet].table;
    const name = (value) => (facet === "border" ? S.borderName(ready, t, value) : t(`${facet === "recording_side" ? "side" : facet}.${value}`));
    const chosen = filter.chosen[facet];
    const chip = (value) => S.h("button", {
      type: "button", class: "chip" + (n.get(value) ? "" : " zero"), "aria-pressed": chosen && chosen.has(value) ? "true" : "false", dataset: { key: facet + ":" + value },
      onclick: () => {
        const now = new Set(chosen || []);
        if (!now.delete(value)) now.add(value);
        filter.chosen[facet] = now.size ? now : null;
        filter.apply();
      },
    }, name(value), " ", S.h("span", { class: "number" }, t.number(n.get(value) || 0)));
    const key = { border: "border", recording_side: "field.side" }[facet] || "field." + facet;
    return S.h("fieldset", {}, S.h("legend", {}, t(key)), S.h("div", { class: "chips" }, known.map(chip)));
  }

  /* Bars a year, and two handles over them. */
  function period(filter) {
    const { t } = filter.controller;
    if (!filter.years) return null;
    const [first, last] = filter.years;
    const perYear = new Map();
    for (const i of pass(filter, "period")) {
      const year = Number(filter.columns.date[i].slice(0, 4));
      if (year) perYear.set(year, (perYear.get(year) || 0) + 1);
    }
    const most = Math.max(1, ...perYear.values()), span = last - first + 1;
    const from = filter.since || first, to = filter.until || last;
    const bars = S.svg("svg", { class: "year-bars", viewBox: `0 0 ${span * 10} 40`, preserveAspectRatio: "none", "aria-hidden": "true" });
    for (let year = first; year <= last; year++) {
      const height = ((perYear.get(year) || 0) / most) * 38;
      bars.append(S.svg("rect", { x: (year - first) * 10 + 1, y: 40 - height, width: 8, height, class: year >= from && year <= to ? "year in" : "year" }));
    }
    const handle = (key, value) => {
      const input = S.h("input", { type: "range", min: first, max: last, step: 1, value, dataset: { key: "period:" + key }, "aria-label": `${t("period")}: ${t(key)}`, "aria-valuetext": String(value) });
      input.addEventListener("input", () => {
        const year = Number(input.value);
        if (key === "from") filter.since = Math.min(year, to) === first && to === last ? null : Math.min(year, to);
        else filter.until = Math.max(year, from) === last && from === first ? null : Math.max(year, from);
        filter.apply();
      });
      return input;
    };
    const title = filter.since || filter.until ? `${t("period")}: ${from}–${to}` : `${t("period")}: ${t("all-years")}, ${first}–${last}`;
    const clear = filter.since || filter.until ? S.h("button", { type: "button", class: "plain", dataset: { key: "all-years" }, onclick: () => { filter.since = filter.until = null; filter.apply(); } }, t("all-years")) : null;
    return S.h("fieldset", {}, S.h("legend", {}, title), clear, S.h("div", { class: "years" }, bars, handle("from", from), handle("to", to)));
  }

  function refused(filter) {
    const { t } = filter.controller;
    const { get } = filter.controller.ready.records;
    const n = pass(filter, "refused").filter((i) => get(i, "outcome_class") === "refused_entry").length;
    const box = S.h("input", { type: "checkbox", dataset: { key: "refused" }, onchange: () => { filter.refused = box.checked; filter.apply(); } });
    box.checked = filter.refused;
    return S.h("fieldset", {}, S.h("label", { class: "refused" }, box, S.h("span", {}, t("refused", { n }))));
  }
})(window.Shekara);
