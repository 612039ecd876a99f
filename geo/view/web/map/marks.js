/* Drawing the marks: beads on stems, towns in dashed rings, soft discs of districts, hatched stretches with tags,
   squares of airports. Coordinates are the view's own pixels. */

import { familyCounts } from "../data/records.js";
import { runs } from "./hatching.js";
import { traceCells } from "./ribbon.js";
import { drawMark, drawRefused } from "./shapes.js";

const REFUSED = ""; // no family: goods merely turned back

export function drawDistricts(ctx, view, ink, ready, marks) {
  for (const mark of marks) {
    if (mark.kind !== "district") continue;
    const x = mark.x - view.ox, y = mark.y - view.oy;
    const families = familyCounts(ready, mark.ids.filter((i) => !ready.records.refused(i))), one = families.findIndex((n) => n === mark.ids.length);
    const hue = one < 0 ? ink.hatch : ink.goods[ready.atlas.families[one].letter];
    const fade = ctx.createRadialGradient(x, y, 0, x, y, mark.r);
    fade.addColorStop(0, withAlpha(hue, view.zoomed ? 0.3 : 0.5));
    fade.addColorStop(1, withAlpha(hue, 0.06));
    circle(ctx, x, y, mark.r);
    ctx.fillStyle = fade;
    ctx.fill();
    ctx.strokeStyle = hue;
    ctx.lineWidth = 1.2;
    ctx.setLineDash([1.2, 2.2]);
    ctx.stroke();
    ctx.setLineDash([]);
  }
}

/* Where a crossing's point stands well off the line, a dashed ring round it that reaches the line. */
function ringOffLine(ctx, view, ink, ring) {
  const x = ring.x - view.ox, y = ring.y - view.oy;
  circle(ctx, x, y, ring.r);
  ctx.strokeStyle = ink.ink2;
  ctx.lineWidth = 1;
  ctx.setLineDash([4, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
  circle(ctx, x, y, 1.5);
  ctx.fillStyle = ink.ink2;
  ctx.fill();
}

export function drawStems(ctx, view, ink, ready, marks) {
  for (const mark of marks) for (const ring of mark.rings || []) ringOffLine(ctx, view, ink, ring);
  const stems = marks.filter((mark) => mark.kind === "crossing");
  const line = (mark) => {
    ctx.beginPath();
    ctx.moveTo(mark.foot.x - view.ox, mark.foot.y - view.oy);
    ctx.lineTo(mark.x - view.ox, mark.y - view.oy);
    ctx.stroke();
  };
  ctx.lineCap = "round";
  ctx.strokeStyle = ink.casing;
  ctx.lineWidth = view.zoomed ? 3.6 : 3.2;
  stems.forEach(line);
  ctx.strokeStyle = ink.ink;
  ctx.lineWidth = view.zoomed ? 1.5 : 1.2;
  stems.forEach(line);
  for (const mark of marks) if (mark.kind === "region") leader(ctx, view, ink, mark);
}

function leader(ctx, view, ink, mark) {
  ctx.strokeStyle = ink.ink2;
  ctx.lineWidth = 1;
  ctx.beginPath();
  ctx.moveTo(mark.foot.x - view.ox, mark.foot.y - view.oy);
  ctx.lineTo(mark.x - view.ox, mark.y - view.oy);
  ctx.stroke();
}

const WAY = [10, 21], TIES = [12, 15.5, 19]; // pixels from the line: where the sign of a way begins and ends, and its ties

/* The sign of a way on both sides of the line: two strokes for a road, one with ties for a railway. Where ways run from
   there the data do not say. */
function drawWay(ctx, ink, rail, x, y, [nx, ny]) {
  const point = (along, off) => /** @type {[number, number]} */ ([x + nx * along - ny * off, y + ny * along + nx * off]);
  ctx.beginPath();
  for (const side of [-1, 1]) {
    for (const off of rail ? [0] : [-2, 2]) {
      ctx.moveTo(...point(side * WAY[0], off));
      ctx.lineTo(...point(side * WAY[1], off));
    }
    for (const tie of rail ? TIES : []) {
      ctx.moveTo(...point(side * tie, -3));
      ctx.lineTo(...point(side * tie, 3));
    }
  }
  ctx.strokeStyle = ink.ink3;
  ctx.lineWidth = 1.2;
  ctx.stroke();
}

/* The feet of all crossings: a ring for a road, a square for a railway; from near with the sign of the way. */
export function drawFeet(ctx, view, ink, ready, marks) {
  const used = new Set();
  for (const mark of marks) if (mark.crossing) for (const place of mark.merged) if (place.crossing) used.add(place.crossing.index);
  for (const crossing of ready.crossings) {
    if (crossing.cell < 0) continue;
    const x = view.x(crossing.xy[0]), y = view.y(crossing.xy[1]);
    if (!view.holds(x, y, 10)) continue;
    const busy = used.has(crossing.index), rail = crossing.mode === "rail";
    if (view.zoomed) drawWay(ctx, ink, rail, x, y, ready.cells.inward[crossing.cell]);
    const r = view.zoomed ? 4 : busy ? 2.4 : view.compact ? 1.3 : 1.7;
    ctx.beginPath();
    if (rail) ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
    else ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = ink.panel;
    ctx.strokeStyle = busy || view.zoomed ? ink.ink : ink.ink3;
    ctx.lineWidth = busy ? 1.2 : 0.9;
    ctx.fill();
    ctx.stroke();
  }
}

export function drawMarks(ctx, view, ink, ready, marks, t) {
  for (const mark of marks) {
    const x = mark.x - view.ox, y = mark.y - view.oy;
    if (!view.holds(x, y, Math.max(mark.r, mark.ring || 0) + 20)) continue;
    if (mark.kind === "crossing" || mark.kind === "town") drawBead(ctx, view, ink, ready, mark, x, y, t);
    else if (mark.kind === "district" && mark.counted) drawCount(ctx, ink, x, y, mark.ids.length, t);
    else if (mark.kind === "air") drawBox(ctx, ink, x, y, 16, 16, mark.ids.length, t, false);
    else if (mark.kind === "region") drawBox(ctx, ink, x, y, mark.r * 2 - 2, 18, mark.ids.length, t, true);
  }
}

/* Two thin lines round what is one's own beside other records, as far round as is its share of a mark. */
export function drawOwn(ctx, view, ink, marks, own) {
  for (const mark of marks) {
    const x = mark.x - view.ox, y = mark.y - view.oy, share = mark.ids.filter((i) => own.has(i)).length / mark.ids.length;
    if (!share || !view.holds(x, y, Math.max(mark.r, mark.ring || 0) + 20)) continue;
    if (mark.open) mark.open.spots.forEach(([dx, dy], i) => own.has(mark.ids[i]) && doubleRing(ctx, ink, x + dx, y + dy, 7, 1));
    else doubleRing(ctx, ink, x, y, mark.kind === "air" ? 10 : mark.r, share);
  }
}

function doubleRing(ctx, ink, x, y, r, share) {
  for (const [at, width, colour] of [[r + 4, 6.5, ink.casing], [r + 2.6, 1.3, ink.ink], [r + 5.6, 1.3, ink.ink]]) {
    ctx.beginPath();
    ctx.arc(x, y, at, -Math.PI / 2, (2 * share - 0.5) * Math.PI);
    ctx.strokeStyle = colour;
    ctx.lineWidth = width;
    ctx.stroke();
  }
}

function drawBead(ctx, view, ink, ready, mark, x, y, t) {
  const { letter, refused } = ready.records;
  const one = (i, ...at) => (refused(i) ? drawRefused(ctx, ink, ...at) : drawMark(ctx, ink, letter[i], ...at, t));
  if (mark.kind === "town") ringOfTown(ctx, view, ink, mark, x, y);
  if (mark.open) {
    if (mark.kind === "crossing") disc(ctx, ink, x, y, mark.r, 1.2);
    mark.open.spots.forEach(([dx, dy], i) => one(mark.ids[i], x + dx, y + dy, 7));
  } else if (mark.ids.length === 1) one(mark.ids[0], x, y, mark.r);
  else bead(ctx, ink, ready, mark, x, y, t);
}

function ringOfTown(ctx, view, ink, mark, x, y) {
  circle(ctx, x, y, mark.ring);
  if (view.zoomed) {
    ctx.save();
    ctx.globalAlpha = 0.045;
    ctx.fillStyle = ink.ink;
    ctx.fill();
    ctx.restore();
  }
  ctx.strokeStyle = ink.ink2;
  ctx.lineWidth = 1;
  ctx.setLineDash(view.zoomed ? [4, 3] : [2.5, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/* A white disc with the count, its ring cut by family from twelve o'clock. */
function bead(ctx, ink, ready, mark, x, y, t) {
  const { r, ids } = mark;
  disc(ctx, ink, x, y, r, 0.8);
  const alleged = ids.filter((i) => !ready.records.refused(i)), n = familyCounts(ready, alleged);
  const counts = [...ready.atlas.families.map(({ letter }, f) => [letter, n[f]]), [REFUSED, ids.length - alleged.length]].filter(([, of]) => of);
  const thick = Math.max(3.8, r * (mark.thin ? 0.2 : 0.31)), middle = r - thick / 2 - 0.4;
  const gap = counts.length > 1 ? 1.8 / middle : 0;
  let angle = -Math.PI / 2;
  ctx.lineWidth = thick;
  for (const [letter, of] of counts) {
    const sweep = (of / ids.length) * 2 * Math.PI;
    ctx.beginPath();
    ctx.arc(x, y, middle, angle + gap / 2, angle + Math.max(sweep - gap / 2, gap / 2 + 0.05));
    ctx.strokeStyle = letter === REFUSED ? ink.ink2 : ink.goods[letter];
    ctx.setLineDash(letter === REFUSED ? [1.5, 2] : []);
    ctx.stroke();
    angle += sweep;
  }
  ctx.setLineDash([]);
  ctx.fillStyle = ink.ink;
  number(ctx, ink, ids.length, x, y, ids.length > 9 ? 11.5 : 10.5, t);
}

/* In a soft disc of many records their number, with a halo and no frame: nobody knows where in it. */
function drawCount(ctx, ink, x, y, n, t) {
  ctx.font = `700 11px ${ink.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.strokeStyle = ink.casing;
  ctx.lineWidth = 3;
  ctx.lineJoin = "round";
  ctx.strokeText(t.number(n), x, y + 0.6);
  ctx.fillStyle = ink.ink2;
  ctx.fillText(t.number(n), x, y + 0.6);
}

function drawBox(ctx, ink, x, y, width, height, n, t, dashed) {
  ctx.beginPath();
  ctx.roundRect(x - width / 2, y - height / 2, width, height, 3);
  ctx.fillStyle = ink.panel;
  ctx.fill();
  ctx.strokeStyle = dashed ? ink.ink : ink.ink2;
  ctx.lineWidth = 1.2;
  if (dashed) ctx.setLineDash([3, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.fillStyle = dashed ? ink.ink : ink.ink2;
  number(ctx, ink, n, x, y, 11, t);
}

function number(ctx, ink, n, x, y, size, t) {
  ctx.font = `700 ${size}px ${ink.font}`;
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.fillText(t.number(n), x, y + 0.6);
}

function disc(ctx, ink, x, y, r, line) {
  circle(ctx, x, y, r);
  ctx.fillStyle = ink.panel;
  ctx.fill();
  ctx.strokeStyle = ink.ink;
  ctx.lineWidth = line;
  ctx.stroke();
}

function circle(ctx, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
}

function withAlpha(hex, alpha) {
  const value = parseInt(hex.slice(1), 16);
  return `rgba(${value >> 16}, ${(value >> 8) & 255}, ${value & 255}, ${alpha})`;
}

const WIDEST_LINE = 15; // of a ribbon with its casing, pixels

/* Two lines beside a stretch: a wide stroke with its middle taken out again, on a canvas of its own. */
function outlineOf(ctx, view, ready, along) {
  ctx.lineJoin = "round";
  for (const [width, how] of [[2 * 3 + WIDEST_LINE * view.scale, "source-over"], [WIDEST_LINE * view.scale, "destination-out"]]) {
    ctx.globalCompositeOperation = how;
    ctx.lineWidth = width;
    for (const [from, to] of along) {
      traceCells(ctx, view, ready.cells, from, to);
      ctx.stroke();
    }
  }
  ctx.globalCompositeOperation = "source-over";
  ctx.lineWidth = 3;
}

/* The ring in focus colour around what is chosen. */
export function drawRing(ctx, view, ink, ready, mark, five) {
  const numbered = five.find((one) => one.key === mark.key);
  ctx.strokeStyle = ink.focus;
  ctx.lineWidth = 3;
  ctx.setLineDash([]);
  const along = mark.kind === "region" || mark.kind === "segment" ? runs(mark.cells) : mark.kind === "border" ? [ready.border[mark.border].cells] : [];
  // Outside the casing of the line, on both sides: nothing lies on the line itself.
  if (along.length) outlineOf(ctx, view, ready, along);
  if (numbered) {
    circle(ctx, numbered.x, numbered.y, numbered.r + 5);
    ctx.stroke();
  }
  if (numbered || mark.kind === "border" || mark.kind === "segment") return;
  const scale = mark.place ? view.k / mark.k : 1;
  const x = mark.x * scale - view.ox, y = mark.y * scale - view.oy;
  if (mark.kind === "region" || mark.kind === "air") {
    const half = mark.kind === "air" ? 8 : mark.r - 1;
    ctx.beginPath();
    ctx.roundRect(x - half - 3, y - 12, half * 2 + 6, 24, 5);
  } else circle(ctx, x, y, (mark.kind === "town" && !mark.open ? mark.ring : mark.r) + 3);
  ctx.stroke();
}
