/* The legend under the map: how often, how sure, where and how exactly; the shades of the regions; and, where no
   filter beside the map shows them, the goods. */
(function (S) {
  "use strict";

  S.legend = function (controller, element, goods) {
    let look = "";
    const draw = () => {
      const { t, ink, values, state } = controller;
      const now = [t.lang, ink.dark, values.kind, values.fine === values, state.choropleth, refusedShown(controller), ...state.period].join();
      if (now !== look) S.replace(element, ...build(controller, goods));
      look = now;
    };
    controller.on("show", draw);
    draw();
  };

  function build(controller, goods) {
    const { t, ink, values, state, ready } = controller;
    const estimate = values.kind === "estimate";
    const years = { from: t.date(state.period[0]), to: t.date(state.period[1]) };
    const often = S.h("div", {}, S.h("h3", {}, t("how-often")), ramp(t),
      S.h("p", { class: "note" }, t(ink.dark ? "lighter" : "darker")),
      S.h("p", { class: "note" }, t(estimate ? (values.fine === values ? "estimate-note" : "estimate-note-fine") : "rate-note", years)));
    const sure = S.h("div", {}, S.h("h3", {}, t("how-sure")),
      estimate ? item(sample("solid"), t("sure")) : null,
      estimate ? item(sample("hollow"), t("unsure")) : item(null, t("no-interval")),
      item(sample("none"), t("no-record")),
      ready.borders.some((border) => !border.land) ? item(sample("coast"), t("coast")) : null);
    const where = S.h("div", { class: "legend-where" }, S.h("h3", {}, t("where")),
      S.h("div", { class: "legend-grid" },
        item(picture.crossing(t), t("m-crossing")), item(picture.district(), t("m-district")),
        item(picture.town(t), t("m-town")), item(picture.region(), t("m-region")),
        item(picture.air(), t("m-air")), item(picture.border(), t("m-border")),
        refusedShown(controller) ? item(picture.refused(), t("m-refused")) : null));
    const shades = state.choropleth ? S.h("div", { class: "legend-shades" }, S.h("h3", {}, t("regions.legend")), shadeRow(), S.h("p", { class: "note" }, t("regions.note"))) : null;
    const families = goods ? S.h("div", { class: "legend-goods" }, S.h("h3", {}, t("field.goods")),
      S.h("ul", {}, ready.atlas.families.map(({ letter }) => S.h("li", {}, S.markSvg(letter, 20, t), S.h("span", {}, t("family." + letter)))))) : null;
    return [often, sure, where, families, shades, S.h("p", { class: "note legend-foot" }, t("caveat"), " ", t("lines"))];
  }

  const refusedShown = ({ ready, state }) => state.shown.some((i) => ready.records.refused(i));
  const item = (picture, text) => S.h("div", { class: "legend-item" }, picture || S.h("span"), S.h("span", {}, text));

  function ramp(t) {
    const bar = S.h("div", { class: "ramp" });
    [3, 4.5, 6.5, 9, 12].forEach((height, step) => {
      const patch = S.svg("svg", { width: 54, height: 14, viewBox: "0 0 54 14", preserveAspectRatio: "none" }, S.svg("rect", { x: 0, y: 7 - height / 2, width: 54, height, class: "ramp-" + step }));
      bar.append(S.h("span", { class: "ramp-step" }, patch, step < 4 ? S.h("span", { class: "ramp-limit" }, t.number(S.BREAKS[step])) : null));
    });
    return bar;
  }

  function sample(look) {
    const box = S.svg("svg", { width: 42, height: 14, viewBox: "0 0 42 14", "aria-hidden": "true" });
    if (look === "none") box.append(S.svg("rect", { y: 6.2, width: 42, height: 1.6, class: "fill-quiet" }));
    else if (look === "coast") box.append(S.svg("line", { x1: 0, x2: 42, y1: 7, y2: 7, class: "line-coast" }));
    else box.append(S.svg("rect", { y: 2.5, width: 42, height: 9, class: "ramp-3" }));
    if (look === "hollow") box.append(S.svg("rect", { y: 4.9, width: 42, height: 4.2, class: "fill-casing" }));
    return box;
  }

  const frame = (...children) => S.svg("svg", { width: 42, height: 34, viewBox: "-21 -17 42 34", "aria-hidden": "true" }, ...children);
  const picture = {
    crossing: (t) => frame(
      S.svg("rect", { x: -21, y: 11, width: 42, height: 6, class: "ramp-3" }), S.svg("line", { x1: 0, x2: 0, y1: 6, y2: 13, class: "line-ink" }),
      S.svg("circle", { cx: 0, cy: -4, r: 11, class: "fill-panel line-ink" }),
      arc("T", -4, 0), arc("D", -4, 1), arc("F", -4, 2), S.svg("text", { y: -0.2, class: "bead-count" }, t.number(9)), S.svg("circle", { cx: 0, cy: 13.5, r: 2.2, class: "fill-panel line-ink" })),
    town: () => frame(S.svg("circle", { r: 11, class: "line-dashed" }), S.svg("path", { d: S.shape("W", 6), class: "goods-W" })),
    district: () => frame(S.svg("circle", { r: 13, class: "legend-disc" })),
    region: () => frame(hatchLines(), S.svg("rect", { x: -11, y: -9, width: 22, height: 18, rx: 3, class: "fill-panel line-tag" }), S.svg("text", { y: 4, class: "bead-count" }, "3")),
    air: () => frame(S.svg("rect", { x: -8, y: -8, width: 16, height: 16, rx: 3, class: "fill-panel line-air" }), S.svg("text", { y: 4, class: "air-count" }, "8")),
    refused: () => frame(S.svg("circle", { r: 8, class: "fill-panel line-dashed" })),
    border: () => frame(S.svg("rect", { x: -21, y: 4, width: 42, height: 5, class: "ramp-1" }), S.svg("text", { y: -3, class: "legend-name" }, "ABC")),
  };

  function arc(letter, cy, third) {
    const point = (angle) => `${(9 * Math.sin(angle)).toFixed(2)} ${(cy - 9 * Math.cos(angle)).toFixed(2)}`;
    const from = (third * 2 * Math.PI) / 3 + 0.1, to = ((third + 1) * 2 * Math.PI) / 3 - 0.1;
    return S.svg("path", { d: `M${point(from)}A9 9 0 0 1 ${point(to)}`, class: "arc-" + letter });
  }

  function hatchLines() {
    const lines = S.svg("g", { class: "line-hatch" });
    for (let x = -30; x < 24; x += 5) lines.append(S.svg("line", { x1: x, y1: 8, x2: x + 12, y2: -8 }));
    return lines;
  }

  function shadeRow() {
    const limits = [0, ...S.SHADE_BREAKS];
    return S.h("div", { class: "shades" }, limits.map((from, i) => {
      const to = limits[i + 1];
      const text = i === 0 ? "0" : to === undefined ? `${from}+` : `${from}–${to - 1}`;
      return S.h("span", { class: "shade-step" }, S.svg("svg", { width: 42, height: 14, viewBox: "0 0 42 14" }, S.svg("rect", { width: 42, height: 14, class: "fill-land" }), S.svg("rect", { width: 42, height: 14, class: "fill-shade", "fill-opacity": S.SHADES[i] })), S.h("span", {}, text));
    }));
  }
})(window.Shekara);
