/* The quiet ground: neighbours in one tone, sea, land, lakes, region lines; no roads, no relief. */
(function (S) {
  "use strict";

  const SHADES = [0, 0.05, 0.11, 0.18, 0.27];
  S.SHADE_BREAKS = [1, 5, 15, 30];
  S.shadeStep = (count) => S.SHADE_BREAKS.reduce((step, limit) => step + (count >= limit ? 1 : 0), 0);
  S.SHADES = SHADES;

  /* view: the canvas's zoom and place; counts: records by region to shade by, or null. */
  S.drawBase = function (ctx, view, ink, base, counts) {
    const { k, dpr } = view;
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
    ctx.fillStyle = ink.abroad;
    ctx.fillRect(0, 0, view.width, view.height);
    view.toWorld(ctx);
    ctx.fillStyle = ink.sea;
    ctx.fill(base.sea);
    ctx.strokeStyle = ink.rule2;
    ctx.lineWidth = 0.6 / k;
    ctx.lineJoin = "round";
    ctx.stroke(base.edges);
    ctx.fillStyle = ink.land;
    ctx.fill(base.land);
    if (counts) shade(ctx, ink, base.regions, counts);
    ctx.fillStyle = ink.lake;
    ctx.fill(base.lakes);
    ctx.strokeStyle = ink.regionLine;
    ctx.lineWidth = (view.zoomed ? 1.2 : 0.8) / k;
    for (const region of base.regions) ctx.stroke(region.path);
    ctx.setTransform(dpr, 0, 0, dpr, 0, 0);
  };

  function shade(ctx, ink, regions, counts) {
    ctx.fillStyle = ink.shade;
    for (const region of regions) {
      ctx.globalAlpha = SHADES[S.shadeStep(counts.get(region.code) || 0)];
      if (ctx.globalAlpha) ctx.fill(region.path);
    }
    ctx.globalAlpha = 1;
  }
})(window.Shekara);
