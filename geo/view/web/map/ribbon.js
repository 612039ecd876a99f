/* The border as a ribbon: darker and wider where incidents are recorded more often, hollow where that is unsure,
   a thin grey line where there is no record, a dotted one along a coast. */

import { drawing } from "../data/drawing.js";
import { colourStep, isUnsure } from "../data/values.js";

const NONE = -1;
const CASING = 2.5;

export const ribbonWidth = (view, step) => (step === NONE ? drawing.none : drawing.widths[step]) * (step === NONE ? Math.sqrt(view.scale) : view.scale);

/* Cells in order joined into stretches of equal look. */
export function joinStretches(cells, values) {
  const out = [];
  for (let c = 0; c < cells.n; c++) {
    const land = Boolean(cells.land[c]);
    const step = values.near[c] ? colourStep(values.value[c]) : NONE;
    const hollow = step > 0 && land && isUnsure(values, c);
    const last = out[out.length - 1];
    if (last && cells.goesOn[c] && last.step === step && last.hollow === hollow && last.land === land) last.to = c + 1;
    else out.push({ from: c, to: c + 1, step, hollow, land });
  }
  return out;
}

export function traceCells(ctx, view, cells, from, to) {
  ctx.beginPath();
  for (let c = from; c < to; c++) {
    const xy = cells.lines[c];
    for (let i = c === from ? 0 : 2; i < xy.length; i += 2) {
      const x = view.x(xy[i]), y = view.y(xy[i + 1]);
      if (i === 0) ctx.moveTo(x, y);
      else ctx.lineTo(x, y);
    }
  }
}

export function drawRibbon(ctx, view, ink, cells, stretches, plain) {
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  const land = stretches.filter((stretch) => stretch.land);
  for (const stretch of land) {
    traceCells(ctx, view, cells, stretch.from, stretch.to);
    ctx.strokeStyle = ink.casing;
    ctx.lineWidth = ribbonWidth(view, stretch.step) + CASING;
    ctx.stroke();
  }
  for (let step = NONE; step < drawing.widths.length; step++)
    for (const stretch of land) if (stretch.step === step) drawStretch(ctx, view, ink, cells, stretch);
  for (const stretch of stretches) if (!stretch.land) drawCoast(ctx, view, ink, cells, stretch, plain);
}

function drawStretch(ctx, view, ink, cells, { from, to, step, hollow }) {
  const width = ribbonWidth(view, step);
  traceCells(ctx, view, cells, from, to);
  ctx.strokeStyle = step === NONE ? ink.quiet : ink.ramp[step];
  ctx.lineWidth = width;
  ctx.stroke();
  if (!hollow) return;
  ctx.strokeStyle = ink.casing;
  ctx.lineWidth = width * (view.zoomed ? 0.5 : 0.46);
  ctx.stroke();
}

/* Nothing crosses a coast: dotted, and coloured by the plain rate alone. */
function drawCoast(ctx, view, ink, cells, { from, to, step }, plain) {
  const rated = plain && step !== NONE;
  traceCells(ctx, view, cells, from, to);
  ctx.strokeStyle = rated ? ink.ramp[step] : ink.quiet;
  ctx.lineWidth = rated ? Math.max(2, ribbonWidth(view, step) * 0.55) : 1.4;
  ctx.setLineDash(rated ? [ctx.lineWidth * 1.1, ctx.lineWidth * 1.1] : [1.5, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
}
