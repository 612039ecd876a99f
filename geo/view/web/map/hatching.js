/* Hatched stretches of regions. */

import { traceCells } from "./ribbon.js";

const hatches = new Map();

/* A pattern of thin diagonal lines; anchored to the world, so that it stays put when the map moves. */
function hatch(ctx, ink, view) {
  const key = ink.hatch + view.dpr;
  if (!hatches.has(key)) {
    const size = 6, tile = document.createElement("canvas");
    tile.width = tile.height = size * view.dpr;
    const pen = tile.getContext("2d");
    pen.scale(view.dpr, view.dpr);
    pen.strokeStyle = ink.hatch;
    pen.globalAlpha = 0.5;
    pen.lineWidth = 1;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
      pen.moveTo(shift - 1, size + 1);
      pen.lineTo(shift + size + 1, -1);
    }
    pen.stroke();
    hatches.set(key, ctx.createPattern(tile, "repeat"));
  }
  const pattern = hatches.get(key);
  pattern.setTransform(new DOMMatrix([1 / view.dpr, 0, 0, 1 / view.dpr, -(view.ox % 6), -(view.oy % 6)]));
  return pattern;
}

/* Runs of neighbouring cells. */
export function runs(cells) {
  const out = [];
  for (const c of cells) {
    const last = out[out.length - 1];
    if (last && last[1] === c) last[1] = c + 1;
    else out.push([c, c + 1]);
  }
  return out;
}

export function drawHatched(ctx, view, ink, ready, marks) {
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  for (const mark of marks) {
    if (mark.kind !== "region") continue;
    ctx.strokeStyle = hatch(ctx, ink, view);
    ctx.lineWidth = view.zoomed ? 36 : view.compact ? 10 : 17;
    for (const [from, to] of runs(mark.cells)) {
      traceCells(ctx, view, ready.cells, from, to);
      ctx.stroke();
    }
  }
}
