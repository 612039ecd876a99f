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
    const over = S.h("div", {}), under = S.h("div", {}), period = makePeriod(filter);
    // Of very many records the page holds no texts to search; it says so in their place.
    const { full } = filter.controller.ready.atlas, without = S.h("p", { class: "note" });
    S.replace(element, full ? search : without, over, period.element, under);
    const open = new Set();
    let moreOpen = false;
    const draw = () => {
      const { t } = filter.controller;
      const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      without.textContent = filter.controller.ready.atlas.records.rows ? "" : t("crowd", { n: filter.controller.ready.records.n });
      search.placeholder = t("search");
      search.setAttribute("aria-label", t("search"));
      if (document.activeElement !== search) search.value = filter.words;
      const more = S.h("details", { class: "more", open: moreOpen }, S.h("summary", {}, t("more")), MORE.map((facet) => chips(filter, facet)));
      more.addEventListener("toggle", () => (moreOpen = more.open));
      S.replace(over, goodsRows(filter, open, draw), chips(filter, "border"));
      period.draw();
      S.replace(under, refused(filter), more);
      if (focused) [...element.querySelectorAll("[data-key]")].find((control) => control.dataset.key === focused)?.focus({ preventScroll: true });
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

  /* Bars a year, and two handles over them. The handles stay the same elements while one of them is drawn along. */
  function makePeriod(filter) {
    if (!filter.years) return { element: null, draw() {} };
    const [first, last] = filter.years, span = last - first + 1;
    const ends = () => ({ from: filter.since || first, to: filter.until || last });
    const legend = S.h("legend"), note = S.h("div"), clear = S.h("button", { type: "button", class: "plain", dataset: { key: "all-years" }, onclick: () => { filter.since = filter.until = null; filter.apply(); } });
    const bars = S.svg("svg", { class: "year-bars", viewBox: `0 0 ${span * 10} 40`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const handles = ["from", "to"].map((key) => {
      const input = S.h("input", { type: "range", min: first, max: last, step: 1, dataset: { key: "period:" + key } });
      input.addEventListener("input", () => {
        const now = { ...ends(), [key]: Number(input.value) };
        // Neither handle passes the other.
        now[key] = key === "from" ? Math.min(now.from, now.to) : Math.max(now.from, now.to);
        const all = now.from === first && now.to === last;
        filter.since = all || now.from === first ? null : now.from;
        filter.until = all || now.to === last ? null : now.to;
        filter.apply();
      });
      return input;
    });
    const element = S.h("fieldset", {}, legend, clear, S.h("div", { class: "years" }, bars, handles), note);
    function draw() {
      const { t } = filter.controller;
      const { from, to } = ends(), perYear = filter.perYear(), most = Math.max(1, ...perYear.values());
      const chosen = Boolean(filter.since || filter.until);
      legend.textContent = `${t("period")}: ${chosen ? "" : t("all-years") + ", "}${from}–${to}`;
      clear.textContent = t("all-years");
      clear.hidden = !chosen;
      S.replace(bars, ...Array.from({ length: span }, (_, at) => {
        const height = ((perYear.get(first + at) || 0) / most) * 38;
        return S.svg("rect", { x: at * 10 + 1, y: 40 - height, width: 8, height, class: first + at >= from && first + at <= to ? "year in" : "year" });
      }));
      handles.forEach((input, at) => {
        const value = at ? to : from;
        input.value = value;
        input.setAttribute("aria-label", `${t("period")}: ${t(at ? "to" : "from")}`);
        input.setAttribute("aria-valuetext", String(value));
      });
      S.replace(note, undated(filter));
    }
    return { element, draw };
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
