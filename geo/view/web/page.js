/* The one-file page: it puts the parts together and keeps them in step. */
(function (S) {
  "use strict";

  /* The page's data stand in a block of their own. */
  S.open = async function (block, map, options) {
    S.page(map, await S.readAtlas(S.take(block)), options);
  };

  S.page = function (map, atlas, options) {
    const body = document.body;
    const container = map.getContainer();
    container.classList.add("map");
    const part = (name) => document.getElementById(name);
    const controller = S.draw(map, atlas, { lang: options.lang, theme: options.theme, root: body, waits: true });
    map.invalidateSize({ animate: false });
    const filter = S.filters(controller, options);
    const first = S.readAddress(filter, location.hash);
    const parts = S.beneath(controller);
    part("beneath").append(parts.legend, parts.sum);
    S.addControls(controller);
    if (options.listed) {
      part("chart").replaceWith(parts.chart);
      parts.chart.id = "chart";
      S.unrolled(controller, parts.chart);
      S.borderTable(controller, part("borders"));
      S.list(controller, part("records"), S.takeAway(filter, "narrow-only"));
      if (options.statements) S.claims(controller, options.statements, part("claims"));
    }
    S.filterPanel(filter, part("filters"));
    const sheet = S.sheet(controller, filter, part);
    S.head(controller, filter, part, options);
    S.emptyBox(filter, S.activeChips(filter, part("active")), container);
    controller.on("choose", (choice) => sheet.show(choice));
    S.keepAddress(filter);
    S.printing(controller, filter, part);
    if (first.lang) controller.show({ lang: first.lang });
    filter.set(first);
    window.shekara = {
      visibleIds: controller.visibleIds,
      setFilter: (wanted) => filter.set(wanted),
      clearFilter: () => filter.clear(),
      marks: controller.marks,
      controller, filter,
    };
  };
})(window.Shekara);
