/* How large a mark is drawn, and which are drawn opened. */

import { hypot } from "../data/geometry.js";

const MANY = 5000; // records shown, from which on there are beads only
const MOST_OPEN = 40; // more records than this stay a bead at every zoom
const LEAST_FOR_DIGITS = [7, 10, 14, 20, 25]; // radius of a bead that holds a number

export const areMany = (indices) => indices.length >= MANY;
const beadRadius = (view, n) => (n === 1 ? 5.8 : 6.4 + 2.3 * Math.sqrt(Math.min(n, 100))) * (view.compact ? 0.84 : 1);

/* Marks one by one in a hexagonal packing: their offsets, and the radius of the disc that holds them. */
function packOpen(n) {
  const step = 17, found = [];
  const rings = Math.ceil(Math.sqrt(n)) + 1;
  const shift = n === 2 ? step / 2 : n === 3 || n === 4 ? 0.01 : 0;
  for (let row = -rings; row <= rings; row++)
    for (let column = -rings; column <= rings; column++) {
      const x = (column + (row & 1) / 2) * step + (n === 3 ? step / 2 : shift), y = row * step * 0.87 + (n === 3 ? step * 0.29 : 0);
      found.push([x, y, hypot(x, y)]);
    }
  found.sort((a, b) => Math.round((a[2] - b[2]) * 8) || a[1] - b[1] || a[0] - b[0]);
  const spots = found.slice(0, n).sort((a, b) => Math.round(a[1] - b[1]) || a[0] - b[0]);
  const cx = mean(spots.map((p) => p[0])), cy = mean(spots.map((p) => p[1]));
  const centred = spots.map(([x, y]) => [x - cx, y - cy]);
  return { spots: centred, r: Math.max(...centred.map((p) => hypot(p[0], p[1]))) + (n === 1 ? 11 : 13) };
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/* Among many, the largest bead is as large as a bead can be and the others follow by area; each holds its number. */
export function sizeAmong(places) {
  const most = Math.max(100, ...places.map((place) => place.ids.length));
  return (view, n) => Math.max(beadRadius(view, Math.max(2, (n * 100) / most)), LEAST_FOR_DIGITS[String(n).length - 1] || 29);
}

export function radiusOf(view, ids, size) {
  if (size) return { r: size(view, ids.length), open: null };
  if (!view.zoomed || ids.length > MOST_OPEN) return { r: beadRadius(view, ids.length), open: null };
  const open = packOpen(ids.length);
  return { r: open.r, open };
}
