/* What lies under a point of the window. A scene is what is drawn now: {ready, view, placed, labels}. */

import { hypot } from "../data/geometry.js";

/* Everything under a point of the window, the nearest first. Inside a soft disc or on a hatched stretch a mark
   wins only where it is really meant, or what lies under many marks could never be chosen. */
export function marksUnder(scene, px, py) {
  const { view, placed, labels } = scene;
  if (!placed) return [];
  const x = px + view.padX, y = py + view.padY, reach = matchMedia("(pointer: coarse)").matches ? 22 : 12;
  const found = [];
  for (const mark of placed.marks) {
    if (mark.kind === "border") continue;
    const d = hypot(mark.x - view.ox - x, mark.y - view.oy - y), gap = d - mark.r;
    if (mark.kind === "district") {
      if (gap < 0) found.push({ mark, score: 6 + d / mark.r });
    } else if (gap <= Math.max(0, reach - mark.r) + 3) found.push({ mark: openedAt(view, mark, x, y) || mark, score: gap });
  }
  for (const { box, border, key } of labels) {
    if (x < box.x - 3 || y < box.y - 3 || x > box.x + box.w + 3 || y > box.y + box.h + 3) continue;
    const mark = border ? borderMark(placed, border) : placed.marks.find((one) => one.key === key);
    if (mark) found.push({ mark, score: 1 });
  }
  found.push(...lineUnder(scene, x, y));
  found.sort((a, b) => a.score - b.score);
  return found.map(({ mark }) => mark).filter((mark, i, all) => all.findIndex((one) => one.key === mark.key) === i);
}

/* One of the marks in an opened bead. */
function openedAt(view, mark, x, y) {
  if (!mark.open || mark.ids.length < 2) return null;
  const i = mark.open.spots.findIndex(([dx, dy]) => hypot(mark.x - view.ox + dx - x, mark.y - view.oy + dy - y) < 9);
  return i < 0 ? null : { ...mark, ids: [mark.ids[i]], key: mark.key, within: true };
}

/* The hatched stretches of regions, and the border itself. */
function lineUnder({ ready, view, placed }, x, y) {
  let cell = -1, least = Infinity;
  const { cells } = ready;
  for (let c = 0; c < cells.n; c++) {
    const xy = cells.lines[c];
    for (let i = 2; i < xy.length; i += 2) {
      const d = toSegment(x, y, view.x(xy[i - 2]), view.y(xy[i - 1]), view.x(xy[i]), view.y(xy[i + 1]));
      if (d < least) [least, cell] = [d, c];
    }
  }
  if (cell < 0 || least > (view.zoomed ? 18 : 10)) return [];
  const bands = placed.marks.filter((mark) => mark.kind === "region" && mark.cells.includes(cell)).map((mark) => ({ mark, score: 8 }));
  return [...bands, { mark: borderMark(placed, ready.borders[cells.border[cell]].code), score: least < 10 ? 9 : 11 }];
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
