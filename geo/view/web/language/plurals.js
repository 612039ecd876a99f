/* Which form of a word goes with a number: 0 for one, 1 for few, 2 for many. */

export function pluralForm(lang, n) {
  if (lang === "kk") return 0;
  if (lang === "en") return n === 1 ? 0 : 1;
  if (n % 1) return 1;
  const last = n % 10, two = n % 100;
  if (last === 1 && two !== 11) return 0;
  return last >= 2 && last <= 4 && (two < 12 || two > 14) ? 1 : 2;
}
