/* An estimate laid over the plain rate, and what it says of a place. */

/* A border's estimate; nothing for a coast, or while the plain rate is shown. */
export function borderEstimate(controller, code) {
  const { ready, state, values } = controller;
  const figures = values.kind === "estimate" && state.estimate && state.estimate.borders;
  const at = ready.borders.filter((border) => border.land).findIndex((border) => border.code === code);
  return figures && at >= 0 ? { value: figures.value[at], low: figures.low[at], high: figures.high[at] } : null;
}

/* An estimate covers the land, which comes first; a coast keeps its plain rate. Each cell has the figure of its segment. */
export function withEstimate(ready, rate, { segments }) {
  const { land, segment } = ready.cells, ends = ["low", "high", "low50", "high50"];
  const out = { kind: "estimate", value: Float64Array.from(rate.value), near: rate.near, low: [], high: [], low50: [], high50: [] };
  for (let c = 0; land[c]; c++) {
    out.value[c] = segments.value[segment[c]];
    for (const end of ends) out[end][c] = segments[end][segment[c]];
  }
  return out;
}

/* The figure of a crossing ("crossing:karasu", a year) or of the line between crossings ("segment:KG-07", per 100 km
   and year): {value, low, high, rank: [first, last], of}; nothing where the estimate says nothing of it. */
export function placeEstimate({ ready, state, values }, key) {
  if (values.kind !== "estimate") return null;
  const [kind, id] = cutKey(key), of = kind === "crossing" ? "crossings" : "between";
  const figures = state.estimate[of];
  const at = kind === "crossing" ? ready.crossings.findIndex((one) => one.id === id) : ready.atlas.segments.findIndex((one) => one.id === id);
  if (!figures || at < 0 || !figures.rank_low90[at]) return null;
  return { value: figures.value[at], low: figures.low[at], high: figures.high[at], rank: [figures.rank_low90[at], figures.rank_high90[at]], of: placesOf(ready, figures, kind) };
}

/* What makes the figure of a place, by the estimate's own shares: {certain, could_records, could_km, counted} records, and
   the parts of the figure, {here, could}, which are null where a bound is told. */
export function sharesOf({ ready, state, values }, key) {
  const [kind, id] = cutKey(key), shares = values.kind === "estimate" && state.estimate.shares && state.estimate.shares[kind === "crossing" ? "crossings" : "between"];
  const at = kind === "crossing" ? ready.crossings.findIndex((one) => one.id === id) : ready.atlas.segments.findIndex((one) => one.id === id);
  return shares && at >= 0 && (shares.could_km[at] ?? null) !== null ? Object.fromEntries(Object.entries(shares).map(([name, column]) => [name, column[at]])) : null;
}

/* How many places of a kind are ranked: crossings in one cell are one. */
function placesOf(ready, figures, kind) {
  if (kind !== "crossing") return figures.rank_low90.reduce((n, rank) => n + (rank ? 1 : 0), 0);
  return new Set(ready.crossings.filter((_, at) => figures.rank_low90[at]).map(({ cell }) => cell)).size;
}

export const cutKey = (key) => [key.slice(0, key.indexOf(":")), key.slice(key.indexOf(":") + 1)];
