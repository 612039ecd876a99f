/* Words, numbers and dates in the language of the page. makeSpeaker(catalogues, "ru", said) gives the speaker t. */

import { writeDate, writeSpan, writeWithin } from "./dates.js";
import { writeNumber, writePercent, writeRate } from "./numbers.js";
import { pluralForm } from "./plurals.js";

const PLACEHOLDER = /\{(\w+)(?:\|([^{}]*))?\}/g;

/* A text cut at its placeholders: strings, and {name, forms} between them. */
function cut(text) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(PLACEHOLDER)) {
    pieces.push(text.slice(from, match.index), { name: match[1], forms: match[2] === undefined ? null : match[2].split("|") });
    from = match.index + match[0].length;
  }
  return [...pieces, text.slice(from)];
}

export function makeSpeaker(catalogues, lang, said = {}) {
  const words = catalogues[lang];
  const inLanguage = (text) => (Object.hasOwn(said[lang] || {}, text) ? said[lang][text] : "");
  const number = (value, digits) => writeNumber(words, value, digits);

  /* A key's text in pieces; cut once, for a page asks often. */
  const known = new Map();
  function piecesOf(key) {
    if (!known.has(key)) known.set(key, cut(key in words ? words[key] : key));
    return known.get(key);
  }

  /* The text of a key with its values, as a list of strings and of the DOM nodes among the values. */
  function parts(key, values) {
    const out = [];
    for (const piece of piecesOf(key)) {
      const part = typeof piece === "string" ? piece : valueOf(piece, values ? values[piece.name] : undefined);
      if (part !== "") out.push(part);
    }
    return out;
  }

  function valueOf({ forms }, value) {
    if (!forms) return typeof value === "number" ? number(value) : value === undefined ? "" : value;
    const n = typeof value === "number" ? value : Number(value && value.dataset ? value.dataset.n : value);
    return forms[Math.min(pluralForm(lang, n), forms.length - 1)];
  }

  const t = (key, values) => parts(key, values).join("");
  t.lang = lang;
  t.has = (key) => key in words;
  t.parts = parts;
  t.number = number;
  t.rate = (value) => writeRate(words, value);
  t.percent = (share, up) => writePercent(words, share, up);
  /* A text of the data, or several with "; " between, as the language has it; as it stands where it has none. */
  t.told = (text) => inLanguage(text) || text.split("; ").map((part) => inLanguage(part) || part).join("; ");
  t.agencies = (names) => t.told(names).split("; ").map((name) => name.replace(/^other: /, "")).join("; ");
  t.of = (names) => names[lang] || names.en;
  t.date = (text) => writeDate(t, words, text);
  t.span = (first, last) => writeSpan(t, first, last);
  t.within = (first, last) => writeWithin(t, first, last);
  return t;
}
