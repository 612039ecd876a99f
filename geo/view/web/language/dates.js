/* Dates as exact as they are, 2024, 2024-07 or 2024-07-03, and spans of them; as geo/language/dates.py writes them. */

const EXACT = ["year", "month", "day"];

export function writeDate(t, words, text) {
  const [y, m, d] = text.split("-");
  if (!y) return words["date.none"];
  if (!m) return y;
  if (!d) return t("date.month", { long: words["month.long." + Number(m)] || m, y });
  return t("date.day", { d: String(Number(d)), month: words["month." + Number(m)] || m, y });
}

/* A span of two dates; one date where they are the same. */
export function writeSpan(t, first, last) {
  const ends = [...new Set([first, last].map((end) => (end ? t.date(end) : "…")))];
  return ends.join(ends.some((end) => end.includes(" ")) ? " – " : "–");
}

/* When, in a sentence: in a year, in years, in a month, on a day, or from one date to another. */
export function writeWithin(t, first, last) {
  if (first === last) return sayEnd(t, "in", first);
  if (first.length === 4 && last.length === 4) return t("date.in.years", { a: first, b: last });
  return t("date.in.span", { a: sayEnd(t, "from", first), b: sayEnd(t, "until", last) });
}

function sayEnd(t, how, text) {
  const [y, m, d] = text.split("-");
  return t(`date.${how}.${EXACT[text.split("-").length - 1]}`, { y, d: String(Number(d)), ...(m && { long: t("month.long." + Number(m)), of: t("month.of." + Number(m)) }) });
}
