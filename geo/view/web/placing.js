/* Where each mark is drawn at a zoom, in pixels of the world at that zoom. Greedy and deterministic: by kind, then
   count, then key. Nothing sits on the border: what is at a crossing hangs beside it on a stem. */
(function (S) {
  "use strict";

  const FAN = [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2];
  const fan = (lengths) => FAN.flatMap((turn) => lengths.map((length) => ({ turn, length, cost: length + 16 * Math.abs(turn) }))).sort((a, b) => a.cost - b.cost);
  const STEMS = fan([8, 14, 22, 32, 44]), STEMS_ZOOMED = fan([14, 22, 32, 46, 66, 96]);
  const TAG_LENGTHS = [16, 24, 34, 46, 60, 80];
  const MANY = 5000; // records shown, from which on there are beads only
  const MOST_OPEN = 40; // more records than this stay a bead at every zoom
  const OFF_LINE_KM = 5; // nearer, the line itself may be as far off
  const LEAST_RING = 7; // pixels
  const NEAR = { crossing: 13, town: 17, air: 13 }, NEAR_MANY = { crossing: 24, town: 30, district: 44, air: 44 }; // pixels
  const LEAST_FOR_DIGITS = [7, 10, 14, 20, 25]; // radius of a bead that holds a number
  const AWAY = Math.PI;

  S.many = (indices) => indices.length >= MANY;

  S.beadRadius = (view, n) => (n === 1 ? 5.8 : 6.4 + 2.3 * Math.sqrt(Math.min(n, 100))) * (view.compact ? 0.84 : 1);

  /* Marks one by one in a hexagonal packing: their offsets, and the radius of the disc that holds them. */
  S.packOpen = function (n) {
    const step = 17, found = [];
    const rings = Math.ceil(Math.sqrt(n)) + 1;
    const shift = n === 2 ? step / 2 : n === 3 || n === 4 ? 0.01 : 0;
    for (let row = -rings; row <= rings; row++)
      for (let column = -rings; column <= rings; column++) {
        const x = (column + (row & 1) / 2) * step + (n === 3 ? step / 2 : shift), y = row * step * 0.87 + (n === 3 ? step * 0.29 : 0);
        found.push([x, y, S.far(x, y)]);
      }
    found.sort((a, b) => Math.round((a[2] - b[2]) * 8) || a[1] - b[1] || a[0] - b[0]);
    const spots = found.slice(0, n).sort((a, b) => Math.round(a[1] - b[1]) || a[0] - b[0]);
    const cx = mean(spots.map((p) => p[0])), cy = mean(spots.map((p) => p[1]));
    const centred = spots.map(([x, y]) => [x - cx, y - cy]);
    return { spots: centred, r: Math.max(...centred.map((p) => S.far(p[0], p[1]))) + (n === 1 ? 11 : 13) };
  };

  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

  /* Obstacles in a grid: circles of marks, and points of the ribbon with its half width. Far squares may share a
     small whole number, which is quick to look up: every test asks for the distance. */
  function makeField(cell) {
    const buckets = new Map();
    const key = (gx, gy) => ((gx & 0x3fff) << 15) | (gy & 0x7fff);
    return {
      add(item) {
        const k = key(Math.floor(item.x / cell), Math.floor(item.y / cell));
        const held = buckets.get(k);
        if (held) held.push(item);
        else buckets.set(k, [item]);
      },
      some(x, y, reach, test) {
        for (let gx = Math.floor((x - reach) / cell); gx <= Math.floor((x + reach) / cell); gx++)
          for (let gy = Math.floor((y - reach) / cell); gy <= Math.floor((y + reach) / cell); gy++)
            for (const item of buckets.get(key(gx, gy)) || NOTHING) if (test(item)) return true;
        return false;
      },
    };
  }
  const NOTHING = [];
  S.makeField = makeField;

  function ribbonField(ready, view, stretches) {
    const field = makeField(24);
    for (const stretch of stretches) {
      const half = S.ribbonWidth(view, stretch.step) / 2;
      for (let c = stretch.from; c < stretch.to; c++) {
        const xy = ready.cells.lines[c];
        for (let i = 2; i < xy.length; i += 2) {
          const ax = xy[i - 2] * view.k, ay = xy[i - 1] * view.k, bx = xy[i] * view.k, by = xy[i + 1] * view.k;
          const parts = Math.max(1, Math.ceil(S.far(bx - ax, by - ay) / 4));
          for (let p = 0; p < parts; p++) field.add({ x: ax + ((bx - ax) * p) / parts, y: ay + ((by - ay) * p) / parts, half, hot: stretch.step >= 2, land: stretch.land });
        }
      }
    }
    return field;
  }

  /* All marks of the places at this zoom; of many records beads alone, and towns and districts by neighbourhood. */
  S.place = function (ready, places, view, stretches, many) {
    const ribbon = ribbonField(ready, view, stretches);
    const discs = makeField(48);
    const taken = {
      discs, ribbon, stems: makeField(24),
      free: (x, y, r, strict) =>
        !discs.some(x, y, r + 44, (o) => (strict < 3 || !o.soft) && S.far(o.x - x, o.y - y) < o.r + r + (strict ? 1.5 : 3)) &&
        !taken.stems.some(x, y, r + 8, (o) => strict < 3 && S.far(o.x - x, o.y - y) < r + 2) &&
        !ribbon.some(x, y, r + 16, (o) => (strict < 1 || o.hot) && strict < 3 && S.far(o.x - x, o.y - y) < o.half + r + 1.5),
    };
    const of = (kind) => places.filter((place) => place.kind === kind);
    const near = many ? NEAR_MANY : NEAR;
    const inDistricts = many ? gatherNear(of("district"), view, near.district) : of("district");
    const inTowns = mergeNear(many ? gatherNear(of("town"), view, near.town) : of("town"), view, view.zoomed && !many ? 4 : near.town);
    const atCrossings = mergeNear(of("crossing"), view, view.zoomed ? 0 : view.compact ? near.crossing + 6 : near.crossing);
    const size = many ? sizeAmong([...inDistricts, ...inTowns, ...atCrossings]) : null;
    const districts = inDistricts.map((place) => placeDistrict(view, place, size));
    for (const mark of districts) discs.add({ x: mark.x, y: mark.y, r: 5, soft: true });
    const towns = inTowns.map((place) => placeTown(view, place, size));
    for (const mark of towns) discs.add({ x: mark.x, y: mark.y, r: mark.r + 3.5 });
    const crossings = atCrossings.map((place) => placeCrossing(ready, view, place, taken, size));
    const airs = view.compact && !view.zoomed ? [] : mergeNear(of("air"), view, near.air).map((place) => placeAir(view, place, taken));
    const regions = of("region").map((place) => placeTag(ready, view, place, taken));
    const borders = of("border").map((place) => ({ ...place, x: NaN, y: NaN, r: 0 }));
    return { marks: [...districts, ...regions, ...airs, ...towns, ...crossings, ...borders], ribbon };
  };

  /* Places in one square of a grid over the world become one, named after the largest: quick however many. */
  function gatherNear(places, view, size) {
    const groups = new Map();
    for (const place of places) {
      const key = Math.floor((place.xy[0] * view.k) / size) * 1e6 + Math.floor((place.xy[1] * view.k) / size);
      const group = groups.get(key);
      if (!group) groups.set(key, { home: place, places: [place] });
      else {
        group.places.push(place);
        if (place.ids.length > group.home.ids.length) group.home = place;
      }
    }
    return Array.from(groups.values(), ({ home, places: held }) => ({ ...home, ids: held.flatMap((place) => place.ids), merged: held }));
  }

  /* Places closer than a distance become one, named after the largest. */
  function mergeNear(places, view, near) {
    const groups = [];
    const field = makeField(Math.max(near, 1));
    for (const place of [...places].sort((a, b) => b.ids.length - a.ids.length || (a.key < b.key ? -1 : 1))) {
      const x = place.xy[0] * view.k, y = place.xy[1] * view.k;
      let home = null;
      field.some(x, y, near, (group) => {
        if (S.far(group.x - x, group.y - y) <= near && (!home || group.rank < home.rank)) home = group;
        return false;
      });
      if (home) {
        for (const i of place.ids) home.ids.push(i);
        home.merged.push(...(place.merged || [place]));
      } else {
        home = { ...place, ids: [...place.ids], x, y, rank: groups.length, merged: place.merged || [place] };
        groups.push(home);
        field.add(home);
      }
    }
    return groups.sort((a, b) => b.ids.length - a.ids.length || (a.key < b.key ? -1 : 1));
  }

  /* Among many, the largest bead is as large as a bead can be and the others follow by area; each holds its number. */
  function sizeAmong(places) {
    const most = Math.max(100, ...places.map((place) => place.ids.length));
    return (view, n) => Math.max(S.beadRadius(view, Math.max(2, (n * 100) / most)), LEAST_FOR_DIGITS[String(n).length - 1] || 29);
  }

  function radiusOf(view, ids, size) {
    if (size) return { r: size(view, ids.length), open: null };
    if (!view.zoomed || ids.length > MOST_OPEN) return { r: S.beadRadius(view, ids.length), open: null };
    const open = S.packOpen(ids.length);
    return { r: open.r, open };
  }

  function placeDistrict(view, place, size) {
    const least = size ? size(view, place.ids.length) : view.compact ? 9 : 12;
    return { ...place, x: place.xy[0] * view.k, y: place.xy[1] * view.k, r: Math.max(least, place.radius * view.pxkm), counted: Boolean(size) };
  }

  function placeTown(view, place, size) {
    const { r, open } = radiusOf(view, place.ids, size);
    const ring = view.zoomed ? Math.max(place.radius * view.pxkm, open && open.spots.length > 1 ? r - 1 : 11) : r + 3.5;
    return { ...place, r: open && open.spots.length === 1 ? 7 : r, open, ring, thin: Boolean(size) };
  }

  function placeCrossing(ready, view, place, taken, size) {
    const foot = { x: place.x, y: place.y };
    const { r, open } = radiusOf(view, place.ids, size);
    const [nx, ny] = ready.cells.inward[place.crossing.cell];
    const base = Math.atan2(ny, nx);
    const spot = findSpot(foot, base, r, view, taken);
    const mark = { ...place, foot, r, open, thin: Boolean(size), ...spot, rings: ringsOf(view, place) };
    taken.discs.add({ x: mark.x, y: mark.y, r });
    addStem(taken, mark);
    return mark;
  }

  /* Round the point of each crossing that stands well off the line, a ring that reaches the line. */
  function ringsOf(view, place) {
    return place.merged.filter(({ crossing }) => crossing.off > OFF_LINE_KM).map(({ crossing: { point, xy } }) => {
      const x = point[0] * view.k, y = point[1] * view.k;
      return { x, y, r: S.far(xy[0] * view.k - x, xy[1] * view.k - y) };
    }).filter(({ r }) => r >= LEAST_RING);
  }

  /* The nearest free place along a fan of directions; the tests loosen one by one, outward comes last. */
  function findSpot(foot, base, r, view, taken) {
    const tries = view.zoomed ? STEMS_ZOOMED : STEMS;
    const at = ({ turn, length }) => {
      const angle = base + turn;
      return { x: foot.x + Math.cos(angle) * (length + r), y: foot.y + Math.sin(angle) * (length + r), angle, length };
    };
    for (const [strict, side] of [[0, 0], [1, 0], [2, 0], [1, AWAY], [3, 0]])
      for (const one of tries) {
        const spot = at({ turn: one.turn + side, length: one.length });
        if (taken.free(spot.x, spot.y, r, strict) && (strict > 1 || !stemBlocked(foot, spot, taken, strict))) return spot;
      }
    return at({ turn: 0, length: Math.max(...tries.map(({ length }) => length)) });
  }

  /* A stem may not cross another mark, another stem, or the border after its first 9 px. */
  function stemBlocked(foot, spot, taken, strict) {
    const far = spot.length;
    for (let s = 4; s < far; s += 3) {
      const x = foot.x + Math.cos(spot.angle) * s, y = foot.y + Math.sin(spot.angle) * s;
      if (s > 9 && taken.ribbon.some(x, y, 10, (o) => S.far(o.x - x, o.y - y) < o.half + 1 && (strict < 1 || o.hot))) return true;
      if (taken.discs.some(x, y, 40, (o) => !o.soft && S.far(o.x - x, o.y - y) < o.r + 1.5)) return true;
      if (s > 6 && taken.stems.some(x, y, 4, (o) => S.far(o.x - x, o.y - y) < 3)) return true;
    }
    return false;
  }

  function addStem(taken, mark) {
    for (let s = 0; s <= mark.length; s += 3) taken.stems.add({ x: mark.foot.x + Math.cos(mark.angle) * s, y: mark.foot.y + Math.sin(mark.angle) * s });
  }

  /* An airport stays where it is unless something stands there; then it steps aside. */
  function placeAir(view, place, taken) {
    const steps = [[0, 0]];
    for (const distance of [20, 26, 34]) for (const turn of [0.5, -0.5, 0, 1, 0.25, -0.25, 0.75, -0.75]) steps.push([Math.cos(turn * Math.PI) * distance, Math.sin(turn * Math.PI) * distance]);
    const step = steps.find(([dx, dy]) => taken.free(place.x + dx, place.y + dy, 9, 1)) || steps[0];
    const mark = { ...place, x: place.x + step[0], y: place.y + step[1], r: 8 };
    taken.discs.add({ x: mark.x, y: mark.y, r: 10 });
    return mark;
  }

  /* The tag of a hatched stretch hangs outside the country, as near the stretch's middle as there is room. */
  function placeTag(ready, view, place, taken) {
    const { cells, n } = { cells: place.cells, n: place.cells.length };
    const order = [0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8, 0.1, 0.9].map((share) => cells[Math.min(n - 1, Math.floor(share * n))]);
    const half = 9 + 3.2 * String(place.ids.length).length;
    const home = (c) => ({ x: ready.cells.middle[c][0] * view.k, y: ready.cells.middle[c][1] * view.k });
    let best = null;
    for (const length of TAG_LENGTHS)
      for (const c of order)
        for (const turn of [0, 0.4, -0.4]) {
          if (best) continue;
          const from = home(c);
          const [nx, ny] = ready.cells.inward[c];
          const angle = Math.atan2(-ny, -nx) + turn;
          const x = from.x + Math.cos(angle) * (length + half), y = from.y + Math.sin(angle) * (length + half);
          if (taken.free(x, y, half + 2, 0) && S.landAt(ready, x / view.k, y / view.k) !== "own") best = { x, y, foot: from };
        }
    const from = home(order[0]);
    const mark = { ...place, ...(best || { ...from, foot: from }), r: half };
    taken.discs.add({ x: mark.x, y: mark.y, r: half + 2 });
    return mark;
  }

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
  S.landAt = function (ready, wx, wy) {
    const raster = (ready.raster = ready.raster || makeRaster(ready));
    const x = Math.floor((wx - raster.x0) * raster.k), y = Math.floor((wy - raster.y0) * raster.k);
    if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return "";
    const at = 4 * (y * raster.width + x);
    if (raster.data[at + 1] > 60) return "own";
    return raster.codes[Math.round(raster.data[at] / 10)] || "";
  };
})(window.Shekara);
