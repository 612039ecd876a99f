/* Border by border: length, records, rate, goods, share at crossings, busiest stretch. */
(function (S) {
  "use strict";

  S.borderTable = function (controller, element) {
    const draw = () => {
      const { t } = controller;
      S.replace(element, S.h("h2", {}, t("by-border")), S.h("p", { class: "lead" }, t("by-border.lead")), table(controller), S.h("p", { class: "note" }, t("customs")));
    };
    controller.on("show", draw);
    draw();
  };

  function rowsOf(controller) {
    const { ready, state, values } = controller;
    const years = S.years(state.period);
    const all = S.expected(ready, state.shown), rated = S.expected(ready, S.dated(ready, state.shown, state.period));
    return ready.borders.map((border) => {
      const [first, last] = border.cells;
      let sum = 0, dated = 0, top = first;
      for (let c = first; c < last; c++) {
        sum += all[c];
        dated += rated[c];
        if (values.value[c] > values.value[top]) top = c;
      }
      const ids = state.shown.filter((i) => ready.records.get(i, "border") === border.code);
      return { border, ids, sum, rate: dated / ((border.km / 100) * years), top, crossing: ids.filter((i) => ready.kind[i] === "crossing").length };
    }).sort((a, b) => b.border.land - a.border.land || b.rate - a.rate);
  }

  function table(controller) {
    const { ready, t, values } = controller;
    const heads = ["col.neighbour", "col.records", "col.rate", "col.busiest", "col.goods", "col.crossings"];
    const counts = controller.borderCounts();
    // On a phone each row is a card, and each field carries its head.
    const cell = (key, right, ...shown) => S.h("td", { class: right ? "right" : null, dataset: { head: t(key) } }, ...shown);
    const body = rowsOf(controller).map(({ border, ids, rate, top, crossing }) => {
      const { n, m } = counts[border.code];
      const segment = ready.atlas.segments[ready.cells.segment[top]];
      return S.h("tr", {},
        S.h("th", { scope: "row" }, S.h("button", { type: "button", class: "plain strong", onclick: () => controller.choose(controller.borderMark(border.code)) }, t.of(border.name)), S.h("span", { class: "note" }, t("map.km", { n: border.km }))),
        cell("col.records", true, S.h("b", {}, t.number(n)), S.h("span", { class: "note" }, t("no-exact", { n: m }))),
        cell("col.rate", true, S.h("b", {}, t.rate(rate))),
        cell("col.busiest", false, n ? [t.of(segment.name), S.h("span", { class: "note" }, `${t.rate(values.value[top])} ${t("unit")}`)] : "–"),
        cell("col.goods", false, n ? goodsBar(controller, ids) : "–"),
        cell("col.crossings", true, n ? t.percent(crossing / n) : "–"));
    });
    return S.h("div", { class: "table-frame wide", tabindex: 0, role: "region", "aria-label": t("by-border") },
      S.h("table", { class: "by-border" }, S.h("thead", {}, S.h("tr", {}, heads.map((key, i) => S.h("th", { scope: "col", class: i === 1 || i === 2 || i === 5 ? "right" : null }, t(key))))), S.h("tbody", {}, body)));
  }

  /* A bar cut by family; segments of 16 px or more carry the letter. */
  function goodsBar(controller, ids) {
    const { ready, t } = controller;
    const width = 170;
    const counts = ready.atlas.families.map(({ letter }) => [letter, ids.filter((i) => ready.records.letter[i] === letter).length]).filter(([, n]) => n);
    const title = counts.map(([letter, n]) => `${t("family." + letter)} ${n}`).join(", ");
    const bar = S.svg("svg", { width, height: 16, viewBox: `0 0 ${width} 16`, role: "img", "aria-label": title });
    let x = 0;
    for (const [letter, n] of counts) {
      const w = (n / ids.length) * width;
      bar.append(S.svg("rect", { x, width: Math.max(1, w - 1), height: 16, class: "goods-fill-" + letter }));
      if (w >= 16) bar.append(S.svg("text", { x: x + w / 2, y: 12, class: "letter-" + letter, "font-size": 10.5 }, t("letter." + letter)));
      x += w;
    }
    return bar;
  }
})(window.Shekara);
