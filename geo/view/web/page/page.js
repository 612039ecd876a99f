/* The one-file page: it puts the parts together and keeps them in step. */

import { showUnrolled } from "../chart/unrolled.js";
import { readAddress } from "../data/address.js";
import { makeFilter } from "../data/filter.js";
import { readAtlas } from "../data/unpack.js";
import { writeHeading } from "../language/headings.js";
import { drawAtlas } from "../map/controller.js";
import { addControls } from "../map/controls.js";
import { activeChips, emptyBox } from "./active.js";
import { keepAddress } from "./address.js";
import { beneath } from "./beneath.js";
import { takeBlock } from "./block.js";
import { borderTable } from "./borders.js";
import { showClaims } from "./claims.js";
import { makeHead, takeAway } from "./head.js";
import { showList } from "./list.js";
import { filterPanel } from "./panel.js";
import { preparePrint } from "./print.js";
import { makeSheet } from "./sheet.js";

/* What the page's own script calls once it has made the map: showPage("atlas", options). It hangs on Leaflet's map,
   so that window.shekara is there only when the page is drawn. */
L.Map.include({
  /* The page's data stand in a block of their own. */
  async showPage(block, options) {
    makePage(this, await readAtlas(takeBlock(block)), options);
  },
});

function makePage(map, atlas, options) {
  const body = document.body;
  const container = map.getContainer();
  container.classList.add("map");
  const part = (name) => document.getElementById(name);
  const controller = drawAtlas(map, atlas, { lang: options.lang, theme: options.theme, root: body, waits: true });
  map.invalidateSize({ animate: false });
  const filter = makeFilter(controller, options);
  const first = readAddress(filter, location.hash);
  const parts = beneath(controller);
  part("beneath").append(parts.legend, parts.sum);
  addControls(controller);
  if (options.listed) {
    part("chart").replaceWith(parts.chart);
    parts.chart.id = "chart";
    showUnrolled(controller, parts.chart);
    borderTable(controller, part("borders"));
    showList(controller, part("records"), takeAway(filter, "narrow-only"));
    if (options.statements) showClaims(controller, options.statements, part("claims"));
  }
  filterPanel(filter, part("filters"));
  const sheet = makeSheet(controller, filter, part);
  makeHead(controller, filter, part, options);
  emptyBox(filter, activeChips(filter, part("active")), container);
  controller.on("choose", (choice) => sheet.show(choice));
  keepAddress(filter);
  preparePrint(controller, filter, part);
  if (first.lang) controller.show({ lang: first.lang });
  filter.set(first);
  window.shekara = {
    visibleIds: controller.visibleIds,
    setFilter: (wanted) => filter.set(wanted),
    clearFilter: () => filter.clear(),
    marks: controller.marks,
    heading: (i) => writeHeading(controller.ready, controller.t, i),
    controller, filter,
  };
}
