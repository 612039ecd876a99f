/* The room of the app (and of a notebook): the map, and under it legend, sum line and the unrolled border. */
(function (S) {
  "use strict";

  /* Beneath the map; used by the page too. */
  S.beneath = function (controller) {
    const parts = { legend: S.h("div", { class: "legend" }), sum: S.h("div", { class: "sum" }), chart: S.h("section", { class: "chart" }) };
    S.legend(controller, parts.legend);
    S.sumLine(controller, parts.sum);
    return parts;
  };

  S.frame = async function (map, packed, options) {
    const atlas = await S.readAtlas(packed);
    const container = map.getContainer();
    document.body.classList.add("shekara-frame");
    const controller = S.draw(map, atlas, { ...options, root: document.body });
    map.shekara = controller;
    const parts = S.beneath(controller);
    container.classList.add("map");
    const given = container.clientHeight, tall = window.Streamlit && given > 50 ? given : 612;
    const fitMap = () => {
      // A narrow window shows the country at a smaller scale, so the map needs less height.
      container.style.height = Math.min(tall, Math.max(330, Math.round(window.innerWidth * 0.62))) + "px";
      map.invalidateSize({ animate: false });
    };
    fitMap();
    window.addEventListener("resize", fitMap);
    container.after(S.h("div", { class: "beneath" }, parts.legend, parts.sum, parts.chart));
    S.addControls(controller);
    S.unrolled(controller, parts.chart);
    controller.on("choose", (choice) => tellStreamlit({ chosen: controller.outward(choice) }));
    fitHeight();
    if (map.waiting) show(controller, map.waiting);
    window.shekara = { visibleIds: controller.visibleIds, marks: controller.marks, controller };
  };

  /* A value of the component, beside what streamlit-folium itself may return. */
  function tellStreamlit(value) {
    if (window.Streamlit) window.Streamlit.setComponentValue(value);
  }

  /* The frame is as high as what stands in it; streamlit-folium would cut it at the map. */
  function fitHeight() {
    if (!window.Streamlit) return;
    const report = window.Streamlit.setFrameHeight.bind(window.Streamlit);
    const height = () => Math.ceil(document.querySelector(".beneath").getBoundingClientRect().bottom + window.scrollY + 8);
    window.Streamlit.setFrameHeight = () => report(height());
    new ResizeObserver(() => report(height())).observe(document.querySelector(".beneath"));
    window.addEventListener("resize", () => report(height()));
  }

  /* What streamlit-folium's feature group calls: change what is shown, return a layer that it may keep. */
  S.shown = function (map, state) {
    if (map.shekara) show(map.shekara, state);
    else map.waiting = state;
    return L.layerGroup();
  };

  function show(controller, state) {
    const change = { ...state };
    if (state.shown) {
      change.shown = [];
      for (let r = 0; r < state.shown.length; r += 2) for (let i = 0; i < state.shown[r + 1]; i++) change.shown.push(state.shown[r] + i);
    } else change.shown = Array.from({ length: controller.ready.records.n }, (_, i) => i);
    change.period = state.period || controller.ready.atlas.period;
    delete change.chosen;
    controller.show(change);
    if (state.chosen) {
      const position = controller.ready.records.index.get(state.chosen);
      const mark = controller.placed.marks.find((one) => one.key === state.chosen);
      controller.choose(position ?? mark ?? null, { quiet: true, pan: true });
    }
  }
})(window.Shekara);
