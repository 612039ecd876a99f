/* The filters in force, and what they change on the page. */

import { FACETS, find } from "./select.js";

const NAMES = { goods: "goods", neighbour: "border", border: "border", direction: "direction", mode: "mode", confidence: "confidence", recording_side: "recording_side" };

export function makeFilter(controller, options) {
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
}

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
