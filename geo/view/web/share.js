/* Taking the page along: the link to this view, and the lines that put the page into an article. */
(function (S) {
  "use strict";

  /* Copy a text; tells whether it worked. The old way first: a sandboxed frame has no other. */
  S.copy = async function (text) {
    const area = S.h("textarea", { class: "visually-hidden", readonly: true, "aria-hidden": "true", tabindex: -1 });
    const home = document.activeElement;
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    home?.focus({ preventScroll: true });
    return done || navigator.clipboard?.writeText(text).then(() => true, () => false) || false;
  };

  /* A button that copies what `text()` gives and says so. */
  S.copyButton = function (controller, key, text, more) {
    const label = S.h("span"), said = S.h("span", { role: "status", class: "visually-hidden" });
    const button = S.h("button", { type: "button", class: "button " + (more || "") }, label);
    let back;
    const draw = () => (label.textContent = controller.t(key));
    button.addEventListener("click", async () => {
      label.textContent = said.textContent = controller.t((await S.copy(text())) ? "copied" : "copy-failed");
      clearTimeout(back);
      back = setTimeout(() => {
        draw();
        said.textContent = "";
      }, 2500);
    });
    controller.on("show", draw);
    draw();
    return [button, said];
  };

  /* The lines for an article's own page. The sandbox lets the page run, save a file and open a source, no more. */
  S.embedCode = function (filter, options) {
    const { t } = filter.controller;
    const escaped = (text) => text.replace(/&/g, "&amp;").replace(/"/g, "&quot;").replace(/</g, "&lt;");
    return `<iframe src="${escaped(S.viewAddress(filter))}" title="${escaped(options.title || t("title"))}" width="100%" height="900" sandbox="allow-scripts allow-downloads allow-popups" loading="lazy"></iframe>`;
  };

  S.embed = function (filter, options) {
    const { controller } = filter;
    const title = S.h("h3"), note = S.h("p"), code = S.h("textarea", { readonly: true, rows: 4, class: "embed-code", spellcheck: "false" });
    const draw = () => {
      const { t } = controller;
      title.textContent = t("embed");
      note.textContent = t("embed.note");
      code.value = S.embedCode(filter, options);
      code.setAttribute("aria-label", t("embed"));
    };
    controller.on("show", draw);
    draw();
    return S.h("div", { class: "embed" }, title, note, code, S.copyButton(controller, "embed.copy", () => S.embedCode(filter, options)));
  };
})(window.Shekara);
