/* Reads what geo/view/atlas/block.py writes: JSON whose long runs of numbers stand behind it as planes of bytes. */

import { inflate } from "./inflate.js";

const STEPS = 1, SIGNED = 2, NONE = 4, RATE = 8;
const LEAST_RATE = 1e-4, RATE_STEP = 1.0025;

/* The tree with its numbers: typed arrays, or plain ones with null where some are none. */
export function unpack(buffer) {
  const length = new DataView(buffer).getUint32(0, true);
  const bytes = new Uint8Array(buffer, 4 + length);
  return JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 4, length)), (_, value) =>
    value && value.$ ? numbers(bytes, ...value.$) : value);
}

/* An atlas from its packed text. */
export async function readAtlas(packed) {
  const atlas = unpack(await inflate(packed).arrayBuffer());
  const { id, name, border, start, km } = atlas.segments;
  atlas.segments = id.map((key, s) => ({
    id: key, border: border[s], start: start[s], km: km[s],
    name: Object.fromEntries(Object.entries(name).map(([lang, texts]) => [lang, texts[s]])),
  }));
  return atlas;
}

function numbers(bytes, start, count, width, how, digits) {
  if (width === 1 && !how && !digits) return bytes.subarray(start, start + count);
  // Steps may add up to more than their own width.
  const out = width < 4 && !digits && !(how & RATE) ? new Int32Array(count) : new Float64Array(count);
  for (let plane = 0, weight = 1; plane < width; plane++, weight *= 256)
    for (let i = 0, at = start + plane * count; i < count; i++) out[i] += bytes[at + i] * weight;
  if (how & NONE) {
    const scale = 10 ** digits;
    const some = new Array(count);
    for (let i = 0; i < count; i++) some[i] = out[i] ? meant(out[i] - 1, how) / scale : null;
    return some;
  }
  if (how & SIGNED) for (let i = 0; i < count; i++) out[i] = meant(out[i], how);
  if (how & STEPS) for (let i = 1; i < count; i++) out[i] += out[i - 1];
  if (how & RATE) for (let i = 0; i < count; i++) out[i] = LEAST_RATE * RATE_STEP ** out[i];
  if (digits) for (let i = 0, scale = 10 ** digits; i < count; i++) out[i] /= scale;
  return out;
}

const meant = (value, how) => (how & SIGNED ? (value % 2 ? -(value + 1) / 2 : value / 2) : value);
