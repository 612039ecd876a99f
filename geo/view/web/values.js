/* What the border's colour says: how often, per 100 km and year, for each cell. */
(function (S) {
  "use strict";

  S.BREAKS = [0.05, 0.1, 0.25, 0.5];
  const NEAR = 0.05; // expected records in a stretch, below which it counts as having none

  /* The first of the tops of an axis that holds a value; beyond them, these ten, a hundred … times as large. */
  S.roomFor = function (tops, value) {
    for (let times = 1; ; times *= 10) for (const top of times > 1 ? tops.slice(-3) : tops) if (top * times >= value) return top * times;
  };

  S.step = (value) => S.BREAKS.reduce((step, limit) => step + (value >= limit ? 1 : 0), 0);

  /* A register has as many rows as it has: its colours are the fifths of the stretches that have any. */
  S.fitBreaks = function (ready, period) {
    const { value } = S.plainRate(ready, Array.from({ length: ready.records.n }, (_, i) => i), period);
    const some = value.filter((rate) => rate > 0).sort();
    if (some.length) [0.2, 0.4, 0.6, 0.8].forEach((share, i) => (S.BREAKS[i] = Number(some[Math.floor(share * some.length)].toPrecision(2))));
  };

  /* The placements with what sharing out needs: where their weights start, and what these add up to. */
  S.readPlacements = function ({ placements: { first, count, even, weight }, cells: { km } }) {
    const start = new Int32Array(first.length), total = new Float64Array(first.length);
    let at = 0;
    for (let p = 0; p < first.length; p++) {
      start[p] = at;
      if (even[p]) for (let c = 0; c < count[p]; c++) total[p] += km[first[p] + c];
      else for (let c = 0; c < count[p]; c++, at++) total[p] += weight[at];
    }
    return { first, count, even, weight, start, total };
  };

  /* Expected number of the given records in each cell: every record is shared out over where it may lie. */
  S.expected = S.remembered(function (ready, indices) {
    const { first, count, even, weight, start, total } = ready.placements;
    const { placement, rows } = ready.atlas.records, { km } = ready.cells;
    const held = new Float64Array(first.length);
    for (const i of indices) if (placement[i] >= 0) held[placement[i]] += rows ? rows[i] : 1;
    const out = new Float64Array(ready.cells.n);
    for (let p = 0; p < held.length; p++) {
      if (!held[p]) continue;
      const share = held[p] / total[p];
      for (let c = 0; c < count[p]; c++) out[first[p] + c] += share * (even[p] ? km[first[p] + c] : weight[start[p] + c]);
    }
    return out;
  });

  const dayOf = (iso) => Math.round((Date.parse(iso + "T00:00:00Z") - Date.UTC(2000, 0, 1)) / 864e5);

  /* Records whose whole date lies in the period; with no date a record enters no rate. */
  S.dated = S.remembered(function (ready, indices, period) {
    const { from, to } = ready.atlas.records;
    const first = dayOf(period[0]), last = dayOf(period[1]);
    return indices.filter((i) => from[i] !== null && from[i] >= first && to[i] <= last);
  });

  S.years = (period) => (dayOf(period[1]) - dayOf(period[0]) + 1) / 365.25;

  /* The plain rate of each stretch (segment), given to all its cells. */
  S.plainRate = function (ready, indices, period) {
    const { n, segment, km } = ready.cells;
    const count = ready.atlas.segments.length;
    const rated = new Float64Array(count), any = new Float64Array(count), length = new Float64Array(count);
    const ratedCells = S.expected(ready, S.dated(ready, indices, period));
    // A record known only to a border says nothing about a stretch of it.
    const kinds = S.kinds(ready);
    const anyCells = S.expected(ready, indices.filter((i) => kinds[i] !== "border"));
    for (let c = 0; c < n; c++) {
      rated[segment[c]] += ratedCells[c];
      any[segment[c]] += anyCells[c];
      length[segment[c]] += km[c];
    }
    const years = S.years(period);
    const value = new Float64Array(n), near = new Uint8Array(n);
    for (let c = 0; c < n; c++) {
      value[c] = rated[segment[c]] / ((length[segment[c]] / 100) * years);
      near[c] = any[segment[c]] >= NEAR ? 1 : 0;
    }
    const rate = { kind: "rate", value, near, low: null, high: null };
    rate.fine = rate;
    return rate;
  };

  /* An estimate covers the land, which comes first; a coast keeps its plain rate. Both scales hold one value a cell:
     the coarse one that of the cell's segment, for the whole country and the chart; the fine one the cell's own. */
  S.withEstimate = function (ready, rate, estimate) {
    const coarse = layOver(rate, estimate, (c) => ready.cells.segment[c], estimate.segments);
    coarse.fine = estimate.cells ? layOver(rate, estimate, (c) => c, estimate.cells) : coarse;
    return coarse;
  };

  function layOver(rate, { near }, at, figures) {
    const out = { kind: "estimate", value: Float64Array.from(rate.value), near: Uint8Array.from(rate.near), low: [], high: [], low50: [], high50: [] };
    near.forEach((flag, c) => {
      out.value[c] = figures.value[at(c)];
      out.near[c] = flag;
      for (const end of ["low", "high", "low50", "high50"]) if (figures[end]) out[end][c] = figures[end][at(c)];
    });
    return out;
  }

  /* The two ends of an interval; where both are too small to write, that they are. */
  S.ends = (t, low, high) => (high < 0.005 ? t("under", { n: t.number(0.005, 3) }) : `${t.rate(low)}–${t.rate(high)}`);

  S.intervalOf = (t, values, c) => (values.low && c < values.low.length ? t("interval-of", { ends: S.ends(t, values.low[c], values.high[c]) }) : "");

  /* The finer estimate of one cell, where there is one. */
  S.atCell = function (t, ready, values, c) {
    if (values.fine === values || !values.fine.low || values.fine.value[c] === values.value[c]) return "";
    return `${t("cell-km", { n: Math.round(ready.cells.km[c]) })}: ${t.rate(values.fine.value[c])}, ${S.intervalOf(t, values.fine, c)}`;
  };

  /* Unsure: the 90 % interval spans three colour steps or more. */
  S.unsure = (values, c) =>
    Boolean(values.low) && c < values.low.length && S.step(values.high[c]) - S.step(values.low[c]) >= 3;
})(window.Shekara);
