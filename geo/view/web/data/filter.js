/* The filters in force, and what they change on the page. */

import { readAddress, writeFilters } from "./address.js";
import { answersFor } from "./answers.js";
import { choiceFacets, knownValues, valuesIn } from "./facets.js";
import { daysChosen, edgesOf, isoOf } from "./period.js";
import { readQuantity } from "./quantity.js";
import { find } from "./select.js";

export function makeFilter(controller, options) {
  const { ready } = controller;
  const columns = ready.atlas.records, facets = choiceFacets(ready.atlas);
  const filter = {
    controller, columns, facets,
    chosen: Object.fromEntries(facets.map(({ column }) => [column, null])), // null: no restriction
    words: "", least: null,
    since: null, until: null, // a day, a month or a year, as texts
    undated: null, // null: undated records are in unless a period is chosen
    refused: Boolean(options.include_refused), refusedFirst: Boolean(options.include_refused),
    year: ready.records.year, years: ready.records.years,
    base: options.period || null,
  };
  filter.apply = () => apply(filter);
  filter.set = (wanted) => set(filter, wanted);
  const forget = () => {
    for (const { column } of facets) filter.chosen[column] = null;
    Object.assign(filter, { words: "", least: null, since: null, until: null, undated: null, refused: filter.refusedFirst });
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
  /* Of the last choice: value → records of a field, year → records (and those of them merely refused entry), how
     many were merely refused entry, and how many have no date. */
  filter.counts = (facet) => countValues(columns, facet, filter.found.counts[facet.column]);
  filter.perYear = () => filter.found.perYear;
  filter.refusedPerYear = () => filter.found.refusedPerYear;
  filter.refusedCount = () => filter.found.refused;
  filter.undatedCount = () => filter.found.undated;
  filter.undatedIn = () => filter.undated ?? !(filter.since || filter.until);
  filter.found = find(filter);
  filter.before = options.base ? readAddress(filter, "#" + options.base) : null; // chosen before the page was made
  return filter;
}

/* Value → records, from records by the text that a record has. */
function countValues(columns, facet, ofTexts) {
  const counts = new Map();
  columns[facet.column].table.forEach((text, code) => {
    for (const value of valuesIn(facet, text)) counts.set(value, (counts.get(value) || 0) + ofTexts[code]);
  });
  return counts;
}

const end = (given) => (given && edgesOf(String(given)) ? String(given) : null);

/* How each filter that chooses among no values is set. */
const SETTERS = {
  since: (filter, given) => (filter.since = end(given)),
  until: (filter, given) => (filter.until = end(given)),
  min_quantity: (filter, given) => (filter.least = readQuantity(filter.controller.ready.atlas.filters, given)),
  include_refused: (filter, given) => (filter.refused = Boolean(given)),
  undated: (filter, given) => (filter.undated = typeof given === "boolean" ? given : null),
  words: (filter, given) => (filter.words = given || ""),
};

const NAMED = ["goods", "neighbour"]; // filters whose values the title names

/* setFilter of the page: a filter's name → its values, or its one value; names are those of links, old ones too. Goods
   or borders that are none are refused before anything changes, for no title could name them. */
function set(filter, wanted) {
  const { ready } = filter.controller;
  const asked = ready.atlas.filters.facets.map((facet) => [facet, facet.names.find((one) => one in wanted)]).filter(([, name]) => name !== undefined);
  for (const [facet, name] of asked.filter(([{ field }]) => NAMED.includes(field))) {
    const known = knownValues(ready, facet), unknown = [...(wanted[name] || [])].find((value) => !known.has(value));
    if (unknown !== undefined) throw new RangeError(`${name}: there is no ${JSON.stringify(unknown)}; there are ${[...known].sort().join(", ")}`);
  }
  for (const [facet, name] of asked) {
    const given = wanted[name];
    if (facet.kind === "choices") filter.chosen[facet.column] = given && given.length ? new Set(given) : null;
    else SETTERS[facet.field](filter, given);
  }
  filter.apply();
}

function apply(filter) {
  const { controller } = filter;
  const { ready } = controller, { atlas } = ready;
  const { shown, refusedOut, undatedOut } = (filter.found = find(filter));
  const { t } = controller;
  const days = daysChosen(filter), base = filter.base || atlas.period;
  const period = [0, 1].map((at) => (days && Number.isFinite(days[at]) ? isoOf(days[at]) : base[at]));
  const note = () => [undatedOut ? t("sum.undated-out", { n: undatedOut }) : "", refusedOut ? t("sum.refused-out", { n: refusedOut }) : ""].filter(Boolean).join(" ");
  const estimate = estimateFor(filter), answers = answersFor(ready, shown, period, estimate);
  const wanted = filter.wants || (Object.keys(atlas.estimates).length ? "estimate" : "rate");
  controller.show({ shown, period, estimate, answers, first: answers.first, faded: answers.state === "none" || answers.state === "too-few", colour: wanted === "estimate" && estimate ? "estimate" : "rate", noEstimate: wanted === "estimate" && !estimate && Object.keys(atlas.estimates).length > 0, note });
}

const ASIDE = ["include_refused", "undated"]; // an estimate counts neither

/* The precomputed estimate of exactly this choice, which stands under what a link says of it. */
const estimateFor = (filter) => filter.controller.ready.atlas.estimates[writeFilters(filter, ASIDE)] || null;
