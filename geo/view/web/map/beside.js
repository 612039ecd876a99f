/* A name beside its mark, or within a soft disc. */

import { widthOf } from "./widths.js";

const GAP = 4;
const ROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.72, -0.72], [-0.72, -0.72], [0.72, 0.72], [-0.72, 0.72]]; // a mark

/** @typedef {{font: string, size: number, colour: string, tracking?: number}} Look */
/** @type {Record<string, (view: any, ink: any) => Look>} */
export const styles = {
  neighbour: (view, ink) => ({ font: `700 ${view.compact ? 10 : 13}px ${ink.font}`, size: view.compact ? 10 : 13, colour: ink.ink2, tracking: view.compact ? 0.7 : 1.3 }),
  sub: (view, ink) => ({ font: `400 ${view.compact ? 10 : 12}px ${ink.font}`, size: view.compact ? 10 : 12, colour: ink.ink2 }),
  crossing: (view, ink) => ({ font: `${view.zoomed ? 700 : 600} ${view.zoomed ? 13 : view.compact ? 11 : 12}px ${ink.font}`, size: view.zoomed ? 13 : 12, colour: ink.ink }),
  city: (view, ink) => ({ font: `400 11.5px ${ink.font}`, size: 11.5, colour: ink.ink3 }),
  large: (view, ink) => ({ font: `600 13px ${ink.font}`, size: 13, colour: ink.ink2 }),
  place: (view, ink) => ({ font: `italic 400 13px ${ink.font}`, size: 13, colour: ink.ink2 }),
};

/* Round a mark: right, left, above, below, diagonals; then farther off with a leader. */
export function beside(view, ink, room, mark, { text, style }, far) {
  const look = styles[style](view, ink);
  const w = widthOf(text, look), h = look.size + 3;
  const reach = mark.kind === "town" && view.zoomed ? Math.max(mark.r, Math.min(mark.ring, 60)) : mark.reach;
  for (const distance of far ? [reach + GAP, reach + 18, reach + 30] : [reach + GAP]) {
    const open = [];
    for (const [dx, dy] of ROUND) {
      const box = boxAt(mark.cx + dx * distance, mark.cy + dy * distance, dx, dy, w, h);
      if (room.clear(box, mark.key) && room.nearest(box, mark, reach)) open.push({ dx, dy, box });
    }
    const spot = open.find(({ box }) => room.offRibbon(box, true)) || (style !== "place" && open.find(({ box }) => room.offRibbon(box, false)));
    if (!spot) continue;
    const { dx, dy, box } = spot;
    const leader = distance > reach + GAP ? [mark.cx + dx * reach, mark.cy + dy * reach, mark.cx + dx * (distance - 2), mark.cy + dy * (distance - 2)] : null;
    return { lines: [{ text, look, x: box.x, y: box.y + h / 2 }], box, leader, key: mark.key };
  }
  return null;
}

const boxAt = (x, y, dx, dy, w, h) => ({
  x: dx > 0.1 ? x : dx < -0.1 ? x - w : x - w / 2,
  y: dy > 0.8 ? y : dy < -0.8 ? y - h : dy > 0.1 ? y - h * 0.3 : dy < -0.1 ? y - h * 0.7 : y - h / 2,
  w, h,
});

export function inDisc(view, ink, room, mark, text) {
  const look = styles.place(view, ink);
  const w = widthOf(text, look), h = 16;
  for (const share of [0.55, -0.55, 0.8, -0.8, 1.12, -1.12, 0.25, -0.25]) {
    const box = { x: mark.cx - w / 2, y: mark.cy + share * mark.r - h / 2, w, h };
    for (const strict of [true, false]) if (room.free(box, strict, mark.key)) return { lines: [{ text, look, x: box.x, y: box.y + h / 2 }], box, key: mark.key };
  }
  return null;
}
