/* Lines and lengths in Web Mercator at zoom 0: a world of 256 px. */

export const project = (lon, lat) => [
  ((lon + 180) / 360) * 256,
  (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 256,
];

/* The length of a step; Math.hypot guards against overflow and is ten times slower. */
export const hypot = (dx, dy) => Math.sqrt(dx * dx + dy * dy);

/* Packed lines, each as [x0, y0, x1, y1, …] in zoom-0 pixels. */
export function readLines({ n, x, y }) {
  let at = 0;
  return Array.from(n, (count) => {
    const xy = new Float64Array(2 * count);
    for (let i = 0; i < count; i++, at++) [xy[2 * i], xy[2 * i + 1]] = project(x[at] / 1000, y[at] / 1000);
    return xy;
  });
}

/* The point at a share of a line's length. */
export function pointAlong(xy, share) {
  let total = 0;
  for (let i = 2; i < xy.length; i += 2) total += Math.hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]);
  let left = Math.min(1, Math.max(0, share)) * total;
  for (let i = 2; i < xy.length; i += 2) {
    const step = Math.hypot(xy[i] - xy[i - 2], xy[i + 1] - xy[i - 1]);
    if (left <= step && step > 0) {
      const s = left / step;
      return [xy[i - 2] + s * (xy[i] - xy[i - 2]), xy[i - 1] + s * (xy[i + 1] - xy[i - 1])];
    }
    left -= step;
  }
  return [xy[xy.length - 2], xy[xy.length - 1]];
}

/* Pixels a kilometre at a zoom, in the middle of the country. */
export const pixelsPerKm = (zoom, lat) => (256 * 2 ** zoom) / (40075.017 * Math.cos((lat * Math.PI) / 180));
