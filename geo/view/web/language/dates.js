/* A date as exact as it is: 2024, 2024-07 or 2024-07-03. */

export function writeDate(t, words, text) {
  const [y, m, d] = text.split("-");
  if (!y) return words["date.none"];
  if (!m) return y;
  if (!d) return t("date.month", { long: words["month.long." + Number(m)] || m, y });
  return t("date.day", { d: String(Number(d)), month: words["month." + Number(m)] || m, y });
}
