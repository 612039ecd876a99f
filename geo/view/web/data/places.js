/* Where each record stands, as exactly as its source allows: at a crossing, in a town, in a district, along a
   region's stretch, on a border as a whole, at an airport or post office, or nowhere on the map. */

import { project } from "./geometry.js";

const EXACT_KM = 10;

function kindOf(ready, i) {
  const { get, crossing } = ready.records;
  const { lon, radius } = ready.atlas.records;
  const precision = get(i, "location_precision"), border = get(i, "border");
  const held = ready.crossings[crossing[i]];
  const point = lon[i] !== null && ["crossing", "locality", "district"].includes(precision);
  if (border === "AIR" || border === "POST") return held || point ? "air" : "none";
  if (precision === "crossing" && held && held.mode !== "air" && held.cell >= 0 && (radius[i] || 0) <= EXACT_KM) return "crossing";
  if (precision === "crossing" && held && held.mode === "air") return "air";
  if (point) return precision === "district" ? "district" : "town";
  const spread = get(i, "spread");
  return ["region", "border", "nearest"].includes(spread) ? spread : "none";
}

/* Of each record. */
export function placeKinds(ready) {
  ready.kind = ready.kind || Array.from({ length: ready.records.n }, (_, i) => kindOf(ready, i));
  return ready.kind;
}

/* All places of an atlas in the order of their keys, and of each record its place (-1: none): worked out once, so
   that a filter only counts. Each place: {kind, key, xy, radius, crossing, border, region, cells}. */
function placeSites(ready) {
  if (ready.sites) return ready.sites;
  const kinds = placeKinds(ready);
  const known = new Map(), list = [];
  const of = Int32Array.from(kinds, (kind, i) => {
    if (kind === "none" || kind === "nearest") return -1; // a register's rows colour the border, without marks
    const key = keyOf(ready, i, kind);
    if (!known.has(key)) known.set(key, list.push({ kind, key, ...placeOf(ready, i, kind) }) - 1);
    return known.get(key);
  });
  const order = list.map((_, s) => s).sort((a, b) => (list[a].key < list[b].key ? -1 : 1));
  const place = new Int32Array(list.length);
  order.forEach((s, rank) => (place[s] = rank));
  ready.sites = { list: order.map((s) => list[s]), of: of.map((s) => (s < 0 ? -1 : place[s])) };
  return ready.sites;
}

/* The places of the given records, each with its records' positions (ids) by family. */
export function gatherPlaces(ready, indices) {
  const { list, of } = placeSites(ready);
  const on = new Uint8Array(ready.records.n), ids = [];
  for (const i of indices) on[i] = 1;
  for (const i of ready.records.byFamily) if (on[i] && of[i] >= 0) (ids[of[i]] ||= []).push(i);
  const places = [];
  for (let s = 0; s < list.length; s++) if (ids[s]) places.push({ ...list[s], ids: ids[s] });
  return places;
}

function keyOf(ready, i, kind) {
  const { get } = ready.records;
  const { lon, lat, radius } = ready.atlas.records;
  if (kind === "crossing") return "crossing:" + get(i, "crossing_id");
  if (kind === "region") return "region:" + get(i, "border") + ":" + get(i, "region_code");
  if (kind === "border") return "border:" + get(i, "border");
  if (kind === "air" && get(i, "crossing_id")) return "air:" + get(i, "crossing_id");
  return `${kind}:${lon[i]},${lat[i]}` + (kind === "air" ? "" : ":" + (radius[i] || 0));
}

function placeOf(ready, i, kind) {
  const { get, crossing } = ready.records;
  const { lon, lat, radius, placement } = ready.atlas.records;
  const held = ready.crossings[crossing[i]];
  if (kind === "crossing") return { xy: held.xy, crossing: held, border: held.border };
  if (kind === "air") return { xy: held ? project(...held.at) : project(lon[i], lat[i]), crossing: held, border: "" };
  if (kind === "border") return { border: get(i, "border") };
  if (kind === "region") return { border: get(i, "border"), region: get(i, "region_code"), cells: cellsOf(ready.placements, placement[i]) };
  return { xy: project(lon[i], lat[i]), radius: radius[i] || 0, border: get(i, "border") };
}

/* A region may touch a border in several stretches: the cells that carry weight. */
function cellsOf({ first, count, even, weight, start }, p) {
  const cells = [];
  for (let c = 0; c < count[p]; c++) if (even[p] || weight[start[p] + c] > 0) cells.push(first[p] + c);
  return cells;
}
