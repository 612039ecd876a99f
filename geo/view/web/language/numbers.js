/* Numbers, rates and shares as a language writes them, every one rounded half up on its decimal value; the signs stand
   in its catalogue of words. geo/language/numbers.py does the same; tests/vectors/ holds the cases of both. */

const WHOLE_FROM = 10; // per cent

/* A value times a power of ten, without an error of its own: what is read is moved, not multiplied. */
function shift(value, places) {
  const [figures, exponent = "0"] = String(value).split("e");
  return Number(`${figures}e${Number(exponent) + places}`);
}

/* A number as text with exactly as many decimals; halves go away from zero. */
function fix(value, digits) {
  if (!Number.isFinite(value)) return String(value);
  const whole = Math.round(shift(Math.abs(value), digits));
  const text = BigInt(whole).toString().padStart(digits + 1, "0"), point = text.length - digits;
  return (value < 0 && whole ? "-" : "") + text.slice(0, point) + (digits ? "." + text.slice(point) : "");
}

/* A number rounded to so many decimals, halves away from zero; and rounded up. Both on the decimal value. */
export const roundTo = (value, digits) => Number(fix(value, digits));
export const ceilTo = (value, digits) => shift(Math.ceil(shift(value, digits)), -digits);

const bare = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);

function inLanguage(words, text) {
  const [whole, rest] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words["number.group"]);
  return rest ? grouped + words["number.point"] + rest : grouped;
}

/* A number with its thousands in groups; to two decimals at most, or to exactly as many digits as asked for. */
export const writeNumber = (words, value, digits) => inLanguage(words, digits === undefined ? bare(fix(value, 2)) : fix(value, digits));

/* A rate: two decimals under one, one from one on, nothing under 0.005. */
export const writeRate = (words, value) => (value < 0.005 ? "0" : writeNumber(words, value, value >= 0.995 ? 1 : 2));

/* A share in per cent: whole from ten per cent on, two figures below, however small it is; a bound rounded up. */
export function writePercent(words, share, up = false) {
  const percent = shift(share, 2), first = Number(percent.toExponential().split("e")[1]);
  const digits = percent === 0 || Math.abs(percent) >= WHOLE_FROM ? 0 : 1 - first;
  const text = bare(fix(up ? ceilTo(percent, digits) : percent, digits));
  return words["number.percent"].replace("{n}", inLanguage(words, text));
}
