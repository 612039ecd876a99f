/* Title, lead, count and switches: what stands over the map, and the words of the page that follow the language. */
(function (S) {
  "use strict";

  S.head = function (controller, filter, part, options) {
    const { atlas } = controller.ready;
    const has = Object.keys(atlas.estimates).length > 0;
    const years = filter.years || ["", ""];
    const head = {
      controller, part, options, has,
      span: { from: String(years[0]), to: String(years[1]) },
      languages: S.h("div", { class: "switch", role: "group" }, Object.keys(atlas.words).map((lang) => S.h("button", { type: "button", lang, dataset: { lang }, onclick: () => controller.show({ lang }) }, atlas.words[lang]["language.short"]))),
      theme: S.h("button", { type: "button", class: "button", onclick: () => controller.show({ theme: controller.ink.dark ? "light" : "dark" }) }),
      colour: S.h("div", { class: "switch", role: "group" }, ["estimate", "rate"].map((kind) => S.h("button", { type: "button", dataset: { kind }, onclick: () => { filter.wants = kind; filter.apply(); } }))),
      colourLabel: S.h("span"), shadeLabel: S.h("span"), warning: S.h("p", { class: "note warning", role: "status" }),
      method: S.h("div", { class: "method-text" }),
    };
    const shade = S.h("input", { type: "checkbox", onchange: () => controller.show({ choropleth: shade.checked }) });
    part("tools").append(head.languages, head.theme, ...S.takeAway(filter, "wide-only"));
    part("switches").append(S.h("label", { class: "shade-switch" }, shade, head.shadeLabel), ...(has ? [head.colourLabel, head.colour] : []));
    part("bar").after(head.warning);
    if (options.listed) part("method").append(head.method, S.embed(filter, options));
    const draw = () => {
      if (head.lang !== controller.t.lang) speak(head);
      tell(head);
    };
    controller.on("show", draw);
    if (options.listed) followSections(part("nav"));
    draw();
  };

  /* The buttons that take something along: the link to the view, the records. */
  S.takeAway = function (filter, width) {
    const { controller } = filter;
    const csv = S.h("button", { type: "button", class: "button " + width, onclick: () => S.saveCsv(controller) });
    const draw = () => (csv.textContent = controller.t("csv"));
    controller.on("show", draw);
    draw();
    return [...S.copyButton(controller, "copy-link", () => S.viewAddress(filter), width), csv];
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
    part("dated").textContent = dated(controller);
    S.replace(part("caveat"), S.h("b", {}, t("caveat")), " ", S.h("span", { class: "wide-only" }, t("caveat.rest")), " ", options.listed ? S.h("a", { href: "#method" }, t("how-to")) : null);
    part("map-head").textContent = t("nav.map");
    part("skip").textContent = t(options.listed ? "skip" : "skip.map");
    for (const link of part("nav").children) {
      link.textContent = t(link.dataset.key);
      part(link.hash.slice(1)).setAttribute("aria-label", link.textContent);
    }
    for (const button of head.languages.children) button.setAttribute("aria-pressed", button.dataset.lang === t.lang ? "true" : "false");
    for (const button of head.colour.children) button.textContent = t(button.dataset.kind);
    head.colour.setAttribute("aria-label", t("colour-by"));
    head.languages.setAttribute("aria-label", t("language"));
    head.colourLabel.textContent = t("colour-by");
    head.shadeLabel.textContent = t("regions");
    head.theme.setAttribute("aria-label", t("theme"));
    S.replace(part("foot"), S.h("h2", {}, t("sources")), S.h("p", {}, t("credits")), S.h("p", {}, t("licences")),
      options.tiles ? S.h("p", {}, t("map.tiles", { credit: options.tiles })) : null,
      options.selection ? S.h("p", {}, t("made-with") + " ", S.h("bdi", {}, t.of(options.selection))) : null,
      options.contact ? S.h("p", { id: "contact" }, t("corrections") + " ", contact(options.contact)) : null);
  }

  /* How far the data go: the newest record, and the newest source of any. */
  function dated(controller) {
    const { t, ready } = controller;
    const { records } = ready;
    let newest = -1, source = "";
    for (let i = 0; i < records.n; i++) {
      if (records.year[i] && (newest < 0 || ready.atlas.records.from[i] > ready.atlas.records.from[newest])) newest = i;
      if (records.get(i, "source_date") > source) source = records.get(i, "source_date");
    }
    const record = newest < 0 ? "" : records.get(newest, "date");
    if (!record) return "";
    return source ? t("data-date", { record: t.date(record), source: t.date(source) }) : t("data-date.record", { record: t.date(record) });
  }

  function contact(text) {
    if (/^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text)) return S.h("a", { href: "mailto:" + encodeURIComponent(text).replace("%40", "@") }, text);
    return S.link(text, text);
  }

  /* What changes with the filters. */
  function tell({ controller, part, has, colour, theme, warning, method }) {
    const { t, state, ready } = controller;
    const n = S.count(ready, state.shown), placed = S.count(ready, S.parts(controller).place);
    S.replace(part("count"), t.parts("count", { n: S.h("b", { dataset: { n } }, t.number(n)), a: placed }));
    for (const button of colour.children) button.setAttribute("aria-pressed", button.dataset.kind === state.colour ? "true" : "false");
    theme.textContent = controller.ink.dark ? "☀" : "☾";
    warning.textContent = [state.noEstimate ? t("no-estimate") : "", n === 1 ? t("one") : ""].filter(Boolean).join(" ");
    warning.hidden = !warning.textContent;
    const now = [t.lang, ...state.period].join();
    if (method.dataset.of === now) return;
    method.dataset.of = now;
    const period = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
    const numbers = [1, 2, ...(has ? [3, 5] : []), 4];
    S.replace(method, S.h("h2", {}, t("how-to")), numbers.map((n) => S.h("p", {}, t("method." + n, period))), S.h("p", {}, t("customs")));
  }

  /* The link of the section that is being read. */
  function followSections(nav) {
    const links = new Map([...nav.children].map((link) => [document.getElementById(link.hash.slice(1)), link]));
    const watcher = new IntersectionObserver((seen) => {
      for (const one of seen) if (one.isIntersecting) for (const [section, link] of links) link.toggleAttribute("aria-current", section === one.target);
    }, { rootMargin: "-45% 0px -54% 0px" });
    for (const section of links.keys()) watcher.observe(section);
  }
})(window.Shekara);
