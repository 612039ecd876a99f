/* The atlas made ready for drawing: lines in Web Mercator at zoom 0 (a world of 256 px), cells with their inward
   direction, records with quick access to their fields. */
(function (S) {
  "use strict";

  S.project = (lon, lat) => [
    ((lon + 180) / 360) * 256,
    (0.5 - Math.log(Math.tan(Math.PI / 4 + (lat * Math.PI) / 360)) / (2 * Math.PI)) * 256,
  ];

  /* The length of a step; Math.hypot guards against overflow and is ten times slower. */
  S.far = (dx, dy) => Math.sqrt(dx * dx + dy * dy);

  /* Packed lines, each as [x0, y0, x1, y1, …] in zoom-0 pixels. */
  S.lines = function ({ n, x, y }) {
    let at = 0;
    return Array.from(n, (count) => {
      const xy = new Float64Array(2 * count);
      for (let i = 0; i < count; i++, at++) [xy[2 * i], xy[2 * i + 1]] = S.project(x[at] / 1000, y[at] / 1000);
      return xy;
    });
  };

  /* A Path2D of lines, around an origin so that single precision is enough at every zoom. */
  S.path = function (lines, origin, closed) {
    const path = new Path2D();
    for (const xy of lines) {
      path.moveTo(xy[0] - origin[0], xy[1] - origin[1]);
      for (let i = 2; i < xy.length; i += 2) path.lineTo(xy[i] - origin[0], xy[i + 1] - origin[1]);
      if (closed) path.closePath();
    }
    return path;
  };

  /* The point at a share of a line's length. */
  S.along = function (xy, share) {
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
  };

  /* Pixels a kilometre at a zoom, in the middle of the country. */
  S.pixelsPerKm = (zoom, lat) => (256 * 2 ** zoom) / (40075.017 * Math.cos((lat * Math.PI) / 180));

  S.prepare = function (atlas) {
    const [west, south, east, north] = atlas.base.box;
    const origin = S.project((west + east) / 2, (south + north) / 2);
    const cells = prepareCells(atlas);
    const base = prepareBase(atlas.base, origin);
    const crossings = atlas.crossings.map((crossing, index) => ({
      ...crossing,
      index,
      xy: S.project(...(crossing.foot || crossing.at)),
      point: S.project(...crossing.at),
      cell: crossing.cell,
    }));
    return {
      atlas, origin, cells, base, crossings,
      lat: (south + north) / 2,
      borders: atlas.borders,
      border: Object.fromEntries(atlas.borders.map((border) => [border.code, border])),
      region: Object.fromEntries(atlas.base.regions.map((region) => [region.code, region])),
      records: S.readRecords(atlas),
      placements: S.readPlacements(atlas),
    };
  };

  function prepareCells(atlas) {
    const { path, km, segment } = atlas.cells;
    const n = km.length;
    const lines = S.lines(path);
    const border = new Int16Array(n);
    const land = new Uint8Array(n);
    atlas.borders.forEach((line, b) => {
      border.fill(b, line.cells[0], line.cells[1]);
      land.fill(line.land ? 1 : 0, line.cells[0], line.cells[1]);
    });
    const middle = lines.map((xy) => S.along(xy, 0.5));
    const inward = middle.map((_, i) => inwardAt(lines, border, i));
    return { n, lines, km, segment, border, land, middle, inward };
  }

  /* The lines run clockwise round the country, so inside is on the right: a unit vector, smoothed over ±3 cells. */
  function inwardAt(lines, border, i) {
    let a = i, b = i;
    while (a > 0 && i - a < 3 && border[a - 1] === border[i]) a--;
    while (b < lines.length - 1 && b - i < 3 && border[b + 1] === border[i]) b++;
    const first = lines[a], last = lines[b];
    const dx = last[last.length - 2] - first[0], dy = last[last.length - 1] - first[1];
    const length = Math.hypot(dx, dy) || 1;
    return [-dy / length, dx / length];
  }

  function prepareBase(base, origin) {
    const regions = base.regions.map((region) => ({ ...region, path: S.path(S.lines(region.rings), origin, true) }));
    const land = new Path2D();
    for (const region of regions) land.addPath(region.path);
    return {
      land, regions,
      sea: S.path(S.lines(base.sea), origin, true),
      lakes: S.path(S.lines(base.lakes), origin, true),
      edges: S.path(S.lines(base.edges), origin, false),
      cities: base.cities.map((city) => ({ ...city, xy: S.project(...city.at) })),
      neighbours: Object.fromEntries(base.neighbours.map((country) => [
        country.code,
        { ...country, path: S.path(S.lines(country.rings), origin, true) },
      ])),
    };
  }
})(window.Shekara);
