/* Where each mark is drawn at a zoom, in pixels of the world at that zoom. Greedy and deterministic: by kind, then
   count, then key. Nothing sits on the border: what is at a crossing hangs beside it on a stem. */

import { hypot } from "../data/geometry.js";
import { makeField } from "./field.js";
import { landAt } from "./lands.js";
import { gatherNear, mergeNear } from "./merging.js";
import { ribbonWidth } from "./ribbon.js";
import { radiusOf, sizeAmong } from "./sizes.js";
import { addStem, findSpot } from "./stems.js";

const OFF_LINE_KM = 5; // nearer, the line itself may be as far off
const LEAST_RING = 7; // pixels
const TAG_LENGTHS = [16, 24, 34, 46, 60, 80];
const NEAR = { crossing: 13, town: 17, air: 13 }, NEAR_MANY = { crossing: 24, town: 30, district: 44, air: 44 }; // pixels

function ribbonField(ready, view, stretches) {
  const field = makeField(24);
  for (const stretch of stretches) {
    const half = ribbonWidth(view, stretch) / 2;
    for (let c = stretch.from; c < stretch.to; c++) {
      const xy = ready.cells.lines[c];
      for (let i = 2; i < xy.length; i += 2) {
        const ax = xy[i - 2] * view.k, ay = xy[i - 1] * view.k, bx = xy[i] * view.k, by = xy[i + 1] * view.k;
        const parts = Math.max(1, Math.ceil(hypot(bx - ax, by - ay) / 4));
        for (let p = 0; p < parts; p++) field.add({ x: ax + ((bx - ax) * p) / parts, y: ay + ((by - ay) * p) / parts, half, hot: stretch.step >= 1, land: stretch.land });
      }
    }
  }
  return field;
}

/* All marks of the places at this zoom; of many records beads alone, and towns and districts by neighbourhood. */
export function placeMarks(ready, places, view, stretches, many) {
  const ribbon = ribbonField(ready, view, stretches);
  const discs = makeField(48);
  const taken = {
    discs, ribbon, stems: makeField(24),
    free: (x, y, r, strict) =>
      !discs.some(x, y, r + 44, (o) => (strict < 3 || !o.soft) && hypot(o.x - x, o.y - y) < o.r + r + (strict ? 1.5 : 3)) &&
      !taken.stems.some(x, y, r + 8, (o) => strict < 3 && hypot(o.x - x, o.y - y) < r + 2) &&
      !ribbon.some(x, y, r + 16, (o) => (strict < 1 || o.hot) && strict < 3 && hypot(o.x - x, o.y - y) < o.half + r + 1.5),
  };
  const of = (kind) => places.filter((place) => place.kind === kind);
  const near = many ? NEAR_MANY : NEAR;
  const inDistricts = many ? gatherNear(of("district"), view, near.district) : of("district");
  const inTowns = mergeNear(many ? gatherNear(of("town"), view, near.town) : of("town"), view, view.zoomed && !many ? 4 : near.town);
  const atCrossings = mergeNear(of("crossing"), view, view.zoomed ? 0 : view.compact ? near.crossing + 6 : near.crossing);
  const size = many ? sizeAmong([...inDistricts, ...inTowns, ...atCrossings]) : null;
  const districts = inDistricts.map((place) => placeDistrict(view, place, size));
  for (const mark of districts) discs.add({ x: mark.x, y: mark.y, r: 5, soft: true });
  const towns = inTowns.map((place) => placeTown(view, place, size));
  for (const mark of towns) discs.add({ x: mark.x, y: mark.y, r: mark.r + 3.5 });
  const crossings = atCrossings.map((place) => placeCrossing(ready, view, place, taken, size));
  const airs = view.compact && !view.zoomed ? [] : mergeNear(of("air"), view, near.air).map((place) => placeAir(view, place, taken));
  const regions = of("region").map((place) => placeTag(ready, view, place, taken));
  const borders = of("border").map((place) => ({ ...place, x: NaN, y: NaN, r: 0 }));
  return { marks: [...districts, ...regions, ...airs, ...towns, ...crossings, ...borders], ribbon };
}

function placeDistrict(view, place, size) {
  const least = size ? size(view, place.ids.length) : view.compact ? 9 : 12;
  return { ...place, x: place.xy[0] * view.k, y: place.xy[1] * view.k, r: Math.max(least, place.radius * view.pxkm), counted: Boolean(size) };
}

function placeTown(view, place, size) {
  const { r, open } = radiusOf(view, place.ids, size);
  const ring = view.zoomed ? Math.max(place.radius * view.pxkm, open && open.spots.length > 1 ? r - 1 : 11) : r + 3.5;
  return { ...place, r: open && open.spots.length === 1 ? 7 : r, open, ring, thin: Boolean(size) };
}

function placeCrossing(ready, view, place, taken, size) {
  const foot = { x: place.x, y: place.y };
  const { r, open } = radiusOf(view, place.ids, size);
  const [nx, ny] = ready.cells.inward[place.crossing.cell];
  const base = Math.atan2(ny, nx);
  const spot = findSpot(foot, base, r, view, taken);
  const mark = { ...place, foot, r, open, thin: Boolean(size), ...spot, rings: ringsOf(view, place) };
  taken.discs.add({ x: mark.x, y: mark.y, r });
  addStem(taken, mark);
  return mark;
}

/* Round the point of each crossing that stands well off the line, a ring that reaches the line. */
function ringsOf(view, place) {
  return place.merged.filter(({ crossing }) => crossing.off > OFF_LINE_KM).map(({ crossing: { point, xy } }) => {
    const x = point[0] * view.k, y = point[1] * view.k;
    return { x, y, r: hypot(xy[0] * view.k - x, xy[1] * view.k - y) };
  }).filter(({ r }) => r >= LEAST_RING);
}

/* An airport stays where it is unless something stands there; then it steps aside. */
function placeAir(view, place, taken) {
  const steps = [[0, 0]];
  for (const distance of [20, 26, 34]) for (const turn of [0.5, -0.5, 0, 1, 0.25, -0.25, 0.75, -0.75]) steps.push([Math.cos(turn * Math.PI) * distance, Math.sin(turn * Math.PI) * distance]);
  const step = steps.find(([dx, dy]) => taken.free(place.x + dx, place.y + dy, 9, 1)) || steps[0];
  const mark = { ...place, x: place.x + step[0], y: place.y + step[1], r: 8 };
  taken.discs.add({ x: mark.x, y: mark.y, r: 10 });
  return mark;
}

/* The tag of a hatched stretch hangs outside the country, as near the stretch's middle as there is room. */
function placeTag(ready, view, place, taken) {
  const { cells, n } = { cells: place.cells, n: place.cells.length };
  const order = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9].map((share) => cells[Math.min(n - 1, Math.floor(share * n))]);
  const half = 9 + 3.2 * String(place.ids.length).length;
  const home = (c) => ({ x: ready.cells.middle[c][0] * view.k, y: ready.cells.middle[c][1] * view.k });
  let best = null;
  for (const length of TAG_LENGTHS)
    for (const c of order)
      for (const turn of [0, 0.4, -0.4]) {
        if (best) continue;
        const from = home(c);
        const [nx, ny] = ready.cells.inward[c];
        const angle = Math.atan2(-ny, -nx) + turn;
        const x = from.x + Math.cos(angle) * (length + half), y = from.y + Math.sin(angle) * (length + half);
        if (taken.free(x, y, half + 2, 0) && landAt(ready, x / view.k, y / view.k) !== "own") best = { x, y, foot: from };
      }
  const from = home(order[0]);
  const mark = { ...place, ...(best || { ...from, foot: from }), r: half };
  taken.discs.add({ x: mark.x, y: mark.y, r: half + 2 });
  return mark;
}
