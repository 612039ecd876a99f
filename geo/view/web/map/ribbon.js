/* The border as a ribbon: darker and wider where incidents are recorded more often, hollow where that is unsure, dotted
   along a coast. Coloured by stretch at every zoom, so that the colour is the figure that card and hover give. */

import { drawing } from "../data/drawing.js";
import { colourStep, isUnsure } from "../data/values.js";

const CASING = 2.5;
const FADED = 0.6; // of a line that waits for its estimate, or has too few records for one

/* Never thinner where hollow than a width that still shows it. */
export const ribbonWidth = (view, { step, hollow }) => (hollow ? Math.max(drawing.widths[step], drawing.least_hollow) : drawing.widths[step]) * view.scale;

/* Cells in order joined into stretches of equal look. */
export function joinStretches(cells, values) {
  const out = [];
  for (let c = 0; c < cells.n; c++) {
    const land = Boolean(cells.land[c]);
    const step = colourStep(values, c);
    const hollow = land && isUnsure(values, c);
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

export function drawRibbon(ctx, view, ink, cells, stretches, { plain, faded }) {
  ctx.lineJoin = "round";
  ctx.lineCap = "butt";
  const land = stretches.filter((stretch) => stretch.land);
  for (const stretch of land) {
    traceCells(ctx, view, cells, stretch.from, stretch.to);
    ctx.strokeStyle = ink.casing;
    ctx.lineWidth = ribbonWidth(view, stretch) + CASING;
    ctx.stroke();
  }
  ctx.globalAlpha = faded ? FADED : 1;
  for (let step = 0; step < drawing.widths.length; step++)
    for (const stretch of land) if (stretch.step === step) drawStretch(ctx, view, ink, cells, stretch);
  for (const stretch of stretches) if (!stretch.land) drawCoast(ctx, view, ink, cells, stretch, plain);
  ctx.globalAlpha = 1;
}

function drawStretch(ctx, view, ink, cells, stretch) {
  const width = ribbonWidth(view, stretch);
  traceCells(ctx, view, cells, stretch.from, stretch.to);
  ctx.strokeStyle = ink.ramp[stretch.step];
  ctx.lineWidth = width;
  ctx.stroke();
  if (!stretch.hollow) return;
  ctx.strokeStyle = ink.casing;
  ctx.lineWidth = width * (view.zoomed ? 0.5 : 0.46);
  ctx.stroke();
}

/* Nothing crosses a coast: dotted, and coloured by the plain rate alone. */
function drawCoast(ctx, view, ink, cells, stretch, plain) {
  const rated = plain && stretch.step > 0;
  traceCells(ctx, view, cells, stretch.from, stretch.to);
  ctx.strokeStyle = rated ? ink.ramp[stretch.step] : ink.quiet;
  ctx.lineWidth = rated ? Math.max(2, ribbonWidth(view, stretch) * 0.55) : 1.4;
  ctx.setLineDash(rated ? [ctx.lineWidth * 1.1, ctx.lineWidth * 1.1] : [1.5, 3]);
  ctx.stroke();
  ctx.setLineDash([]);
}
