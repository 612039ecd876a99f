/* Where the records are shown, as geo/view/sites.py worked it out. */

import { project } from "./geometry.js";

/* The places of an atlas in the order of their keys: {kind, key, border, and what the kind has: xy, radius (km),
   crossing, region, cells}. */
export function readSites({ sites }, crossings) {
  const byId = new Map(crossings.map((crossing) => [crossing.id, crossing]));
  return sites.key.map((key, s) => {
    const site = { key, kind: sites.kind[s], border: sites.border[s] };
    if (sites.lon[s] !== null) site.xy = project(sites.lon[s], sites.lat[s]);
    if (sites.crossing[s]) site.crossing = byId.get(sites.crossing[s]);
    if (sites.region[s]) Object.assign(site, { region: sites.region[s], cells: cellsOf(sites.cells[s]) });
    if (site.kind === "town" || site.kind === "district") site.radius = sites.radius[s];
    return site;
  });
}

/* Cells from runs: the first of each and the one after its last. */
function cellsOf(ends) {
  const cells = [];
  for (let e = 0; e < ends.length; e += 2) for (let c = ends[e]; c < ends[e + 1]; c++) cells.push(c);
  return cells;
}

/* The places of the given records, each with its records' positions (ids) by family. */
export function gatherPlaces({ sites, records, atlas }, indices) {
  const of = atlas.records.site; // -1: no mark shows it; a register's rows colour the border alone
  const on = new Uint8Array(records.n), ids = [];
  for (const i of indices) on[i] = 1;
  for (const i of records.byFamily) if (on[i] && of[i] >= 0) (ids[of[i]] ||= []).push(i);
  const places = [];
  for (let s = 0; s < sites.length; s++) if (ids[s]) places.push({ ...sites[s], ids: ids[s] });
  return places;
}
