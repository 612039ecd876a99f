/* The first places of the answer, as numbered discs beside the line, each with a leader and a name. Greedy, by number,
   deterministic; what finds no place has its row in the answer box. */

import { hypot } from "../data/geometry.js";
import { cutKey } from "../data/estimate.js";
import { landAt } from "./lands.js";
import { overlaps } from "./room.js";
import { widthOf } from "./widths.js";

const LENGTHS = [24, 32, 42, 54, 68, 84, 100], LENGTHS_COMPACT = [19, 26, 34, 44, 56, 72];
const MOST_HOLLOW = 72;
const TURNS = [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2, 1.5, -1.5];
const SIDES = [[1, 0], [-1, 0], [0, 1], [0, -1]]; // of a name: right, left, below, above
const GAP = 3.5; // pixels between the line and its leader

/* The place of a row: its point on the line and the cell there. */
function whereOf(ready, { key }) {
  const [kind, id] = cutKey(key);
  if (kind === "crossing") {
    const crossing = ready.crossings.find((one) => one.id === id);
    return crossing && crossing.cell >= 0 ? { xy: crossing.xy, cell: crossing.cell, border: crossing.border } : null;
  }
  const s = ready.atlas.segments.findIndex((one) => one.id === id);
  if (s < 0) return null;
  const first = ready.cells.segment.indexOf(s), last = ready.cells.segment.lastIndexOf(s), cell = (first + last) >> 1;
  return { xy: ready.cells.middle[cell], cell, border: ready.atlas.segments[s].border };
}

/* Discs with their leaders and names: in the view's own pixels, those in sight alone. */
export function placeFive(view, ink, ready, first, { ribbon, marks }, reserved, t) {
  const r = view.compact ? 9 : 10, look = { font: `700 ${view.compact ? 12 : 13}px ${ink.font}`, size: view.compact ? 12 : 13, colour: ink.ink };
  const taken = { boxes: [...reserved], discs: [], leaders: [], marks: marks.filter(({ kind }) => kind !== "border" && kind !== "district").map((mark) => ({ x: mark.x - view.ox, y: mark.y - view.oy, r: Math.max(mark.r, mark.kind === "town" ? Math.min(mark.ring, 14) : 0) })) };
  const found = [];
  const places = first.map((row, at) => ({ row, at, where: whereOf(ready, row) })).filter(({ where }) => where).map((one) => ({ ...one, where: { ...one.where, name: t.of(one.row.name) } }));
  const feet = places.map(({ where }) => ({ x: view.x(where.xy[0]), y: view.y(where.xy[1]) }));
  places.forEach(({ row, at, where }, p) => {
    const foot = feet[p];
    if (!view.shows(foot.x, foot.y, 0)) return;
    const spot = findSpot(view, ready, { foot, r, where, look, hollow: row.bound, others: feet.filter((_, q) => q !== p) }, ribbon, taken);
    if (!spot) return;
    taken.discs.push({ x: spot.x, y: spot.y, r });
    if (spot.box) taken.boxes.push(spot.box);
    taken.leaders.push([spot.from, [spot.x, spot.y]]);
    found.push({ ...spot, n: at + 1, r, foot, look, key: row.key, hollow: Boolean(row.bound), text: where.name, border: where.border });
  });
  return found;
}

function findSpot(view, ready, place, ribbon, taken) {
  const { foot, r, where, hollow, look } = place;
  const [nx, ny] = ready.cells.inward[where.cell], base = Math.atan2(ny, nx);
  const lengths = (view.compact ? LENGTHS_COMPACT : LENGTHS).filter((length) => !hollow || length <= MOST_HOLLOW);
  const w = widthOf(where.name, look), h = look.size + 3;
  const own = (x, y) => landAt(ready, (x + view.ox) / view.k, (y + view.oy) / view.k) === "own";
  // Strict first; then the palest line may be touched; then, of what is sure, abroad; what is not loses its name.
  const passes = [[false, true, true], [true, true, true], ...(hollow ? [[true, true, false]] : [[true, false, true], [true, false, false]])];
  for (const [pale, inside, named] of passes)
    for (const length of lengths)
      for (const turn of TURNS)
        for (const side of inside ? [0] : [0, Math.PI]) {
          const angle = base + turn + side, dx = Math.cos(angle), dy = Math.sin(angle);
          const x = foot.x + dx * (length + r), y = foot.y + dy * (length + r);
          if (!view.shows(x, y, -r - 3) || (inside && !own(x, y)) || !discFree(x, y, r, view, ribbon, taken, place, pale)) continue;
          const half = halfAt(view, ribbon, foot) + GAP, from = [foot.x + dx * half, foot.y + dy * half];
          if (!leaderFree(from, [x - dx * r, y - dy * r], foot, view, ribbon, taken)) continue;
          if (!named) return { x, y, from, box: null };
          for (const [sx, sy] of SIDES) {
            const box = { x: sx > 0 ? x + r + 5 : sx < 0 ? x - r - 5 - w : x - w / 2, y: sy > 0 ? y + r + 3 : sy < 0 ? y - r - 3 - h : y - h / 2, w, h };
            if (nameFree(box, view, ribbon, taken, place, pale)) return { x, y, from, box };
          }
        }
  return null;
}

const toBox = (box, x, y) => hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));
const halfAt = (view, ribbon, foot) => {
  let half = 0;
  ribbon.some(foot.x + view.ox, foot.y + view.oy, 6, (o) => {
    if (hypot(o.x - foot.x - view.ox, o.y - foot.y - view.oy) < 6) half = Math.max(half, o.half);
    return false;
  });
  return half;
};

function discFree(x, y, r, view, ribbon, taken, { others }, pale) {
  if (ribbon.some(x + view.ox, y + view.oy, r + 14, (o) => (!pale || o.hot) && hypot(o.x - view.ox - x, o.y - view.oy - y) < o.half + r + 2)) return false;
  if (taken.discs.some((disc) => hypot(disc.x - x, disc.y - y) < 2 * r + 8)) return false;
  if (others.some((foot) => hypot(foot.x - x, foot.y - y) < r + 8) || taken.marks.some((mark) => hypot(mark.x - x, mark.y - y) < mark.r + r + 3)) return false;
  if (taken.leaders.some((line) => toLine(x, y, line) < r + 4)) return false;
  return !taken.boxes.some((box) => toBox(box, x, y) < r + 5);
}

function nameFree(box, view, ribbon, taken, { others }, pale) {
  if (!view.showsBox(box, 4)) return false;
  if (ribbon.some(box.x + box.w / 2 + view.ox, box.y + box.h / 2 + view.oy, box.w / 2 + 14, (o) => (!pale || o.hot) && toBox(box, o.x - view.ox, o.y - view.oy) < o.half + 1)) return false;
  if (taken.boxes.some((other) => overlaps(box, other, 5)) || taken.discs.some((disc) => toBox(box, disc.x, disc.y) < disc.r + 13)) return false;
  if (others.some((foot) => toBox(box, foot.x, foot.y) < 6) || taken.marks.some((mark) => toBox(box, mark.x, mark.y) < mark.r + 2)) return false;
  return !taken.leaders.some(([a, b]) => along(a, b).some(([x, y]) => toBox(box, x, y) < 3));
}

/* A leader crosses no coloured line after its first 14 px, no name, no other leader. */
function leaderFree(from, to, foot, view, ribbon, taken) {
  return along(from, to).every(([x, y]) =>
    (hypot(x - foot.x, y - foot.y) < 14 || !ribbon.some(x + view.ox, y + view.oy, 10, (o) => o.hot && hypot(o.x - view.ox - x, o.y - view.oy - y) < o.half + 1))
    && !taken.boxes.some((box) => toBox(box, x, y) < 2) && !taken.discs.some((disc) => hypot(disc.x - x, disc.y - y) < disc.r + 4)
    && !taken.leaders.some((line) => toLine(x, y, line) < 3));
}

function along([ax, ay], [bx, by]) {
  const parts = Math.max(1, Math.ceil(hypot(bx - ax, by - ay) / 4));
  return Array.from({ length: parts + 1 }, (_, i) => [ax + ((bx - ax) * i) / parts, ay + ((by - ay) * i) / parts]);
}

const toLine = (x, y, [a, b]) => Math.min(...along(a, b).map(([px, py]) => hypot(px - x, py - y)));

export function drawFive(ctx, ink, five) {
  ctx.lineCap = "round";
  for (const [colour, width] of [[ink.casing, 4], [ink.ink, 1.1]])
    for (const { from, x, y } of five) {
      ctx.beginPath();
      ctx.moveTo(from[0], from[1]);
      ctx.lineTo(x, y);
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.stroke();
    }
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  for (const { x, y, r, n, hollow, box, text, look } of five) {
    ctx.beginPath();
    ctx.arc(x, y, r + 2, 0, 2 * Math.PI);
    ctx.fillStyle = ink.casing;
    ctx.fill();
    ctx.beginPath();
    ctx.arc(x, y, hollow ? r - 0.7 : r, 0, 2 * Math.PI);
    ctx.fillStyle = hollow ? ink.panel : ink.ink;
    ctx.fill();
    if (hollow) {
      ctx.setLineDash([3, 2.2]);
      ctx.strokeStyle = ink.ink3;
      ctx.lineWidth = 1.4;
      ctx.stroke();
      ctx.setLineDash([]);
    }
    ctx.font = `700 12px ${ink.font}`;
    ctx.textAlign = "center";
    ctx.fillStyle = hollow ? ink.ink2 : ink.page;
    ctx.fillText(String(n), x, y + 0.6);
    if (!box) continue;
    ctx.font = look.font;
    ctx.textAlign = "left";
    ctx.strokeStyle = ink.casing;
    ctx.lineWidth = 3;
    ctx.strokeText(text, box.x, box.y + box.h / 2);
    ctx.fillStyle = hollow ? ink.ink2 : ink.ink;
    ctx.fillText(text, box.x, box.y + box.h / 2);
  }
}
