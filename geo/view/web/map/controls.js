/* Zoom buttons and scale. */

import { pixelsPerKm } from "../data/geometry.js";
import { h } from "./dom.js";
import { stepThrough } from "./keyboard.js";

const CALM_ZOOM = 6.75; // where the line is still alone
const ROUND = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000];

export function addControls(controller) {
  const { map } = controller;
  const { box } = controller.ready.atlas.base;
  const whole = [[box[1], box[0]], [box[3], box[2]]];
  // Beads hang inside, tags and names outside: leave both some room.
  const fit = (animate) => map.fitBounds(whole, { animate, padding: map.getSize().x < 600 ? [6, 14] : controller.state.records ? [34, 30] : [14, 18] });
  const Zoom = L.Control.extend({
    onAdd() {
      const button = (key, sign, act) => h("button", { type: "button", dataset: { key }, onclick: act }, sign);
      const bar = h("div", { class: "zoom-bar" }, button("map.zoom-in", "+", () => map.zoomIn()), button("map.zoom-out", "−", () => map.zoomOut()), button("map.whole", "⤢", () => controller.fit(true, [])));
      L.DomEvent.disableClickPropagation(bar);
      return bar;
    },
  });
  const Scale = L.Control.extend({
    options: { position: "bottomleft" },
    onAdd: () => h("div", { class: "scale-bar" }, h("span", { class: "scale-line" }), h("span", { class: "scale-text" })),
  });
  const zoom = new Zoom({ position: map.getSize().x < 600 ? "topright" : "topleft" }).addTo(map);
  const scale = new Scale().addTo(map);
  const speak = () => {
    for (const button of /** @type {Iterable<HTMLButtonElement>} */ (/** @type {unknown} */ (zoom.getContainer().children))) {
      button.setAttribute("aria-label", controller.t(button.dataset.key));
      button.title = controller.t(button.dataset.key);
    }
    map.getContainer().setAttribute("aria-label", controller.t("map.label"));
  };
  map.getContainer().setAttribute("role", "application");
  const measure = () => drawScale(controller, scale.getContainer());
  controller.on("show", () => { speak(); measure(); });
  controller.on("draw", measure);
  map.on("resize", () => {
    zoom.setPosition(map.getSize().x < 600 ? "topright" : "topleft");
    if (!controller.moved()) controller.fit(false); // a phone that is turned, or a frame that gets narrow, still has the whole country
  });
  // A wheel over the map scrolls the page until the map has been taken up.
  map.on("focus mousedown", () => map.scrollWheelZoom.enable());
  map.getContainer().addEventListener("pointerdown", () => map.getContainer().classList.add("touched"), { once: true });
  map.on("blur", () => map.scrollWheelZoom.disable());
  speak();
  stepThrough(controller);
  const home = { center: null, zoom: 0, borders: [], coming: false };
  /* Show the borders of some codes, or all for none; what was asked for last by default. */
  controller.fit = (animate, borders = home.borders) => {
    Object.assign(home, { borders, coming: true });
    map.once("moveend", () => Object.assign(home, { center: map.getCenter(), zoom: map.getZoom(), coming: false }));
    const bounds = borders.map((code) => controller.boundsOf(...controller.ready.border[code].cells));
    if (bounds.length) map.fitBounds(bounds.reduce((all, one) => all.extend(one)), { animate, padding: [40, 50], maxZoom: CALM_ZOOM });
    else fit(animate);
  };
  /* Whether a reader has moved the map away from the whole country. */
  controller.moved = () => !home.coming && (home.zoom !== map.getZoom() || map.latLngToContainerPoint(home.center).distanceTo(map.latLngToContainerPoint(map.getCenter())) > 3);
  controller.fit(false);
  measure();
}

function drawScale(controller, element) {
  const { map, t } = controller;
  const lat = map.getCenter().lat;
  const perKm = pixelsPerKm(map.getZoom(), lat);
  const km = ROUND.filter((length) => length * perKm <= (map.getSize().x < 600 ? 80 : 110)).pop() || 1;
  element.firstChild.style.width = Math.round(km * perKm) + "px";
  const wide = perKm < 1.2;
  element.lastChild.textContent = wide ? t("map.km-at", { n: km, lat: t(lat < 0 ? "map.south" : "map.north", { lat: t.number(Math.abs(Math.round(lat))) }) }) : t("map.km", { n: km });
}
