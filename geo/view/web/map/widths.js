/* The width of a text. */

/* The width of a text, measured once. */
const widths = new Map(), pen = document.createElement("canvas").getContext("2d");

/** @param {string} text @param {{font: string, tracking?: number}} look */
export function widthOf(text, { font, tracking = 0 }) {
  const key = [font, tracking, text].join("|");
  if (!widths.has(key)) {
    pen.font = font;
    pen.letterSpacing = tracking + "px";
    widths.set(key, pen.measureText(text).width);
  }
  return widths.get(key);
}
