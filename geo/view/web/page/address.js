/* The address bar: in step with the view, and the view with it. Beside the filters it holds the chosen place, where the
   map is, whether records are shown, and a scale that is kept. */

import { askedInVain, readAddress, writeAddress } from "../data/address.js";
import { h, replace } from "../map/dom.js";

const OWN = ["at", "map", "records", "scale", "embed"];

/* The address of the view as it is now, or of a place in it. */
export function viewAddress(filter, place = "") {
  const { controller } = filter, { state, map, chosen } = controller;
  const at = place || (chosen && (chosen.kind === "record" ? "record:" + controller.ready.records.id(chosen.ids[0]) : chosen.key));
  const { lat, lng } = map.getCenter();
  const text = writeAddress(filter, document.documentElement.dataset.lang, {
    at: at && !at.startsWith("part:") ? at : "", map: controller.moved() ? [lat.toFixed(3), lng.toFixed(3), map.getZoom()].join(",") : "",
    records: state.records ? "1" : "", scale: state.scale ? state.scale.join(",") : "",
  });
  return location.href.split("#")[0] + (text ? "#" + text : "");
}

/* The part of a view that is no filter, as an address has it: {records, scale, map, at}. */
export function readView(hash) {
  const given = new URLSearchParams(hash.slice(1));
  const numbers = (name, count) => {
    const found = (given.get(name) || "").split(",").map(Number);
    return found.length === count && found.every((value) => Number.isFinite(value)) ? found : null;
  };
  const scale = numbers("scale", 4);
  return { records: given.get("records") === "1", scale: scale && scale.every((value, i) => value > (i ? scale[i - 1] : 0)) ? scale : null, map: numbers("map", 3), at: given.get("at") };
}

/* Show what an address asks for; what it asks in vain is named. */
export function showAddress(filter, hash, note) {
  const { controller } = filter, { records, scale, map, at } = readView(hash), wanted = readAddress(filter, hash);
  Object.assign(controller.state, { records, scale });
  controller.speak(wanted.lang || document.documentElement.dataset.lang);
  filter.reset(wanted);
  const vain = askedInVain(filter, hash, OWN, (name) => Boolean(document.getElementById(name)));
  if (at) {
    const record = at.startsWith("record:") ? controller.ready.records.index.get(at.slice(7)) : undefined;
    if (record !== undefined && controller.state.shown.includes(record)) controller.choose(record, { pan: true });
    else if (record !== undefined || !controller.goTo(at)) vain.push("at=" + at.slice(0, 80));
  }
  if (map) controller.map.setView([map[0], map[1]], map[2], { animate: false });
  const { t } = controller;
  note.hidden = !vain.length;
  replace(note, vain.length ? [t("page.in-vain"), " ", h("bdi", {}, vain.join(", "))] : null);
}

/* Keep the address in step with the view, and the view with an address that a reader changes. */
export function keepAddress(filter, note) {
  const { controller } = filter;
  let waiting = 0;
  const write = () => {
    if (!waiting) return;
    clearTimeout(waiting);
    waiting = 0;
    const address = viewAddress(filter);
    if (address === location.href) return;
    try {
      history.replaceState(null, "", address);
    } catch {
      // A sandboxed frame has no address of its own.
    }
  };
  const change = () => {
    clearTimeout(waiting);
    waiting = setTimeout(write, 250);
  };
  controller.on("show", change);
  controller.on("choose", change);
  controller.map.on("moveend", change);
  // Whoever leaves before that takes the last change along.
  window.addEventListener("pagehide", write);
  document.addEventListener("visibilitychange", write);
  window.addEventListener("hashchange", () => {
    if (!document.getElementById(location.hash.slice(1))) showAddress(filter, location.hash, note);
  });
  // A jump within the page goes to its target and leaves the view's address alone.
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.(/** @type {"a"} */ ('a[href^="#"]')), target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView();
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
}
