/* The atlas made ready: lines in Web Mercator, cells with their inward direction, records with quick access. */

import { readDrawing } from "./drawing.js";
import { pointAlong, project, readLines } from "./geometry.js";
import { readSites } from "./places.js";
import { readRecords } from "./records.js";
import { readPlacements } from "./sharing.js";

export function prepare(atlas) {
  readDrawing(atlas);
  const { of, table } = atlas.records.kind;
  const [west, south, east, north] = atlas.base.box;
  const origin = project((west + east) / 2, (south + north) / 2);
  const cells = prepareCells(atlas);
  const crossings = atlas.crossings.map((crossing, index) => ({
    ...crossing,
    index,
    xy: project(...(crossing.foot || crossing.at)),
    point: project(...crossing.at),
    cell: crossing.cell,
  }));
  return {
    atlas, origin, cells, crossings,
    lat: (south + north) / 2,
    borders: atlas.borders,
    border: Object.fromEntries(atlas.borders.map((border) => [border.code, border])),
    region: Object.fromEntries(atlas.base.regions.map((region) => [region.code, region])),
    kind: Array.from(of, (code) => table[code]), // of each record: how exactly it is placed
    sites: readSites(atlas, crossings),
    records: readRecords(atlas),
    placements: readPlacements(atlas),
  };
}

function prepareCells(atlas) {
  const { path, km, segment } = atlas.cells;
  const n = km.length;
  const lines = readLines(path);
  const border = new Int16Array(n);
  const land = new Uint8Array(n);
  atlas.borders.forEach((line, b) => {
    border.fill(b, line.cells[0], line.cells[1]);
    land.fill(line.land ? 1 : 0, line.cells[0], line.cells[1]);
  });
  // A line may have several parts, and a coast is another line: what is drawn in one stroke must not leap.
  const goesOn = lines.map((xy, i) => i > 0 && land[i] === land[i - 1] && touches(lines[i - 1], xy));
  const middle = lines.map((xy) => pointAlong(xy, 0.5));
  const inward = middle.map((_, i) => inwardAt(lines, border, goesOn, i));
  return { n, lines, km, segment, border, land, goesOn, middle, inward };
}

function touches(before, after) {
  const dx = before[before.length - 2] - after[0], dy = before[before.length - 1] - after[1];
  return Math.hypot(dx, dy) < 1e-3;
}

/* The lines run clockwise round the country, so inside is on the right: a unit vector, smoothed over ±3 cells. */
function inwardAt(lines, border, goesOn, i) {
  let a = i, b = i;
  while (a > 0 && i - a < 3 && goesOn[a] && border[a - 1] === border[i]) a--;
  while (b < lines.length - 1 && b - i < 3 && goesOn[b + 1] && border[b + 1] === border[i]) b++;
  const first = lines[a], last = lines[b];
  const dx = last[last.length - 2] - first[0], dy = last[last.length - 1] - first[1];
  const length = Math.hypot(dx, dy) || 1;
  return [-dy / length, dx / length];
}
