/* What a record is called: goods and quantity, the border with the direction as an arrow, the crossing. The same as
   geo/view/headings.py makes from the same catalogue. */

import { shortName } from "./names.js";

const SMALLER = { kg: "g", t: "kg" }; // under one of the first unit a quantity is written in the second

export function writeHeading(ready, t, i) {
  const { get } = ready.records;
  const goods = get(i, "goods"), border = get(i, "border"), direction = get(i, "direction");
  const name = t(t.has("heading.goods." + goods) ? "heading.goods." + goods : "goods." + goods);
  const amount = writeAmount(ready, t, i);
  const what = amount ? t("heading.amount", { goods: name, amount }) : name;
  const crossing = ready.crossings[ready.records.crossing[i]], region = ready.region[get(i, "region_code")];
  const place = crossing ? shortName(t, crossing) : "", around = region ? t.of(region.name) : "";
  // With a crossing the country is enough; without one the region says more.
  if (ready.border[border]) return join(what, t("heading." + direction, { border: t.of(ready.border[border].name), home: (!place && around) || t("country") }), place);
  return join(what, t(`heading.${border}.${direction}`), place || around);
}

const join = (...parts) => parts.filter(Boolean).join(" · ");

/* A quantity with its unit; blank where the source states none. */
export function writeAmount(ready, t, i) {
  const { get } = ready.records;
  let amount = ready.atlas.records.quantity[i], unit = get(i, "unit");
  if (amount === null) return "";
  if (amount > 0 && amount < 1 && unit in SMALLER) [amount, unit] = [Math.round(amount * 1e6) / 1000, SMALLER[unit]];
  if (!unit) return t.number(amount);
  const special = `unit.${unit}.${get(i, "goods")}`;
  return `${t.number(amount)} ${t(t.has(special) ? special : "unit." + unit, { n: amount })}`;
}
