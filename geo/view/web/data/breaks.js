/* Breaks of the border's colours, made for a selection. The same as geo/summaries/breaks.py; tests/vectors/breaks.json
   holds the cases of both. */

const NUMBER = 4, SPAN = 3;

/* Four rungs of the ladder … 0.1, 0.2, 0.5, 1, 2, 5 …, the last the largest that half the highest value reaches. */
export function breaksFor(medians) {
  let highest = 0;
  for (const value of medians) if (value > highest) highest = value;
  if (!(highest > 0)) return [];
  const half = highest / 2, power = Number(half.toExponential().split("e")[1]);
  const ladder = [-2, -1, 0].flatMap((more) => [1, 2, 5].map((rung) => Number(`${rung}e${power + more}`)));
  return ladder.filter((rung) => rung <= half).slice(-NUMBER);
}

export const stepOf = (value, breaks) => breaks.reduce((step, limit) => step + (value >= limit ? 1 : 0), 0);

/* Coloured, but its interval spans three steps or more. */
export const isHollow = (median, low, high, breaks) => stepOf(median, breaks) > 0 && stepOf(high, breaks) - stepOf(low, breaks) >= SPAN;
