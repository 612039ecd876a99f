/* What is taken on the map when names are placed. */

import { hypot } from "../data/geometry.js";
import { makeField } from "./field.js";

/* What is taken: marks as circles, labels as boxes, the ribbon as points; all in the view's pixels. */
export function makeRoom(view, placed, reserved) {
  const marks = placed.marks
    .filter((mark) => mark.kind !== "border" && view.shows(mark.x - view.ox, mark.y - view.oy, mark.r))
    .map((mark) => ({ ...mark, cx: mark.x - view.ox, cy: mark.y - view.oy, reach: mark.kind === "town" ? Math.max(mark.ring, mark.r) : mark.r }));
  const stems = placed.marks.filter((mark) => mark.kind === "crossing").map((mark) => [mark.foot.x - view.ox, mark.foot.y - view.oy, mark.x - view.ox, mark.y - view.oy]);
  const boxes = [...reserved];
  const solid = makeField(64);
  let widest = 0; // reach of a mark
  for (const mark of marks) {
    if (mark.kind === "district") continue;
    widest = Math.max(widest, mark.reach);
    solid.add({ mark, x: mark.cx, y: mark.cy });
  }
  /* Whether a mark that may come within a distance of the box passes a test. */
  const someMark = (box, distance, test) => solid.some(box.x + box.w / 2, box.y + box.h / 2, Math.max(box.w, box.h) / 2 + widest + distance, ({ mark }) => test(mark));
  return {
    marks, boxes, view,
    /* No name, mark or stem lies there. */
    clear(box, own) {
      if (!view.showsBox(box, 4)) return false;
      if (boxes.some((other) => overlaps(box, other, 2))) return false;
      if (someMark(box, 2, (mark) => mark.key !== own && boxToPoint(box, mark.cx, mark.cy) < (view.zoomed && mark.kind === "town" ? Math.min(mark.reach, 12) : mark.reach) + 2)) return false;
      return !stems.some((line) => boxMeetsLine(box, line));
    },
    /* Nor the ribbon, or only where it is pale. */
    offRibbon(box, strict) {
      const mx = box.x + box.w / 2 + view.ox, my = box.y + box.h / 2 + view.oy;
      return !placed.ribbon.some(mx, my, Math.max(box.w, box.h) / 2 + 16, (o) => (strict || o.hot) && boxToPoint(box, o.x - view.ox, o.y - view.oy) < o.half + 1);
    },
    free(box, strict, own) {
      return this.clear(box, own) && this.offRibbon(box, strict);
    },
    nearest(box, own, reach) {
      const mine = Math.max(0, boxToPoint(box, own.cx, own.cy) - reach);
      return !someMark(box, mine, (mark) => mark.key !== own.key && Math.max(0, boxToPoint(box, mark.cx, mark.cy) - mark.reach) < mine - 0.5);
    },
  };
}

export const overlaps = (a, b, m) => a.x < b.x + b.w + m && b.x < a.x + a.w + m && a.y < b.y + b.h + m && b.y < a.y + a.h + m;
export const boxToPoint = (box, x, y) => hypot(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));

function boxMeetsLine(box, [x0, y0, x1, y1]) {
  if (Math.max(x0, x1) < box.x - 2 || Math.min(x0, x1) > box.x + box.w + 2 || Math.max(y0, y1) < box.y - 2 || Math.min(y0, y1) > box.y + box.h + 2) return false;
  for (let s = 0; s <= 1; s += 0.125) if (boxToPoint(box, x0 + s * (x1 - x0), y0 + s * (y1 - y0)) < 2) return true;
  return false;
}
