/* What the filters choose. Values of one field are "or", fields are "and"; a field's counts are of what the others
   leave. One pass over the columns finds the records and all counts together. */

import { choiceFacets, valuesIn } from "./facets.js";
import { daysChosen } from "./period.js";
import { quantityTest } from "./quantity.js";
import { wordTest } from "./search.js";

/* The pass. Each record gets a bit for every test that it fails: with none it is shown, with a single one it
   counts for that test's field alone. */
export function find(filter) {
  const { columns, year, controller: { ready: { atlas } } } = filter;
  const { from, to, outcome_class: outcome, rows } = columns;
  const fields = choiceFacets(atlas).map((facet) => {
    const { of, table } = columns[facet.column], chosen = filter.chosen[facet.column];
    const out = chosen && Uint8Array.from(table, (text) => (valuesIn(facet, text).some((value) => chosen.has(value)) ? 0 : 1));
    return { column: facet.column, of, out, n: new Float64Array(table.length) };
  });
  const PERIOD = 1 << fields.length, QUANTITY = PERIOD << 1, WORDS = QUANTITY << 1, REFUSED = WORDS << 1;
  const days = daysChosen(filter), speaks = wordTest(filter), enough = quantityTest(atlas, filter.least);
  const refusedEntry = outcome.table.indexOf("refused_entry");
  const shown = [], perYear = new Map(), refusedPerYear = new Map(), undatedIn = filter.undatedIn();
  let refused = 0, refusedOut = 0, undated = 0, undatedOut = 0;
  for (let i = 0; i < year.length; i++) {
    let missed = 0;
    const one = rows ? rows[i] : 1;
    for (let f = 0; f < fields.length; f++) if (fields[f].out && fields[f].out[fields[f].of[i]]) missed |= 1 << f;
    if (from[i] === null ? !undatedIn : days && (from[i] < days[0] || to[i] > days[1])) missed |= PERIOD;
    if (enough && !enough(i)) missed |= QUANTITY;
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
    if (year[i]) {
      perYear.set(year[i], (perYear.get(year[i]) || 0) + one);
      if (isRefused) refusedPerYear.set(year[i], (refusedPerYear.get(year[i]) || 0) + one);
    }
    // Left out for want of a date, or because the period holds only part of its span.
    if (missed && (from[i] === null || (from[i] <= days[1] && to[i] >= days[0]))) undatedOut += one;
  }
  const counts = Object.fromEntries(fields.map(({ column, n }) => [column, n]));
  return { shown, counts, perYear, refusedPerYear, refused, refusedOut, undated, undatedOut };
}
