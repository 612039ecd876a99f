/* The border, unrolled: the rate above the axis, the records below it, kilometres from the Caspian round to the
   Caspian. One line on a wide window, four of the same scale on a narrow one. Hovering rings the place on the map. */
(function (S) {
  "use strict";

  const LEFT = 40, RIGHT = 14;
  const TICKS = [0, 0.1, 0.5, 1, 2, 5, 10, 20, 50], FEW_TICKS = [0, 0.25, 1, 2, 5, 10, 20, 50];
  const TOPS = [2.4, 5.5, 11, 22, 55], MOST = 55;

  S.unrolled = function (controller, element) {
    const parts = {
      title: S.h("h2", {}), lead: S.h("p", { class: "lead" }), readout: S.h("div", { class: "readout" }),
      plot: S.h("div", { class: "plot", role: "slider", tabindex: 0, "aria-orientation": "horizontal" }),
      table: S.h("details", { class: "as-table" }, S.h("summary", {}), S.h("div", { class: "table-frame", tabindex: 0, role: "region" })),
    };
    const head = S.h("div", { class: "chart-head" }, S.h("div", {}, parts.title, parts.lead), parts.readout);
    S.replace(element, head, parts.plot, parts.table);
    const chart = { controller, parts, km: null, rows: [], width: 0, likely: [] };
    chart.line = unroll(controller.ready);
    const redraw = () => draw(chart);
    controller.on("show", redraw);
    controller.on("choose", (choice) => choice && choice.mark && choice.mark.crossing && choice.mark.crossing.border in chart.line.starts && moveTo(chart, chart.line.kmOf(choice.mark.crossing), false));
    parts.table.addEventListener("toggle", () => fillTable(chart));
    listen(chart);
    new ResizeObserver(() => {
      if (Math.abs(parts.plot.clientWidth - chart.width) <= 1) return;
      chart.width = parts.plot.clientWidth;
      redraw();
    }).observe(parts.plot);
    chart.width = parts.plot.clientWidth;
    if (!controller.waits) redraw();
    return chart;
  };

  /* The land cells on one axis. */
  function unroll(ready) {
    const { cells, borders } = ready;
    const at = [], end = [];
    let km = 0;
    const starts = {};
    for (let c = 0; c < cells.n; c++) {
      if (!cells.land[c]) continue;
      const code = borders[cells.border[c]].code;
      if (!(code in starts)) starts[code] = km;
      at[c] = km;
      km += cells.km[c];
      end[c] = km;
    }
    const kmOf = (crossing) => starts[crossing.border] + crossing.km;
    return { at, end, total: km, starts, count: at.length, kmOf };
  }

  function cellAt(chart, km) {
    const { end, count } = chart.line;
    let low = 0, high = count - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (end[middle] <= km) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function draw(chart) {
    const { controller, parts } = chart;
    const { t, values, ready } = controller;
    const { width } = chart;
    if (width < 50) return;
    parts.title.textContent = t("unrolled");
    parts.table.firstChild.textContent = t("unrolled.table");
    parts.table.lastChild.setAttribute("aria-label", t("unrolled"));
    const lines = document.documentElement.dataset.print ? 2 : width < 600 ? 4 : 1;
    chart.narrow = lines > 1;
    chart.span = chart.line.total / lines;
    chart.scale = (width - LEFT - RIGHT) / chart.span;
    chart.above = lines > 1 ? 84 : 170;
    let top = 0;
    for (let c = 0; c < chart.line.count; c++) top = Math.max(top, values.value[c]);
    chart.top = S.roomFor(TOPS, top * 1.05);
    chart.y = (value) => -chart.above * Math.sqrt(Math.min(value, chart.top) / chart.top);
    chart.held = new Map(controller.places.filter((place) => place.kind === "crossing").map((place) => [place.crossing.index, place]));
    chart.rug = S.gatherRug(chart);
    parts.lead.textContent = t(values.kind === "estimate" ? "unrolled.lead" : "unrolled.lead-rate") + (chart.rug.many && !ready.atlas.records.rows ? " " + t("unrolled.bars", { n: chart.rug.longest }) : "");
    chart.rows = Array.from({ length: lines }, (_, row) => drawRow(chart, row, width));
    S.replace(parts.plot, ...chart.rows.map((row) => row.svg));
    parts.plot.setAttribute("aria-label", t("unrolled.label"));
    parts.plot.setAttribute("aria-valuemin", 0);
    parts.plot.setAttribute("aria-valuemax", Math.round(chart.line.total));
    if (chart.km === null) chart.km = highest(chart, values);
    moveTo(chart, Math.min(chart.km, chart.line.total), true);
    if (parts.table.open) fillTable(chart);
  }

  function highest(chart, values) {
    let best = 0;
    for (let c = 0; c < chart.line.count; c++) if (values.value[c] > values.value[best]) best = c;
    return middleOf(chart, plateau(chart, values, best));
  }

  const middleOf = (chart, c) => (chart.line.at[c] + chart.line.end[c]) / 2;

  /* The middle of the run of equal values that starts at a cell; among its cells, one with a crossing first. */
  function plateau(chart, values, first) {
    let last = first;
    while (last + 1 < chart.line.count && values.value[last + 1] === values.value[first]) last++;
    const held = [...chart.held.values()].filter((place) => place.crossing.cell >= first && place.crossing.cell <= last).sort((a, b) => b.ids.length - a.ids.length)[0];
    return held ? held.crossing.cell : (first + last) >> 1;
  }

  const klass = (name, more) => ({ class: name, ...more });

  function drawRow(chart, row, width) {
    const { controller, narrow } = chart;
    const { t } = controller;
    const from = row * chart.span, to = from + chart.span;
    const x = (km) => LEFT + (km - from) * chart.scale;
    const clip = (km) => Math.min(to, Math.max(from, km));
    const head = narrow ? 40 : 64, axis = head + chart.above;
    const stack = Math.max(0, ...chart.rug.slots.filter((slot) => slot.x >= from && slot.x < to).map(({ n }) => n));
    const marks = Math.max(narrow ? 26 : 54, stack * chart.rug.unit + 8);
    const below = marks + 34, height = axis + below + 20;
    const svg = S.svg("svg", { width, height, viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" });
    const plot = S.svg("g", { transform: `translate(0 ${axis})` });
    svg.append(plot);
    const ticks = chart.top > MOST ? [0, 0.05, 0.2, 0.5].map((share) => (share * chart.top) / 1.1) : (narrow ? FEW_TICKS : TICKS).filter((tick) => tick < chart.top && (tick < 1 || chart.top < 11 || tick !== 1));
    for (const tick of ticks) {
      plot.append(S.svg("line", klass(tick ? "grid" : "axis", { x1: LEFT, x2: width - RIGHT, y1: chart.y(tick), y2: chart.y(tick) })));
      plot.append(S.svg("text", klass("tick", { x: LEFT - 7, y: chart.y(tick) + 4, "text-anchor": "end" }), t.number(tick)));
    }
    const highestTick = ticks[ticks.length - 1];
    if (!narrow) writeUnit(chart, plot, x, width, highestTick);
    drawValues(chart, plot, x, from, to);
    drawCrossings(chart, plot, x, from, to);
    S.drawRug(chart, plot, x, from, to, clip, marks);
    for (let km = Math.ceil(from / 1000) * 1000; km <= to; km += 1000)
      plot.append(S.svg("text", klass("tick", { x: Math.max(x(km), LEFT), y: below + 14, "text-anchor": km === 0 ? "start" : "middle" }), km === 0 ? t("map.km", { n: 0 }) : t.number(km)));
    const names = drawNeighbours(chart, plot, x, from, to, head, below, width);
    drawPeaks(chart, plot, x, from, to, head, names, width);
    const cursor = S.svg("g", klass("cursor"), S.svg("line", { y1: -chart.above, y2: marks }), S.svg("circle", { r: 4.5 }));
    plot.append(cursor);
    return { svg, from, to, x, cursor };
  }

  /* The unit stands on the highest tick, as far right as no neighbour's line crosses it. */
  function writeUnit(chart, plot, x, width, tick) {
    const text = chart.controller.t("unrolled.top", { n: tick });
    const w = S.widthOf(text, { font: `400 11px ${chart.controller.ink.font}` }) + 12;
    const lines = Object.values(chart.line.starts).map(x);
    const ends = [width - RIGHT, ...lines.map((px) => px - 6)].sort((a, b) => b - a);
    const end = ends.find((px) => px - w > LEFT && !lines.some((line) => line > px - w && line < px));
    if (end) plot.append(S.svg("text", klass("tick", { x: end, y: chart.y(tick) - 5, "text-anchor": "end" }), text));
  }

  function drawValues(chart, plot, x, from, to) {
    const { values } = chart.controller;
    const { segment } = chart.controller.ready.cells, { at, end, count } = chart.line;
    // The cells of a segment have its values: one step each.
    const inside = [];
    for (let c = 0; c < count; c++) {
      if (end[c] <= from || at[c] >= to) continue;
      const right = x(Math.min(end[c], to)).toFixed(1), last = inside[inside.length - 1];
      if (last && segment[last.c] === segment[c]) last.right = right;
      else inside.push({ c, left: x(Math.max(at[c], from)).toFixed(1), right });
    }
    const level = (get, c) => chart.y(get(c)).toFixed(1);
    const steps = (get) => inside.map(({ c, left, right }) => `${left} ${level(get, c)}H${right}`).join("L");
    const back = (get) => [...inside].reverse().map(({ c, left, right }) => `${right} ${level(get, c)}H${left}`).join("L");
    if (values.low) {
      plot.append(S.svg("path", klass("band-90", { d: `M${steps((c) => values.high[c])}L${back((c) => values.low[c])}Z` })));
      plot.append(S.svg("path", klass("band-50", { d: `M${steps((c) => values.high50[c])}L${back((c) => values.low50[c])}Z` })));
    } else plot.append(S.svg("path", klass("area", { d: `M${x(from)} 0L${steps((c) => values.value[c])}L${x(to)} 0Z` })));
    plot.append(S.svg("path", klass("median", { d: `M${steps((c) => values.value[c])}` })));
  }

  function drawCrossings(chart, plot, x, from, to) {
    let road = "", rail = "";
    for (const crossing of chart.controller.ready.crossings) {
      if (crossing.cell < 0 || !(crossing.border in chart.line.starts)) continue;
      const km = chart.line.kmOf(crossing);
      if (km < from || km >= to) continue;
      if (crossing.mode === "rail") rail += `M${x(km).toFixed(1)} 0v4`;
      else road += `M${x(km).toFixed(1)} 0v7`;
    }
    plot.append(S.svg("path", klass("crossing", { d: road })), S.svg("path", klass("crossing rail", { d: rail })));
  }

  function drawNeighbours(chart, plot, x, from, to, head, below, width) {
    const { ready, t } = chart.controller;
    const taken = [];
    const lands = ready.borders.filter((border) => border.land);
    for (const border of lands) {
      const start = chart.line.starts[border.code], stop = start + border.km;
      if (stop <= from + 1 || start >= to - 1) continue;
      const goesOn = start < from;
      const left = x(Math.max(start, from)), right = Math.min(x(stop), width - RIGHT);
      plot.append(S.svg("line", klass("neighbour-line", { x1: left, x2: left, y1: -chart.above - head + 4, y2: below })));
      const name = t.of(border.name) + (goesOn ? " …" : "");
      const note = goesOn ? "" : t("map.km", { n: border.km });
      const look = { font: `700 12.5px ${chart.controller.ink.font}` };
      const whole = S.widthOf(name, look) + 6 + S.widthOf(note, look);
      const room = right - left - 8;
      const shown = S.widthOf(name, look) <= room ? name : border.code;
      const text = S.svg("text", klass("neighbour-name", { x: left + 5, y: -chart.above - head + 15 }), shown);
      if (shown === name && whole <= room && note) text.append(S.svg("tspan", klass("neighbour-km", { dx: 5 }), note));
      plot.append(text);
      taken.push([left, left + 8 + S.widthOf(shown, look)]);
    }
    return taken;
  }

  /* Peaks, highest first: local maxima, named after the crossing or stretch, in lanes with a leader. */
  function drawPeaks(chart, plot, x, from, to, head, names, width) {
    const { values, t, ink } = chart.controller;
    const { count, at, end } = chart.line;
    const middle = (c) => (at[c] + end[c]) / 2;
    const peaks = [];
    for (let c = 0; c < count; c++) {
      if (values.value[c] < 0.2 || middle(c) < from || middle(c) >= to) continue;
      let top = true;
      for (let d = c - 1; d >= 0 && middle(c) - middle(d) <= 65 && top; d--) if (values.value[d] > values.value[c]) top = false;
      for (let d = c + 1; d < count && middle(d) - middle(c) <= 65 && top; d++) if (values.value[d] > values.value[c]) top = false;
      if (c && values.value[c - 1] === values.value[c]) top = false;
      if (top) peaks.push(c);
    }
    for (let p = 0; p < peaks.length; p++) peaks[p] = plateau(chart, values, peaks[p]);
    peaks.sort((a, b) => values.value[b] - values.value[a]);
    const lanes = chart.narrow ? 1 : 3, look = { font: `600 12px ${ink.font}` };
    const taken = Array.from({ length: lanes }, () => []);
    for (const c of peaks) {
      const text = nameAt(chart, middle(c), true);
      if (!text) continue;
      const w = S.widthOf(text, look), px = x(middle(c));
      const left = Math.min(Math.max(px - w / 2, LEFT), width - RIGHT - w);
      const lane = taken.findIndex((boxes) => !boxes.some(([a, b]) => left < b + 6 && a < left + w + 6));
      if (lane < 0 || Math.abs(left + w / 2 - px) > w / 2 + 4) continue;
      const y = -chart.above - head + 34 + lane * 14;
      if (taken.slice(lane + 1).some((boxes) => boxes.some(([a, b]) => px > a - 2 && px < b + 2))) continue;
      taken[lane].push([left, left + w]);
      for (let lower = lane + 1; lower < lanes; lower++) taken[lower].push([px - 2, px + 2]);
      plot.append(S.svg("line", klass("peak-leader", { x1: px, x2: px, y1: y + 4, y2: Math.min(chart.y(values.high ? values.high[c] : values.value[c]) - 2, 0) })));
      plot.append(S.svg("text", klass("peak", { x: left, y }), text));
    }
  }

  /* A crossing within 25 km, else the two that the place lies between. */
  function nameAt(chart, km, only) {
    const { ready, t } = chart.controller;
    const short = (crossing) => t.of(crossing.name).split(" (")[0];
    const here = ready.crossings.filter((crossing) => crossing.cell >= 0 && crossing.border in chart.line.starts).map((crossing) => ({ crossing, km: chart.line.kmOf(crossing) }));
    const near = here.filter((one) => Math.abs(one.km - km) <= 25).sort((a, b) => (a.crossing.mode === "rail") - (b.crossing.mode === "rail") || records(chart, b.crossing) - records(chart, a.crossing) || Math.abs(a.km - km) - Math.abs(b.km - km))[0];
    if (near) return short(near.crossing);
    if (only) return "";
    const before = here.filter((one) => one.km <= km).sort((a, b) => b.km - a.km)[0], after = here.filter((one) => one.km > km).sort((a, b) => a.km - b.km)[0];
    return before && after ? t("unrolled.between", { a: short(before.crossing), b: short(after.crossing) }) : short((before || after).crossing);
  }

  function records(chart, crossing) {
    const place = chart.held.get(crossing.index);
    return place ? place.ids.length : 0;
  }

  function moveTo(chart, km, quiet) {
    const { controller, parts } = chart;
    const { t, values, ready } = controller;
    chart.km = Math.min(chart.line.total, Math.max(0, km));
    const c = cellAt(chart, chart.km);
    for (const row of chart.rows) {
      const here = chart.km >= row.from && (chart.km < row.to || row === chart.rows[chart.rows.length - 1]);
      row.cursor.setAttribute("visibility", here ? "visible" : "hidden");
      if (!here) continue;
      row.cursor.setAttribute("transform", `translate(${row.x(chart.km).toFixed(1)} 0)`);
      row.cursor.lastChild.setAttribute("cy", chart.y(values.value[c]));
    }
    const border = ready.borders[ready.cells.border[c]];
    const name = nameAt(chart, chart.km, false);
    const place = t("unrolled.near", { border: t.of(border.name), km: Math.round(chart.km - chart.line.starts[border.code]) });
    const value = values.near[c] || values.low ? `${t.rate(values.value[c])} ` : "";
    const interval = S.intervalOf(t, values, c) || (values.near[c] ? t("rate") : "");
    const finer = S.atCell(t, ready, values, c);
    S.replace(parts.readout,
      S.h("p", {}, S.h("b", {}, name), " · " + place),
      S.h("p", {}, value ? S.h("b", { class: "figure" }, value) : t("unrolled.nothing"), value ? t("unit") : ""),
      S.h("p", { class: "note" }, interval || " "), finer ? S.h("p", { class: "note" }, finer) : null);
    parts.plot.setAttribute("aria-valuenow", Math.round(chart.km));
    parts.plot.setAttribute("aria-valuetext", `${name}, ${place}: ${value ? value + t("unit") : t("unrolled.nothing")}${interval ? ", " + interval : ""}`);
    if (!quiet) controller.ringAt(c, (chart.km - chart.line.at[c]) / ready.cells.km[c]);
  }

  function listen(chart) {
    const { plot } = chart.parts;
    const kmUnder = (event) => {
      const row = chart.rows.find((one) => {
        const box = one.svg.getBoundingClientRect();
        return event.clientY >= box.top && event.clientY <= box.bottom;
      });
      if (!row) return null;
      const px = event.clientX - row.svg.getBoundingClientRect().left;
      return Math.min(row.to, Math.max(row.from, row.from + (px - LEFT) / chart.scale));
    };
    plot.addEventListener("pointermove", (event) => {
      const km = kmUnder(event);
      if (km !== null) moveTo(chart, km, false);
    });
    plot.addEventListener("pointerleave", () => chart.controller.ringAt(null));
    plot.addEventListener("blur", () => chart.controller.ringAt(null));
    plot.addEventListener("click", (event) => {
      const km = kmUnder(event);
      if (km !== null) open(chart, km, 12 / chart.scale);
    });
    plot.addEventListener("keydown", (event) => {
      const step = event.shiftKey ? 100 : 10;
      const jumps = {
        ArrowRight: () => chart.km + step, ArrowUp: () => chart.km + step, ArrowLeft: () => chart.km - step, ArrowDown: () => chart.km - step,
        Home: () => 0, End: () => chart.line.total, n: () => crossingAfter(chart, 1), p: () => crossingAfter(chart, -1),
      };
      if (event.key === "Enter" || event.key === " ") open(chart, chart.km, 10);
      else if (event.key in jumps && !event.ctrlKey && !event.metaKey) moveTo(chart, jumps[event.key](), false);
      else return;
      event.preventDefault();
    });
  }

  function crossingAfter(chart, way) {
    const all = chart.controller.ready.crossings.filter((crossing) => crossing.cell >= 0 && crossing.border in chart.line.starts).map((crossing) => chart.line.kmOf(crossing)).sort((a, b) => a - b);
    return (way > 0 ? all.find((km) => km > chart.km + 0.01) : all.filter((km) => km < chart.km - 0.01).pop()) ?? chart.km;
  }

  /* The crossing's mark near a kilometre, else the border. */
  function open(chart, km, reach) {
    const { controller } = chart;
    const marks = controller.placed.marks.filter((mark) => mark.kind === "crossing" && mark.crossing.border in chart.line.starts);
    const near = marks.map((mark) => ({ mark, d: Math.min(...mark.merged.map((place) => Math.abs(chart.line.kmOf(place.crossing) - km))) })).sort((a, b) => a.d - b.d)[0];
    const border = controller.ready.borders[controller.ready.cells.border[cellAt(chart, km)]];
    controller.choose(near && near.d <= reach ? near.mark : controller.borderMark(border.code));
  }

  function fillTable(chart) {
    const { controller, parts, line } = chart;
    const { t, values, ready } = controller;
    if (!parts.table.open) return;
    const head = ["col.stretch", "col.neighbour", "col.km", "col.records", "col.rate", ...(values.low ? ["col.interval"] : [])];
    const expected = S.expected(ready, controller.state.shown);
    const rows = ready.atlas.segments.map((segment, s) => ({ segment, cells: [...Array(line.count).keys()].filter((c) => ready.cells.segment[c] === s) })).filter(({ cells }) => cells.length);
    const body = rows.map(({ segment, cells }) => {
      const top = cells.reduce((a, b) => (values.value[b] > values.value[a] ? b : a));
      const sum = cells.reduce((total, c) => total + expected[c], 0);
      const fields = [t.of(segment.name), t.of(ready.border[segment.border].name), `${t.number(segment.start)}–${t.number(Math.round(segment.start + segment.km))}`, t.number(sum, 1), t.rate(values.value[top])];
      if (values.low) fields.push(S.ends(t, values.low[top], values.high[top]));
      return S.h("tr", {}, fields.map((text, i) => S.h(i ? "td" : "th", i ? {} : { scope: "row" }, text)));
    });
    S.replace(parts.table.lastChild, S.h("table", {}, S.h("thead", {}, S.h("tr", {}, head.map((key) => S.h("th", { scope: "col" }, t(key))))), S.h("tbody", {}, body)));
  }
})(window.Shekara);
