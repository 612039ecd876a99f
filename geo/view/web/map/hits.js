/* What lies under a point of the window. A scene is what is drawn now: {ready, view, placed, labels}. */

import { hypot } from "../data/geometry.js";

const NEAR = 100; // score of what is near a point but not under it
const RANK = { crossing: 0, segment: 10, border: 10, town: 20, air: 20 }; // what lies on top is what is meant
const AREAS = { district: 300, region: 400 }; // last, however near
const REACH = { mouse: [12, 10, 6, 0], touch: [22, 22, 22, 8] }; // pixels: of a mark, of the line; of what could be meant as well, at most and beyond what is hit

const fineness = () => (matchMedia("(pointer: coarse)").matches ? "touch" : "mouse");

/* Everything under a point of the window: first what is right under it, then what is near, each by rank; a number stands
   for its place, and districts and regions come last. */
export const marksUnder = (scene, px, py) => thingsUnder(scene, px, py).map(({ mark }) => mark);

/* What a press there could mean, by rank: several small things where none is clearly nearest. */
export function couldMean(scene, px, py) {
  const [, , most, slack] = REACH[fineness()], small = thingsUnder(scene, px, py).filter(({ mark }) => !(mark.kind in AREAS));
  const nearest = Math.min(...small.map(({ away }) => away));
  return small.filter(({ away }) => away <= (nearest ? most : slack)).map(({ mark }) => mark).sort((a, b) => RANK[a.kind] - RANK[b.kind]);
}

/* The same with how far each is away, in pixels. */
function thingsUnder(scene, px, py) {
  const { view, placed, labels, five } = scene;
  if (!placed) return [];
  const x = px + view.padX, y = py + view.padY, [reach, lineReach] = REACH[fineness()];
  const found = [];
  const add = (mark, away, least = 0) => mark && found.push({ mark, away: Math.max(0, away), score: least + (AREAS[mark.kind] ?? RANK[mark.kind]) + (away > 0 ? NEAR + away / 10 : 0) });
  for (const one of five) {
    const d = hypot(one.x - x, one.y - y) - one.r, named = one.box && within(one.box, x, y);
    if (d <= Math.max(2, reach - one.r) || named) add(scene.placeAt(one.key), named ? 0 : d, -20);
  }
  for (const mark of placed.marks) {
    if (mark.kind === "border") continue;
    const gap = hypot(mark.x - view.ox - x, mark.y - view.oy - y) - mark.r;
    if (mark.kind === "district" ? gap < 0 : gap <= Math.max(0, reach - mark.r) + 3) add(openedAt(view, mark, x, y) || mark, gap, mark.kind === "district" ? 1 + gap / mark.r : 0);
  }
  for (const { box, border, key } of labels) {
    if (within(box, x, y)) add(border ? borderMark(placed, border) : placed.marks.find((one) => one.key === key), 0, 30);
  }
  const { cell, away } = cellUnder(scene, x, y);
  if (away <= lineReach) add(lineAt(scene, cell), away - MIDDLE);
  if (away <= (view.zoomed ? 18 : lineReach)) for (const mark of placed.marks) if (mark.kind === "region" && mark.cells.includes(cell)) add(mark, 1);
  found.sort((a, b) => a.score - b.score);
  return found.filter(({ mark }, i) => found.findIndex((one) => one.mark.key === mark.key) === i);
}

const within = (box, x, y) => x >= box.x - 3 && y >= box.y - 3 && x <= box.x + box.w + 3 && y <= box.y + box.h + 3;

/* One of the marks in an opened bead. */
function openedAt(view, mark, x, y) {
  if (!mark.open || mark.ids.length < 2) return null;
  const i = mark.open.spots.findIndex(([dx, dy]) => hypot(mark.x - view.ox + dx - x, mark.y - view.oy + dy - y) < 9);
  return i < 0 ? null : { ...mark, ids: [mark.ids[i]], key: mark.key, within: true };
}

const MIDDLE = 3; // pixels: so near its middle the line is right under a point

/* The cell of the line nearest to a point. */
function cellUnder({ ready: { cells }, view }, x, y) {
  let cell = -1, away = Infinity;
  for (let c = 0; c < cells.n; c++) {
    const xy = cells.lines[c];
    for (let i = 2; i < xy.length; i += 2) {
      const d = toSegment(x, y, view.x(xy[i - 2]), view.y(xy[i - 1]), view.x(xy[i]), view.y(xy[i + 1]));
      if (d < away) [away, cell] = [d, c];
    }
  }
  return { cell, away };
}

/* What the line is at a cell: its stretch; of a coast, the whole of it. */
function lineAt(scene, cell) {
  const { cells, atlas } = scene.ready, segment = atlas.segments[cells.segment[cell]];
  return cells.land[cell] ? scene.placeAt("segment:" + segment.id) : borderMark(scene.placed, segment.border);
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
