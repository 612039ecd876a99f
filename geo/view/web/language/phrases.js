/* Sentences that Python has worked out: a key of the catalogue with its values, as geo/language/phrases.py packs them. */

import { WRITERS } from "./figures.js";

/* A packed phrase in the language of t. */
export function sayPhrase(t, { key, values, within }) {
  const told = Object.fromEntries(Object.entries(values || {}).map(([name, value]) => [name, valueOf(t, value)]));
  const text = t(key, told);
  return within ? text[0].toLocaleLowerCase(t.lang) + text.slice(1) : text;
}

function valueOf(t, value) {
  if (Array.isArray(value)) return value.map((one) => sayPhrase(t, one)).join(", ");
  if (value === null || typeof value !== "object") return value;
  if (value.names) return t.of(value.names);
  if (value.how) return WRITERS[value.how](t, ...value.of);
  return sayPhrase(t, value);
}

export const sayAll = (t, phrases) => phrases.map((one) => sayPhrase(t, one)).join(". ");
