/* The card of what is chosen stands in the rail in place of the answers; on a narrow window the card, and the bar of the
   filters, are sheets at the foot. */

import { countRecords } from "../data/records.js";
import { h, replace } from "../map/dom.js";
import { makeCard } from "./card.js";

export function makeSheet(controller, filter, part) {
  const bar = part("bar"), card = part("card"), answers = part("answers");
  const narrow = matchMedia("(max-width: 999px)");
  const back = h("button", { type: "button", class: "plain back", onclick: () => leave() });
  const done = h("button", { type: "button", class: "button strong", onclick: () => close() });
  bar.prepend(grabFor(() => close()));
  bar.append(h("div", { class: "sheet-foot" }, done));
  const scrim = h("div", { class: "scrim", onclick: () => close() });
  const tell = h("span"), opener = h("button", { type: "button", class: "button strong", dataset: { key: "open-filters" }, onclick: () => open(bar) });
  const records = h("button", { type: "button", class: "button", dataset: { key: "records" }, onclick: () => controller.show({ records: !controller.state.records }) });
  const foot = h("div", { class: "foot-bar", role: "region" }, tell, records, opener);
  document.body.append(scrim, foot);
  let home = null, sheet = null;

  function open(which) {
    if (!narrow.matches) return;
    home ||= document.activeElement;
    if (sheet && sheet !== which) sheet.classList.remove("open");
    sheet = which;
    sheet.classList.add("open");
    document.body.classList.add("sheet-open");
    sheet.setAttribute("role", "dialog");
    sheet.setAttribute("aria-modal", "true");
    if (which === card) card.setAttribute("aria-label", card.querySelector("h2").textContent);
    (which === bar ? [...bar.querySelectorAll("input, button")].find((one) => one.checkVisibility({ visibilityProperty: true })) : card.querySelector("h2"))?.focus({ preventScroll: true });
  }
  function close() {
    document.body.classList.remove("sheet-open");
    if (sheet) {
      sheet.classList.remove("open");
      sheet.removeAttribute("role");
      sheet.removeAttribute("aria-modal");
      if (sheet === card) card.removeAttribute("aria-label");
    }
    const was = sheet;
    sheet = null;
    if (was === card && controller.chosen) controller.choose(null);
    if (home && home.isConnected) home.focus({ preventScroll: true });
    home = null;
  }
  /* Back to the answers, and to the row that the card came from. */
  function leave() {
    const key = controller.chosen?.key;
    if (sheet) close();
    else controller.choose(null);
    const row = answers.querySelector(`[data-key="${CSS.escape(key || "")}"]`);
    (row || answers.querySelector("h2"))?.focus({ preventScroll: true });
  }
  function show(choice) {
    card.hidden = !choice;
    answers.hidden = Boolean(choice);
    if (!choice) {
      if (sheet === card) close();
      return;
    }
    fill(choice);
    part("rail").scrollTop = 0;
    if (narrow.matches) open(card);
    else if (choice.focus) card.querySelector("h2")?.focus({ preventScroll: true });
  }
  function fill(choice) {
    replace(card, narrow.matches ? grabFor(() => close()) : null, back, makeCard(controller, filter, choice));
  }
  // A sheet over the page keeps the focus until it is closed.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Tab" && sheet) keepWithin(sheet, event);
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (sheet) close();
    else if (controller.chosen) leave();
  });
  const draw = () => {
    const { t, state, ready } = controller, n = countRecords(ready, state.shown);
    back.textContent = t("answers.back");
    done.textContent = t("show", { n });
    opener.textContent = t("filters");
    records.textContent = t("answers.records");
    records.setAttribute("aria-pressed", String(state.records));
    replace(tell, t("count.short", { n }));
    bar.setAttribute("aria-label", t("filters"));
    part("rail").setAttribute("aria-label", t("answers.box"));
    foot.setAttribute("aria-label", t("count.short", { n }));
  };
  controller.on("show", () => {
    if (controller.chosen) fill(controller.chosen);
    draw();
  });
  draw();
  return { show, close };
}

function keepWithin(sheet, event) {
  const within = [...sheet.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")].filter((one) => one.checkVisibility({ visibilityProperty: true }));
  const here = within.indexOf(document.activeElement);
  if (event.shiftKey ? here > 0 : here >= 0 && here !== within.length - 1) return;
  event.preventDefault();
  within[event.shiftKey ? within.length - 1 : 0]?.focus();
}

/* The bar at the head of a sheet that a finger drags down. */
function grabFor(close) {
  const grab = h("div", { class: "grab", "aria-hidden": "true" });
  let from = null;
  grab.addEventListener("pointerdown", (event) => {
    from = event.clientY;
    grab.setPointerCapture(event.pointerId);
  });
  grab.addEventListener("pointerup", (event) => {
    if (from !== null && event.clientY - from > 40) close();
    from = null;
  });
  return grab;
}
