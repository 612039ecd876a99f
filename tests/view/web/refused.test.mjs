/* Goods merely turned back stand apart from what is alleged: in the years and below the unrolled border. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { gatherRug } from "../../../geo/view/web/chart/rug.js";
import { makeFilter } from "../../../geo/view/web/data/filter.js";
import { smallReady } from "./small.mjs";

const filterOf = (options) => makeFilter({ ready: smallReady(), show() {} }, options);

test("years count what was turned back apart, and only where it is in", () => {
  const off = filterOf({}), on = filterOf({ include_refused: true });
  assert.equal(off.refusedPerYear().size, 0);
  assert.deepEqual([...on.refusedPerYear()], [[2020, 1]]);
  assert.equal(on.perYear().get(2020), off.perYear().get(2020) + 1);
});

test("a stack below the border holds what was turned back after the families", () => {
  const ready = smallReady(), place = { border: "RU", kind: "crossing", crossing: 0 };
  const stack = (ids) => {
    const controller = { ready, places: [{ ...place, ids }], state: { shown: ids } };
    return [...gatherRug({ controller, line: { starts: { RU: 0 }, kmOf: () => 75 }, scale: 1 }).slots[0].of];
  };
  assert.deepEqual(stack([0]), [1, 0, 0, 0]);
  assert.deepEqual(stack([0, 5]), [1, 0, 0, 1]);
});
