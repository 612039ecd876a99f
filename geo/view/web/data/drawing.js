/* What the border and the marks are drawn by, as geo/view/drawing.py says it: read once from the atlas. */

/** @type {{breaks: number[], near: number, unsure: number, widths: number[], none: number, shades: number[][], outlines: Record<string, number[][]>, circle: number}} */
export const drawing = { breaks: [], near: 0, unsure: 0, widths: [], none: 0, shades: [], outlines: {}, circle: 0 };

export function readDrawing(atlas) {
  Object.assign(drawing, atlas.drawing, { breaks: [...atlas.drawing.breaks] }); // a register fits its own breaks
}
