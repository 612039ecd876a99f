/* The Leaflet layer that draws the atlas. */

import { makeView } from "./view.js";

const PAD = 0.2; // of the window, drawn beyond each edge so that a drag shows no blank
const PRINTED = 3; // times the density of a screen

export const Layer = L.Layer.extend({
  initialize(controller) {
    this.controller = controller;
  },
  onAdd(map) {
    map.createPane("shekara-base").style.zIndex = 150;
    map.createPane("shekara-marks").style.zIndex = 450;
    this.canvases = ["shekara-base", "shekara-marks", "shekara-marks"].map((pane) => {
      const canvas = L.DomUtil.create("canvas", "shekara-canvas leaflet-zoom-animated", map.getPane(pane));
      canvas.setAttribute("aria-hidden", "true");
      return canvas;
    });
    this.reset();
  },
  onRemove() {
    this.canvases.forEach((canvas) => canvas.remove());
  },
  getEvents() {
    return { moveend: this.reset, resize: this.reset, viewreset: this.reset, zoom: this.follow, zoomanim: this.follow };
  },
  /* While Leaflet zooms, the drawn picture is scaled; it is drawn anew when the zoom has ended. */
  follow(event) {
    const map = this._map, zoom = event.zoom ?? map.getZoom(), center = event.center ?? map.getCenter();
    const corner = map.project(this.corner, zoom).subtract(map.project(center, zoom)).add(map.getSize().divideBy(2));
    const at = corner.add(map.containerPointToLayerPoint([0, 0]));
    for (const canvas of this.canvases) L.DomUtil.setTransform(canvas, at, map.getZoomScale(zoom, this.zoom));
  },
  reset() {
    const map = this._map, size = map.getSize(), pad = size.multiplyBy(PAD).round();
    if (!size.x || !size.y) return;
    const first = map.containerPointToLayerPoint(pad.multiplyBy(-1)).round();
    this.zoom = map.getZoom();
    this.corner = map.layerPointToLatLng(first);
    const width = size.x + 2 * pad.x, height = size.y + 2 * pad.y, dpr = "print" in document.documentElement.dataset ? PRINTED : Math.min(window.devicePixelRatio || 1, 3);
    for (const canvas of this.canvases) {
      L.DomUtil.setTransform(canvas, first, 1);
      if (canvas.width !== Math.round(width * dpr) || canvas.height !== Math.round(height * dpr)) {
        canvas.width = Math.round(width * dpr);
        canvas.height = Math.round(height * dpr);
        canvas.style.width = width + "px";
        canvas.style.height = height + "px";
      }
    }
    const origin = map.getPixelOrigin().add(first);
    this.controller.redraw(makeView(map, origin, width, height, pad, dpr, this.controller.ready));
  },
});
