/* The list of records: the map's equal. It holds all that match, also those that no map can place. */
(function (S) {
  "use strict";

  const STEP = 30;
  const FARTHEST = 600; // a record chosen on the map is looked up in the list as far as this
  const SORTS = ["latest", "border", "goods"];

  S.list = function (controller, element, tools) {
    const sort = S.h("select", { id: "sort", onchange: () => { list.sort = sort.value; list.shown = STEP; draw(list); } });
    const parts = {
      title: S.h("h2", {}), lead: S.h("p", { class: "lead" }), sort, sortLabel: S.h("label", { for: "sort" }),
      body: S.h("div", { class: "records" }), told: S.h("p", { class: "note", role: "status" }), more: S.h("button", { type: "button", class: "button" }),
    };
    const bar = S.h("div", { class: "list-bar" }, S.h("span", { class: "list-sort" }, parts.sortLabel, sort), S.h("span", { class: "list-tools" }, tools));
    S.replace(element, parts.title, parts.lead, bar, parts.body, parts.told, parts.more);
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
  };

  /* The latest first, what has no date last; then by what the reader sorts by, with heads between. */
  function arrange(list) {
    const { controller, sort } = list;
    const { state, ready, t } = controller;
    const { get, letter } = ready.records;
    let order = S.latestFirst(ready, state.shown);
    if (sort === "border") {
      const codes = [...ready.borders.map(({ code }) => code), "AIR", "POST", "UNKNOWN"];
      order = inTurn(order, codes.length, (i) => codes.indexOf(get(i, "border")));
      list.head = (i) => S.borderName(ready, t, get(i, "border"));
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
    const n = state.shown.length, { none, border } = S.parts(controller);
    const records = S.count(ready, state.shown), unplaced = S.count(ready, none) + S.count(ready, border);
    parts.title.textContent = t("records");
    parts.lead.textContent = t(n ? "records.lead" : "empty", { n: records, m: unplaced }) + (ready.atlas.full || ready.atlas.records.rows ? "" : " " + t("crowd", { n: ready.records.n }));
    parts.sortLabel.textContent = t("sort");
    S.replace(parts.sort, ...SORTS.map((name) => S.h("option", { value: name, selected: name === list.sort }, t("sort." + name))));
    const items = [];
    list.order.slice(0, list.shown).forEach((i, at) => {
      const head = list.head(i);
      if (head && (at === 0 || list.head(list.order[at - 1]) !== head)) items.push(S.h("h3", { class: "records-head" }, head));
      items.push(item(controller, i));
    });
    S.replace(parts.body, ...items);
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
    return S.h("article", { class: "record", dataset: { i } }, S.markSvg(letter[i], 22, t),
      S.h("div", {},
        S.h("h3", {}, S.h("button", { type: "button", class: "record-title", onclick: () => controller.choose(i, { pan: true }) }, S.heading(ready, t, i))),
        get(i, "title") ? S.h("p", { class: "record-original", lang: "en" }, S.h("bdi", {}, get(i, "title"))) : null,
        S.h("p", { class: "record-where" }, t.date(get(i, "date")), place ? [" · ", S.h("bdi", { lang: "en" }, place)] : null),
        ready.atlas.records.rows ? S.h("p", { class: "tags" }, S.h("span", { class: "tag" }, t("rows", { n: S.standsFor(ready, i) }))) : S.h("p", { class: "tags" },
          S.h("span", { class: "tag" }, t("precision", { what: S.precision(t, ready, i) })), " ",
          S.h("span", { class: "tag" }, t("confidence.tag", { what: t("confidence." + get(i, "confidence")) })),
          get(i, "outcome_class") === "refused_entry" ? [" ", S.h("span", { class: "tag" }, t("outcome.refused_entry"))] : null),
        get(i, "source_url") ? S.h("p", { class: "record-source" }, t("field.source") + ": ", S.sources(ready, t, i)[0]) : null));
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
})(window.Shekara);
