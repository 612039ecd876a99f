/* The Leaflet layer that draws the atlas, and its controller: Shekara.draw(map, atlas, options) → controller. */
(function (S) {
  "use strict";

  const PAD = 0.2; // of the window, drawn beyond each edge so that a drag shows no blank
  const ZOOMED_IN = 1.2; // pixels a kilometre

  const Layer = L.Layer.extend({
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
      const width = size.x + 2 * pad.x, height = size.y + 2 * pad.y, dpr = Math.min(window.devicePixelRatio || 1, 3);
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

  /* Everything that drawing needs to know about zoom and place. World coordinates are zoom-0 pixels. */
  function makeView(map, origin, width, height, pad, dpr, ready) {
    const zoom = map.getZoom(), k = 2 ** zoom, size = map.getSize();
    const pxkm = S.pixelsPerKm(zoom, ready.lat), compact = size.x < 600;
    const plain = compact ? 0.667 : 1, start = compact ? 0.12 : 0.33;
    const share = Math.min(1, Math.max(0, Math.log(pxkm / start) / Math.log(ZOOMED_IN / start)));
    return {
      zoom, k, width, height, dpr, pxkm, compact,
      zoomed: pxkm > ZOOMED_IN,
      scale: plain * (1.6 / plain) ** share,
      ox: origin.x, oy: origin.y, padX: pad.x, padY: pad.y,
      x: (wx) => wx * k - origin.x,
      y: (wy) => wy * k - origin.y,
      holds: (x, y, m) => x > -m && y > -m && x < width + m && y < height + m,
      shows: (x, y, m) => x > pad.x - m && y > pad.y - m && x < width - pad.x + m && y < height - pad.y + m,
      showsBox: (box, m) => box.x > pad.x + m && box.y > pad.y + m && box.x + box.w < width - pad.x - m && box.y + box.h < height - pad.y - m,
      toWorld: (ctx) => ctx.setTransform(dpr * k, 0, 0, dpr * k, dpr * (ready.origin[0] * k - origin.x), dpr * (ready.origin[1] * k - origin.y)),
    };
  }

  const camel = (name) => name.replace(/-(\w)/g, (_, c) => c.toUpperCase());

  /* The colours that the style sheet gives. */
  S.readInk = function (element, letters) {
    const style = getComputedStyle(element);
    const token = (name) => style.getPropertyValue("--" + name).trim();
    const ink = { ramp: [0, 1, 2, 3, 4].map((step) => token("ramp-" + step)), goods: {}, letters: {}, font: token("font") };
    for (const name of ["page", "panel", "land", "abroad", "sea", "lake", "region-line", "casing", "ink", "ink-2", "ink-3", "rule", "rule-2", "accent", "focus", "outline", "hatch", "quiet", "shade", "band-90", "band-50", "median"]) ink[camel(name)] = token(name);
    for (const letter of letters) {
      ink.goods[letter] = token("goods-" + letter);
      ink.letters[letter] = token("letter-" + letter);
    }
    return ink;
  };

  /* Counts of each border: all its shown records, and those with no exact place. */
  const countBorders = S.remembered(function (ready, indices) {
    const { of, table } = ready.atlas.records.border;
    const counts = table.map(() => ({ n: 0, m: 0 }));
    for (const i of indices) {
      const border = counts[of[i]], kind = ready.kind[i];
      const one = S.standsFor(ready, i);
      border.n += one;
      if (kind === "region" || kind === "border") border.m += one;
    }
    return Object.fromEntries(ready.borders.map(({ code }) => [code, counts[table.indexOf(code)] || { n: 0, m: 0 }]));
  });

  function countRegions(ready, indices) {
    const { of, table } = ready.atlas.records.region_code;
    const counts = new Float64Array(table.length);
    for (const i of indices) counts[of[i]] += S.standsFor(ready, i);
    return new Map(table.map((code, r) => [code, counts[r]]));
  }

  S.draw = function (map, atlas, options) {
    const ready = S.prepare(atlas);
    // A page waits for its filters before it draws, and then draws once.
    let waits = Boolean(options.waits);
    const state = { shown: waits ? [] : Array.from({ length: ready.records.n }, (_, i) => i), period: atlas.period, colour: "rate", estimate: null, choropleth: false, lang: "en", theme: "auto", ...options };
    const listeners = { choose: [], show: [], draw: [] };
    if (atlas.records.rows) S.fitBreaks(ready, atlas.period);
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
      ink = S.readInk(root, letters);
      ink.dark = dark;
    }

    function compute() {
      const rate = S.plainRate(ready, state.shown, state.period);
      values = state.colour === "estimate" && state.estimate ? S.withEstimate(ready, rate, state.estimate) : rate;
      stretches = { coarse: S.stretches(ready.cells, values), fine: S.stretches(ready.cells, values.fine) };
      places = S.gather(ready, state.shown);
      placed = null;
    }

    /* The whole country shows stretches of some 50 km, for one cell would be too short to see; zoomed in, cells. */
    const stretchesAt = (view) => (view.zoomed ? stretches.fine : stretches.coarse);

    const borderCounts = () => countBorders(ready, state.shown);

    function redraw(next) {
      if (waits) return;
      const changed = !view || !placed || view.k !== next.k || view.compact !== next.compact;
      view = next;
      emit("draw", view); // the scale is written first, for names keep clear of it
      if (changed) {
        const field = S.place(ready, places, view, stretchesAt(view), S.many(state.shown));
        placed = { marks: field.marks, ribbon: field.ribbon };
      }
      const [base, marks] = layer.canvases.map((canvas) => canvas.getContext("2d"));
      drawGround(base);
      marks.setTransform(view.dpr, 0, 0, view.dpr, 0, 0);
      marks.clearRect(0, 0, view.width, view.height);
      S.drawHatched(marks, view, ink, ready, placed.marks);
      S.drawDistricts(marks, view, ink, ready, placed.marks);
      S.drawRibbon(marks, view, ink, ready.cells, stretchesAt(view), values.kind === "rate");
      S.drawFeet(marks, view, ink, ready, placed.marks);
      S.drawStems(marks, view, ink, ready, placed.marks);
      labels = S.placeLabels(view, ink, ready, placed, { counts: borderCounts(), reserved: reserved() }, t);
      S.drawLabels(marks, ink, labels);
      S.drawMarks(marks, view, ink, ready, placed.marks, t);
      drawRings();
    }

    /* The ground stays as it is while only the records change. */
    let ground = "";
    function drawGround(ctx) {
      const look = [view.k, view.ox, view.oy, view.width, view.height, view.dpr, ink.dark].join();
      if (look === ground && !state.choropleth) return;
      ground = state.choropleth ? "" : look;
      S.drawBase(ctx, view, ink, ready.base, state.choropleth ? countRegions(ready, state.shown) : null);
    }

    /* Places kept clear of names: the buttons and the scale. Measured once a size, for measuring is slow. */
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
        if (mark) S.drawRing(ctx, view, ink, ready, mark);
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

    /* Everything under a point of the window, the nearest first. Inside a soft disc or on a hatched stretch a mark
       wins only where it is really meant, or what lies under many marks could never be chosen. */
    function under(px, py) {
      if (!placed) return [];
      const x = px + view.padX, y = py + view.padY, reach = matchMedia("(pointer: coarse)").matches ? 22 : 12;
      const found = [];
      for (const mark of placed.marks) {
        if (mark.kind === "border") continue;
        const d = S.far(mark.x - view.ox - x, mark.y - view.oy - y), gap = d - mark.r;
        if (mark.kind === "district") {
          if (gap < 0) found.push({ mark, score: 6 + d / mark.r });
        } else if (gap <= Math.max(0, reach - mark.r) + 3) found.push({ mark: openedAt(mark, x, y) || mark, score: gap });
      }
      for (const { box, border, key } of labels) {
        if (x < box.x - 3 || y < box.y - 3 || x > box.x + box.w + 3 || y > box.y + box.h + 3) continue;
        const mark = border ? borderMark(border) : placed.marks.find((one) => one.key === key);
        if (mark) found.push({ mark, score: 1 });
      }
      found.push(...lineUnder(x, y));
      found.sort((a, b) => a.score - b.score);
      return found.map(({ mark }) => mark).filter((mark, i, all) => all.findIndex((one) => one.key === mark.key) === i);
    }

    const hit = (px, py) => under(px, py)[0] || null;

    /* One of the marks in an opened bead. */
    function openedAt(mark, x, y) {
      if (!mark.open || mark.ids.length < 2) return null;
      const i = mark.open.spots.findIndex(([dx, dy]) => S.far(mark.x - view.ox + dx - x, mark.y - view.oy + dy - y) < 9);
      return i < 0 ? null : { ...mark, ids: [mark.ids[i]], key: mark.key, within: true };
    }

    /* The hatched stretches of regions, and the border itself. */
    function lineUnder(x, y) {
      let cell = -1, least = Infinity;
      const { cells } = ready;
      for (let c = 0; c < cells.n; c++) {
        const xy = cells.lines[c];
        for (let i = 2; i < xy.length; i += 2) {
          const d = toSegment(x, y, view.x(xy[i - 2]), view.y(xy[i - 1]), view.x(xy[i]), view.y(xy[i + 1]));
          if (d < least) [least, cell] = [d, c];
        }
      }
      if (cell < 0 || least > (view.zoomed ? 18 : 10)) return [];
      const bands = placed.marks.filter((mark) => mark.kind === "region" && mark.cells.includes(cell)).map((mark) => ({ mark, score: 8 }));
      return [...bands, { mark: borderMark(ready.borders[cells.border[cell]].code), score: least < 10 ? 9 : 11 }];
    }

    function toSegment(x, y, ax, ay, bx, by) {
      const dx = bx - ax, dy = by - ay;
      const s = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
      return S.far(x - ax - s * dx, y - ay - s * dy);
    }

    function borderMark(code) {
      return placed.marks.find((mark) => mark.key === "border:" + code) || { kind: "border", key: "border:" + code, border: code, ids: [], x: NaN, y: NaN };
    }

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

    /* A choice as the outside knows it: ids instead of positions. */
    function outward(choice) {
      if (!choice) return null;
      const { mark } = choice, merged = mark && mark.merged ? mark.merged.length - 1 : 0;
      const own = mark && !mark.part ? S.placeName(ready, mark, t) : "";
      const name = merged ? t("map.more", { name: own, n: String(merged) }) : own;
      const keys = [choice.key, ...(merged ? mark.merged.map((place) => place.key) : [])];
      return { kind: choice.kind, key: choice.key, keys: [...new Set(keys)], name, ids: choice.ids.map(ready.records.id) };
    }

    /* All marks with a point of the window where a click meets them (null: out of sight or covered). */
    function marks() {
      const size = map.getSize(), inWindow = (x, y) => x > 1 && y > 1 && x < size.x - 1 && y < size.y - 1;
      const meets = (mark, x, y) =>
        [[0, 0], [1, 1], [-1, 1], [1, -1], [-1, -1]].every(([dx, dy]) => {
          const found = inWindow(x + dx, y + dy) && hit(x + dx, y + dy);
          return found && found.key === mark.key && !(found.within && mark.ids.length > 1);
        });
      return placed.marks.map((mark) => {
        const tries = [];
        const label = labels.find((one) => one.key === mark.key);
        if (mark.kind === "border") {
          if (label) tries.push([label.box.x + label.box.w / 2 - view.padX, label.box.y + label.box.h / 2 - view.padY]);
          const [first, last] = ready.border[mark.border].cells;
          for (let c = first; c < last; c += 3) tries.push([view.x(ready.cells.middle[c][0]) - view.padX, view.y(ready.cells.middle[c][1]) - view.padY]);
        } else {
          const x = mark.x - view.ox - view.padX, y = mark.y - view.oy - view.padY;
          for (let r = 0; r <= mark.r; r += 2) for (let a = 0; a < 6.2; a += r ? 2 / r : 7) tries.push([x + r * Math.cos(a), y + r * Math.sin(a)]);
        }
        const at = tries.map((point) => point.map(Math.round)).find(([x, y]) => meets(mark, x, y)) || [null, null];
        return { kind: mark.kind, key: mark.key, ids: mark.ids.map(ready.records.id), x: at[0], y: at[1] };
      });
    }

    const controller = {
      map, ready, state, redraw, hit, marks, choose, outward,
      on: (name, listener) => listeners[name].push(listener),
      get waits() { return waits; },
      get t() { return t; },
      get ink() { return ink; },
      get values() { return values; },
      get stretches() { return stretchesAt(view); },
      get placed() { return placed; },
      get chosen() { return chosen; },
      get places() { return places; },
      borderCounts, borderMark,
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
        if (!words) t = S.words(atlas.words, state.lang);
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
        spot = cell === null ? null : S.along(ready.cells.lines[cell], share);
        drawRings();
      },
    };

    const layer = new Layer(controller);
    t = S.words(atlas.words, state.lang);
    S.kinds(ready);
    applyTheme();
    compute();
    map.addLayer(layer);
    map.on("click", (event) => {
      const [first, ...also] = under(event.containerPoint.x, event.containerPoint.y);
      choose(first || null, { also });
    });
    map.on("mousemove", (event) => {
      const over = hit(event.containerPoint.x, event.containerPoint.y);
      container.classList.toggle("over-mark", Boolean(over));
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => state.theme === "auto" && controller.show({}));
    return controller;
  };
})(window.Shekara);
