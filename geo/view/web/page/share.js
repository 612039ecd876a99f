/* Taking the page along: the link to this view, and the lines that put the page into an article. */

import { titleOf } from "../data/titles.js";
import { h } from "../map/dom.js";
import { viewAddress } from "./address.js";

/* Copy a text; tells whether it worked. The old way first: a sandboxed frame has no other. */
async function copyText(text) {
  const area = h("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true", tabindex: -1 });
  const home = /** @type {HTMLElement | null} */ (document.activeElement);
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  home?.focus({ preventScroll: true });
  return done || navigator.clipboard?.writeText(text).then(() => true, () => false) || false;
}

/* A button that copies what `text()` gives and says so. */
export function copyButton(controller, key, text, more) {
  const label = h("span"), said = h("span", { role: "status", class: "visually-hidden" });
  const button = h("button", { type: "button", class: "button " + (more || "") }, label);
  let back;
  const draw = () => (label.textContent = controller.t(key));
  button.addEventListener("click", async () => {
    label.textContent = said.textContent = controller.t((await copyText(text())) ? "copied" : "copy-failed");
    clearTimeout(back);
    back = setTimeout(() => {
      draw();
      said.textContent = "";
    }, 2500);
  });
  controller.on("show", draw);
  draw();
  return [button, said];
}

/* A small button in a row of a table, which copies the row's sentence. */
export function quoteMark({ t }, name, sentence) {
  const said = h("span", { role: "status", class: "visually-hidden" });
  const button = h("button", { type: "button", class: "plain quote-mark", dataset: { key: "quote-row" }, title: t("answers.quote"), "aria-label": `${t("answers.quote")}: ${name}` }, "❝");
  button.addEventListener("click", async () => {
    const done = await copyText(sentence());
    button.textContent = done ? "✓" : "✗";
    said.textContent = t(done ? "answers.copied" : "copy-failed");
  });
  return [" ", button, said];
}

/* A button that opens a text to quote below, and copies it; clear() closes it. */
export function quoteButton(controller, sentence) {
  const text = h("blockquote", { class: "quote", hidden: true, tabindex: -1 }), said = h("span", { role: "status", class: "visually-hidden" });
  const button = h("button", { type: "button", class: "button", "aria-expanded": "false", dataset: { key: "quote" } }, h("span", { "aria-hidden": "true" }, "❝ "), h("span"), said);
  const label = button.children[1], draw = () => (label.textContent = controller.t("answers.quote"));
  const clear = () => {
    text.hidden = true;
    button.setAttribute("aria-expanded", "false");
    said.textContent = "";
    draw();
  };
  button.addEventListener("click", async () => {
    if (!text.hidden) return clear();
    text.textContent = sentence();
    text.hidden = false;
    button.setAttribute("aria-expanded", "true");
    const done = await copyText(text.textContent);
    said.textContent = controller.t(done ? "answers.copied" : "copy-failed");
    return undefined;
  });
  draw();
  return { button, text, clear };
}

/* The lines for an article's own page, with the view as it is now in the minimal form. */
function embedCode(filter, options) {
  const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
  const [page, view] = viewAddress(filter).split("#");
  const parts = { src: `${page}#embed=1${view ? "&" + view : ""}`, title: options.title || titleOf(filter) };
  return options.embed.replace(/\{(\w+)\}/g, (_, name) => escaped(parts[name]));
}

export function embedBox(filter, options) {
  const { controller } = filter;
  const title = h("h3"), note = h("p"), code = h("textarea", { readonly: true, rows: 6, class: "embed-code", spellcheck: "false" });
  const draw = () => {
    const { t } = controller;
    title.textContent = t("embed");
    note.textContent = t("embed.note");
    code.value = embedCode(filter, options);
    code.setAttribute("aria-label", t("embed"));
  };
  controller.on("show", draw);
  draw();
  return h("div", { class: "embed" }, title, note, code, copyButton(controller, "embed.copy", () => embedCode(filter, options)));
}
