/* Estimates as they are written: a figure with the interval, or a bound where the figure would say too much. The same
   as geo/language/figures.py; tests/vectors/figures.json holds the cases of both. */

import { ceilTo, roundTo } from "./numbers.js";

const WIDEST = 12; // times its lower end, beyond which an interval is told by its upper end alone
const LEAST = 0.01; // as is one that begins below this, and no figure is written smaller
const STEPS = [[10, 0], [1, 1], [0.1, 2], [0, 3]];

export const isBound = (low, high) => low < LEAST || high / low > WIDEST;

/* Decimals by a figure's size; what rounds up to the next size is written in that size. */
function digitsOf(value, rounded) {
  const own = STEPS.find(([least]) => value >= least)[1];
  return STEPS.find(([least]) => rounded(value, own) >= least)[1];
}

export function writeFigure(t, value, more = 0) {
  return value < LEAST ? `< ${t.number(LEAST, 2)}` : t.number(value, digitsOf(value, roundTo) + more);
}

/* An upper end, rounded up. */
export function writeBound(t, high) {
  const digits = Math.min(digitsOf(high, ceilTo), 2);
  return t.number(Math.max(ceilTo(high, digits), LEAST), digits);
}

export function writeEnds(t, low, high) {
  const ends = [low, high].map((value) => writeFigure(t, value));
  return (ends[0] === ends[1] ? [low, high].map((value) => writeFigure(t, value, 1)) : ends).join("–");
}

export const writeEstimate = (t, value, low, high) =>
  isBound(low, high) ? t("at-most", { b: writeBound(t, high) }) : `${writeFigure(t, value)} (${writeEnds(t, low, high)})`;

/* The figure or the bound by itself. */
export const writeMain = (t, value, low, high) => (isBound(low, high) ? t("at-most", { b: writeBound(t, high) }) : writeFigure(t, value));

/* A ratio, never 1.0 where it is not. */
export function writeRatio(t, value) {
  const text = writeFigure(t, value);
  if (text !== t.number(1, 1) || value === 1) return text;
  const near = t.number(value, 2);
  return near === t.number(1, 2) ? t.number(value < 1 ? 0.99 : 1.01, 2) : near;
}

export const writeRatios = (t, low, high) => `${writeRatio(t, low)}–${writeRatio(t, high)}`;

export function writeOrdinal(t, rank) {
  if (t.lang !== "en") return t("rank.one", { a: String(rank) });
  const teen = [11, 12, 13].includes(rank % 100);
  return `${rank}${(teen ? "" : { 1: "st", 2: "nd", 3: "rd" }[rank % 10]) || "th"}`;
}

export function writeRank(t, low, high) {
  const [a, b] = [low, high].map((rank) => (t.lang === "en" ? writeOrdinal(t, rank) : String(rank)));
  return low === high ? t("rank.one", { a }) : t("rank.span", { a, b });
}

/* The ends of a share, with one sign of per cent. */
const writeShares = (t, low, high) => `${t.percent(low).replace(t("number.percent", { n: "" }), "")}–${t.percent(high)}`;

/* A share with its interval, or "at most" the upper end where it is none. */
export const writeShare = (t, share, low, high) =>
  share ? `${t.percent(share)} (${writeShares(t, low, high)})` : t("at-most", { b: t.percent(high, true) });

/* How a packed number is written, by the name of its rule. */
export const WRITERS = {
  figure: writeFigure, bound: writeBound, ends: writeEnds, ratio: writeRatio, ratios: writeRatios, rank: writeRank,
  ordinal: writeOrdinal, share: (t, share) => t.percent(share), shares: writeShares,
};

/* Whether the values come with an interval at a cell. */
export const hasInterval = (values, c) => Boolean(values.low) && c < values.low.length;

/* A plain rate: nothing recorded is 0. */
export const writePlain = (t, value) => (value ? writeFigure(t, value) : t.number(0));

/* Figure or bound with what belongs to it, as {main, note}. */
export const tell = (t, { value, low, high }) => ({
  main: writeMain(t, value, low, high),
  note: isBound(low, high) ? t("page.bound") : t("interval-of", { ends: writeEnds(t, low, high) }),
});

/* What is written of a cell's value: figure or bound, and below it the interval; or the plain rate. */
export function writeAt(t, values, c) {
  if (!hasInterval(values, c)) return { main: writePlain(t, values.value[c]), note: t("rate") };
  return tell(t, { value: values.value[c], low: values.low[c], high: values.high[c] });
}
