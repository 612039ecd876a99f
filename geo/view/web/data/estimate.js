/* An estimate laid over the plain rate. */

/* A border's estimate; nothing for a coast, or while the plain rate is shown. */
export function borderEstimate(controller, code) {
  const { ready, state, values } = controller;
  const figures = values.kind === "estimate" && state.estimate && state.estimate.borders;
  const at = ready.borders.filter((border) => border.land).findIndex((border) => border.code === code);
  return figures && at >= 0 ? { value: figures.value[at], low: figures.low[at], high: figures.high[at] } : null;
}

/* An estimate covers the land, which comes first; a coast keeps its plain rate. Both scales hold one value a cell:
   the coarse one that of the cell's segment, for the whole country and the chart; the fine one the cell's own. */
export function withEstimate(ready, rate, estimate) {
  const coarse = layOver(rate, estimate, (c) => ready.cells.segment[c], estimate.segments);
  coarse.fine = estimate.cells ? layOver(rate, estimate, (c) => c, estimate.cells) : coarse;
  return coarse;
}

function layOver(rate, { near }, at, figures) {
  const out = { kind: "estimate", value: Float64Array.from(rate.value), near: Uint8Array.from(rate.near), low: [], high: [], low50: [], high50: [] };
  near.forEach((flag, c) => {
    out.value[c] = figures.value[at(c)];
    out.near[c] = flag;
    for (const end of ["low", "high", "low50", "high50"]) if (figures[end]) out[end][c] = figures[end][at(c)];
  });
  return out;
}
