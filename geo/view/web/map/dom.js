/* Making elements. Values from the data become text nodes and nothing else. */

function fill(element, attributes, children) {
  for (const name in attributes) {
    const value = attributes[name];
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "dataset") Object.assign(element.dataset, value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children) {
    if (Array.isArray(child)) append(element, child);
    else if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/* h("p", {class: "note"}, "text", node, …) */
export const h = (tag, attributes, ...children) => fill(document.createElement(tag), attributes, children);

export const svg = (tag, attributes, ...children) =>
  fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/* A link to a source; anything but http and https stays plain text. */
export function linkTo(address, text) {
  const url = String(address).trim();
  if (!/^https?:\/\/[^\s]+$/i.test(url)) return h("bdi", {}, text || url);
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, h("bdi", {}, text || hostOf(url)));
}

function hostOf(url) {
  try {
    return new URL(url).hostname.replace(/^www\./, "");
  } catch {
    return url;
  }
}

/* Give an element a text or an attribute; what it has already costs no layout. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function setValue(element, name, value) {
  if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

export const replace = (element, ...children) => element.replaceChildren(...children.flat(Infinity).filter((child) => child));
