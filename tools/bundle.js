/* Builds the scripts that the page and the app's map carry, and the stamp that tells when they are stale.
   node tools/bundle.js            writes geo/view/web/bundle/
   node tools/bundle.js --check    builds anew, compares bytes, and fails where they differ */

import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build, version } from "esbuild";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..");
const WEB = join(ROOT, "geo/view/web");
const OUT = join(WEB, "bundle");
const ROOMS = ["chart", "data", "language", "map", "page"];
const ENTRIES = ["frame", "load", "page"];
/** @type {import("esbuild").BuildOptions} */
const OPTIONS = { bundle: true, charset: "utf8", format: "iife", legalComments: "none", minify: true, target: "es2022" };

/** @param {string | Uint8Array} content */
const digest = (content) => createHash("sha256").update(content).digest("hex");

/* All that a bundle follows from: each source by its path, in the order of their names. tests/view/test_bundle.py reads
   the same without Node. */
function sources() {
  const names = ROOMS.flatMap((room) => readdirSync(join(WEB, room)).filter((name) => name.endsWith(".js")).sort().map((name) => `${room}/${name}`));
  return Object.fromEntries(names.map((name) => [name, digest(readFileSync(join(WEB, name)))]));
}

async function bundles() {
  const made = await Promise.all(ENTRIES.map((name) => build({ ...OPTIONS, entryPoints: [join(WEB, "page", `${name}.js`)], logLevel: "warning", write: false })));
  return Object.fromEntries(ENTRIES.map((name, i) => [`${name}.js`, made[i].outputFiles[0].text]));
}

const files = await bundles();
const stamp = {
  esbuild: version,
  recipe: digest(readFileSync(fileURLToPath(import.meta.url))),
  bundles: Object.fromEntries(Object.entries(files).map(([name, text]) => [name, digest(text)])),
  sources: sources(),
};
files["stamp.json"] = `${JSON.stringify(stamp, null, 1)}\n`;

if (process.argv.includes("--check")) {
  const stale = Object.keys(files).filter((name) => readFileSync(join(OUT, name), "utf8") !== files[name]);
  if (stale.length) {
    console.error(`geo/view/web/bundle/ is not what its sources give: ${stale.join(", ")}. Run "make bundle" and commit what it writes.`);
    process.exit(1);
  }
} else for (const [name, text] of Object.entries(files)) writeFileSync(join(OUT, name), text);
