/* The sum line: every record shown is in exactly one part, and each part opens its records. */

import { partsShown } from "../data/parts.js";
import { countRecords } from "../data/records.js";
import { h, replace } from "../map/dom.js";

export function sumLine(controller, element) {
  const draw = () => replace(element, ...build(controller));
  controller.on("show", draw);
  draw();
}

function build(controller) {
  const { t, state, ready } = controller;
  const parts = partsShown(controller);
  const n = countRecords(ready, state.shown);
  const count = (part) => {
    const ids = parts[part], held = countRecords(ready, ids), text = t.number(held);
    if (!ids.length) return h("b", { dataset: { n: 0 } }, text);
    const open = () => controller.choose({ kind: "unplaced", key: "part:" + part, part, ids });
    return h("button", { type: "button", class: "sum-part", dataset: { n: held, part }, "aria-label": `${t("part." + part)}: ${t("card.records", { n: held })}`, onclick: open }, text);
  };
  const undated = countRecords(ready, state.shown.filter((i) => ready.atlas.records.from[i] === null));
  return [
    ready.atlas.records.rows ? h("p", { class: "of-register" }, t("of-register", { n, m: countRecords(ready, parts.none) })) : null,
    h("p", {}, t.parts("sum", { n: h("b", { dataset: { n } }, t.number(n)), a: count("place"), b: count("region"), c: count("border"), d: count("none") })),
    h("p", {}, t.parts("sum.air", { a: count("air"), p: count("post") }), " ", undated ? t.parts("sum.undated", { n: undated }) : null, state.note ? " " + state.note() : null),
  ];
}
