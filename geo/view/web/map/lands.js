/* Whose land a point is on. */

/* Whose land a point is on, looked up in a small picture of the lands: quick enough for every try of a name. */
const RASTER = 900;

function makeRaster(ready) {
  const { lines } = ready.cells;
  let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const xy of lines) for (let i = 0; i < xy.length; i += 2) [x0, y0, x1, y1] = [Math.min(x0, xy[i]), Math.min(y0, xy[i + 1]), Math.max(x1, xy[i]), Math.max(y1, xy[i + 1])];
  const margin = (x1 - x0) * 0.2;
  [x0, y0, x1, y1] = [x0 - margin, y0 - margin, x1 + margin, y1 + margin];
  const k = RASTER / (x1 - x0), height = Math.ceil((y1 - y0) * k);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [RASTER, height];
  const ctx = canvas.getContext("2d", { willReadFrequently: true });
  ctx.setTransform(k, 0, 0, k, (ready.origin[0] - x0) * k, (ready.origin[1] - y0) * k);
  const codes = ["", ...ready.borders.map((border) => border.code)];
  ready.borders.forEach((border, i) => {
    const path = border.land ? (ready.base.neighbours[border.code] || {}).path : ready.base.sea;
    ctx.fillStyle = `rgb(${(i + 1) * 10}, 0, 0)`;
    if (path) ctx.fill(path);
  });
  ctx.fillStyle = "rgb(0, 255, 0)";
  ctx.fill(ready.base.land);
  return { x0, y0, k, width: RASTER, height, codes, data: ctx.getImageData(0, 0, RASTER, height).data };
}

/* "own", the code of a border whose neighbour it is, or "". */
export function landAt(ready, wx, wy) {
  const raster = (ready.raster = ready.raster || makeRaster(ready));
  const x = Math.floor((wx - raster.x0) * raster.k), y = Math.floor((wy - raster.y0) * raster.k);
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return "";
  const at = 4 * (y * raster.width + x);
  if (raster.data[at + 1] > 60) return "own";
  return raster.codes[Math.round(raster.data[at] / 10)] || "";
}
