/* Obstacles in a grid. */

/* Obstacles in a grid: circles of marks, and points of the ribbon with its half width. Far squares may share a
   small whole number, which is quick to look up: every test asks for the distance. */
export function makeField(cell) {
  const buckets = new Map();
  const key = (gx, gy) => ((gx & 0x3fff) << 15) | (gy & 0x7fff);
  return {
    add(item) {
      const k = key(Math.floor(item.x / cell), Math.floor(item.y / cell));
      const held = buckets.get(k);
      if (held) held.push(item);
      else buckets.set(k, [item]);
    },
    some(x, y, reach, test) {
      for (let gx = Math.floor((x - reach) / cell); gx <= Math.floor((x + reach) / cell); gx++)
        for (let gy = Math.floor((y - reach) / cell); gy <= Math.floor((y + reach) / cell); gy++)
          for (const item of buckets.get(key(gx, gy)) || NOTHING) if (test(item)) return true;
      return false;
    },
  };
}

const NOTHING = [];
