/* Words, numbers and dates in the language of the page. Shekara.words(catalogues, "ru") gives the speaker t. */
window.Shekara = window.Shekara || {};
(function (S) {
  "use strict";

  const PLACEHOLDER = /\{(\w+)(?:\|([^{}]*))?\}/g;

  function pluralForm(lang, n) {
    if (lang === "kk") return 0;
    if (lang === "en") return n === 1 ? 0 : 1;
    if (n % 1) return 1;
    const last = n % 10, two = n % 100;
    if (last === 1 && two !== 11) return 0;
    return last >= 2 && last <= 4 && (two < 12 || two > 14) ? 1 : 2;
  }

  function cut(text) {
    const pieces = [];
    let from = 0;
    for (const match of text.matchAll(PLACEHOLDER)) {
      pieces.push(text.slice(from, match.index), { name: match[1], forms: match[2] === undefined ? null : match[2].split("|") });
      from = match.index + match[0].length;
    }
    return [...pieces, text.slice(from)];
  }

  S.words = function (catalogues, lang) {
    const words = catalogues[lang];

    /* A key's text cut at its placeholders: strings, and {name, forms} between them. Cut once, for a page asks often. */
    const known = new Map();
    function piecesOf(key) {
      if (!known.has(key)) known.set(key, cut(key in words ? words[key] : key));
      return known.get(key);
    }

    /* The text of a key with its values, as a list of strings and of the DOM nodes among the values. */
    function parts(key, values) {
      const out = [];
      for (const piece of piecesOf(key)) {
        const part = typeof piece === "string" ? piece : valueOf(piece, values ? values[piece.name] : undefined);
        if (part !== "") out.push(part);
      }
      return out;
    }

    function valueOf({ forms }, value) {
      if (!forms) return typeof value === "number" ? number(value) : value === undefined ? "" : value;
      const n = typeof value === "number" ? value : Number(value && value.dataset ? value.dataset.n : value);
      return forms[Math.min(pluralForm(lang, n), forms.length - 1)];
    }

    function number(value, digits) {
      const fixed = digits === undefined ? String(Math.round(value * 100) / 100) : value.toFixed(digits);
      const [whole, rest] = fixed.split(".");
      const grouped = whole.replace(/\B(?=(\d{3})+$)/g, words["number.group"]);
      return rest ? grouped + words["number.point"] + rest : grouped;
    }

    const t = (key, values) => parts(key, values).join("");
    t.lang = lang;
    t.has = (key) => key in words;
    t.parts = parts;
    t.number = number;
    /* A rate: two decimals under one, one from one on, nothing under 0.005. */
    t.rate = (value) =>
      value < 0.005 ? "0" : value >= 0.995 ? number(value, 1) : number(value, 2);
    t.percent = (share) => t("number.percent", { n: number(Math.round(share * 100)) });
    t.of = (names) => names[lang] || names.en;
    t.date = function (text) {
      const [y, m, d] = text.split("-");
      if (!y) return words["date.none"];
      if (!m) return y;
      if (!d) return t("date.month", { long: words["month.long." + Number(m)] || m, y });
      return t("date.day", { d: String(Number(d)), month: words["month." + Number(m)] || m, y });
    };
    return t;
  };
})(window.Shekara);
