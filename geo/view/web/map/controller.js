/* The controller of a map: what is shown, what is chosen, and who is told. */

import { countBorders, countRegions } from "../data/counts.js";
import { cutKey, withEstimate } from "../data/estimate.js";
import { pointAlong } from "../data/geometry.js";
import { gatherPlaces } from "../data/places.js";
import { prepare } from "../data/ready.js";
import { breaksOf, plainRate } from "../data/values.js";
import { makeSpeaker } from "../language/speaker.js";
import { drawBase, prepareBase } from "./basemap.js";
import { drawFive, placeFive } from "./five.js";
import { drawHatched } from "./hatching.js";
import { makeChooser } from "./chooser.js";
import { borderMark, couldMean, marksUnder } from "./hits.js";
import { readInk } from "./ink.js";
import { drawLabels, placeLabels } from "./labels.js";
import { Layer } from "./layer.js";
import { drawDistricts, drawFeet, drawMarks, drawOwn, drawRing, drawStems } from "./marks.js";
import { clickableMarks, outward } from "./outside.js";
import { placeMarks } from "./placing.js";
import { drawRibbon, joinStretches } from "./ribbon.js";
import { areMany } from "./sizes.js";

const NEAR_ZOOM = 7; // of a place that is gone to
const NO_RECORD = ["border", "segment"];

export function drawAtlas(map, atlas, options) {
  const ready = prepare(atlas);
  ready.base = prepareBase(atlas.base, ready.origin);
  // A page waits for its filters before it draws, and then draws once.
  let waits = Boolean(options.waits);
  const state = { shown: waits ? [] : Array.from({ length: ready.records.n }, (_, i) => i), period: atlas.period, colour: "rate", estimate: null, choropleth: false, lang: "en", theme: "auto", records: true, first: [], scale: null, faded: false, waiting: false, upTo: null, own: null, ...options };
  const listeners = { choose: [], show: [], draw: [], records: [], play: [] };
  const container = map.getContainer();
  let ground = "", ink, t, values, stretches, places, placed, view, labels = [], five = [], chosen = null, pointed = null, spot = null;

  const emit = (name, value) => listeners[name].forEach((listener) => listener(value));
  const letters = atlas.families.map((family) => family.letter);

  function applyTheme() {
    const dark = state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
    const root = options.root || container;
    const printed = document.documentElement.dataset.print;
    if (ink && ink.dark === dark && ink.printed === printed) return;
    ground = "";
    root.classList.add("shekara");
    root.classList.toggle("dark", dark);
    ink = readInk(root, letters);
    Object.assign(ink, { dark, printed });
  }

  function compute() {
    const rate = plainRate(ready, state.shown, state.period);
    values = state.colour === "estimate" && state.estimate ? withEstimate(ready, rate, state.estimate) : rate;
    // Estimate and plain rate share the estimate's breaks, and a line without colour has none.
    values.breaks = state.faded ? [] : breaksOf(ready, state.estimate ? withEstimate(ready, rate, state.estimate) : values, state.scale);
    stretches = joinStretches(ready.cells, values);
    places = gatherPlaces(ready, played());
    placed = null;
  }

  /* The records shown; of a play by year, those until its year. */
  const played = () => (state.upTo === null ? state.shown : state.shown.filter((i) => ready.records.year[i] && ready.records.year[i] <= state.upTo));

  /* Records come with zoom, with the switch, or where they are too few for more. */
  const recordsShown = () => state.records || view.zoomed || state.upTo !== null || Boolean(state.answers && state.answers.state === "too-few");

  let seen = state.records;
  const borderCounts = () => countBorders(ready, played());

  function redraw(next) {
    if (waits) return;
    const changed = !view || !placed || view.k !== next.k || view.compact !== next.compact;
    view = next;
    emit("draw", view); // the scale is written first, for names keep clear of it
    if (seen !== recordsShown()) {
      seen = recordsShown();
      emit("records", seen);
    }
    if (changed) {
      const field = placeMarks(ready, places, view, stretches, areMany(state.shown));
      placed = { all: field.marks, marks: field.marks, ribbon: field.ribbon };
    }
    const kept = chosen && chosen.kind === "record" ? chosen.key : "";
    placed.marks = recordsShown() ? placed.all : placed.all.filter((mark) => mark.key === kept);
    five = placeFive(view, ink, ready, state.faded ? [] : state.first, placed, reserved(), t);
    const [base, over] = layer.canvases.map((canvas) => canvas.getContext("2d"));
    drawGround(base);
    over.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
    over.clearRect(0, 0, view.width, view.height);
    drawHatched(over, view, ink, ready, placed.marks);
    drawDistricts(over, view, ink, ready, placed.marks);
    drawRibbon(over, view, ink, ready.cells, stretches, { plain: values.kind === "rate", faded: state.faded });
    if (recordsShown()) drawFeet(over, view, ink, ready, placed.marks);
    drawStems(over, view, ink, ready, placed.marks);
    labels = placeLabels(view, ink, ready, placed, { counts: borderCounts(), reserved: reserved(), five, records: recordsShown() }, t);
    drawLabels(over, ink, labels);
    drawMarks(over, view, ink, ready, placed.marks, t);
    if (state.own) drawOwn(over, view, ink, placed.marks, state.own);
    drawFive(over, ink, five);
    drawRings();
  }

  /* The ground stays as it is while only the records change. */
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
      if (item) drawRing(ctx, view, ink, ready, markFor(item), five);
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

  /* What is ringed for a choice: its mark as it is drawn now, or the place itself. */
  const markFor = (item) => placed.marks.find((one) => one.key === item.key) || (item.ids.length === 1 && placed.marks.find((mark) => mark.ids.includes(item.ids[0]))) || item.mark || item;

  const scene = () => ({ ready, view, placed, labels, five, placeAt });
  const hit = (px, py) => marksUnder(scene(), px, py)[0] || null;

  /* Choose a mark, one record (its position), or nothing. */
  function choose(what, { quiet = false, pan = false, also = [] } = {}) {
    if (what === null || what === undefined) chosen = null;
    else if (typeof what === "number") {
      const mark = placed.all.find((one) => one.ids.includes(what));
      chosen = { kind: "record", key: mark ? mark.key : "", ids: [what], mark };
      if (mark && pan) panTo(mark);
    } else {
      const single = what.ids.length === 1 && !what.place && !NO_RECORD.includes(what.kind);
      chosen = { ...what, kind: single ? "record" : what.kind, place: what.kind, mark: what };
    }
    if (chosen) chosen.also = also;
    spot = null; // the chart may have moved from under the pointer, which tells nobody
    if (placed && !recordsShown()) layer.reset(); // a record that is chosen is drawn, and no other
    drawRings();
    if (!quiet) emit("choose", chosen);
  }

  /* After a filter: the chosen place with the records it has now, or nothing. */
  function keepChoice() {
    if (!chosen || !placed) return;
    const shown = new Set(state.shown);
    if (chosen.mark && chosen.mark.place) return void choose(placeAt(chosen.key), { quiet: true });
    if (chosen.ids.every((i) => shown.has(i)) && placed.all.every((mark) => mark.key !== chosen.key || mark.ids.length === chosen.mark?.ids.length || chosen.kind === "record")) return;
    const mark = placed.all.find((one) => one.key === chosen.key);
    if (chosen.kind === "record" || !mark) choose(null);
    else choose(mark);
  }

  /* A place by its key, whether it has records or not; nothing where the key means none. */
  function placeAt(key) {
    const [kind, id] = cutKey(key), mark = placed.all.find((one) => one.key === key);
    if (kind === "border" && ready.border[id]) return { ...borderMark(placed, id), place: true };
    if (kind === "segment") {
      const s = ready.atlas.segments.findIndex((one) => one.id === id);
      return s < 0 ? null : { kind, key, segment: s, border: ready.atlas.segments[s].border, place: true, ids: [], ...spanOf(s) };
    }
    const crossing = kind === "crossing" && ready.crossings.find((one) => one.id === id);
    if (crossing) {
      // At country scale neighbours share a mark: the place is its own still.
      const own = places.find((one) => one.key === key);
      return { kind, key, crossing, border: crossing.border, ids: own ? own.ids : [], merged: own ? [own] : [], place: true, x: crossing.xy[0] * view.k, y: crossing.xy[1] * view.k, k: view.k, r: 0 };
    }
    return mark ? { ...mark, place: true, k: view.k } : null;
  }

  function spanOf(s) {
    const first = ready.cells.segment.indexOf(s), last = ready.cells.segment.lastIndexOf(s), [x, y] = ready.cells.middle[(first + last) >> 1];
    return { k: view.k, cells: Array.from({ length: last - first + 1 }, (_, i) => first + i), x: x * view.k, y: y * view.k, r: 0 };
  }

  /* Go to a place: it is chosen, and the map shows it from near. */
  function goTo(key, how = {}) {
    const mark = placed && placeAt(key);
    if (!mark) return false;
    choose(mark, how);
    const cells = mark.kind === "border" ? ready.border[mark.border].cells : mark.cells && [mark.cells[0], mark.cells[mark.cells.length - 1] + 1];
    const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (cells) map.fitBounds(boundsOf(...cells), { animate, duration: 0.2, maxZoom: NEAR_ZOOM, padding: [40, 40] });
    else map.setView(map.unproject([mark.x / mark.k, mark.y / mark.k], 0), Math.max(map.getZoom(), NEAR_ZOOM), { animate, duration: 0.2 });
    return true;
  }

  function boundsOf(from, to) {
    const ends = L.latLngBounds([]);
    for (let c = from; c < to; c++) for (let i = 0; i < ready.cells.lines[c].length; i += 2) ends.extend(map.unproject([ready.cells.lines[c][i], ready.cells.lines[c][i + 1]], 0));
    return ends;
  }

  function panTo(mark) {
    if (mark.kind === "border") return;
    const at = [mark.x - view.ox - view.padX, mark.y - view.oy - view.padY], size = map.getSize();
    if (at[0] > 30 && at[1] > 30 && at[0] < size.x - 30 && at[1] < size.y - 30) return;
    map.panTo(map.containerPointToLatLng(at), { animate: !matchMedia("(prefers-reduced-motion: reduce)").matches, duration: 0.2 });
  }

  const controller = {
    map, ready, state, redraw, emit, hit, choose, goTo, placeAt,
    under: (px, py) => marksUnder(scene(), px, py),
    marks: () => clickableMarks(scene(), map.getSize()),
    outward: (choice) => outward(ready, t, choice),
    on: (name, listener) => listeners[name].push(listener),
    get waits() { return waits; },
    get t() { return t; },
    get ink() { return ink; },
    get values() { return values; },
    get stretches() { return stretches; },
    get five() { return five; },
    get recordsShown() { return view ? recordsShown() : state.records; },
    get placed() { return placed; },
    get chosen() { return chosen; },
    get places() { return places; },
    borderCounts, played,
    /* Show the records until a year; null: all. */
    play(year) {
      state.upTo = year;
      places = gatherPlaces(ready, played());
      placed = null;
      layer.reset();
      emit("play", year);
    },
    borderMark: (code) => borderMark(placed, code),
    /* The crossings of the line as places, whether they have records or not. */
    crossingPlaces: () => ready.crossings.filter(({ cell }) => cell >= 0 && ready.cells.land[cell]).map(({ id }) => placeAt("crossing:" + id)),
    labels: () => labels,
    /* Ids drawn as part of a mark, and those that no map can show. */
    visibleIds() {
      const drawn = new Set(placed.all.flatMap((mark) => mark.ids));
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
    /* Change the language before what is shown is said. */
    boundsOf,
    speak(lang) {
      state.lang = lang;
      t = makeSpeaker(atlas.words, lang, atlas.said);
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
  const chooser = makeChooser(controller);
  map.on("click", (event) => {
    const { x, y } = event.containerPoint, [first, ...also] = marksUnder(scene(), x, y), could = couldMean(scene(), x, y);
    if (chooser.close() && !first) return;
    if (could.length > 1) chooser.open(event.containerPoint, could, (mark, others) => choose(mark, { also: others }));
    else choose(first || null, { also });
  });
  map.on("mousemove", (event) => {
    const over = hit(event.containerPoint.x, event.containerPoint.y);
    container.classList.toggle("over-mark", Boolean(over));
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => state.theme === "auto" && controller.show({}));
  return controller;
}
