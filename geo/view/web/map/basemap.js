/* The quiet ground: neighbours in one tone, sea, land, lakes, region lines; and rivers once zoomed in. */

import { drawing } from "../data/drawing.js";
import { project, readLines } from "../data/geometry.js";

const shadeOf = (count) => drawing.shades.findLast(([from]) => count >= from)[1];

/* view: the canvas's zoom and place; counts: records by region to shade by, or null. */
export function drawBase(ctx, view, ink, base, counts) {
  const { k, dpr } = view;
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  ctx.fillStyle = ink.abroad;
  ctx.fillRect(0, 0, view.width, view.height);
  view.toWorld(ctx);
  ctx.fillStyle = ink.sea;
  ctx.fill(base.sea);
  ctx.strokeStyle = ink.rule2;
  ctx.lineWidth = 0.6 / k;
  ctx.lineJoin = "round";
  ctx.stroke(base.edges);
  ctx.fillStyle = ink.land;
  ctx.fill(base.land);
  if (counts) shade(ctx, ink, base.regions, counts);
  ctx.fillStyle = ink.lake;
  ctx.fill(base.lakes);
  if (view.zoomed) {
    ctx.strokeStyle = ink.river;
    ctx.lineWidth = 1.4 / k;
    ctx.stroke(base.rivers);
  }
  ctx.strokeStyle = ink.regionLine;
  ctx.lineWidth = (view.zoomed ? 1.2 : 0.8) / k;
  for (const region of base.regions) ctx.stroke(region.path);
  ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
}

function shade(ctx, ink, regions, counts) {
  ctx.fillStyle = ink.shade;
  for (const region of regions) {
    ctx.globalAlpha = shadeOf(counts.get(region.code) || 0);
    if (ctx.globalAlpha) ctx.fill(region.path);
  }
  ctx.globalAlpha = 1;
}

/* A Path2D of lines, around an origin so that single precision is enough at every zoom. */
function tracePath(lines, origin, closed) {
  const path = new Path2D();
  for (const xy of lines) {
    path.moveTo(xy[0] - origin[0], xy[1] - origin[1]);
    for (let i = 2; i < xy.length; i += 2) path.lineTo(xy[i] - origin[0], xy[i + 1] - origin[1]);
    if (closed) path.closePath();
  }
  return path;
}

export function prepareBase(base, origin) {
  const regions = base.regions.map((region) => ({ ...region, path: tracePath(readLines(region.rings), origin, true) }));
  const land = new Path2D();
  for (const region of regions) land.addPath(region.path);
  return {
    land, regions,
    sea: tracePath(readLines(base.sea), origin, true),
    lakes: tracePath(readLines(base.lakes), origin, true),
    rivers: tracePath(readLines(base.rivers), origin, false),
    edges: tracePath(readLines(base.edges), origin, false),
    cities: base.cities.map((city) => ({ ...city, xy: project(...city.at) })),
    neighbours: Object.fromEntries(base.neighbours.map((country) => [
      country.code,
      { ...country, path: tracePath(readLines(country.rings), origin, true) },
    ])),
  };
}
