/* The names of the neighbours, on their own land. */

import { styles } from "./beside.js";
import { landAt } from "./lands.js";
import { boxToPoint } from "./room.js";
import { widthOf } from "./widths.js";

// Along a border, from its middle to both ends.
const SHARES = Array.from({ length: 29 }, (_, i) => 0.5 + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * 0.034);

/* A neighbour's name stands on its own land, or not at all; first its second line is dropped. */
export function neighbour(view, ink, ready, room, border, counts, t) {
  const name = t.of(border.name).toLocaleUpperCase(t.lang);
  const note = !counts ? "" : !counts.n ? t("map.no-records") : counts.m ? t("map.neighbour", { n: counts.n, m: counts.m }) : t("map.neighbour-all", { n: counts.n });
  const look = styles.neighbour(view, ink), small = styles.sub(view, ink);
  const w = widthOf(name, look), both = Math.max(w, widthOf(note, small));
  const wide = room.marks.filter((mark) => mark.kind === "district" || (mark.kind === "crossing" && mark.ids.length > 2));
  const tries = view.compact && !view.zoomed ? [[1, true, true], [1, false, true], [1, false, false]] : [[2, true, true], [2, false, true], [1, true, true], [1, false, true]];
  for (const [lines, avoid, strict] of note ? tries : tries.filter(([count]) => count === 1)) {
    // The second line's numbers change with the filters: a little room to spare keeps its spots.
    const width = lines === 2 ? Math.ceil(both / 8) * 8 : w, height = look.size + (lines === 2 ? small.size + 6 : 2);
    for (const box of spots(ready, view, border, width, height)) {
      if (avoid && wide.some((mark) => boxToPoint(box, mark.cx, mark.cy) < mark.r + (mark.kind === "district" ? 0 : 24))) continue;
      if (room.free(box, strict, "")) return label(box.x + width / 2, { ...box }, lines);
    }
  }
  // On a small map no spot beside the line may be left: anywhere on the neighbour's land then.
  const open = view.compact && !view.zoomed ? elsewhere(ready, view, room, border, w, look.size + 2) : null;
  return open && label(open.x + w / 2, open, 1);

  function label(x, box, lines) {
    const rows = [{ text: name, look, x: x - w / 2, y: box.y + look.size / 2 + 1 }];
    if (lines === 2) rows.push({ text: note, look: small, x: x - widthOf(note, small) / 2, y: box.y + look.size + small.size / 2 + 4 });
    return { lines: rows, box, key: "border:" + border.code, border: border.code };
  }
}

/* Where a box of this size stands on the neighbour's own land beside the border, the nearest first. It is asked
   after every filter and changes with the view alone. */
let known = { view: "", spots: new Map() };

function spots(ready, view, border, width, height) {
  const now = [view.k, view.ox, view.oy, view.width, view.height].join(), key = [border.code, width, height].join();
  if (known.view !== now) known = { view: now, spots: new Map() };
  if (!known.spots.has(key)) known.spots.set(key, findSpots(ready, view, border, width, height));
  return known.spots.get(key);
}

function findSpots(ready, view, border, width, height) {
  const [first, last] = border.cells, found = [];
  for (const away of [14, 26, 42, 64, 92, 128, 170])
    for (const share of SHARES) {
      const c = Math.min(last - 1, Math.floor(first + share * (last - first)));
      const [nx, ny] = ready.cells.inward[c];
      const reach = away + Math.abs(nx) * (width / 2) + Math.abs(ny) * (height / 2);
      const x = view.x(ready.cells.middle[c][0]) - nx * reach, y = view.y(ready.cells.middle[c][1]) - ny * reach;
      const box = { x: x - width / 2, y: y - height / 2, w: width, h: height };
      if (view.showsBox(box, 4) && stands(ready, view, border.code, box)) found.push(box);
    }
  return found;
}

/* The free spot of the neighbour's land in the window that is nearest to the border. */
function elsewhere(ready, view, room, border, w, h) {
  const [first, last] = border.cells;
  const line = Array.from({ length: Math.ceil((last - first) / 4) }, (_, i) => ready.cells.middle[first + 4 * i]).map(([x, y]) => [view.x(x), view.y(y)]);
  let best = null, least = Infinity;
  for (let y = view.padY; y < view.height - view.padY; y += 4)
    for (let x = view.padX; x < view.width - view.padX; x += 4) {
      const box = { x, y, w, h };
      if (!stands(ready, view, border.code, box, 0.08) || !room.free(box, false, "")) continue;
      const away = Math.min(...line.map(([px, py]) => Math.hypot(px - x - w / 2, py - y - h / 2)));
      if (away < least) [best, least] = [box, away];
    }
  return best;
}

/* Clear of the country everywhere, and its middle on the neighbour's own land. */
function stands(ready, view, code, box, half = 0.15) {
  const land = (x, y) => landAt(ready, (x + view.ox) / view.k, (y + view.oy) / view.k);
  if (![0.5 - half, 0.5, 0.5 + half].every((share) => land(box.x + box.w * share, box.y + box.h / 2) === code)) return false;
  for (let i = 0; i <= 6; i++) for (const share of [0, 0.5, 1]) if (land(box.x + (box.w * i) / 6, box.y + box.h * share) === "own") return false;
  return true;
}
