/* The one-file page: it puts the parts together and keeps them in step. */
(function (S) {
  "use strict";

  /* The page's data stand in a block of their own. */
  S.open = async function (block, map, options) {
    S.page(map, await S.inflate(S.take(block)).json(), options);
  };

  S.page = function (map, atlas, options) {
    const body = document.body;
    const container = map.getContainer();
    container.classList.add("map");
    const part = (name) => document.getElementById(name);
    const saved = readHash();
    const lang = saved.lang in atlas.words ? saved.lang : options.lang;
    const controller = S.draw(map, atlas, { lang, theme: options.theme, root: body });
    map.invalidateSize({ animate: false });
    const filter = S.filters(controller, options);
    const parts = S.beneath(controller);
    part("beneath").append(parts.legend, parts.sum);
    part("chart").replaceWith(parts.chart);
    parts.chart.id = "chart";
    S.addControls(controller);
    S.unrolled(controller, parts.chart);
    S.borderTable(controller, part("borders"));
    S.list(controller, part("records"));
    S.filterPanel(filter, part("filters"));
    const sheet = S.sheet(controller, filter, part);
    S.head(controller, filter, part, options);
    makeEmpty(controller, filter, container);
    controller.on("choose", (choice) => sheet.show(choice));
    let waiting;
    controller.on("show", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => writeHash(controller, filter), 250);
    });
    filter.set(saved);
    window.shekara = {
      visibleIds: controller.visibleIds,
      setFilter: (wanted) => filter.set(wanted),
      clearFilter: () => filter.clear(),
      marks: controller.marks,
      controller, filter,
    };
  };

  /* Nothing matches: the map stays, one sentence and one button. */
  function makeEmpty(controller, filter, container) {
    const text = S.h("p", {}), button = S.h("button", { type: "button", class: "button", onclick: () => filter.clear() });
    const box = S.h("div", { class: "empty", role: "status" }, text, button);
    L.DomEvent.disableClickPropagation(box);
    container.append(box);
    const draw = () => {
      box.hidden = controller.state.shown.length > 0;
      text.textContent = controller.t("empty");
      button.textContent = controller.t("empty.button");
    };
    controller.on("show", draw);
    draw();
  }

  /* A view is a link: the filters stand in the address after "#". */
  function readHash() {
    const wanted = {};
    for (const [name, value] of new URLSearchParams(location.hash.slice(1))) wanted[name] = ["words", "lang", "since", "until"].includes(name) ? value : name === "include_refused" ? value === "1" : value.split(",");
    return wanted;
  }

  function writeHash(controller, filter) {
    const now = new URLSearchParams();
    for (const [facet, chosen] of Object.entries(filter.chosen)) if (chosen) now.set(facet === "border" ? "neighbour" : facet, [...chosen].join(","));
    for (const name of ["since", "until", "words"]) if (filter[name]) now.set(name, filter[name]);
    if (filter.refused) now.set("include_refused", "1");
    if (controller.t.lang !== document.documentElement.dataset.lang) now.set("lang", controller.t.lang);
    const text = now.toString().replaceAll("%2C", ",");
    if (text === location.hash.slice(1) || (!text && !location.hash)) return;
    try {
      history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
    } catch {
      // A sandboxed frame has no address of its own.
    }
  }
})(window.Shekara);
