/* The axes of the charts: margins, ticks, and how far they reach. */

export const LEFT = 40, RIGHT = 14;
export const TICKS = [0, 0.1, 0.5, 1, 2, 5, 10, 20, 50], FEW_TICKS = [0, 0.25, 1, 2, 5, 10, 20, 50];
export const TOPS = [2.4, 5.5, 11, 22, 55], MOST = 55;

export const klass = (name, more) => ({ class: name, ...more });

/* The first of the tops of an axis that holds a value; beyond them, these ten, a hundred … times as large. */
export function roomFor(tops, value) {
  for (let times = 1; ; times *= 10) for (const top of times > 1 ? tops.slice(-3) : tops) if (top * times >= value) return top * times;
}
