/* The colours that the style sheet gives. */

const camel = (name) => name.replace(/-(\w)/g, (_, c) => c.toUpperCase());

/* The colours that the style sheet gives. */
export function readInk(element, letters) {
  const style = getComputedStyle(element);
  const token = (name) => style.getPropertyValue("--" + name).trim();
  const ink = { ramp: [0, 1, 2, 3, 4].map((step) => token("ramp-" + step)), goods: {}, letters: {}, font: token("font") };
  for (const name of ["page", "panel", "land", "abroad", "sea", "lake", "river", "region-line", "casing", "ink", "ink-2", "ink-3", "rule", "rule-2", "accent", "focus", "outline", "hatch", "quiet", "shade", "band-90", "band-50", "median"]) ink[camel(name)] = token(name);
  for (const letter of letters) {
    ink.goods[letter] = token("goods-" + letter);
    ink.letters[letter] = token("letter-" + letter);
  }
  return ink;
}
