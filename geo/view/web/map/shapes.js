/* The goods families: their shapes, on canvas and as SVG. A shape is made for an equal optical size. */

import { drawing } from "../data/drawing.js";
import { svg } from "./dom.js";

const letterShift = { W: 0.28, O: -0.26, V: 0.06 };

/* The outline of a family's shape around 0,0 as SVG path data. */
export function shapePath(letter, r) {
  const corners = drawing.outlines[letter] ?? [];
  if (!corners.length) {
    const R = (drawing.circle * r).toFixed(2);
    return `M-${R} 0A${R} ${R} 0 1 1 ${R} 0A${R} ${R} 0 1 1 -${R} 0Z`;
  }
  return "M" + corners.map((p) => p.map((v) => (v * r).toFixed(2)).join(" ")).join("L") + "Z";
}

const paths = new Map();

function path(letter, r) {
  const key = letter + r.toFixed(1);
  if (!paths.has(key)) paths.set(key, new Path2D(shapePath(letter, r)));
  return paths.get(key);
}

/* One mark on a canvas; the family's letter from 15 px on. */
export function drawMark(ctx, ink, letter, x, y, r, t) {
  ctx.save();
  ctx.translate(x, y);
  ctx.fillStyle = ink.goods[letter];
  ctx.strokeStyle = ink.outline;
  ctx.lineWidth = 1;
  ctx.lineJoin = "round";
  ctx.fill(path(letter, r));
  ctx.stroke(path(letter, r));
  if (r >= 7) {
    ctx.fillStyle = ink.letters[letter];
    ctx.font = `700 ${Math.round(r * 1.15)}px ${ink.font}`;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.fillText(t("letter." + letter), 0, r * ((letterShift[letter] || 0) + 0.06));
  }
  ctx.restore();
}

/* One record merely turned back: an open dashed ring without a family's colour. */
export function drawRefused(ctx, ink, x, y, r) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = ink.panel;
  ctx.fill();
  ctx.strokeStyle = ink.ink2;
  ctx.lineWidth = 1.6;
  ctx.setLineDash([2, 2]);
  ctx.stroke();
  ctx.setLineDash([]);
}

/* The same as SVG, for filters, list and legend. */
export function markSvg(letter, size, t) {
  const key = letter + size + t("letter." + letter);
  if (!drawn.has(key)) drawn.set(key, makeSvg(letter, size, t));
  return drawn.get(key).cloneNode(true);
}

const drawn = new Map();

function makeSvg(letter, size, t) {
  const r = size / 2.8;
  const mark = svg("svg", { class: "mark", width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" },
    svg("path", { d: shapePath(letter, r), class: "goods-" + letter }));
  if (size >= 18)
    mark.append(svg("text", { y: r * ((letterShift[letter] || 0) + 0.4), class: "letter-" + letter, "font-size": (r * 1.1).toFixed(1) }, t("letter." + letter)));
  return mark;
}
