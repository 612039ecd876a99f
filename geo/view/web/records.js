/* The records by column, with quick access to a record's fields by its position. */
(function (S) {
  "use strict";

  const DAY = 864e5, EPOCH = Date.UTC(2000, 0, 1);
  const LATEST = 3e5, LONG_AGO = 1e6; // the year 2273; three steps a day

  /* A function of (ready, indices, …) that works out each answer once: the parts of a view ask the same. */
  S.remembered = function (work) {
    const answers = new WeakMap();
    return function (ready, indices, ...more) {
      const key = more.join(), known = answers.get(indices);
      if (known && known.ready === ready && known.key === key) return known.answer;
      const answer = work(ready, indices, ...more);
      answers.set(indices, { ready, key, answer });
      return answer;
    };
  };

  /* get(i, "goods"): a field's text, blank where there is none. letter, family: of its goods. crossing: position of
     its crossing, or -1. year: 0 where there is no date; years: the first and the last, or null. */
  S.readRecords = function (atlas) {
    const columns = atlas.records;
    const n = columns.placement.length;
    columns.to = columns.from.map((day, i) => (day === null ? null : day + columns.more[i]));
    const get = (i, name) => {
      if (name === "date") return dateOf(columns, i);
      const column = columns[name];
      if (column === undefined) return "";
      return column.table ? column.table[column.of[i]] : column[i];
    };
    const family = familyOf(atlas);
    const yearOf = yearsByDay(), year = Uint16Array.from(columns.from, (day) => (day === null ? 0 : yearOf(day)));
    return {
      n, get, family,
      byFamily: inOrder(n, (i) => family[i]),
      /* Whether it was merely turned back: no smuggling alleged. */
      refused: (i) => get(i, "outcome_class") === "refused_entry",
      has: (name) => name in columns,
      letter: Array.from(family, (place) => atlas.families[place].letter),
      crossing: crossingOf(atlas),
      year, years: spanOf(year),
      /* What a record is called outside: its id, or its number where a large page has none. */
      id: columns.id ? (i) => columns.id[i] : (i) => String(i + 1),
      index: new Map(columns.id ? columns.id.map((id, i) => [id, i]) : []),
    };
  };

  /* The year of a day; each day is looked up once. */
  function yearsByDay() {
    const known = new Map();
    return (day) => {
      if (!known.has(day)) known.set(day, new Date(EPOCH + day * DAY).getUTCFullYear());
      return known.get(day);
    };
  }

  function spanOf(years) {
    let first = Infinity, last = 0;
    for (const year of years) if (year) [first, last] = [Math.min(first, year), Math.max(last, year)];
    return last ? [first, last] : null;
  }

  /* Positions by a whole number of each, equal ones in their order. */
  function inOrder(n, key) {
    const keys = new Float64Array(n), order = new Uint32Array(n);
    for (let i = 0; i < n; i++) keys[i] = key(i) * 2 ** 32 + i;
    keys.sort();
    for (let i = 0; i < n; i++) order[i] = keys[i] % 2 ** 32;
    return order;
  }

  /* Positions of records with the latest first and undated ones last; of one day, the more exact first. */
  S.latestFirst = S.remembered(function ({ records, atlas }, indices) {
    const { from, more } = atlas.records;
    records.latest = records.latest || inOrder(records.n, (i) => (from[i] === null ? LONG_AGO : LATEST - 3 * from[i] + (more[i] > 30 ? 2 : more[i] ? 1 : 0)));
    const on = new Uint8Array(records.n);
    for (const i of indices) on[i] = 1;
    const sorted = [];
    for (const i of records.latest) if (on[i]) sorted.push(i);
    return sorted;
  });

  /* How many of the records are of each family. */
  S.familyCounts = function (ready, indices) {
    const { records, atlas } = ready;
    const counts = new Float64Array(atlas.families.length);
    for (const i of indices) counts[records.family[i]] += S.standsFor(ready, i);
    return counts;
  };

  /* How many records one stands for: itself, or the rows of a register's total. */
  S.standsFor = ({ atlas }, i) => (atlas.records.rows ? atlas.records.rows[i] : 1);

  S.count = function (ready, indices) {
    const { rows } = ready.atlas.records;
    return rows ? indices.reduce((sum, i) => sum + rows[i], 0) : indices.length;
  };

  /* A date as exact as it is: of a day, a month or a year. */
  function dateOf({ from, more }, i) {
    if (from[i] === null) return "";
    return new Date(EPOCH + from[i] * DAY).toISOString().slice(0, more[i] > 30 ? 4 : more[i] ? 7 : 10);
  }

  function familyOf({ records, families }) {
    const { of, table } = records.goods;
    const last = families.length - 1;
    const place = table.map((name) => {
      const found = families.findIndex(({ goods }) => goods.includes(name));
      return found < 0 ? last : found;
    });
    return Uint8Array.from(of, (code) => place[code]);
  }

  function crossingOf({ records, crossings }) {
    const { of, table } = records.crossing_id;
    const place = table.map((id) => crossings.findIndex((crossing) => crossing.id === id));
    return Int16Array.from(of, (code) => place[code]);
  }
})(window.Shekara);
