/* What the border and the marks are drawn by, as geo/view/drawing.py says it: read once from the atlas. */

/** @type {{near: number, whole: number, some: number, widths: number[], least_hollow: number, shades: number[][], outlines: Record<string, number[][]>, circle: number}} */
export const drawing = { near: 0, whole: 0, some: 0, widths: [], least_hollow: 0, shades: [], outlines: {}, circle: 0 };

export function readDrawing(atlas) {
  Object.assign(drawing, atlas.drawing);
}
