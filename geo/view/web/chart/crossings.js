/* The crossings along the line: what a place on it is called. */

/* A crossing within 25 km, else the two that the place lies between. */
export function nameAt(chart, km, only) {
  const { ready, t } = chart.controller;
  const short = (crossing) => t.of(crossing.name).split(" (")[0];
  const here = ready.crossings.filter((crossing) => crossing.cell >= 0 && crossing.border in chart.line.starts).map((crossing) => ({ crossing, km: chart.line.kmOf(crossing) }));
  const near = here.filter((one) => Math.abs(one.km - km) <= 25).sort((a, b) => Number(a.crossing.mode === "rail") - Number(b.crossing.mode === "rail") || records(chart, b.crossing) - records(chart, a.crossing) || Math.abs(a.km - km) - Math.abs(b.km - km))[0];
  if (near) return short(near.crossing);
  if (only) return "";
  const before = here.filter((one) => one.km <= km).sort((a, b) => b.km - a.km)[0], after = here.filter((one) => one.km > km).sort((a, b) => a.km - b.km)[0];
  return before && after ? t("unrolled.between", { a: short(before.crossing), b: short(after.crossing) }) : short((before || after).crossing);
}

function records(chart, crossing) {
  const place = chart.held.get(crossing.index);
  return place ? place.ids.length : 0;
}

export function crossingAfter(chart, way) {
  const all = chart.controller.ready.crossings.filter((crossing) => crossing.cell >= 0 && crossing.border in chart.line.starts).map((crossing) => chart.line.kmOf(crossing)).sort((a, b) => a - b);
  return (way > 0 ? all.find((km) => km > chart.km + 0.01) : all.filter((km) => km < chart.km - 0.01).pop()) ?? chart.km;
}
