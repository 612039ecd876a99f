/* A small atlas: a land border of three cells in two stretches, a coast of one, a crossing, and six records. */

import { readFileSync } from "node:fs";

import { prepare } from "../../../geo/view/web/data/ready.js";

export const vectors = (name) => JSON.parse(readFileSync(new URL(`../../vectors/${name}.json`, import.meta.url), "utf8"));
export const shipped = vectors("shipped");

const WORDS = {
  "number.group": ",", "number.point": ".", "goods.tobacco": "Tobacco", "goods.fuel": "Fuel", "goods.food": "Food",
  "neighbour.POST": "post", "neighbour.UNKNOWN": "border not known", "sum.undated-out": "{n} out of period", "sum.refused-out": "{n} refused",
};

export const column = (values) => {
  const table = [...new Set(values)];
  return { table, of: Uint8Array.from(values, (value) => table.indexOf(value)) };
};

// Days after 2000-01-01.
export const day = (iso) => Math.round((Date.parse(`${iso}T00:00:00Z`) - Date.UTC(2000, 0, 1)) / 864e5);

export function smallAtlas() {
  return {
    full: true,
    base: { box: [60, 50, 63, 51], regions: [{ code: "KZ-01", name: { en: "Region" } }] },
    borders: [
      { code: "RU", name: { en: "Russia", ru: "Россия" }, land: true, km: 150, cells: [0, 3] },
      { code: "SEA", name: { en: "Sea" }, land: false, km: 50, cells: [3, 4] },
    ],
    segments: [{ id: "ru-1", border: "RU" }, { id: "ru-2", border: "RU" }, { id: "sea-1", border: "SEA" }],
    cells: {
      km: [50, 50, 50, 50], segment: [0, 0, 1, 2],
      path: { n: [2, 2, 2, 2], x: [60000, 61000, 61000, 62000, 62000, 63000, 63000, 64000], y: [50000, 50000, 50000, 50000, 50000, 50000, 50000, 50000] },
    },
    crossings: [{ id: "c1", name: { en: "First (road)" }, cell: 1, border: "RU", km: 75, mode: "road", at: [61.5, 50], foot: [61.5, 50] }],
    filters: shipped.filters, drawing: shipped.drawing,
    sites: { key: ["border:RU", "crossing:c1", "region:RU:KZ-01"], kind: ["border", "crossing", "region"], border: ["RU", "RU", "RU"], region: ["", "", "KZ-01"], crossing: ["", "c1", ""], cells: [[], [], [0, 2]], lon: [null, 61.5, null], lat: [null, 50, null], radius: [0, 0, 0] },
    families: [{ letter: "T", goods: ["tobacco"] }, { letter: "F", goods: ["fuel"] }, { letter: "O", goods: ["food", "other"] }],
    // A point in cell 1; anywhere along RU, evenly; the first stretch, three times as likely in its first cell.
    placements: { first: [1, 0, 0], count: [1, 3, 2], even: [0, 1, 0], weight: [1, 3, 1] },
    period: ["2020-01-01", "2021-12-31"],
    estimates: {},
    words: { en: WORDS, ru: WORDS },
    records: {
      id: ["a", "b", "c", "d", "e", "f"],
      title: ["Cigarettes in a lorry", "Diesel", "Flour, 5 t", "Parcel", "", "More cigarettes"],
      goods: column(["tobacco", "fuel", "food", "tobacco", "fuel", "tobacco"]),
      border: column(["RU", "RU", "RU", "POST", "UNKNOWN", "RU"]),
      direction: column(["import", "export", "export", "unknown", "import", "import"]),
      mode: column(["road", "road", "rail", "post", "road", "road"]),
      confidence: column(["high", "high", "low", "low", "high", "high"]),
      clue: column(["named", "silent", "train", "", "outside", "named"]),
      recording_side: column(["home", "neighbour", "home", "home", "home", "home"]),
      outcome_class: column(["seized", "seized", "seized", "seized", "seized", "refused_entry"]),
      crossing_id: column(["c1", "", "", "", "", "c1"]),
      region_code: column(["KZ-01", "", "", "", "", "KZ-01"]),
      location_precision: column(["crossing", "border", "region", "none", "none", "crossing"]),
      kind: column(["crossing", "border", "region", "none", "none", "crossing"]), site: [1, 0, 2, -1, -1, 1], family: Uint8Array.of(0, 1, 2, 0, 1, 0),
      agency: column(["", "", "", "", "", ""]), unit: column(["", "", "", "", "", ""]), quantity: [null, null, null, null, null, null],
      placement: [0, 1, 2, -1, -1, 0],
      from: [day("2020-05-17"), day("2021-01-01"), day("2019-01-01"), null, day("2021-07-01"), day("2020-06-01")],
      more: [0, 364, 364, 0, 30, 0],
      radius: [0, null, null, null, null, 0],
    },
  };
}

export const smallReady = () => prepare(smallAtlas());
