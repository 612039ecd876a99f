/* The room of the app (and of a notebook): the map, and under it legend, sum line and the unrolled border. */

import { showUnrolled } from "../chart/unrolled.js";
import { readAtlas } from "../data/unpack.js";
import { drawAtlas } from "../map/controller.js";
import { addControls } from "../map/controls.js";
import { h } from "../map/dom.js";
import { beneath } from "./beneath.js";

const NEAR_ZOOM = 7; // of one's own records

/* A controller whose listeners to what is shown wait until the map is painted: beneath it nothing is in a hurry. */
function unhurried(controller) {
  return Object.create(controller, { on: { value: (name, listener) => controller.on(name, name === "show" ? afterPaint(listener) : listener) } });
}

function afterPaint(listener) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    requestAnimationFrame(() => setTimeout(() => {
      due = false;
      listener();
    }));
  };
}

/* The atlas, packed in the script or at an address; and the styles that are not in the document, which drawing
   reads its colours from. */
async function collect({ packed, address, styles }) {
  const links = styles.map((href) => new Promise((onload, onerror) => document.head.append(h("link", { rel: "stylesheet", href, onload, onerror }))));
  const text = packed || (await fetch(address).then((answer) => (answer.ok ? answer.text() : Promise.reject(new Error(`${address}: ${answer.status}`)))));
  const [atlas] = await Promise.all([readAtlas(text), ...links]);
  return atlas;
}

async function openFrame(map, source, options) {
  const atlas = await collect(source);
  const container = map.getContainer();
  document.body.classList.add("shekara-frame");
  const controller = drawAtlas(map, atlas, { ...options, root: document.body });
  map.shekara = controller;
  const calm = unhurried(controller), parts = beneath(calm, true);
  container.classList.add("map");
  const given = container.clientHeight, tall = window.Streamlit && given > 50 ? given : 612;
  const fitMap = () => {
    // A narrow window shows the country at a smaller scale, so the map needs less height.
    container.style.height = Math.min(tall, Math.max(330, Math.round(window.innerWidth * 0.62))) + "px";
    map.invalidateSize({ animate: false });
  };
  fitMap();
  window.addEventListener("resize", fitMap);
  // The map of a chart alone is still there, unseen, for its marks are what the chart opens.
  document.body.classList.toggle("chart-alone", options.only === "chart");
  container.after(h("div", { class: "beneath" }, options.only === "chart" ? parts.chart : [parts.legend, parts.sum, parts.chart]));
  addControls(controller);
  showUnrolled(calm, parts.chart);
  controller.on("choose", (choice) => tellStreamlit({ chosen: controller.outward(choice) }));
  fitHeight();
  if (window.Streamlit && options.only !== "chart") keepInAddress(controller);
  if (map.waiting) show(controller, map.waiting);
  window.shekara = { visibleIds: controller.visibleIds, marks: controller.marks, controller };
}

/* A value of the component, beside what streamlit-folium itself may return. */
function tellStreamlit(value) {
  if (window.Streamlit) window.Streamlit.setComponentValue(value);
}

/* The frame is as high as what stands in it; streamlit-folium would cut it at the map. */
function fitHeight() {
  if (!window.Streamlit) return;
  const report = window.Streamlit.setFrameHeight.bind(window.Streamlit);
  const height = () => Math.ceil(document.querySelector(".beneath").getBoundingClientRect().bottom + window.scrollY + 8);
  window.Streamlit.setFrameHeight = () => report(height());
  new ResizeObserver(() => report(height())).observe(document.querySelector(".beneath"));
  window.addEventListener("resize", () => report(height()));
}

/* Ring what the outside has chosen: a record by its id, a place by its key; nothing where that is blank. The map goes
   to a place that was not chosen on it. */
function ring(controller, chosen) {
  const { ready, placed } = controller;
  const position = ready.records.index.get(chosen);
  if (chosen && position === undefined) {
    if (controller.chosen && controller.chosen.key === chosen) return;
    if (controller.goTo(chosen, { quiet: true })) return void controller.ringAt(null);
  }
  const mark = position === undefined ? markFor(controller, chosen) : position;
  const cell = mark === null && placed ? cellFor(ready, chosen) : -1;
  controller.choose(mark, { quiet: true, pan: true });
  controller.ringAt(cell < 0 ? null : cell, 0.5);
}

function markFor(controller, key) {
  const marks = controller.placed.marks, code = key.slice(key.indexOf(":") + 1);
  const drawn = marks.find((one) => one.key === key || (one.merged || []).some((place) => place.key === key));
  if (drawn) return drawn;
  if (key.startsWith("border:") && controller.ready.border[code]) return controller.borderMark(code);
  return (key.startsWith("region:") && marks.find((one) => one.kind === "region" && one.region === code)) || null;
}

/* Where no mark is drawn: the crossing's cell, or the middle one of a stretch. */
function cellFor(ready, key) {
  const code = key.slice(key.indexOf(":") + 1);
  if (key.startsWith("crossing:")) return (ready.crossings.find((one) => one.id === code) || { cell: -1 }).cell;
  const stretch = key.startsWith("segment:") ? ready.atlas.segments.findIndex((one) => one.id === code) : -1;
  const cells = stretch < 0 ? [] : [...Array(ready.cells.n).keys()].filter((c) => ready.cells.segment[c] === stretch);
  return cells.length ? cells[cells.length >> 1] : -1;
}

/* What folium's scripts call; it hangs on Leaflet's map, so that window.shekara is there only when the map is drawn. */
L.Map.include({
  showFrame(source, options) {
    return openFrame(this, source, options);
  },
  /* What streamlit-folium's feature group calls: change what is shown, return a layer that it may keep. */
  showRecords(state) {
    if (this.shekara) show(this.shekara, state);
    else this.waiting = state;
    return L.layerGroup();
  },
});

function show(controller, state) {
  const change = { ...state };
  change.shown = state.shown ? positions(state.shown) : Array.from({ length: controller.ready.records.n }, (_, i) => i);
  change.own = state.own && new Set(positions(state.own));
  change.period = state.period || controller.ready.atlas.period;
  delete change.chosen;
  controller.show(change);
  look(controller, state.look);
  if (state.chosen !== null && state.chosen !== undefined) ring(controller, state.chosen);
}

const positions = (runs) => runs.flatMap((first, r) => (r % 2 ? [] : Array.from({ length: runs[r + 1] }, (_, i) => first + i)));

/* Where the outside wants the map, once: [latitude, longitude, zoom], a box [west, south, east, north], or the whole. */
function look(controller, wanted) {
  const { map } = controller, key = JSON.stringify(wanted || null);
  if (key === (controller.looked || "null")) return;
  controller.looked = key;
  if (!wanted) controller.fit(false);
  else if (wanted.length === 3) map.setView([wanted[0], wanted[1]], wanted[2], { animate: false });
  else map.fitBounds([[wanted[1], wanted[0]], [wanted[3], wanted[2]]], { animate: false, maxZoom: NEAR_ZOOM, padding: [40, 40] });
}

/* The app's address says where the map is, once it was moved; whoever writes it anew leaves that out. */
function keepInAddress(controller) {
  const { map } = controller, { history, location, navigation } = /** @type {any} */ (window.parent);
  const write = () => {
    if (!window.frameElement?.isConnected) return;
    const { lat, lng } = map.getCenter(), to = new URL(location.href), before = to.searchParams.get("map");
    if (controller.moved()) to.searchParams.set("map", [lat.toFixed(3), lng.toFixed(3), map.getZoom()].join());
    else to.searchParams.delete("map");
    if (to.searchParams.get("map") !== before) history.replaceState(history.state, "", to.href.replaceAll("%2C", ","));
  };
  map.on("moveend", write);
  // A push is the app's; what replaces an entry is a frame's own, this one's or another's, which would go on for ever.
  navigation?.addEventListener("currententrychange", (event) => event.navigationType === "push" && write());
}
