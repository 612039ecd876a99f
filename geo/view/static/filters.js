/* The panel of the filters, in the rail. What they choose is worked out by select.js. */
(function (S) {
  "use strict";

  const MORE = ["direction", "mode", "confidence", "recording_side"];

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
    // Of very many records the page holds no texts to search; it says so in their place.
    const { full } = filter.controller.ready.atlas, without = S.h("p", { class: "note" });
    S.replace(element, full ? search : without, body);
    const open = new Set();
    let moreOpen = false;
    const draw = () => {
      const { t } = filter.controller;
      const focused = document.activeElement && body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      without.textContent = t("crowd", { n: filter.controller.ready.records.n });
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
    const n = filter.counts("goods");
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
    const n = filter.counts(facet);
    const known = facet === "border" ? [...ready.borders.map((border) => border.code), "AIR", "POST", "UNKNOWN"] : filter.columns[facet].table;
    const chosen = filter.chosen[facet];
    const chip = (value) => S.h("button", {
      type: "button", class: "chip" + (n.get(value) ? "" : " zero"), "aria-pressed": chosen && chosen.has(value) ? "true" : "false", dataset: { key: facet + ":" + value },
      onclick: () => {
        const now = new Set(chosen || []);
        if (!now.delete(value)) now.add(value);
        filter.chosen[facet] = now.size ? now : null;
        filter.apply();
      },
    }, S.valueName(filter, facet, value), " ", S.h("span", { class: "number" }, t.number(n.get(value) || 0)));
    const key = { border: "border", recording_side: "field.side" }[facet] || "field." + facet;
    return S.h("fieldset", {}, S.h("legend", {}, t(key)), S.h("div", { class: "chips" }, known.map(chip)));
  }

  /* Bars a year, and two handles over them. */
  function period(filter) {
    const { t } = filter.controller;
    if (!filter.years) return null;
    const [first, last] = filter.years;
    const perYear = filter.perYear();
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
    return S.h("fieldset", {}, S.h("legend", {}, title), clear, S.h("div", { class: "years" }, bars, handle("from", from), handle("to", to)), undated(filter));
  }

  /* What has no date lies in no period; with all years it is in unless the reader takes it out. */
  function undated(filter) {
    const { t } = filter.controller;
    const n = filter.undatedCount();
    if (!n) return null;
    const box = S.h("input", { type: "checkbox", dataset: { key: "undated" }, onchange: () => { filter.undated = box.checked === !(filter.since || filter.until) ? null : box.checked; filter.apply(); } });
    box.checked = filter.undatedIn();
    return S.h("label", { class: "check" }, box, S.h("span", {}, t("undated", { n })));
  }

  function refused(filter) {
    const { t } = filter.controller;
    const n = filter.refusedCount();
    const box = S.h("input", { type: "checkbox", dataset: { key: "refused" }, onchange: () => { filter.refused = box.checked; filter.apply(); } });
    box.checked = filter.refused;
    return S.h("fieldset", {}, S.h("label", { class: "check ruled" }, box, S.h("span", {}, t("refused", { n }))));
  }
})(window.Shekara);
