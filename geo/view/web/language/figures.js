/* How figures are written: intervals, and shares that may be very small. */

/* A share that may be very small: two figures. */
export function writeShare(t, share) {
  const percent = share * 100;
  return t("number.percent", { n: t.number(percent >= 10 || percent === 0 ? Math.round(percent) : Number(percent.toPrecision(2))) });
}

/* The two ends of an interval; where both are too small to write, that they are. */
export const writeEnds = (t, low, high) => (high < 0.005 ? t("under", { n: t.number(0.005, 3) }) : `${t.rate(low)}–${t.rate(high)}`);
export const writeInterval = (t, values, c) => (values.low && c < values.low.length ? t("interval-of", { ends: writeEnds(t, values.low[c], values.high[c]) }) : "");

/* The finer estimate of one cell, where there is one. */
export function writeAtCell(t, ready, values, c) {
  if (values.fine === values || !values.fine.low || values.fine.value[c] === values.value[c]) return "";
  return `${t("cell-km", { n: Math.round(ready.cells.km[c]) })}: ${t.rate(values.fine.value[c])}, ${writeInterval(t, values.fine, c)}`;
}
