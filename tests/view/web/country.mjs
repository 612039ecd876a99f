/* The words, borders and agencies of the country, as the built-in data have them. */

import { readFileSync } from "node:fs";

const text = (path) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const read = (path) => JSON.parse(text(path));
/* The country's own words: a section of lines that JSON could be made of. */
const own = (lang) => Object.fromEntries([...text("data/country.toml").split(`[words.${lang}]`)[1].split("\n[")[0].matchAll(/^(".*?") = (".*")$/gm)].map(([, key, said]) => [JSON.parse(key), JSON.parse(said)]));
export const WORDS = Object.fromEntries(["en", "ru", "kk"].map((lang) => [lang, { ...read(`geo/language/words/${lang}.json`), ...own(lang) }]));
export const BORDERS = read("data/borders/borders.geojson").features.map(({ properties: one }) => ({ code: one.neighbour, land: one.kind === "land", name: { en: one.name_en, ru: one.name_ru, kk: one.name_kk }, km: 1, cells: [0, 0] }));

/* Agencies by their English name; those whose names hold no comma. */
const [HEADS, ...AGENCIES] = text("data/agencies.csv").trim().split(/\r?\n/).map((line) => line.split(","));
export const SAID = Object.fromEntries(["ru", "kk"].map((lang) => [lang, Object.fromEntries(AGENCIES.map((row) => [row[0], row[HEADS.indexOf(`name_${lang}`)]]))]));

