/* Everything that drawing needs to know about zoom and place. */

import { pixelsPerKm } from "../data/geometry.js";

const ZOOMED_IN = 1.2; // pixels a kilometre

/* Everything that drawing needs to know about zoom and place. World coordinates are zoom-0 pixels. */
export function makeView(map, origin, width, height, pad, dpr, ready) {
  const zoom = map.getZoom(), k = 2 ** zoom, size = map.getSize();
  const pxkm = pixelsPerKm(zoom, ready.lat), compact = size.x < 600;
  const plain = compact ? 0.9 : 1, start = compact ? 0.12 : 0.33;
  const share = Math.min(1, Math.max(0, Math.log(pxkm / start) / Math.log(ZOOMED_IN / start)));
  return {
    zoom, k, width, height, dpr, pxkm, compact,
    zoomed: pxkm > ZOOMED_IN,
    scale: plain * (1.5 / plain) ** share,
    ox: origin.x, oy: origin.y, padX: pad.x, padY: pad.y,
    x: (wx) => wx * k - origin.x,
    y: (wy) => wy * k - origin.y,
    holds: (x, y, m) => x > -m && y > -m && x < width + m && y < height + m,
    shows: (x, y, m) => x > pad.x - m && y > pad.y - m && x < width - pad.x + m && y < height - pad.y + m,
    showsBox: (box, m) => box.x > pad.x + m && box.y > pad.y + m && box.x + box.w < width - pad.x - m && box.y + box.h < height - pad.y - m,
    toWorld: (ctx) => ctx.setTransform(dpr * k, 0, 0, dpr * k, dpr * (ready.origin[0] * k - origin.x), dpr * (ready.origin[1] * k - origin.y)),
  };
}
