/* The land border on one axis. */

/* The land cells on one axis. */
export function unroll(ready) {
  const { cells, borders } = ready;
  const at = [], end = [];
  let km = 0;
  const starts = {};
  for (let c = 0; c < cells.n; c++) {
    if (!cells.land[c]) continue;
    const code = borders[cells.border[c]].code;
    if (!(code in starts)) starts[code] = km;
    at[c] = km;
    km += cells.km[c];
    end[c] = km;
  }
  const kmOf = (crossing) => starts[crossing.border] + crossing.km;
  return { at, end, total: km, starts, count: at.length, kmOf };
}

export function cellAt(chart, km) {
  const { end, count } = chart.line;
  let low = 0, high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (end[middle] <= km) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const middleOf = (chart, c) => (chart.line.at[c] + chart.line.end[c]) / 2;
