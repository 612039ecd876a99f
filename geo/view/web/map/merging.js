/* Places that stand too close become one. */

import { hypot } from "../data/geometry.js";
import { makeField } from "./field.js";

/* Places in one square of a grid over the world become one, named after the largest: quick however many. */
export function gatherNear(places, view, size) {
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
export function mergeNear(places, view, near) {
  const groups = [];
  const field = makeField(Math.max(near, 1));
  for (const place of [...places].sort((a, b) => b.ids.length - a.ids.length || (a.key < b.key ? -1 : 1))) {
    const x = place.xy[0] * view.k, y = place.xy[1] * view.k;
    /** @type {any} */
    let home = null;
    field.some(x, y, near, (group) => {
      if (hypot(group.x - x, group.y - y) <= near && (!home || group.rank < home.rank)) home = group;
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
