/* Zoom buttons, scale, and the way through the marks by keyboard. */
(function (S) {
  "use strict";

  const ROUND = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1000];

  S.addControls = function (controller) {
    const { map } = controller;
    const { box } = controller.ready.atlas.base;
    const whole = [[box[1], box[0]], [box[3], box[2]]];
    // Beads hang inside, tags and names outside: leave both some room.
    const fit = (animate) => map.fitBounds(whole, { animate, padding: map.getSize().x < 600 ? [6, 14] : [34, 30] });
    const Zoom = L.Control.extend({
      onAdd() {
        const button = (key, sign, act) => S.h("button", { type: "button", dataset: { key }, onclick: act }, sign);
        const bar = S.h("div", { class: "zoom-bar" }, button("map.zoom-in", "+", () => map.zoomIn()), button("map.zoom-out", "−", () => map.zoomOut()), button("map.whole", "⤢", () => fit(true)));
        L.DomEvent.disableClickPropagation(bar);
        return bar;
      },
    });
    const Scale = L.Control.extend({
      options: { position: "bottomleft" },
      onAdd: () => S.h("div", { class: "scale-bar" }, S.h("span", { class: "scale-line" }), S.h("span", { class: "scale-text" })),
    });
    const zoom = new Zoom({ position: map.getSize().x < 600 ? "topright" : "topleft" }).addTo(map);
    const scale = new Scale().addTo(map);
    const speak = () => {
      for (const button of zoom.getContainer().children) {
        button.setAttribute("aria-label", controller.t(button.dataset.key));
        button.title = controller.t(button.dataset.key);
      }
      map.getContainer().setAttribute("aria-label", controller.t("map.label"));
    };
    map.getContainer().setAttribute("role", "application");
    const measure = () => drawScale(controller, scale.getContainer());
    controller.on("show", () => { speak(); measure(); });
    controller.on("draw", measure);
    map.on("resize", () => zoom.setPosition(map.getSize().x < 600 ? "topright" : "topleft"));
    // A wheel over the map scrolls the page until the map has been taken up.
    map.on("focus", () => map.scrollWheelZoom.enable());
    map.on("blur", () => map.scrollWheelZoom.disable());
    speak();
    stepThrough(controller);
    fit(false);
    measure();
    return { fit };
  };

  function drawScale(controller, element) {
    const { map, t } = controller;
    const lat = map.getCenter().lat;
    const perKm = S.pixelsPerKm(map.getZoom(), lat);
    const km = ROUND.filter((length) => length * perKm <= (map.getSize().x < 600 ? 80 : 110)).pop() || 1;
    element.firstChild.style.width = Math.round(km * perKm) + "px";
    const wide = perKm < 1.2;
    element.lastChild.textContent = wide ? t("map.km-at", { n: km, lat: t.number(Math.round(lat)) }) : t("map.km", { n: km });
  }

  /* Enter steps into the marks, arrows go from west to east, Enter opens, Escape leaves. */
  function stepThrough(controller) {
    const { map } = controller;
    const container = map.getContainer();
    const voice = S.h("div", { class: "visually-hidden", "aria-live": "polite" });
    container.append(voice);
    let at = -1;
    const inOrder = () => controller.placed.marks.filter((mark) => mark.kind !== "border").sort((a, b) => a.x - b.x).concat(controller.placed.marks.filter((mark) => mark.kind === "border"));
    container.addEventListener("keydown", (event) => {
      if (event.target !== container) return;
      const marks = inOrder();
      if (!marks.length) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
      if (at < 0 && event.key === "Enter") at = 0;
      else if (at >= 0 && step) at = (at + step + marks.length) % marks.length;
      else if (at >= 0 && event.key === "Enter") {
        controller.choose(marks[at]);
        event.preventDefault();
        return;
      } else if (at >= 0 && event.key === "Escape") {
        at = -1;
        controller.point(null);
        event.stopPropagation();
        return;
      } else return;
      event.preventDefault();
      event.stopPropagation();
      const mark = marks[at % marks.length];
      controller.point(mark);
      voice.textContent = S.describe(controller, mark);
    });
    container.addEventListener("blur", () => {
      at = -1;
      controller.point(null);
    });
  }

  /* What a mark is, in words. */
  S.describe = function (controller, mark) {
    const { ready, t, values } = controller;
    const of = S.familyCounts(ready, mark.ids);
    const counts = ready.atlas.families.map(({ letter }, f) => [letter, of[f]]).filter(([, n]) => n);
    const goods = counts.map(([letter, n]) => t("family." + letter) + " " + t.number(n)).join(", ");
    const title = S.placeName(ready, mark, t) + " (" + t("kind." + mark.kind) + ")";
    const c = mark.crossing ? mark.crossing.cell : -1;
    const rate = c >= 0 ? "; " + t.rate(values.value[c]) + " " + t("unit") : "";
    return `${title}: ${t("card.records", { n: mark.ids.length })}; ${goods}${rate}`;
  };
})(window.Shekara);
