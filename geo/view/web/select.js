/* What the filters choose. Values of one field are "or", fields are "and"; a field's counts are of what the others
   leave. One pass over the columns finds the records and all counts together. */
(function (S) {
  "use strict";

  const FACETS = ["goods", "border", "direction", "mode", "confidence", "recording_side"];
  const NAMES = { goods: "goods", neighbour: "border", border: "border", direction: "direction", mode: "mode", confidence: "confidence", recording_side: "recording_side" };
  const PERIOD = 1 << FACETS.length, WORDS = PERIOD << 1, REFUSED = WORDS << 1;
  const SEARCHED = ["id", "title", "goods_description", "place_name", "agency", "source_publisher", "region_name", "concealment"];

  S.filters = function (controller, options) {
    const { ready } = controller;
    const columns = ready.atlas.records;
    const filter = {
      controller, columns,
      chosen: Object.fromEntries(FACETS.map((facet) => [facet, null])), // null: no restriction
      words: "", since: null, until: null,
      undated: null, // null: undated records are in unless a period is chosen
      refused: Boolean(options.include_refused), refusedFirst: Boolean(options.include_refused),
      year: ready.records.year, years: ready.records.years,
      base: options.period || null,
    };
    filter.apply = () => apply(filter);
    filter.set = (wanted) => set(filter, wanted);
    const forget = () => {
      for (const facet of FACETS) filter.chosen[facet] = null;
      Object.assign(filter, { words: "", since: null, until: null, undated: null, refused: filter.refusedFirst });
    };
    filter.clear = () => {
      forget();
      filter.apply();
    };
    /* Set these filters and no others. */
    filter.reset = (wanted) => {
      forget();
      set(filter, wanted);
    };
    /* Of the last choice: value → records of a field, year → records, how many were merely refused entry, and how
       many have no date. */
    filter.counts = (facet) => new Map(columns[facet].table.map((value, code) => [value, filter.found.counts[facet][code]]));
    filter.perYear = () => filter.found.perYear;
    filter.refusedCount = () => filter.found.refused;
    filter.undatedCount = () => filter.found.undated;
    filter.undatedIn = () => filter.undated ?? !(filter.since || filter.until);
    filter.found = find(filter);
    return filter;
  };

  /* setFilter of the page: {goods: […], neighbour: […], direction, mode, confidence, since, until, undated, words, include_refused} */
  function set(filter, wanted) {
    for (const [name, facet] of Object.entries(NAMES))
      if (name in wanted) filter.chosen[facet] = wanted[name] && wanted[name].length ? new Set(wanted[name]) : null;
    if ("since" in wanted) filter.since = wanted.since ? Number(String(wanted.since).slice(0, 4)) : null;
    if ("until" in wanted) filter.until = wanted.until ? Number(String(wanted.until).slice(0, 4)) : null;
    if ("undated" in wanted) filter.undated = typeof wanted.undated === "boolean" ? wanted.undated : null;
    if ("words" in wanted) filter.words = wanted.words || "";
    if ("include_refused" in wanted) filter.refused = Boolean(wanted.include_refused);
    filter.apply();
  }

  const dayOf = (year, month, day) => Math.round((Date.UTC(year, month, day) - Date.UTC(2000, 0, 1)) / 864e5);

  function chosenDays(filter) {
    if (!filter.since && !filter.until) return null;
    return [filter.since ? dayOf(filter.since, 0, 1) : -Infinity, filter.until ? dayOf(filter.until, 11, 31) : Infinity];
  }

  /* The pass. Each record gets a bit for every test that it fails: with none it is shown, with a single one it
     counts for that test's field alone. */
  function find(filter) {
    const { columns, year } = filter;
    const { from, to, outcome_class: outcome, rows } = columns;
    const fields = FACETS.map((facet) => {
      const { of, table } = columns[facet], chosen = filter.chosen[facet];
      return { of, out: chosen && Uint8Array.from(table, (value) => (chosen.has(value) ? 0 : 1)), n: new Float64Array(table.length) };
    });
    const days = chosenDays(filter), speaks = wordTest(filter), refusedEntry = outcome.table.indexOf("refused_entry");
    const shown = [], perYear = new Map(), undatedIn = filter.undatedIn();
    let refused = 0, refusedOut = 0, undated = 0, undatedOut = 0;
    for (let i = 0; i < year.length; i++) {
      let missed = 0;
      const one = rows ? rows[i] : 1;
      for (let f = 0; f < fields.length; f++) if (fields[f].out && fields[f].out[fields[f].of[i]]) missed |= 1 << f;
      if (from[i] === null ? !undatedIn : days && (from[i] < days[0] || to[i] > days[1])) missed |= PERIOD;
      const isRefused = outcome.of[i] === refusedEntry;
      if (isRefused && !filter.refused) missed |= REFUSED;
      if (missed & (missed - 1)) continue;
      if (speaks && !speaks(i)) {
        if (missed) continue;
        missed = WORDS;
      }
      if (!missed) {
        shown.push(i);
        for (const { of, n } of fields) n[of[i]] += one;
      } else if (missed < PERIOD) {
        const { of, n } = fields[31 - Math.clz32(missed)];
        n[of[i]] += one;
      }
      if (isRefused && (!missed || missed === REFUSED)) refused += one;
      if (missed === REFUSED) refusedOut += one;
      if (missed && missed !== PERIOD) continue;
      if (from[i] === null) undated += one;
      if (year[i]) perYear.set(year[i], (perYear.get(year[i]) || 0) + one);
      // Left out for want of a date, or because the period holds only part of its span.
      if (missed && (from[i] === null || (from[i] <= days[1] && to[i] >= days[0]))) undatedOut += one;
    }
    const counts = Object.fromEntries(FACETS.map((facet, f) => [facet, fields[f].n]));
    return { shown, counts, perYear, refused, refusedOut, undated, undatedOut };
  }

  function wordTest(filter) {
    const wanted = filter.words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    return wanted.length ? (i) => wanted.every((word) => textOf(filter, i).includes(word)) : null;
  }

  function textOf(filter, i) {
    const { ready, t } = filter.controller;
    filter.texts = filter.texts && filter.lang === t.lang ? filter.texts : [];
    filter.lang = t.lang;
    if (!filter.texts[i]) {
      const { get } = ready.records;
      const fields = SEARCHED.map((name) => get(i, name));
      filter.texts[i] = [...fields, t("goods." + get(i, "goods")), S.borderName(ready, t, get(i, "border"))].join(" ").toLocaleLowerCase();
    }
    return filter.texts[i];
  }

  function apply(filter) {
    const { controller } = filter;
    const { atlas } = controller.ready;
    const { shown, refusedOut, undatedOut } = (filter.found = find(filter));
    const { t } = controller;
    const period = [filter.since ? `${filter.since}-01-01` : (filter.base || atlas.period)[0], filter.until ? `${filter.until}-12-31` : (filter.base || atlas.period)[1]];
    const note = () => [undatedOut ? t("sum.undated-out", { n: undatedOut }) : "", refusedOut ? t("sum.refused-out", { n: refusedOut }) : ""].filter(Boolean).join(" ");
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
})(window.Shekara);
