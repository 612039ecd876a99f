/* The parts of the sum: every record shown is in exactly one. */

import { remembered } from "./remembered.js";

const partOf = (kind) => (kind === "region" || kind === "border" || kind === "none" ? kind : "place");

/* The shown records by part, and those by air and by post. */
export function partsShown({ ready, state }) {
  return partsOf(ready, state.shown);
}

const partsOf = remembered(function (ready, indices) {
  const parts = { place: [], region: [], border: [], none: [], air: [], post: [] };
  const { of, table } = ready.atlas.records.border;
  const air = table.indexOf("AIR"), post = table.indexOf("POST");
  for (const i of indices) {
    parts[partOf(ready.kind[i])].push(i);
    if (of[i] === air) parts.air.push(i);
    else if (of[i] === post) parts.post.push(i);
  }
  return parts;
});
