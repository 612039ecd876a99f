/* A view is a link: the filters stand in the address after "#". What a link names that the data do not know is
   passed over, so an old or broken link still opens the page. */
(function (S) {
  "use strict";

  const FACETS = { goods: "goods", neighbour: "border", direction: "direction", mode: "mode", confidence: "confidence", recording_side: "recording_side" };

  /* What the address asks for, as filter.set takes it; lang: a language of the page, or nothing. */
  S.readAddress = function (filter, hash) {
    const { atlas } = filter.controller.ready;
    const given = new URLSearchParams(hash.slice(1)), wanted = {};
    for (const [name, facet] of Object.entries(FACETS)) {
      const known = valuesOf(filter, facet), values = (given.get(name) || "").split(",").filter((value) => known.has(value));
      if (values.length) wanted[name] = values;
    }
    const years = ["since", "until"].map((name) => yearOf(filter, given.get(name)));
    if (years[0] && years[1] && years[0] > years[1]) years.reverse();
    [wanted.since, wanted.until] = years;
    wanted.words = (given.get("words") || "").slice(0, 200);
    if (given.has("include_refused")) wanted.include_refused = given.get("include_refused") === "1";
    if (given.has("undated")) wanted.undated = given.get("undated") === "1";
    if (Object.hasOwn(atlas.words, given.get("lang") || "")) wanted.lang = given.get("lang");
    return wanted;
  };

  function valuesOf(filter, facet) {
    const { ready } = filter.controller;
    const known = new Set(filter.columns[facet].table);
    if (facet === "goods") ready.atlas.families.forEach(({ goods }) => goods.forEach((name) => known.add(name)));
    if (facet === "border") ready.borders.forEach(({ code }) => known.add(code));
    return known;
  }

  function yearOf(filter, text) {
    const year = /^\d{4}(-|$)/.test(text || "") ? Number(text.slice(0, 4)) : 0;
    if (!year || !filter.years) return null;
    return Math.min(filter.years[1], Math.max(filter.years[0], year));
  }

  /* The address of the view as it is now. */
  S.viewAddress = function (filter) {
    const now = new URLSearchParams(), { controller } = filter;
    for (const [name, facet] of Object.entries(FACETS)) if (filter.chosen[facet]) now.set(name, [...filter.chosen[facet]].join(","));
    for (const name of ["since", "until", "words"]) if (filter[name]) now.set(name, filter[name]);
    if (filter.undated !== null) now.set("undated", filter.undated ? "1" : "0");
    if (filter.refused !== filter.refusedFirst) now.set("include_refused", filter.refused ? "1" : "0");
    if (controller.t.lang !== document.documentElement.dataset.lang) now.set("lang", controller.t.lang);
    const text = now.toString().replaceAll("%2C", ",");
    return location.href.split("#")[0] + (text ? "#" + text : "");
  };

  /* Keep the address in step with the filters, and the filters with an address that a reader changes. */
  S.keepAddress = function (filter) {
    const { controller } = filter;
    let waiting;
    controller.on("show", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        const address = S.viewAddress(filter);
        if (address === location.href) return;
        try {
          history.replaceState(null, "", address);
        } catch {
          // A sandboxed frame has no address of its own.
        }
      }, 250);
    });
    window.addEventListener("hashchange", () => {
      if (document.getElementById(location.hash.slice(1))) return;
      const wanted = S.readAddress(filter, location.hash);
      filter.reset(wanted);
      controller.show({ lang: wanted.lang || document.documentElement.dataset.lang });
    });
    // A jump within the page goes to its target and leaves the view's address alone.
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.('a[href^="#"]'), target = link && document.getElementById(link.hash.slice(1));
      if (!target) return;
      event.preventDefault();
      target.scrollIntoView();
      if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
    });
  };
})(window.Shekara);
