/* The rail of the page. */

import { countRecords } from "../data/records.js";
import { h, replace } from "../map/dom.js";
import { makeCard } from "./card.js";

/* The rail: filters or the card of what is chosen; a sheet at the foot of a narrow window. */
export function makeSheet(controller, filter, part) {
  const rail = part("rail"), panel = part("filters"), card = part("card");
  const back = h("button", { type: "button", class: "plain back", onclick: () => controller.choose(null) });
  const grab = h("div", { class: "grab", "aria-hidden": "true" });
  const clear = h("button", { type: "button", class: "plain", onclick: () => filter.clear() });
  const done = h("button", { type: "button", class: "button strong", onclick: () => close() });
  const foot = h("div", { class: "sheet-foot" }, clear, done);
  rail.prepend(grab);
  rail.append(foot);
  const scrim = h("div", { class: "scrim", onclick: () => close() });
  const tell = h("span"), opener = h("button", { type: "button", class: "button strong", onclick: () => open() });
  const bar = h("div", { class: "foot-bar", role: "region" }, tell, opener);
  document.body.append(scrim, bar);
  const narrow = matchMedia("(max-width: 999px)");
  let home = null;

  function open() {
    home = document.activeElement;
    document.body.classList.add("sheet-open");
    if (narrow.matches) {
      rail.setAttribute("role", "dialog");
      rail.setAttribute("aria-modal", "true");
    }
    (card.hidden ? panel.querySelector("input, button") : card.querySelector("h2"))?.focus({ preventScroll: true });
  }
  function close() {
    document.body.classList.remove("sheet-open");
    rail.setAttribute("role", "complementary");
    rail.removeAttribute("aria-modal");
    if (!card.hidden) controller.choose(null);
    if (home && home.isConnected) home.focus({ preventScroll: true });
  }
  function show(choice) {
    card.hidden = !choice;
    panel.hidden = Boolean(choice);
    if (!choice) {
      draw();
      return narrow.matches && document.body.classList.remove("sheet-open");
    }
    replace(card, back, makeCard(controller, choice));
    draw();
    rail.scrollTop = 0;
    if (narrow.matches) open();
    return null;
  }
  // A sheet over the page keeps the focus until it is closed.
  rail.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !narrow.matches) return;
    const within = [...rail.querySelectorAll("a[href], button, input, select, summary")].filter((one) => one.checkVisibility());
    const here = within.indexOf(document.activeElement);
    if (event.shiftKey ? here > 0 : here !== within.length - 1) return;
    event.preventDefault();
    within[event.shiftKey ? within.length - 1 : 0].focus();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (document.body.classList.contains("sheet-open") && narrow.matches) close();
    else if (controller.chosen) controller.choose(null);
  });
  dragDown(grab, close);
  const draw = () => {
    const { t, state, ready } = controller;
    const n = countRecords(ready, state.shown);
    replace(back, "← " + t("back"));
    clear.textContent = t("clear");
    clear.hidden = !card.hidden;
    done.textContent = card.hidden ? t("show", { n }) : t("card.close");
    opener.textContent = t("filters");
    replace(tell, t("count.short", { n }));
    rail.setAttribute("aria-label", t("filters"));
    bar.setAttribute("aria-label", t("count.short", { n }));
  };
  controller.on("show", () => {
    if (controller.chosen) replace(card, back, makeCard(controller, controller.chosen));
    draw();
  });
  draw();
  return { show };
}

function dragDown(grab, close) {
  let from = null;
  grab.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    grab.setPointerCapture(event.pointerId);
  });
  grab.addEventListener("pointerup", (event) => {
    if (from !== null && event.clientY - from > 40) close();
    from = null;
  });
}
