/* The address bar: in step with the filters, and the filters with it. */

import { readAddress, writeAddress } from "../data/address.js";

/* The address of the view as it is now. */
export function viewAddress(filter) {
  const text = writeAddress(filter, document.documentElement.dataset.lang);
  return location.href.split("#")[0] + (text ? "#" + text : "");
}

/* Keep the address in step with the filters, and the filters with an address that a reader changes. */
export function keepAddress(filter) {
  const { controller } = filter;
  let waiting;
  controller.on("show", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const address = viewAddress(filter);
      if (address === location.href) return;
      try {
        history.replaceState(null, "", address);
      } catch {
        // A sandboxed frame has no address of its own.
      }
    }, 250);
  });
  window.addEventListener("hashchange", () => {
    if (document.getElementById(location.hash.slice(1))) return;
    const wanted = readAddress(filter, location.hash);
    filter.reset(wanted);
    controller.show({ lang: wanted.lang || document.documentElement.dataset.lang });
  });
  // A jump within the page goes to its target and leaves the view's address alone.
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest?.(/** @type {"a"} */ ('a[href^="#"]')), target = link && document.getElementById(link.hash.slice(1));
    if (!target) return;
    event.preventDefault();
    target.scrollIntoView();
    if (!target.hasAttribute("tabindex")) target.tabIndex = -1;
    target.focus({ preventScroll: true });
  });
}
