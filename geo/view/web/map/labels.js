/* Names on the map, placed greedily: no two touch, none lies over a mark, a neighbour's name never over the country.
   No place, no label: the list and the card have it. */

import { hypot } from "../data/geometry.js";
import { placeName } from "../language/names.js";
import { beside, inDisc } from "./beside.js";
import { neighbour } from "./neighbours.js";
import { boxToPoint, makeRoom } from "./room.js";

/* labels: [{text, sub, x, y, box, font …}] in the view's pixels, for what is inside the window. */
export function placeLabels(view, ink, ready, placed, shown, t) {
  const room = makeRoom(view, placed, shown.reserved);
  const labels = [];
  const add = (label) => {
    if (!label) return null;
    labels.push(label);
    room.boxes.push(label.box);
    return label;
  };
  for (const mark of room.marks) if (mark.kind === "region" && view.zoomed) add(beside(view, ink, room, mark, { text: t("map.somewhere", { n: mark.ids.length, name: placeName(ready, mark, t) }), style: "place" }, false));
  for (const one of shown.five) room.boxes.push(...boxesOf(one));
  for (const border of ready.borders) add(neighbour(view, ink, ready, room, border, shown.records ? shown.counts[border.code] : null, t));
  const least = view.zoomed ? 1 : view.compact ? 9 : 3, numbered = shown.five.filter(({ box }) => box).map(({ key }) => key);
  const crossings = room.marks.filter((mark) => mark.kind === "crossing" && mark.ids.length >= least && !numbered.includes(mark.key));
  for (const mark of crossings) add(beside(view, ink, room, mark, { text: crossingText(ready, view, mark, t), style: "crossing" }, !view.compact));
  if (view.zoomed) for (const mark of room.marks) add(placeLabel(view, ink, ready, room, mark, t));
  if (!view.compact || view.zoomed) for (const city of citiesAt(ready, view, shown.records)) add(cityLabel(view, ink, room, city, t, labels));
  return labels;
}

/* What a numbered disc takes: itself, its name, and the leader in short pieces. */
function boxesOf({ x, y, r, from, box }) {
  const pieces = [0.25, 0.5, 0.75].map((share) => ({ x: from[0] + (x - from[0]) * share - 2, y: from[1] + (y - from[1]) * share - 2, w: 4, h: 4 }));
  return [{ x: x - r - 3, y: y - r - 3, w: 2 * r + 6, h: 2 * r + 6 }, ...(box ? [box] : []), ...pieces];
}

const CALM = 3; // cities beside the line alone
const WIDE = 40; // pixels, from which on a district's disc is land like any other
const TOWN = 3; // rank of what is named once zoomed in

/* Abroad only the largest at country scale; beside the line alone three of the country. */
function citiesAt(ready, view, records) {
  if (view.zoomed) return ready.base.cities;
  const own = ready.base.cities.filter((city) => city.rank === 1).map((city) => city.country)[0];
  const cities = ready.base.cities.filter(({ rank }) => rank < TOWN);
  if (!records) return cities.filter((city) => city.country === own).slice(0, CALM);
  const abroad = cities.filter((city) => city.country !== own).slice(0, view.pxkm < 0.55 ? 9 : 99);
  return cities.filter((city) => city.country === own || abroad.includes(city));
}

function crossingText(ready, view, mark, t) {
  const name = placeName(ready, mark, t);
  if (view.zoomed) return mark.ids.length > 1 ? t("map.named-count", { name, n: mark.ids.length }) : name;
  return mark.merged.length > 1 ? t("map.more", { name, n: String(mark.merged.length - 1) }) : name;
}

function placeLabel(view, ink, ready, room, mark, t) {
  if (mark.kind === "district") {
    if (mark.counted) return null;
    const letters = new Set(mark.ids.map((i) => ready.records.letter[i]));
    const text = mark.ids.length === 1 ? t("map.district", { letter: t("letter." + [...letters][0]) }) : t("map.district-n", { n: mark.ids.length });
    return inDisc(view, ink, room, mark, text);
  }
  if (mark.kind !== "town" && mark.kind !== "air") return null;
  const name = placeName(ready, mark, t);
  return beside(view, ink, room, mark, { text: mark.ids.length > 1 ? t("map.named-count", { name, n: mark.ids.length }) : name, style: "place" }, false);
}

/* A city inside a mark's ring is named beside it, with no dot that would look like the place of a record. */
function cityLabel(view, ink, room, city, t, labels) {
  const cx = view.x(city.xy[0]), cy = view.y(city.xy[1]);
  if (!view.shows(cx, cy, 0)) return null;
  // One town stands in the gazetteer twice, or on either side of the line.
  if (labels.some(({ dot, lines }) => dot && lines[0].text === t.of(city.name) && hypot(dot[0] - cx, dot[1] - cy) < WIDE)) return null;
  const under = room.marks.filter((mark) => (mark.kind !== "district" || mark.r < WIDE) && hypot(mark.cx - cx, mark.cy - cy) < mark.reach + 3);
  if (under.length && city.rank > 1) return null;
  const own = under[0] || { key: "city", cx, cy, reach: 3, kind: "city" };
  const label = beside(view, ink, room, own, { text: t.of(city.name), style: view.zoomed && city.rank < TOWN ? "large" : "city" }, false);
  if (label && !under.length) {
    if (room.boxes.some((box) => boxToPoint(box, cx, cy) < 4)) return null;
    label.dot = [cx, cy, view.zoomed ? (city.rank < TOWN ? 3 : 2.2) : 2];
  }
  return label;
}

export function drawLabels(ctx, ink, labels) {
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  let font = "", tracking = 0; // setting them anew for each name would cost more than drawing it
  for (const label of labels) {
    if (label.leader) {
      ctx.beginPath();
      ctx.moveTo(label.leader[0], label.leader[1]);
      ctx.lineTo(label.leader[2], label.leader[3]);
      ctx.strokeStyle = ink.ink2;
      ctx.lineWidth = 1;
      ctx.stroke();
    }
    if (label.dot) {
      ctx.beginPath();
      ctx.arc(label.dot[0], label.dot[1], label.dot[2], 0, 2 * Math.PI);
      ctx.fillStyle = ink.ink3;
      ctx.fill();
    }
    for (const { text, look, x, y } of label.lines) {
      if (font !== look.font) ctx.font = font = look.font;
      if (tracking !== (look.tracking || 0)) ctx.letterSpacing = (tracking = look.tracking || 0) + "px";
      ctx.strokeStyle = ink.casing;
      ctx.lineWidth = 3;
      ctx.globalAlpha = 0.9;
      ctx.strokeText(text, x, y);
      ctx.globalAlpha = 1;
      ctx.fillStyle = look.colour;
      ctx.fillText(text, x, y);
    }
  }
  ctx.letterSpacing = "0px";
}
