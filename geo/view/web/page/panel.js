/* The filters: four buttons in a bar over the map, each with a menu below it; on a phone all of them in one sheet.
   What they choose is worked out by select.js. */

import { valueName } from "../language/names.js";
import { h, replace, setText, setValue, svg } from "../map/dom.js";
import { markSvg } from "../map/shapes.js";
import { inForce, periodName } from "./active.js";

const NARROW = "(max-width: 999px)"; // where the filters are a sheet
const MOST_NAMED = 2; // values that a button names

/* The four buttons and their menus. */
export function filterBar(filter, element) {
  const open = new Set(), period = makePeriod(filter);
  let lang = "", controls = [], menus = [];
  /* The controls are made once a language, and again when a family opens; a filter only changes what they say. */
  const make = () => {
    const { t } = filter.controller;
    const focused = element.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.key : null;
    const was = matchMedia(NARROW).matches ? "" : menus.find(({ element: menu }) => menu.open)?.name;
    lang = t.lang;
    const standing = (where) => filter.facets.filter(({ stands }) => stands === where);
    const rail = standing("rail").map((facet) => [facet, facet.field === "goods" ? goodsRows(filter, facet, open, make) : chips(filter, facet)]);
    const rest = standing("more").filter(({ column }) => filter.columns[column].table.length > 1).map((facet) => chips(filter, facet));
    const refused = refusedBox(filter);
    controls = [...rail.map(([, control]) => control), period, refused, ...rest];
    const named = (...columns) => ({ key }) => columns.some((column) => key.startsWith(column + ":") || key === column);
    const choices = rail.map(([{ column }]) => column);
    menus = [
      ...rail.map(([{ field, column, word }, control]) => makeMenu(filter, field, t(word), [control.element], named(column))),
      ...(period.element ? [makeMenu(filter, "period", t("period"), [period.element], named("period", "undated"))] : []),
      makeMenu(filter, "more", t("page.more"), [refused.element, ...rest.map((facet) => facet.element)], (one) => ![...choices, "period", "undated"].some((column) => named(column)(one)), true),
    ];
    const clear = h("button", { type: "button", class: "plain", dataset: { key: "clear-all" }, onclick: () => filter.clear() }, t("clear"));
    const more = menus[menus.length - 1].element;
    controls.push(...menus, { draw: () => (more.hidden = !rest.length && !filter.refusedCount()) }, { draw: () => (clear.hidden = !inForce(filter).length) });
    replace(element, ...menus.map((menu) => menu.element), clear);
    const narrow = matchMedia(NARROW).matches;
    for (const menu of menus) menu.element.open = narrow || menu.name === was;
    controls.forEach((control) => control.draw());
    if (focused) [...element.querySelectorAll("[data-key]")].find((control) => control.dataset.key === focused)?.focus({ preventScroll: true });
  };
  const draw = () => (filter.controller.t.lang !== lang ? make() : controls.forEach((control) => control.draw()));
  closeMenus(element, () => menus.map((menu) => menu.element));
  filter.controller.on("show", draw);
  draw();
}

/* A button that says what is set, with a menu; open: a function of an entry in force that says whether it is its own. */
function makeMenu(filter, name, word, content, own, quiet) {
  const value = h("b"), summary = h("summary", { class: "button", dataset: { key: "menu:" + name } }, word + (quiet ? "" : ": "), value, h("span", { class: "caret", "aria-hidden": "true" }, " ▾"));
  const element = h("details", { class: "menu", dataset: { menu: name } }, summary, h("div", { class: "menu-body" }, content));
  function draw() {
    const { t } = filter.controller, set = inForce(filter).filter(own), texts = set.map(({ text }) => text.slice(text.indexOf(": ") + 1).trim());
    summary.classList.toggle("set", set.length > 0);
    setText(value, !set.length ? (quiet ? "" : t("page.all")) : quiet || texts.length > MOST_NAMED ? ` ${t("page.selected", { n: set.length })}` : texts.join(", "));
  }
  return { name, element, draw };
}

/* One menu is open at a time; a press elsewhere and Escape close it. On a phone they are all open, in a sheet. */
function closeMenus(element, menus) {
  const narrow = matchMedia(NARROW);
  const fit = () => menus().forEach((menu) => (menu.open = narrow.matches));
  narrow.addEventListener("change", fit);
  element.addEventListener("click", (event) => {
    const summary = event.target.closest("summary");
    if (!summary) return;
    if (narrow.matches) return void event.preventDefault();
    menus().forEach((menu) => (menu.open = menu.open && menu.contains(summary)));
  });
  document.addEventListener("pointerdown", (event) => {
    if (!narrow.matches) menus().forEach((menu) => (menu.open = menu.open && menu.contains(event.target)));
  });
  element.addEventListener("keydown", (event) => {
    const open = menus().find((menu) => menu.open && menu.contains(event.target));
    if (event.key !== "Escape" || narrow.matches || !open) return;
    open.open = false;
    open.firstElementChild.focus();
    event.preventDefault();
  });
}

function goodsRows(filter, facet, open, remake) {
  const { t, ready } = filter.controller;
  const { families } = ready.atlas, all = families.flatMap(({ goods }) => goods);
  const on = (name) => !filter.chosen.goods || filter.chosen.goods.has(name);
  const choose = (chosen) => {
    filter.chosen.goods = chosen;
    filter.apply();
  };
  const change = (names, wanted) => {
    const now = new Set(all.filter(on));
    names.forEach((name) => (wanted ? now.add(name) : now.delete(name)));
    choose(now.size === all.length ? null : now);
  };
  const rows = [];
  const row = (names, label, mark, depth, letter) => {
    const box = h("input", { type: "checkbox", dataset: { key: "goods:" + names }, onchange: () => change(names, box.checked) });
    const only = h("button", { type: "button", class: "only", dataset: { key: "only:" + names }, "aria-label": `${t("only")}: ${label}`, onclick: () => choose(new Set(names)) }, t("only"));
    const toggle = letter && names.length > 1 ? opener(open, letter, t("open-family", { name: label }), remake) : null;
    const number = h("span", { class: "number" }), bar = depth ? null : makeBar();
    const line = h("div", { class: `goods-row depth-${depth}` }, h("label", {}, box, mark, h("span", { class: "goods-name" }, label)), toggle, only, number, bar && bar.element);
    rows.push({ names, box, number, bar, line });
    return line;
  };
  const lines = families.map(({ letter, goods }) => [
    row(goods, t("family." + letter), markSvg(letter, 22, t), 0, letter),
    open.has(letter) && goods.length > 1 ? goods.map((name) => row([name], t("goods." + name), null, 1)) : null,
  ]);
  const clear = h("button", { type: "button", class: "plain", dataset: { key: "clear" }, onclick: () => choose(null) }, t("all"));
  const element = h("fieldset", {}, h("legend", {}, t(facet.word)), clear, lines);
  function draw() {
    const n = filter.counts(facet);
    const sum = (goods) => goods.reduce((total, name) => total + (n.get(name) || 0), 0);
    const largest = Math.max(1, ...families.map(({ goods }) => sum(goods)));
    clear.hidden = !filter.chosen.goods;
    for (const { names, box, number, bar, line } of rows) {
      const count = sum(names);
      box.checked = names.some(on);
      box.indeterminate = names.some(on) && !names.every(on);
      line.classList.toggle("zero", !count);
      setText(number, t.number(count));
      if (bar) bar.draw(count / largest);
    }
  }
  return { element, draw };
}

function opener(open, letter, label, remake) {
  const press = () => {
    if (!open.delete(letter)) open.add(letter);
    remake();
  };
  return h("button", { type: "button", class: "opener", "aria-expanded": open.has(letter) ? "true" : "false", "aria-label": label, dataset: { key: "open:" + letter }, onclick: press }, open.has(letter) ? "▾" : "▸");
}

function makeBar() {
  const front = svg("rect", { height: 3, class: "bar-front" });
  const element = svg("svg", { class: "bar", viewBox: "0 0 100 3", preserveAspectRatio: "none", "aria-hidden": "true" }, svg("rect", { width: 100, height: 3, class: "bar-back" }), front);
  return { element, draw: (share) => setValue(front, "width", (share * 100).toFixed(1)) };
}

function chips(filter, facet) {
  const { t, ready } = filter.controller, { column } = facet;
  const known = facet.field === "neighbour" ? [...ready.borders.map((border) => border.code), ...ready.atlas.filters.off_border] : filter.columns[column].table.filter((value) => value);
  const made = known.map((value) => {
    const press = () => {
      const now = new Set(filter.chosen[column] || []);
      if (!now.delete(value)) now.add(value);
      filter.chosen[column] = now.size ? now : null;
      filter.apply();
    };
    const number = h("span", { class: "number" });
    return { value, number, chip: h("button", { type: "button", class: "chip", dataset: { key: column + ":" + value }, onclick: press }, valueName(ready, t, facet, value), " ", number) };
  });
  const element = h("fieldset", {}, h("legend", {}, t(facet.word)), h("div", { class: "chips" }, made.map(({ chip }) => chip)));
  function draw() {
    const n = filter.counts(facet), chosen = filter.chosen[column];
    for (const { value, chip, number } of made) {
      chip.classList.toggle("zero", !n.get(value));
      setValue(chip, "aria-pressed", Boolean(chosen && chosen.has(value)));
      setText(number, t.number(n.get(value) || 0));
    }
  }
  return { element, draw };
}

/* Bars a year, and two handles over them. The handles stay the same elements while one of them is drawn along. */
function makePeriod(filter) {
  if (!filter.years) return { element: null, draw() {} };
  const [first, last] = filter.years, span = last - first + 1;
  const ends = () => ({ from: filter.since ? Number(filter.since.slice(0, 4)) : first, to: filter.until ? Number(filter.until.slice(0, 4)) : last });
  const legend = h("legend"), clear = h("button", { type: "button", class: "plain", dataset: { key: "all-years" }, onclick: () => { filter.since = filter.until = null; filter.apply(); } });
  const bars = svg("svg", { class: "year-bars", viewBox: `0 0 ${span * 10} 40`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const [out, within] = ["year", "year in"].map((name) => bars.appendChild(svg("path", { class: name })));
  const dateless = undatedBox(filter);
  const open = svg("path", { class: "fill-panel line-dashed", "vector-effect": "non-scaling-stroke" }), note = h("p", { class: "note" });
  const handles = ["from", "to"].map((key) => {
    const input = h("input", { type: "range", min: first, max: last, step: 1, dataset: { key: "period:" + key } });
    input.addEventListener("input", () => {
      const now = { ...ends(), [key]: Number(input.value) };
      // Neither handle passes the other.
      now[key] = key === "from" ? Math.min(now.from, now.to) : Math.max(now.from, now.to);
      const all = now.from === first && now.to === last;
      filter.since = all || now.from === first ? null : String(now.from);
      filter.until = all || now.to === last ? null : String(now.to);
      filter.apply();
    });
    return input;
  });
  const undatedRow = h("div", {}, dateless.element);
  const element = h("fieldset", {}, legend, clear, h("div", { class: "years" }, bars, handles), undatedRow);
  function draw() {
    const { t } = filter.controller;
    const { from, to } = ends(), perYear = filter.perYear(), most = Math.max(1, ...perYear.values());
    const chosen = Boolean(filter.since || filter.until);
    setText(legend, `${t("period")}: ${chosen ? "" : t("all-years") + ", "}${periodName(filter)}`);
    setText(clear, t("all-years"));
    clear.hidden = !chosen;
    const paths = ["", ""], refused = filter.refusedPerYear();
    let turned = "";
    for (const [year, n] of perYear) {
      const back = refused.get(year) || 0, left = (year - first) * 10 + 1, top = 40 - ((n - back) / most) * 38;
      if (n > back) paths[Number(year >= from && year <= to)] += `M${left} 40v-${(40 - top).toFixed(2)}h8V40z`;
      if (back) turned += `M${left} ${top.toFixed(2)}v-${((back / most) * 38).toFixed(2)}h8V${top.toFixed(2)}z`;
    }
    if (turned) {
      setValue(open, "d", turned);
      setText(note, t("bars-refused"));
      bars.append(open);
      undatedRow.append(note);
    } else [open, note].forEach((node) => node.remove());
    [out, within].forEach((path, at) => setValue(path, "d", paths[at]));
    handles.forEach((input, at) => {
      const value = at ? to : from;
      input.value = value;
      setValue(input, "aria-label", `${t("period")}: ${t(at ? "to" : "from")}`);
      setValue(input, "aria-valuetext", value);
    });
    dateless.draw();
  }
  return { element, draw };
}

/* What has no date lies in no period; with all years it is in unless the reader takes it out. */
function undatedBox(filter) {
  const box = h("input", { type: "checkbox", dataset: { key: "undated" }, onchange: () => { filter.undated = box.checked === !(filter.since || filter.until) ? null : box.checked; filter.apply(); } });
  const text = h("span"), element = h("label", { class: "check" }, box, text);
  function draw() {
    const n = filter.undatedCount();
    element.hidden = !n;
    box.checked = filter.undatedIn();
    setText(text, filter.controller.t("undated", { n }));
  }
  return { element, draw };
}

function refusedBox(filter) {
  const box = h("input", { type: "checkbox", dataset: { key: "refused" }, onchange: () => { filter.refused = box.checked; filter.apply(); } });
  const text = h("span"), element = h("fieldset", {}, h("label", { class: "check ruled" }, box, text));
  function draw() {
    box.checked = filter.refused;
    setText(text, filter.controller.t("refused", { n: filter.refusedCount() }));
  }
  return { element, draw };
}
