/* The goods families: their shapes, on canvas and as SVG. A shape is made for an equal optical size. */
(function (S) {
  "use strict";

  const corners = {
    D: (r) => [[0, -1.25 * r], [1.25 * r, 0], [0, 1.25 * r], [-1.25 * r, 0]],
    M: (r) => {
      const a = 1.1 * r, b = 0.42 * r;
      return [[-b, -a], [b, -a], [b, -b], [a, -b], [a, b], [b, b], [b, a], [-b, a], [-b, b], [-a, b], [-a, -b], [-b, -b]];
    },
    T: (r) => [[-0.92 * r, -0.92 * r], [0.92 * r, -0.92 * r], [0.92 * r, 0.92 * r], [-0.92 * r, 0.92 * r]],
    W: (r) => [[0, -1.22 * r], [1.18 * r, 0.9 * r], [-1.18 * r, 0.9 * r]],
    R: (r) => Array.from({ length: 6 }, (_, i) => turn(1.15 * r, (i * Math.PI) / 3)),
    V: (r) => Array.from({ length: 10 }, (_, i) => turn(i % 2 ? 0.55 * r : 1.3 * r, (i * Math.PI) / 5 - Math.PI / 2)),
    O: (r) => [[0, 1.22 * r], [-1.18 * r, -0.9 * r], [1.18 * r, -0.9 * r]],
  };
  const letterShift = { W: 0.28, O: -0.26, V: 0.06 };

  const turn = (r, angle) => [r * Math.cos(angle), r * Math.sin(angle)];

  /* The outline of a family's shape around 0,0 as SVG path data. */
  S.shape = function (letter, r) {
    if (!(letter in corners)) {
      const R = (1.04 * r).toFixed(2);
      return `M-${R} 0A${R} ${R} 0 1 1 ${R} 0A${R} ${R} 0 1 1 -${R} 0Z`;
    }
    return "M" + corners[letter](r).map((p) => p.map((v) => v.toFixed(2)).join(" ")).join("L") + "Z";
  };

  const paths = new Map();
  function path(letter, r) {
    const key = letter + r.toFixed(1);
    if (!paths.has(key)) paths.set(key, new Path2D(S.shape(letter, r)));
    return paths.get(key);
  }

  /* One mark on a canvas; the family's letter from 15 px on. */
  S.drawMark = function (ctx, ink, letter, x, y, r, t) {
    ctx.save();
    ctx.translate(x, y);
    ctx.fillStyle = ink.goods[letter];
    ctx.strokeStyle = ink.outline;
    ctx.lineWidth = 1;
    ctx.lineJoin = "round";
    ctx.fill(path(letter, r));
    ctx.stroke(path(letter, r));
    if (r >= 7) {
      ctx.fillStyle = ink.letters[letter];
      ctx.font = `700 ${Math.round(r * 1.15)}px ${ink.font}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      ctx.fillText(t("letter." + letter), 0, r * ((letterShift[letter] || 0) + 0.06));
    }
    ctx.restore();
  };

  /* One record merely turned back: an open dashed ring without a family's colour. */
  S.drawRefused = function (ctx, ink, x, y, r) {
    ctx.beginPath();
    ctx.arc(x, y, r, 0, 2 * Math.PI);
    ctx.fillStyle = ink.panel;
    ctx.fill();
    ctx.strokeStyle = ink.ink2;
    ctx.lineWidth = 1.6;
    ctx.setLineDash([2, 2]);
    ctx.stroke();
    ctx.setLineDash([]);
  };

  /* The same as SVG, for filters, list and legend. */
  S.markSvg = function (letter, size, t) {
    const key = letter + size + t("letter." + letter);
    if (!drawn.has(key)) drawn.set(key, makeSvg(letter, size, t));
    return drawn.get(key).cloneNode(true);
  };

  const drawn = new Map();
  function makeSvg(letter, size, t) {
    const r = size / 2.8;
    const mark = S.svg("svg", { class: "mark", width: size, height: size, viewBox: `${-size / 2} ${-size / 2} ${size} ${size}`, "aria-hidden": "true" },
      S.svg("path", { d: S.shape(letter, r), class: "goods-" + letter }));
    if (size >= 18)
      mark.append(S.svg("text", { y: r * ((letterShift[letter] || 0) + 0.4), class: "letter-" + letter, "font-size": (r * 1.1).toFixed(1) }, t("letter." + letter)));
    return mark;
  }
})(window.Shekara);
