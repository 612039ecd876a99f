/* Play: the records year by year, counted up, on the map and the chart. The line keeps its estimate, and says so. */

import { countRecords } from "../data/records.js";
import { h, setText } from "../map/dom.js";

const STEP = 700; // milliseconds a year

/* The button that begins, and the bar under the map; begun(): what else is to happen then. */
export function playYears(controller, bar, begun) {
  const { ready } = controller;
  const button = h("button", { type: "button", class: "button", dataset: { key: "play" }, onclick: () => begin() });
  if (!ready.records.years) return null;
  const pause = h("button", { type: "button", class: "button", dataset: { key: "play-pause" }, onclick: () => (timer ? stop() : run()) });
  const slider = h("input", { type: "range", step: 1, dataset: { key: "play-year" }, oninput: () => { stop(); step(Number(slider.value)); } });
  const told = h("output", { class: "play-told", "aria-live": "polite" }), note = h("p", { class: "note" });
  const leave = h("button", { type: "button", class: "button", dataset: { key: "play-end" }, onclick: () => end() });
  bar.append(h("div", { class: "play-row" }, pause, slider, told, leave), note);
  bar.hidden = true;
  let timer = 0, ends = [0, 0];

  const years = () => {
    const found = controller.state.shown.map((i) => ready.records.year[i]).filter(Boolean);
    return found.length ? [found.reduce((a, b) => Math.min(a, b)), found.reduce((a, b) => Math.max(a, b))] : null;
  };
  function begin() {
    if (!years()) return;
    ends = years();
    [slider.min, slider.max] = ends.map(String);
    bar.hidden = false;
    controller.choose(null);
    begun();
    step(ends[0]);
    run();
    pause.focus({ preventScroll: true });
  }
  function step(year) {
    slider.value = String(year);
    controller.play(year);
    say();
  }
  function run() {
    if (controller.state.upTo >= ends[1]) step(ends[0]);
    timer = setInterval(() => {
      step(controller.state.upTo + 1);
      if (controller.state.upTo >= ends[1]) stop();
    }, STEP);
    say();
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    say();
  }
  function end() {
    const inside = bar.contains(document.activeElement);
    stop();
    bar.hidden = true;
    controller.play(null);
    say();
    if (inside) button.focus({ preventScroll: true });
  }
  function say() {
    const { t, state } = controller, playing = state.upTo !== null;
    setText(button, `▶ ${t("play.years")}`);
    button.hidden = playing;
    button.disabled = !years();
    if (!playing) return;
    const n = countRecords(ready, controller.played()), undated = countRecords(ready, state.shown.filter((i) => !ready.records.year[i]));
    setText(told, t("play.told", { y: String(state.upTo), n }));
    setText(note, [t("play.note", { years: t.span(state.period[0].slice(0, 4), state.period[1].slice(0, 4)) }), undated ? t("play.undated", { n: undated }) : ""].filter(Boolean).join(" "));
    setText(pause, timer ? "❚❚" : "▶");
    pause.setAttribute("aria-label", t(timer ? "play.pause" : "play.go"));
    slider.setAttribute("aria-label", t("play.years"));
    slider.setAttribute("aria-valuetext", told.textContent);
    setText(leave, t("play.end"));
  }
  // Another selection has other years: the play of the last one is over.
  let shown = controller.state.shown;
  controller.on("show", () => {
    if (controller.state.upTo !== null && shown !== controller.state.shown) end();
    shown = controller.state.shown;
    say();
  });
  say();
  return button;
}
