/* The sum line: every record shown is in exactly one part, and each part opens its records. */
(function (S) {
  "use strict";

  S.partOf = (kind) => (kind === "region" || kind === "border" || kind === "none" ? kind : "place");

  /* The shown records by part, and those by air and by post. */
  S.parts = function ({ ready, state }) {
    return partsOf(ready, state.shown);
  };

  const partsOf = S.remembered(function (ready, indices) {
    const parts = { place: [], region: [], border: [], none: [], air: [], post: [] };
    const { of, table } = ready.atlas.records.border;
    const air = table.indexOf("AIR"), post = table.indexOf("POST");
    for (const i of indices) {
      parts[S.partOf(ready.kind[i])].push(i);
      if (of[i] === air) parts.air.push(i);
      else if (of[i] === post) parts.post.push(i);
    }
    return parts;
  });

  S.sumLine = function (controller, element) {
    const draw = () => S.replace(element, ...build(controller));
    controller.on("show", draw);
    draw();
  };

  function build(controller) {
    const { t, state, ready } = controller;
    const parts = S.parts(controller);
    const n = S.count(ready, state.shown);
    const count = (part) => {
      const ids = parts[part], held = S.count(ready, ids), text = t.number(held);
      if (!ids.length) return S.h("b", { dataset: { n: 0 } }, text);
      const open = () => controller.choose({ kind: "unplaced", key: "part:" + part, part, ids });
      return S.h("button", { type: "button", class: "sum-part", dataset: { n: held, part }, "aria-label": `${t("part." + part)}: ${t("card.records", { n: held })}`, onclick: open }, text);
    };
    const undated = S.count(ready, state.shown.filter((i) => ready.atlas.records.from[i] === null));
    return [
      ready.atlas.records.rows ? S.h("p", { class: "of-register" }, t("of-register", { n, m: S.count(ready, parts.none) })) : null,
      S.h("p", {}, t.parts("sum", { n: S.h("b", { dataset: { n } }, t.number(n)), a: count("place"), b: count("region"), c: count("border"), d: count("none") })),
      S.h("p", {}, t.parts("sum.air", { a: count("air"), p: count("post") }), " ", undated ? t.parts("sum.undated", { n: undated }) : null, state.note ? " " + state.note() : null),
    ];
  }
})(window.Shekara);
