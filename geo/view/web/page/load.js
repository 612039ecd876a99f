/* The page's first step: its scripts and Leaflet's style come packed, a quarter of their size. Each is put into the
   document and runs because the page's policy names its hash; no other text would. */

import { inflate } from "../data/inflate.js";
import { takeBlock } from "./block.js";

if ("DecompressionStream" in window) unpackScripts();
else warn();

async function unpackScripts() {
  const { styles, scripts } = await inflate(takeBlock("code")).json();
  const put = (tag, text) => {
    const element = document.createElement(tag);
    element.textContent = text;
    return element;
  };
  // Our own styles stand in the page already and come after Leaflet's, which they overrule.
  document.head.prepend(...styles.map((text) => put("style", text)));
  for (const text of scripts) document.head.append(put("script", text));
}

function warn() {
  const warning = document.createElement("p");
  warning.className = "warning";
  warning.textContent = document.getElementById("code").dataset.outdated;
  document.getElementById("lead").after(warning);
}
