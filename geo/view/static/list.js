/* The list of records: the map's equal. It holds all that match, also those that no map can place. */
(function (S) {
  "use strict";

  const STEP = 30;

  S.list = function (controller, element) {
    const parts = { title: S.h("h2", {}), lead: S.h("p", { class: "lead" }), body: S.h("div", { class: "records" }), more: S.h("button", { type: "button", class: "button" }) };
    S.replace(element, parts.title, parts.lead, parts.body, parts.more);
    const list = { controller, parts, shown: STEP };
    parts.more.addEventListener("click", () => {
      const before = list.shown;
      list.shown += 3 * STEP;
      draw(list);
      const next = parts.body.querySelectorAll(".record-title")[before];
      if (next) next.focus({ preventScroll: true });
    });
    controller.on("show", () => {
      list.shown = STEP;
      draw(list);
    });
    controller.on("choose", () => ring(list));
    draw(list);
    return list;
  };

  function draw({ controller, parts, shown, ...rest }) {
    const { t, state, ready } = controller;
    const { get } = ready.records;
    const unplaced = state.shown.filter((i) => ready.kind[i] === "none" || ready.kind[i] === "border").length;
    parts.title.textContent = t("records");
    parts.lead.textContent = t("records.lead", { n: state.shown.length, m: unplaced });
    const latest = [...state.shown].sort((a, b) => (get(b, "date") || "0").localeCompare(get(a, "date") || "0") || a - b);
    const items = [];
    latest.slice(0, shown).forEach((i, n) => {
      if (!get(i, "date") && (n === 0 || get(latest[n - 1], "date"))) items.push(S.h("h3", { class: "records-head" }, t("records.undated")));
      items.push(item(controller, i));
    });
    S.replace(parts.body, ...items);
    parts.more.hidden = latest.length <= shown;
    parts.more.textContent = t("records.more", { n: Math.min(3 * STEP, latest.length - shown) });
    ring({ controller, parts, ...rest });
  }

  function item(controller, i) {
    const { ready, t } = controller;
    const { get, letter } = ready.records;
    const where = [t.date(get(i, "date")), get(i, "place_name") && S.h("span", { lang: "en" }, get(i, "place_name")), S.borderName(ready, t, get(i, "border"))].filter(Boolean);
    return S.h("article", { class: "record", dataset: { i } }, S.markSvg(letter[i], 22, t),
      S.h("div", {},
        S.h("h3", {}, S.h("button", { type: "button", class: "record-title", onclick: () => controller.choose(i, { pan: true }) }, S.heading(ready, t, i))),
        S.h("p", { class: "record-original", lang: "en" }, get(i, "title")),
        S.h("p", { class: "record-where" }, where.flatMap((part, n) => (n ? [" · ", part] : [part]))),
        S.h("p", { class: "tags" },
          S.h("span", { class: "tag" }, t("precision", { what: S.precision(t, ready, i) })), " ",
          S.h("span", { class: "tag" }, t("confidence.tag", { what: t("confidence." + get(i, "confidence")) })),
          get(i, "outcome_class") === "refused_entry" ? [" ", S.h("span", { class: "tag" }, t("outcome.refused_entry"))] : null),
        S.h("p", { class: "record-source" }, t("field.source") + ": ", S.sources(ready, t, i)[0])));
  }

  function ring({ controller, parts }) {
    const chosen = controller.chosen && controller.chosen.kind === "record" ? String(controller.chosen.ids[0]) : "";
    for (const row of parts.body.querySelectorAll(".record")) row.classList.toggle("chosen", row.dataset.i === chosen);
  }
})(window.Shekara);
