/* What lies under a point of the window. A scene is what is drawn now: {ready, view, placed, labels}. */

import { hypot } from "../data/geometry.js";

/* Everything under a point of the window; what lies on top is what is meant: numbers and crossings, then other small
   marks right under the pointer, then the line, then what is near, districts and regions last. */
export function marksUnder(scene, px, py) {
  const { view, placed, labels, five } = scene;
  if (!placed) return [];
  const coarse = matchMedia("(pointer: coarse)").matches;
  const x = px + view.padX, y = py + view.padY, reach = coarse ? 22 : 12;
  const found = [];
  const place = (key) => scene.placeAt(key);
  for (const one of five) {
    const d = hypot(one.x - x, one.y - y) - one.r, named = one.box && within(one.box, x, y);
    if (d <= (coarse ? 12 : 2) || named) found.push({ mark: place(one.key), score: d <= 0 || named ? 0 : 1 });
  }
  for (const mark of placed.marks) {
    if (mark.kind === "border") continue;
    const d = hypot(mark.x - view.ox - x, mark.y - view.oy - y), gap = d - mark.r;
    if (mark.kind === "district") {
      if (gap < 0) found.push({ mark, score: 60 + d / mark.r });
    } else if (gap <= Math.max(0, reach - mark.r) + 3) found.push({ mark: openedAt(view, mark, x, y) || mark, score: scoreOf(mark, gap) });
  }
  for (const { box, border, key } of labels) {
    if (!within(box, x, y)) continue;
    const mark = border ? borderMark(placed, border) : placed.marks.find((one) => one.key === key);
    if (mark) found.push({ mark, score: 20 });
  }
  found.push(...lineUnder(scene, x, y, coarse ? 22 : 10));
  found.sort((a, b) => a.score - b.score);
  return found.map(({ mark }) => mark).filter((mark, i, all) => mark && all.findIndex((one) => one && one.key === mark.key) === i);
}

const within = (box, x, y) => x >= box.x - 3 && y >= box.y - 3 && x <= box.x + box.w + 3 && y <= box.y + box.h + 3;

/* On the mark itself; or near it, where the line wins unless the mark is a crossing's. */
const scoreOf = (mark, gap) => (gap <= 0 ? (mark.kind === "crossing" ? 2 : 10) + gap / 100 : (mark.kind === "crossing" ? 25 : 40) + gap);

/* One of the marks in an opened bead. */
function openedAt(view, mark, x, y) {
  if (!mark.open || mark.ids.length < 2) return null;
  const i = mark.open.spots.findIndex(([dx, dy]) => hypot(mark.x - view.ox + dx - x, mark.y - view.oy + dy - y) < 9);
  return i < 0 ? null : { ...mark, ids: [mark.ids[i]], key: mark.key, within: true };
}

/* The line: its stretch, and the hatched stretches of regions there. */
function lineUnder(scene, x, y, reach) {
  const { ready: { cells, atlas }, view, placed } = scene;
  let cell = -1, least = Infinity;
  for (let c = 0; c < cells.n; c++) {
    const xy = cells.lines[c];
    for (let i = 2; i < xy.length; i += 2) {
      const d = toSegment(x, y, view.x(xy[i - 2]), view.y(xy[i - 1]), view.x(xy[i]), view.y(xy[i + 1]));
      if (d < least) [least, cell] = [d, c];
    }
  }
  const bands = placed.marks.filter((mark) => mark.kind === "region" && mark.cells.includes(cell)).map((mark) => ({ mark, score: 70 }));
  if (cell < 0 || least > (view.zoomed ? 18 : reach)) return [];
  const border = atlas.segments[cells.segment[cell]].border;
  const line = cells.land[cell] ? scene.placeAt("segment:" + atlas.segments[cells.segment[cell]].id) : borderMark(placed, border);
  return [...(least <= reach ? [{ mark: line, score: 30 + least / 100 }] : []), ...bands];
}

function toSegment(x, y, ax, ay, bx, by) {
  const dx = bx - ax, dy = by - ay;
  const s = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
  return hypot(x - ax - s * dx, y - ay - s * dy);
}

/* The mark of a border, drawn or not. */
export function borderMark(placed, code) {
  return placed.marks.find((mark) => mark.key === "border:" + code) || { kind: "border", key: "border:" + code, border: code, ids: [], x: NaN, y: NaN };
}
