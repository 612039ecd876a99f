/* Sentences to quote: the cases of tests/vectors, which geo/summaries/quote.py meets too; and which records a place has. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { sayChange, sayEnding, sayFigure, sayRecord } from "../../../geo/view/web/data/quotes.js";
import { recordsThere } from "../../../geo/view/web/data/there.js";
import { makeSpeaker } from "../../../geo/view/web/language/speaker.js";
import { BORDERS, SAID, WORDS } from "./country.mjs";
import { smallReady, vectors } from "./small.mjs";

const READY = { border: Object.fromEntries(BORDERS.map((border) => [border.code, border])) };

function written(t, one) {
  const place = one.place && t.of(one.place);
  if (one.about === "record") return sayRecord(t, { ...one, heading: t.of(one.heading), agency: t.of(one.agency) });
  const said = {
    few: () => t("answers.q-few", { place, n: one.ending.n }),
    change: () => sayChange(t, { ...one, place }),
    figure: () => sayFigure(READY, t, one.key, { ...one, place, rank: one.rank.length ? one.rank : null }),
  }[one.about]();
  return `${said} ${sayEnding(t, one.ending)}`;
}

vectors("quotes").cases.forEach((one, at) =>
  test(`quote ${at} in ${one.lang}: ${one.about}`, () => assert.equal(written(makeSpeaker(WORDS, one.lang, SAID), one), one.quote)));

const controllerOf = (ready) => ({ ready, state: { shown: [0, 1, 2, 3, 4, 5], period: ready.atlas.period }, values: { kind: "rate" } });

test("a crossing has the records that name it, and could have those that are spread over its cell", () => {
  const ready = smallReady(), { here, could } = recordsThere(controllerOf(ready), { kind: "crossing", key: "crossing:c1", crossing: ready.crossings[0] });
  assert.deepEqual([here, could], [[0, 5], [1, 2]]);
});

test("a stretch has what lies on it at no crossing", () => {
  const ready = smallReady(), { here, could } = recordsThere(controllerOf(ready), { kind: "segment", key: "segment:ru-1", segment: 0, cells: [0, 1] });
  assert.deepEqual([here, could], [[2], [1]]);
});
