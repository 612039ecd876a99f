/* What the outside of the map is told: ids in place of positions. */

import { placeName } from "../language/names.js";
import { couldMean, marksUnder } from "./hits.js";

/* A choice as the outside knows it: ids instead of positions. */
export function outward(ready, t, choice) {
  if (!choice) return null;
  const { mark } = choice, merged = mark && mark.merged ? mark.merged.length - 1 : 0;
  const own = mark && !mark.part ? placeName(ready, mark, t) : "";
  const name = merged ? t("map.more", { name: own, n: String(merged) }) : own;
  const keys = [choice.key, ...(merged ? mark.merged.map((place) => place.key) : [])];
  return { kind: choice.kind, key: choice.key, keys: [...new Set(keys)], name, ids: choice.ids.map(ready.records.id) };
}

/* All marks with a point of the window where a click means them alone (null: out of sight or covered). */
export function clickableMarks(scene, size) {
  const { ready, view, placed, labels } = scene;
  const inWindow = (x, y) => x > 1 && y > 1 && x < size.x - 1 && y < size.y - 1;
  const meets = (mark, x, y) =>
    [[0, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]].every(([dx, dy]) => {
      const found = inWindow(x + dx, y + dy) && marksUnder(scene, x + dx, y + dy)[0];
      return found && found.key === mark.key && !(found.within && mark.ids.length > 1);
    });
  return placed.marks.map((mark) => {
    const tries = [];
    const label = labels.find((one) => one.key === mark.key);
    if (mark.kind === "border") {
      if (label) tries.push([label.box.x + label.box.w / 2 - view.padX, label.box.y + label.box.h / 2 - view.padY]);
      const [first, last] = ready.border[mark.border].cells;
      for (let c = first; c < last; c += 3) tries.push([view.x(ready.cells.middle[c][0]) - view.padX, view.y(ready.cells.middle[c][1]) - view.padY]);
    } else {
      const x = mark.x - view.ox - view.padX, y = mark.y - view.oy - view.padY;
      for (let r = 0; r <= mark.r; r += 2) for (let a = 0; a < 6.2; a += r ? 2 / r : 7) tries.push([x + r * Math.cos(a), y + r * Math.sin(a)]);
    }
    const at = tries.map((point) => point.map(Math.round)).find(([x, y]) => meets(mark, x, y) && couldMean(scene, x, y).length < 2) || [null, null];
    return { kind: mark.kind, key: mark.key, ids: mark.ids.map(ready.records.id), x: at[0], y: at[1] };
  });
}
