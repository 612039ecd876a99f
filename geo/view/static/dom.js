/* Making elements. Values from the data become text nodes and nothing else. */
(function (S) {
  "use strict";

  function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
      else if (name === "dataset") Object.assign(element.dataset, value);
      else element.setAttribute(name, value === true ? "" : String(value));
    }
    element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
    return element;
  }

  /* h("p", {class: "note"}, "text", node, …) */
  S.h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);
  S.svg = (tag, attributes, ...children) =>
    fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

  /* A link to a source; anything but http and https stays plain text. */
  S.link = function (address, text) {
    const url = String(address).trim();
    if (!/^https?:\/\/[^\s]+$/i.test(url)) return S.h("bdi", {}, text || url);
    return S.h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, S.h("bdi", {}, text || hostOf(url)));
  };

  function hostOf(url) {
    try {
      return new URL(url).hostname.replace(/^www\./, "");
    } catch {
      return url;
    }
  }

  S.replace = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter((child) => child));
})(window.Shekara);
