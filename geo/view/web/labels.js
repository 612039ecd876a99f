/* Names on the map, placed greedily: no two touch, none lies over a mark, a neighbour's name never over the country.
   No place, no label: the list and the card have it. */
(function (S) {
  "use strict";

  const GAP = 4;
  // Along a border, from its middle to both ends.
  const SHARES = Array.from({ length: 29 }, (_, i) => 0.5 + (i % 2 ? 1 : -1) * Math.ceil(i / 2) * 0.034);

  const ROUND = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.72, -0.72], [-0.72, -0.72], [0.72, 0.72], [-0.72, 0.72]]; // a mark

  /* labels: [{text, sub, x, y, box, font …}] in the view's pixels, for what is inside the window. */
  S.placeLabels = function (view, ink, ready, placed, shown, t) {
    const room = makeRoom(view, placed, shown.reserved);
    const labels = [];
    const add = (label) => {
      if (!label) return null;
      labels.push(label);
      room.boxes.push(label.box);
      return label;
    };
    for (const mark of room.marks) if (mark.kind === "region" && view.zoomed) add(beside(view, ink, room, mark, { text: t("map.somewhere", { n: mark.ids.length, name: S.placeName(ready, mark, t) }), style: "place" }, false));
    for (const border of ready.borders) add(neighbour(view, ink, ready, room, border, shown.counts[border.code], t));
    const least = view.zoomed ? 1 : view.compact ? 9 : 3;
    const crossings = room.marks.filter((mark) => mark.kind === "crossing" && mark.ids.length >= least);
    for (const mark of crossings) add(beside(view, ink, room, mark, { text: crossingText(ready, view, mark, t), style: "crossing" }, !view.compact));
    if (view.zoomed) for (const mark of room.marks) add(placeLabel(view, ink, ready, room, mark, t));
    if (!view.compact || view.zoomed) for (const city of citiesAt(ready, view)) add(cityLabel(view, ink, room, city, t));
    return labels;
  };

  /* Abroad only the largest at country scale. */
  function citiesAt(ready, view) {
    const own = ready.base.cities.filter((city) => city.rank === 1).map((city) => city.country)[0];
    const abroad = ready.base.cities.filter((city) => city.country !== own).slice(0, view.pxkm < 0.55 ? 9 : 99);
    return ready.base.cities.filter((city) => city.country === own || abroad.includes(city));
  }

  function crossingText(ready, view, mark, t) {
    const name = S.placeName(ready, mark, t);
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
    const name = S.placeName(ready, mark, t);
    return beside(view, ink, room, mark, { text: mark.ids.length > 1 ? t("map.named-count", { name, n: mark.ids.length }) : name, style: "place" }, false);
  }

  const styles = {
    neighbour: (view, ink) => ({ font: `700 ${view.compact ? 10 : 13}px ${ink.font}`, size: view.compact ? 10 : 13, colour: ink.ink2, tracking: view.compact ? 0.7 : 1.3 }),
    sub: (view, ink) => ({ font: `400 ${view.compact ? 10 : 12}px ${ink.font}`, size: view.compact ? 10 : 12, colour: ink.ink2 }),
    crossing: (view, ink) => ({ font: `${view.zoomed ? 700 : 600} ${view.zoomed ? 13 : view.compact ? 11 : 12}px ${ink.font}`, size: view.zoomed ? 13 : 12, colour: ink.ink }),
    city: (view, ink) => ({ font: `400 11.5px ${ink.font}`, size: 11.5, colour: ink.ink3 }),
    place: (view, ink) => ({ font: `italic 400 13px ${ink.font}`, size: 13, colour: ink.ink2 }),
  };

  /* The width of a text, measured once. */
  const widths = new Map(), pen = document.createElement("canvas").getContext("2d");
  S.widthOf = function (text, { font, tracking = 0 }) {
    const key = [font, tracking, text].join("|");
    if (!widths.has(key)) {
      pen.font = font;
      pen.letterSpacing = tracking + "px";
      widths.set(key, pen.measureText(text).width);
    }
    return widths.get(key);
  };

  /* What is taken: marks as circles, labels as boxes, the ribbon as points; all in the view's pixels. */
  function makeRoom(view, placed, reserved) {
    const marks = placed.marks
      .filter((mark) => mark.kind !== "border" && view.shows(mark.x - view.ox, mark.y - view.oy, mark.r))
      .map((mark) => ({ ...mark, cx: mark.x - view.ox, cy: mark.y - view.oy, reach: mark.kind === "town" ? Math.max(mark.ring, mark.r) : mark.r }));
    const stems = placed.marks.filter((mark) => mark.kind === "crossing").map((mark) => [mark.foot.x - view.ox, mark.foot.y - view.oy, mark.x - view.ox, mark.y - view.oy]);
    const boxes = [...reserved];
    const solid = S.makeField(64);
    let widest = 0; // reach of a mark
    for (const mark of marks) {
      if (mark.kind === "district") continue;
      widest = Math.max(widest, mark.reach);
      solid.add({ mark, x: mark.cx, y: mark.cy });
    }
    /* Whether a mark that may come within a distance of the box passes a test. */
    const someMark = (box, distance, test) => solid.some(box.x + box.w / 2, box.y + box.h / 2, Math.max(box.w, box.h) / 2 + widest + distance, ({ mark }) => test(mark));
    return {
      marks, boxes, view,
      /* No name, mark or stem lies there. */
      clear(box, own) {
        if (!view.showsBox(box, 4)) return false;
        if (boxes.some((other) => overlaps(box, other, 2))) return false;
        if (someMark(box, 2, (mark) => mark.key !== own && boxToPoint(box, mark.cx, mark.cy) < (view.zoomed && mark.kind === "town" ? Math.min(mark.reach, 12) : mark.reach) + 2)) return false;
        return !stems.some((line) => boxMeetsLine(box, line));
      },
      /* Nor the ribbon, or only where it is pale. */
      offRibbon(box, strict) {
        const mx = box.x + box.w / 2 + view.ox, my = box.y + box.h / 2 + view.oy;
        return !placed.ribbon.some(mx, my, Math.max(box.w, box.h) / 2 + 16, (o) => (strict || o.hot) && boxToPoint(box, o.x - view.ox, o.y - view.oy) < o.half + 1);
      },
      free(box, strict, own) {
        return this.clear(box, own) && this.offRibbon(box, strict);
      },
      nearest(box, own, reach) {
        const mine = Math.max(0, boxToPoint(box, own.cx, own.cy) - reach);
        return !someMark(box, mine, (mark) => mark.key !== own.key && Math.max(0, boxToPoint(box, mark.cx, mark.cy) - mark.reach) < mine - 0.5);
      },
    };
  }

  const overlaps = (a, b, m) => a.x < b.x + b.w + m && b.x < a.x + a.w + m && a.y < b.y + b.h + m && b.y < a.y + a.h + m;
  const boxToPoint = (box, x, y) => S.far(Math.max(box.x - x, 0, x - box.x - box.w), Math.max(box.y - y, 0, y - box.y - box.h));
  function boxMeetsLine(box, [x0, y0, x1, y1]) {
    if (Math.max(x0, x1) < box.x - 2 || Math.min(x0, x1) > box.x + box.w + 2 || Math.max(y0, y1) < box.y - 2 || Math.min(y0, y1) > box.y + box.h + 2) return false;
    for (let s = 0; s <= 1; s += 0.125) if (boxToPoint(box, x0 + s * (x1 - x0), y0 + s * (y1 - y0)) < 2) return true;
    return false;
  }

  /* Round a mark: right, left, above, below, diagonals; then farther off with a leader. */
  function beside(view, ink, room, mark, { text, style }, far) {
    const look = styles[style](view, ink);
    const w = S.widthOf(text, look), h = look.size + 3;
    const reach = mark.kind === "town" && view.zoomed ? Math.max(mark.r, Math.min(mark.ring, 60)) : mark.reach;
    for (const distance of far ? [reach + GAP, reach + 18, reach + 30] : [reach + GAP]) {
      const open = [];
      for (const [dx, dy] of ROUND) {
        const box = boxAt(mark.cx + dx * distance, mark.cy + dy * distance, dx, dy, w, h);
        if (room.clear(box, mark.key) && room.nearest(box, mark, reach)) open.push({ dx, dy, box });
      }
      const spot = open.find(({ box }) => room.offRibbon(box, true)) || (style !== "place" && open.find(({ box }) => room.offRibbon(box, false)));
      if (!spot) continue;
      const { dx, dy, box } = spot;
      const leader = distance > reach + GAP ? [mark.cx + dx * reach, mark.cy + dy * reach, mark.cx + dx * (distance - 2), mark.cy + dy * (distance - 2)] : null;
      return { lines: [{ text, look, x: box.x, y: box.y + h / 2 }], box, leader, key: mark.key };
    }
    return null;
  }

  const boxAt = (x, y, dx, dy, w, h) => ({
    x: dx > 0.1 ? x : dx < -0.1 ? x - w : x - w / 2,
    y: dy > 0.8 ? y : dy < -0.8 ? y - h : dy > 0.1 ? y - h * 0.3 : dy < -0.1 ? y - h * 0.7 : y - h / 2,
    w, h,
  });

  function inDisc(view, ink, room, mark, text) {
    const look = styles.place(view, ink);
    const w = S.widthOf(text, look), h = 16;
    for (const share of [0.55, -0.55, 0.8, -0.8, 1.12, -1.12, 0.25, -0.25]) {
      const box = { x: mark.cx - w / 2, y: mark.cy + share * mark.r - h / 2, w, h };
      for (const strict of [true, false]) if (room.free(box, strict, mark.key)) return { lines: [{ text, look, x: box.x, y: box.y + h / 2 }], box, key: mark.key };
    }
    return null;
  }

  /* A neighbour's name stands on its own land, or not at all; first its second line is dropped. */
  function neighbour(view, ink, ready, room, border, counts, t) {
    const name = t.of(border.name).toLocaleUpperCase(t.lang);
    const note = !counts.n ? t("map.no-records") : counts.m ? t("map.neighbour", { n: counts.n, m: counts.m }) : t("map.neighbour-all", { n: counts.n });
    const look = styles.neighbour(view, ink), small = styles.sub(view, ink);
    const w = S.widthOf(name, look), both = Math.max(w, S.widthOf(note, small));
    const wide = room.marks.filter((mark) => mark.kind === "district" || (mark.kind === "crossing" && mark.ids.length > 2));
    const tries = view.compact && !view.zoomed ? [[1, true, true], [1, false, true], [1, false, false]] : [[2, true, true], [2, false, true], [1, false, true]];
    for (const [lines, avoid, strict] of tries) {
      // The second line's numbers change with the filters: a little room to spare keeps its spots.
      const width = lines === 2 ? Math.ceil(both / 8) * 8 : w, height = look.size + (lines === 2 ? small.size + 6 : 2);
      for (const box of spots(ready, view, border, width, height)) {
        if (avoid && wide.some((mark) => boxToPoint(box, mark.cx, mark.cy) < mark.r + (mark.kind === "district" ? 0 : 24))) continue;
        if (room.free(box, strict, "")) return label(box.x + width / 2, { ...box }, lines);
      }
    }
    // On a small map no spot beside the line may be left: anywhere on the neighbour's land then.
    const open = view.compact && !view.zoomed ? elsewhere(ready, view, room, border, w, look.size + 2) : null;
    return open && label(open.x + w / 2, open, 1);

    function label(x, box, lines) {
      const rows = [{ text: name, look, x: x - w / 2, y: box.y + look.size / 2 + 1 }];
      if (lines === 2) rows.push({ text: note, look: small, x: x - S.widthOf(note, small) / 2, y: box.y + look.size + small.size / 2 + 4 });
      return { lines: rows, box, key: "border:" + border.code, border: border.code };
    }
  }

  /* Where a box of this size stands on the neighbour's own land beside the border, the nearest first. It is asked
     after every filter and changes with the view alone. */
  let known = { view: "", spots: new Map() };
  function spots(ready, view, border, width, height) {
    const now = [view.k, view.ox, view.oy, view.width, view.height].join(), key = [border.code, width, height].join();
    if (known.view !== now) known = { view: now, spots: new Map() };
    if (!known.spots.has(key)) known.spots.set(key, findSpots(ready, view, border, width, height));
    return known.spots.get(key);
  }

  function findSpots(ready, view, border, width, height) {
    const [first, last] = border.cells, found = [];
    for (const away of [14, 26, 42, 64, 92, 128, 170])
      for (const share of SHARES) {
        const c = Math.min(last - 1, Math.floor(first + share * (last - first)));
        const [nx, ny] = ready.cells.inward[c];
        const reach = away + Math.abs(nx) * (width / 2) + Math.abs(ny) * (height / 2);
        const x = view.x(ready.cells.middle[c][0]) - nx * reach, y = view.y(ready.cells.middle[c][1]) - ny * reach;
        const box = { x: x - width / 2, y: y - height / 2, w: width, h: height };
        if (view.showsBox(box, 4) && stands(ready, view, border.code, box)) found.push(box);
      }
    return found;
  }

  /* The free spot of the neighbour's land in the window that is nearest to the border. */
  function elsewhere(ready, view, room, border, w, h) {
    const [first, last] = border.cells;
    const line = Array.from({ length: Math.ceil((last - first) / 4) }, (_, i) => ready.cells.middle[first + 4 * i]).map(([x, y]) => [view.x(x), view.y(y)]);
    let best = null, least = Infinity;
    for (let y = view.padY; y < view.height - view.padY; y += 4)
      for (let x = view.padX; x < view.width - view.padX; x += 4) {
        const box = { x, y, w, h };
        if (!stands(ready, view, border.code, box, 0.08) || !room.free(box, false, "")) continue;
        const away = Math.min(...line.map(([px, py]) => Math.hypot(px - x - w / 2, py - y - h / 2)));
        if (away < least) [best, least] = [box, away];
      }
    return best;
  }

  /* Clear of the country everywhere, and its middle on the neighbour's own land. */
  function stands(ready, view, code, box, half = 0.15) {
    const land = (x, y) => S.landAt(ready, (x + view.ox) / view.k, (y + view.oy) / view.k);
    if (![0.5 - half, 0.5, 0.5 + half].every((share) => land(box.x + box.w * share, box.y + box.h / 2) === code)) return false;
    for (let i = 0; i <= 6; i++) for (const share of [0, 0.5, 1]) if (land(box.x + (box.w * i) / 6, box.y + box.h * share) === "own") return false;
    return true;
  }

  /* A city inside a mark's ring is named beside it, with no dot that would look like the place of a record. */
  function cityLabel(view, ink, room, city, t) {
    const cx = view.x(city.xy[0]), cy = view.y(city.xy[1]);
    if (!view.shows(cx, cy, 0)) return null;
    const under = room.marks.filter((mark) => S.far(mark.cx - cx, mark.cy - cy) < mark.reach + 3);
    if (under.length && city.rank > 1) return null;
    const own = under[0] || { key: "city", cx, cy, reach: 3, kind: "city" };
    const label = beside(view, ink, room, own, { text: t.of(city.name), style: "city" }, false);
    if (label && !under.length) {
      if (room.boxes.some((box) => boxToPoint(box, cx, cy) < 4)) return null;
      label.dot = [cx, cy];
    }
    return label;
  }

  S.drawLabels = function (ctx, ink, labels) {
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
        ctx.arc(label.dot[0], label.dot[1], 2, 0, 2 * Math.PI);
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
  };
})(window.Shekara);
