/* The one-file page: it puts the parts together and keeps them in step. */

import { showUnrolled } from "../chart/unrolled.js";
import { rowsOf } from "../data/answers.js";
import { makeFilter } from "../data/filter.js";
import { titleOf } from "../data/titles.js";
import { readAtlas } from "../data/unpack.js";
import { writeHeading } from "../language/headings.js";
import { drawAtlas } from "../map/controller.js";
import { addControls } from "../map/controls.js";
import { h } from "../map/dom.js";
import { lastFilter } from "./active.js";
import { keepAddress, showAddress } from "./address.js";
import { answerBox } from "./answers.js";
import { beneath } from "./beneath.js";
import { takeBlock } from "./block.js";
import { borderTable } from "./borders.js";
import { showClaims } from "./claims.js";
import { makeHead, takeAway } from "./head.js";
import { hoverCards } from "./hover.js";
import { showList } from "./list.js";
import { filterBar } from "./panel.js";
import { isMinimal, showMinimal } from "./minimal.js";
import { playYears } from "./play.js";
import { preparePrint } from "./print.js";
import { searchBox } from "./search.js";
import { makeSheet } from "./sheet.js";

/* What the page's own script calls once it has made the map: showPage("atlas", options). It hangs on Leaflet's map,
   so that window.shekara is there only when the page is drawn. */
L.Map.include({
  /* The page's data stand in a block of their own. */
  async showPage(block, options) {
    makePage(this, await readAtlas(takeBlock(block)), options);
  },
});

function makePage(map, atlas, given) {
  const minimal = isMinimal(location.hash), options = { ...given, listed: given.listed && !minimal };
  const body = document.body;
  const container = map.getContainer();
  container.classList.add("map");
  const part = (name) => document.getElementById(name);
  const controller = drawAtlas(map, atlas, { lang: options.lang, theme: options.theme, root: body, waits: true, records: false });
  map.invalidateSize({ animate: false });
  const filter = makeFilter(controller, options);
  controller.filter = filter;
  addControls(controller);
  const parts = beneath(controller, false, () => keepScale(filter));
  part("beneath").append(parts.legend);
  part("below").append(parts.sum);
  if (options.listed) {
    part("chart").replaceWith(parts.chart);
    parts.chart.id = "chart";
    showUnrolled(controller, parts.chart);
    borderTable(controller, part("borders"));
    showList(controller, part("records"), takeAway(filter, "narrow-only"));
    if (options.statements) showClaims(controller, options.statements, part("claims"));
  }
  if (minimal) showMinimal(controller, filter, part);
  const sheet = minimal ? null : addReading(controller, filter, part);
  makeHead(controller, filter, part, options);
  if (sheet) addPlay(controller, sheet, part);
  hoverCards(controller);
  preparePrint(controller, filter, part);
  fitBorders(filter);
  showAddress(filter, location.hash, part("asked"));
  if (!minimal) keepAddress(filter, part("asked"));
  window.shekara = {
    visibleIds: controller.visibleIds,
    answers: () => rowsOf(controller.t, controller.state.answers),
    setFilter: (wanted) => filter.set(wanted),
    clearFilter: () => filter.clear(),
    marks: controller.marks,
    heading: (i) => writeHeading(controller.ready, controller.t, i),
    controller, filter,
  };
}

/* Filters, search, the answer box and the cards, whose sheet it returns. */
function addReading(controller, filter, part) {
  filterBar(filter, part("filters"));
  searchBox(filter, part("search"));
  answerBox(controller, filter, lastFilter(filter), part("answers"));
  const sheet = makeSheet(controller, filter, part);
  controller.on("choose", (choice) => sheet.show(choice));
  return sheet;
}

/* The button that plays the years, where the records have any. */
function addPlay(controller, sheet, part) {
  const play = playYears(controller, part("play"), () => {
    sheet.close();
    part("map").scrollIntoView({ block: "nearest" });
  });
  if (play) part("switches").prepend(play);
}

/* The map fits the borders that are chosen, and the whole country again when none is. */
function fitBorders(filter) {
  const { controller } = filter;
  let before = "";
  controller.on("show", () => {
    const now = [...(filter.chosen.border || [])].filter((code) => controller.ready.border[code]).join();
    if (now === before) return;
    before = now;
    controller.fit(false, now ? now.split(",") : []);
  });
}

/* Whose scale the colours are by, and a button that keeps it or lets it go. */
function keepScale(filter) {
  const { controller } = filter, { t, state, values } = controller;
  const act = () => controller.show(state.scale ? { scale: null, scaleOf: "" } : { scale: [...values.breaks], scaleOf: titleOf(filter) });
  const button = h("button", { type: "button", class: "plain", dataset: { key: "scale" }, onclick: act }, t(state.scale ? "answers.scale-use" : "answers.scale-keep"));
  if (!values.breaks.length) return "";
  const whose = !state.scale ? t("answers.scale-own") : state.scaleOf ? t("answers.scale-kept", { title: state.scaleOf }) : t("page.scale-link");
  return [h("b", {}, whose), ". ", button];
}
