/* Title, lead, count and switches: what stands over the map, and the words of the page that follow the language. */
(function (S) {
  "use strict";

  S.head = function (controller, filter, part, options) {
    const { atlas } = controller.ready;
    const has = Object.keys(atlas.estimates).length > 0;
    const years = atlas.records.date.map((text) => text.slice(0, 4)).filter(Boolean).sort();
    const head = {
      controller, part, options, has,
      span: { from: years[0] || "", to: years[years.length - 1] || "" },
      languages: S.h("div", { class: "switch", role: "group" }, Object.keys(atlas.words).map((lang) => S.h("button", { type: "button", lang, dataset: { lang }, onclick: () => controller.show({ lang }) }, atlas.words[lang]["language.short"]))),
      theme: S.h("button", { type: "button", class: "button", onclick: () => controller.show({ theme: controller.ink.dark ? "light" : "dark" }) }),
      csv: S.h("button", { type: "button", class: "button wide-only", onclick: () => S.saveCsv(controller) }),
      colour: S.h("div", { class: "switch", role: "group" }, ["estimate", "rate"].map((kind) => S.h("button", { type: "button", dataset: { kind }, onclick: () => { filter.wants = kind; filter.apply(); } }))),
      colourLabel: S.h("span"), shadeLabel: S.h("span"), warning: S.h("p", { class: "note warning", role: "status" }),
    };
    const shade = S.h("input", { type: "checkbox", onchange: () => controller.show({ choropleth: shade.checked }) });
    part("tools").append(head.languages, head.theme, head.csv);
    part("switches").append(S.h("label", { class: "shade-switch" }, shade, head.shadeLabel), ...(has ? [head.colourLabel, head.colour] : []));
    part("bar").after(head.warning);
    const draw = () => {
      if (head.lang !== controller.t.lang) speak(head);
      tell(head);
    };
    controller.on("show", draw);
    draw();
  };

  /* What changes with the language alone. */
  function speak(head) {
    const { controller, part, options, span } = head;
    const { t } = controller;
    head.lang = t.lang;
    document.documentElement.lang = t.lang;
    document.title = options.title || t("title");
    part("title").textContent = options.title || t("title");
    part("lead").textContent = options.lead || t("lead", span);
    S.replace(part("caveat"), S.h("b", {}, t("caveat")), " ", S.h("span", { class: "wide-only" }, t("caveat.rest")), " ", S.h("a", { href: "#method" }, t("how-to")));
    part("skip").textContent = t("skip");
    for (const link of part("nav").children) link.textContent = t(link.dataset.key);
    for (const button of head.languages.children) button.setAttribute("aria-pressed", button.dataset.lang === t.lang ? "true" : "false");
    for (const button of head.colour.children) button.textContent = t(button.dataset.kind);
    head.colour.setAttribute("aria-label", t("colour-by"));
    head.languages.setAttribute("aria-label", t("language"));
    head.colourLabel.textContent = t("colour-by");
    head.shadeLabel.textContent = t("regions");
    head.theme.setAttribute("aria-label", t("theme"));
    head.csv.textContent = t("csv");
    S.replace(part("foot"), S.h("h2", {}, t("sources")), S.h("p", {}, t("credits")),
      options.tiles ? S.h("p", {}, t("map.tiles", { credit: options.tiles })) : null,
      options.selection ? S.h("p", { lang: "en" }, options.selection) : null,
      options.contact ? S.h("p", {}, t("corrections") + ": " + options.contact) : null);
  }

  /* What changes with the filters. */
  function tell({ controller, part, has, colour, theme, warning }) {
    const { t, state, ready } = controller;
    const placed = state.shown.filter((i) => S.partOf(ready.kind[i]) === "place").length;
    S.replace(part("count"), t.parts("count", { n: S.h("b", { dataset: { n: state.shown.length } }, t.number(state.shown.length)), a: placed }));
    for (const button of colour.children) button.setAttribute("aria-pressed", button.dataset.kind === state.colour ? "true" : "false");
    theme.textContent = controller.ink.dark ? "☀" : "☾";
    warning.textContent = state.noEstimate ? t("no-estimate") : "";
    warning.hidden = !state.noEstimate;
    const period = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
    S.replace(part("method"), S.h("h2", {}, t("how-to")), [1, 2, 3, 4].filter((n) => n !== 3 || has).map((n) => S.h("p", {}, t("method." + n, period))), S.h("p", {}, t("customs")));
  }
})(window.Shekara);
