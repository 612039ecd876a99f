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
    let moreOpen = false, lang = "", controls = [];
    /* The controls are made once a language, and again when a family opens; a filter only changes what they say. */
    const make = () => {
      const { t, ready } = filter.controller;
      const focused = element.contains(document.activeElement) ? document.activeElement.dataset.key : null;
      lang = t.lang;
      without.textContent = ready.atlas.records.rows ? "" : t("crowd", { n: ready.records.n });
      search.placeholder = t("search");
      search.setAttribute("aria-label", t("search"));
      const goods = goodsRows(filter, open, make), border = chips(filter, "border"), refused = refusedBox(filter), rest = MORE.filter((facet) => filter.columns[facet].table.length > 1).map((facet) => chips(filter, facet));
      controls = [goods, border, period, refused, ...rest];
      const more = S.h("details", { class: "more", open: moreOpen, hidden: !rest.length }, S.h("summary", {}, t("more")), rest.map((facet) => facet.element));
      more.addEventListener("toggle", () => (moreOpen = more.open));
      S.replace(over, goods.element, border.element);
      S.replace(under, refused.element, more);
      controls.forEach((control) => control.draw());
      if (focused) [...element.querySelectorAll("[data-key]")].find((control) => control.dataset.key === focused)?.focus({ preventScroll: true });
    };
    const draw = () => {
      if (document.activeElement !== search) search.value = filter.words;
      if (filter.controller.t.lang !== lang) make();
      else controls.forEach((control) => control.draw());
    };
    filter.controller.on("show", draw);
    draw();
  };

  function goodsRows(filter, open, remake) {
    const { t, ready } = filter.controller;
    const { families } = ready.atlas, all = families.flatMap(({ goods }) => goods);
    const on = (name) => !filter.chosen.goods || filter.chosen.goods.has(name);
    const choose = (chosen) => {
      filter.chosen.goods = chosen;
      filter.apply();
    };
    const change = (names, wanted) => {
      const now = new Set(all.filter(on));
      names.forEach((name) => (wanted ? now.add(name) : now.delete(name)));
      choose(now.size === all.length ? null : now);
    };
    const rows = [];
    const row = (names, label, mark, depth, letter) => {
      const box = S.h("input", { type: "checkbox", dataset: { key: "goods:" + names }, onchange: () => change(names, box.checked) });
      const only = S.h("button", { type: "button", class: "only", dataset: { key: "only:" + names }, "aria-label": `${t("only")}: ${label}`, onclick: () => choose(new Set(names)) }, t("only"));
      const toggle = letter && names.length > 1 ? opener(open, letter, t("open-family", { name: label }), remake) : null;
      const number = S.h("span", { class: "number" }), bar = depth ? null : makeBar();
      const line = S.h("div", { class: `goods-row depth-${depth}` }, S.h("label", {}, box, mark, S.h("span", { class: "goods-name" }, label)), toggle, only, number, bar && bar.element);
      rows.push({ names, box, number, bar, line });
      return line;
    };
    const lines = families.map(({ letter, goods }) => [
      row(goods, t("family." + letter), S.markSvg(letter, 22, t), 0, letter),
      open.has(letter) && goods.length > 1 ? goods.map((name) => row([name], t("goods." + name), null, 1)) : null,
    ]);
    const clear = S.h("button", { type: "button", class: "plain", dataset: { key: "clear" }, onclick: () => choose(null) }, t("all"));
    const element = S.h("fieldset", {}, S.h("legend", {}, t("goods")), clear, lines);
    function draw() {
      const n = filter.counts("goods");
      const sum = (goods) => goods.reduce((total, name) => total + (n.get(name) || 0), 0);
      const largest = Math.max(1, ...families.map(({ goods }) => sum(goods)));
      clear.hidden = !filter.chosen.goods;
      for (const { names, box, number, bar, line } of rows) {
        const count = sum(names);
        box.checked = names.some(on);
        box.indeterminate = names.some(on) && !names.every(on);
        line.classList.toggle("zero", !count);
        S.say(number, t.number(count));
        if (bar) bar.draw(count / largest);
      }
    }
    return { element, draw };
  }

  function opener(open, letter, label, remake) {
    const press = () => {
      if (!open.delete(letter)) open.add(letter);
      remake();
    };
    return S.h("button", { type: "button", class: "opener", "aria-expanded": open.has(letter) ? "true" : "false", "aria-label": label, dataset: { key: "open:" + letter }, onclick: press }, open.has(letter) ? "▾" : "▸");
  }

  function makeBar() {
    const front = S.svg("rect", { height: 3, class: "bar-front" });
    const element = S.svg("svg", { class: "bar", viewBox: "0 0 100 3", preserveAspectRatio: "none", "aria-hidden": "true" }, S.svg("rect", { width: 100, height: 3, class: "bar-back" }), front);
    return { element, draw: (share) => S.set(front, "width", (share * 100).toFixed(1)) };
  }

  function chips(filter, facet) {
    const { t, ready } = filter.controller;
    const known = facet === "border" ? [...ready.borders.map((border) => border.code), "AIR", "POST", "UNKNOWN"] : filter.columns[facet].table;
    const made = known.map((value) => {
      const press = () => {
        const now = new Set(filter.chosen[facet] || []);
        if (!now.delete(value)) now.add(value);
        filter.chosen[facet] = now.size ? now : null;
        filter.apply();
      };
      const number = S.h("span", { class: "number" });
      return { value, number, chip: S.h("button", { type: "button", class: "chip", dataset: { key: facet + ":" + value }, onclick: press }, S.valueName(filter, facet, value), " ", number) };
    });
    const key = { border: "border", recording_side: "field.side" }[facet] || "field." + facet;
    const element = S.h("fieldset", {}, S.h("legend", {}, t(key)), S.h("div", { class: "chips" }, made.map(({ chip }) => chip)));
    function draw() {
      const n = filter.counts(facet), chosen = filter.chosen[facet];
      for (const { value, chip, number } of made) {
        chip.classList.toggle("zero", !n.get(value));
        S.set(chip, "aria-pressed", Boolean(chosen && chosen.has(value)));
        S.say(number, t.number(n.get(value) || 0));
      }
    }
    return { element, draw };
  }

  /* Bars a year, and two handles over them. The handles stay the same elements while one of them is drawn along. */
  function makePeriod(filter) {
    if (!filter.years) return { element: null, draw() {} };
    const [first, last] = filter.years, span = last - first + 1;
    const ends = () => ({ from: filter.since || first, to: filter.until || last });
    const legend = S.h("legend"), clear = S.h("button", { type: "button", class: "plain", dataset: { key: "all-years" }, onclick: () => { filter.since = filter.until = null; filter.apply(); } });
    const bars = S.svg("svg", { class: "year-bars", viewBox: `0 0 ${span * 10} 40`, preserveAspectRatio: "none", "aria-hidden": "true" });
    const [out, within] = ["year", "year in"].map((name) => bars.appendChild(S.svg("path", { class: name })));
    const dateless = undatedBox(filter);
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
    const element = S.h("fieldset", {}, legend, clear, S.h("div", { class: "years" }, bars, handles), S.h("div", {}, dateless.element));
    function draw() {
      const { t } = filter.controller;
      const { from, to } = ends(), perYear = filter.perYear(), most = Math.max(1, ...perYear.values());
      const chosen = Boolean(filter.since || filter.until);
      S.say(legend, `${t("period")}: ${chosen ? "" : t("all-years") + ", "}${from}–${to}`);
      S.say(clear, t("all-years"));
      clear.hidden = !chosen;
      const paths = ["", ""];
      for (const [year, n] of perYear) paths[Number(year >= from && year <= to)] += `M${(year - first) * 10 + 1} 40v-${((n / most) * 38).toFixed(2)}h8V40z`;
      [out, within].forEach((path, at) => S.set(path, "d", paths[at]));
      handles.forEach((input, at) => {
        const value = at ? to : from;
        input.value = value;
        S.set(input, "aria-label", `${t("period")}: ${t(at ? "to" : "from")}`);
        S.set(input, "aria-valuetext", value);
      });
      dateless.draw();
    }
    return { element, draw };
  }

  /* What has no date lies in no period; with all years it is in unless the reader takes it out. */
  function undatedBox(filter) {
    const box = S.h("input", { type: "checkbox", dataset: { key: "undated" }, onchange: () => { filter.undated = box.checked === !(filter.since || filter.until) ? null : box.checked; filter.apply(); } });
    const text = S.h("span"), element = S.h("label", { class: "check" }, box, text);
    function draw() {
      const n = filter.undatedCount();
      element.hidden = !n;
      box.checked = filter.undatedIn();
      S.say(text, filter.controller.t("undated", { n }));
    }
    return { element, draw };
  }

  function refusedBox(filter) {
    const box = S.h("input", { type: "checkbox", dataset: { key: "refused" }, onchange: () => { filter.refused = box.checked; filter.apply(); } });
    const text = S.h("span"), element = S.h("fieldset", {}, S.h("label", { class: "check ruled" }, box, text));
    function draw() {
      box.checked = filter.refused;
      S.say(text, filter.controller.t("refused", { n: filter.refusedCount() }));
    }
    return { element, draw };
  }
})(window.Shekara);
