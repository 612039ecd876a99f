/* The controller of a map: what is shown, what is chosen, and who is told. */

import { countBorders, countRegions } from "../data/counts.js";
import { withEstimate } from "../data/estimate.js";
import { pointAlong } from "../data/geometry.js";
import { gatherPlaces } from "../data/places.js";
import { prepare } from "../data/ready.js";
import { fitBreaks, plainRate } from "../data/values.js";
import { makeSpeaker } from "../language/speaker.js";
import { drawBase, prepareBase } from "./basemap.js";
import { drawHatched } from "./hatching.js";
import { borderMark, marksUnder } from "./hits.js";
import { readInk } from "./ink.js";
import { drawLabels, placeLabels } from "./labels.js";
import { Layer } from "./layer.js";
import { drawDistricts, drawFeet, drawMarks, drawRing, drawStems } from "./marks.js";
import { clickableMarks, outward } from "./outside.js";
import { placeMarks } from "./placing.js";
import { drawRibbon, joinStretches } from "./ribbon.js";
import { areMany } from "./sizes.js";

export function drawAtlas(map, atlas, options) {
  const ready = prepare(atlas);
  ready.base = prepareBase(atlas.base, ready.origin);
  // A page waits for its filters before it draws, and then draws once.
  let waits = Boolean(options.waits);
  const state = { shown: waits ? [] : Array.from({ length: ready.records.n }, (_, i) => i), period: atlas.period, colour: "rate", estimate: null, choropleth: false, lang: "en", theme: "auto", ...options };
  const listeners = { choose: [], show: [], draw: [] };
  if (atlas.records.rows) fitBreaks(ready, atlas.period);
  const container = map.getContainer();
  let ink, t, values, stretches, places, placed, view, labels = [], chosen = null, pointed = null, spot = null;

  const emit = (name, value) => listeners[name].forEach((listener) => listener(value));
  const letters = atlas.families.map((family) => family.letter);

  function applyTheme() {
    const dark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    const root = options.root || container;
    if (ink && ink.dark === dark) return;
    root.classList.add("shekara");
    root.classList.toggle("dark", dark);
    ink = readInk(root, letters);
    ink.dark = dark;
  }

  function compute() {
    const rate = plainRate(ready, state.shown, state.period);
    values = state.colour === "estimate" && state.estimate ? withEstimate(ready, rate, state.estimate) : rate;
    stretches = { coarse: joinStretches(ready.cells, values), fine: joinStretches(ready.cells, values.fine) };
    places = gatherPlaces(ready, state.shown);
    placed = null;
  }

  /* The whole country shows stretches of some 50 km, for one cell would be too short to see; zoomed in, cells. */
  const stretchesNow = () => (view.zoomed ? stretches.fine : stretches.coarse);

  const borderCounts = () => countBorders(ready, state.shown);

  function redraw(next) {
    if (waits) return;
    const changed = !view || !placed || view.k !== next.k || view.compact !== next.compact;
    view = next;
    emit("draw", view); // the scale is written first, for names keep clear of it
    if (changed) {
      const field = placeMarks(ready, places, view, stretchesNow(), areMany(state.shown));
      placed = { marks: field.marks, ribbon: field.ribbon };
    }
    const [base, over] = layer.canvases.map((canvas) => canvas.getContext("2d"));
    drawGround(base);
    over.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    over.clearRect(0, 0, view.width, view.height);
    drawHatched(over, view, ink, ready, placed.marks);
    drawDistricts(over, view, ink, ready, placed.marks);
    drawRibbon(over, view, ink, ready.cells, stretchesNow(), values.kind === "rate");
    drawFeet(over, view, ink, ready, placed.marks);
    drawStems(over, view, ink, ready, placed.marks);
    labels = placeLabels(view, ink, ready, placed, { counts: borderCounts(), reserved: reserved() }, t);
    drawLabels(over, ink, labels);
    drawMarks(over, view, ink, ready, placed.marks, t);
    drawRings();
  }

  /* The ground stays as it is while only the records change. */
  let ground = "";
  function drawGround(ctx) {
    const look = [view.k, view.ox, view.oy, view.width, view.height, view.dpr, ink.dark].join();
    if (look === ground && !state.choropleth) return;
    ground = state.choropleth ? "" : look;
    drawBase(ctx, view, ink, ready.base, state.choropleth ? countRegions(ready, state.shown) : null);
  }

  /* Places kept clear of names: the buttons and the scale. Measured once a size, for measuring is slow. */
  /** @type {{key: string, boxes?: {x: number, y: number, w: number, h: number}[]} | null} */
  let kept = null;
  function reserved() {
    const controls = [...container.querySelectorAll(".leaflet-control")];
    const key = [view.padX, view.padY, t.lang, ...controls.map((control) => control.textContent)].join();
    if (kept && kept.key === key) return kept.boxes;
    const frame = container.getBoundingClientRect();
    kept = { key };
    kept.boxes = controls.map((control) => {
      const box = control.getBoundingClientRect();
      return { x: box.left - frame.left + view.padX - 4, y: box.top - frame.top + view.padY - 4, w: box.width + 8, h: box.height + 8 };
    });
    return kept.boxes;
  }

  /* A picture touched is sent to the screen anew, so a blank one is left alone. */
  let ringed = false;
  function drawRings() {
    if (!placed || !(ringed || chosen || pointed || spot)) return;
    ringed = Boolean(chosen || pointed || spot);
    const ctx = layer.canvases[2].getContext("2d");
    ctx.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    ctx.clearRect(0, 0, view.width, view.height);
    for (const item of new Set([chosen, pointed])) {
      const mark = item && (placed.marks.find((one) => one.key === item.key) || (item.kind === "border" && item) || markOf(item.ids));
      if (mark) drawRing(ctx, view, ink, ready, mark);
    }
    if (!spot) return;
    ctx.beginPath();
    ctx.arc(view.x(spot[0]), view.y(spot[1]), 8, 0, 2 * Math.PI);
    ctx.strokeStyle = ink.casing;
    ctx.lineWidth = 5;
    ctx.stroke();
    ctx.strokeStyle = ink.accent;
    ctx.lineWidth = 2.5;
    ctx.stroke();
  }

  const markOf = (ids) => ids.length === 1 && placed.marks.find((mark) => mark.ids.includes(ids[0]));

  const scene = () => ({ ready, view, placed, labels });
  const hit = (px, py) => marksUnder(scene(), px, py)[0] || null;

  /* Choose a mark, one record (its position), or nothing. */
  function choose(what, { quiet = false, pan = false, also = [] } = {}) {
    if (what === null || what === undefined) chosen = null;
    else if (typeof what === "number") {
      const mark = placed.marks.find((one) => one.ids.includes(what));
      chosen = { kind: "record", key: mark ? mark.key : "", ids: [what], mark };
      if (mark && pan) panTo(mark);
    } else {
      const single = what.ids.length === 1 && what.kind !== "border";
      chosen = { ...what, kind: single ? "record" : what.kind, place: what.kind, mark: what };
    }
    if (chosen) chosen.also = also;
    spot = null; // the chart may have moved from under the pointer, which tells nobody
    drawRings();
    if (!quiet) emit("choose", chosen);
  }

  /* After a filter: the chosen place with the records it has now, or nothing. */
  function keepChoice() {
    if (!chosen || !placed) return;
    const shown = new Set(state.shown);
    if (chosen.ids.every((i) => shown.has(i)) && placed.marks.every((mark) => mark.key !== chosen.key || mark.ids.length === chosen.mark?.ids.length || chosen.kind === "record")) return;
    const mark = placed.marks.find((one) => one.key === chosen.key);
    if (chosen.kind === "record" || !mark) choose(null);
    else choose(mark);
  }

  function panTo(mark) {
    if (mark.kind === "border") return;
    const at = [mark.x - view.ox - view.padX, mark.y - view.oy - view.padY], size = map.getSize();
    if (at[0] > 30 && at[1] > 30 && at[0] < size.x - 30 && at[1] < size.y - 30) return;
    map.panTo(map.containerPointToLatLng(at), { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches, duration: 0.2 });
  }

  const controller = {
    map, ready, state, redraw, hit, choose,
    marks: () => clickableMarks(scene(), map.getSize()),
    outward: (choice) => outward(ready, t, choice),
    on: (name, listener) => listeners[name].push(listener),
    get waits() { return waits; },
    get t() { return t; },
    get ink() { return ink; },
    get values() { return values; },
    get stretches() { return stretchesNow(); },
    get placed() { return placed; },
    get chosen() { return chosen; },
    get places() { return places; },
    borderCounts,
    borderMark: (code) => borderMark(placed, code),
    labels: () => labels,
    /* Ids drawn as part of a mark, and those that no map can show. */
    visibleIds() {
      const drawn = new Set(placed.marks.flatMap((mark) => mark.ids));
      const listed = state.shown.filter((i) => ready.kind[i] === "none" || (ready.kind[i] === "air" && view.compact));
      return [...drawn, ...listed.filter((i) => !drawn.has(i))].sort((a, b) => a - b).map(ready.records.id);
    },
    /* Change what is shown; positions in `shown`. */
    show(change) {
      waits = false;
      const words = t && (change.lang === undefined || change.lang === state.lang);
      Object.assign(state, change);
      if (!words) t = makeSpeaker(atlas.words, state.lang, atlas.said);
      applyTheme();
      compute();
      if (layer._map) layer.reset();
      keepChoice();
      emit("show", state);
    },
    point(item) {
      pointed = item;
      drawRings();
    },
    ringAt(cell, share) {
      spot = cell === null ? null : pointAlong(ready.cells.lines[cell], share);
      drawRings();
    },
  };

  const layer = new (/** @type {any} */ (Layer))(controller); // Leaflet's types know no arguments of a class made by extend
  t = makeSpeaker(atlas.words, state.lang, atlas.said);
  applyTheme();
  compute();
  map.addLayer(layer);
  map.on("click", (event) => {
    const [first, ...also] = marksUnder(scene(), event.containerPoint.x, event.containerPoint.y);
    choose(first || null, { also });
  });
  map.on("mousemove", (event) => {
    const over = hit(event.containerPoint.x, event.containerPoint.y);
    container.classList.toggle("over-mark", Boolean(over));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => state.theme === "auto" && controller.show({}));
  return controller;
}
