/* Numbers and rates as a language writes them; its signs stand in its catalogue of words. */

/* A number with its thousands in groups; to two decimals at most, or to exactly as many digits as asked for. */
export function writeNumber(words, value, digits) {
  const fixed = digits === undefined ? String(Math.round(value * 100) / 100) : value.toFixed(digits);
  const [whole, rest] = fixed.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words["number.group"]);
  return rest ? grouped + words["number.point"] + rest : grouped;
}

/* A rate: two decimals under one, one from one on, nothing under 0.005. */
export function writeRate(words, value) {
  if (value < 0.005) return "0";
  return value >= 0.995 ? writeNumber(words, value, 1) : writeNumber(words, value, 2);
}
