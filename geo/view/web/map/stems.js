/* The stems of crossings: the nearest free place along a fan of directions. */

import { hypot } from "../data/geometry.js";

const FAN = [0, 0.3, -0.3, 0.6, -0.6, 0.9, -0.9, 1.2, -1.2];

const fan = (lengths) => FAN.flatMap((turn) => lengths.map((length) => ({ turn, length, cost: length + 16 * Math.abs(turn) }))).sort((a, b) => a.cost - b.cost);

const STEMS = fan([8, 14, 22, 32, 44]), STEMS_ZOOMED = fan([14, 22, 32, 46, 66, 96]);
const AWAY = Math.PI;

/* The nearest free place along a fan of directions; the tests loosen one by one, outward comes last. */
export function findSpot(foot, base, r, view, taken) {
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
    if (s > 9 && taken.ribbon.some(x, y, 10, (o) => hypot(o.x - x, o.y - y) < o.half + 1 && (strict < 1 || o.hot))) return true;
    if (taken.discs.some(x, y, 40, (o) => !o.soft && hypot(o.x - x, o.y - y) < o.r + 1.5)) return true;
    if (s > 6 && taken.stems.some(x, y, 4, (o) => hypot(o.x - x, o.y - y) < 3)) return true;
  }
  return false;
}

export function addStem(taken, mark) {
  for (let s = 0; s <= mark.length; s += 3) taken.stems.add({ x: mark.foot.x + Math.cos(mark.angle) * s, y: mark.foot.y + Math.sin(mark.angle) * s });
}
