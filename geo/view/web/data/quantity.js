/* A least quantity, and what of a record's quantity can be compared with it. */

/* "100 kg" as {amount, unit}; nothing where it is not a number and a unit. */
export function readQuantity({ units }, text) {
  const [, amount, name] = /^\s*([0-9]+(?:\.[0-9]+)?)\s*([A-Za-z][A-Za-z0-9]*)\s*$/.exec(text ?? "") || [];
  const unit = units.find((one) => name && one.toLowerCase() === name.toLowerCase());
  return unit && Number.isFinite(Number(amount)) && Number(amount) > 0 ? { amount: Number(amount), unit } : null;
}

export const writeQuantity = ({ amount, unit }) => `${amount} ${unit}`;

/* A test of records by their position: at least as much, in the same unit; the units of weight are one. */
export function quantityTest({ filters: { weights }, records: { quantity, unit } }, least) {
  if (!least) return null;
  const factors = unit.table.map((one) => (least.unit in weights ? weights[one] : one === least.unit ? 1 : undefined));
  const wanted = least.amount * (weights[least.unit] ?? 1);
  return (i) => quantity[i] !== null && quantity[i] * factors[unit.of[i]] >= wanted;
}
