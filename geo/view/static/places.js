/* Where each record stands, as exactly as its source allows: at a crossing, in a town, in a district, along a
   region's stretch, on a border as a whole, at an airport or post office, or nowhere on the map. */
(function (S) {
  "use strict";

  const EXACT_KM = 10;

  S.kindOf = function (ready, i) {
    const { get, crossing } = ready.records;
    const columns = ready.atlas.records;
    const precision = get(i, "location_precision"), border = get(i, "border");
    const held = ready.crossings[crossing[i]];
    const point = columns.at[i] && ["crossing", "locality", "district"].includes(precision);
    if (border === "AIR" || border === "POST") return held || point ? "air" : "none";
    if (precision === "crossing" && held && held.mode !== "air" && held.cell >= 0 && (columns.radius[i] || 0) <= EXACT_KM) return "crossing";
    if (precision === "crossing" && held && held.mode === "air") return "air";
    if (point) return precision === "district" ? "district" : "town";
    const spread = get(i, "spread");
    return spread === "region" || spread === "border" ? spread : "none";
  };

  S.kinds = function (ready) {
    ready.kind = ready.kind || Array.from({ length: ready.records.n }, (_, i) => S.kindOf(ready, i));
    return ready.kind;
  };

  /* The shown records gathered by place. Each: {kind, key, ids (positions), xy, radius, crossing, border, cells}. */
  S.gather = function (ready, indices) {
    const kinds = S.kinds(ready);
    const places = new Map();
    for (const i of indices) {
      const kind = kinds[i];
      if (kind === "none") continue;
      const key = keyOf(ready, i, kind);
      if (!places.has(key)) places.set(key, { kind, key, ids: [], ...placeOf(ready, i, kind) });
      places.get(key).ids.push(i);
    }
    const order = (i) => ready.atlas.families.findIndex((family) => family.letter === ready.records.letter[i]);
    for (const place of places.values()) place.ids.sort((a, b) => order(a) - order(b) || a - b);
    return [...places.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  };

  function keyOf(ready, i, kind) {
    const { get } = ready.records;
    const at = ready.atlas.records.at[i];
    if (kind === "crossing") return "crossing:" + get(i, "crossing_id");
    if (kind === "region") return "region:" + get(i, "border") + ":" + get(i, "region_code");
    if (kind === "border") return "border:" + get(i, "border");
    if (kind === "air" && get(i, "crossing_id")) return "air:" + get(i, "crossing_id");
    return kind + ":" + at.join(",") + (kind === "air" ? "" : ":" + (ready.atlas.records.radius[i] || 0));
  }

  function placeOf(ready, i, kind) {
    const { get, crossing } = ready.records;
    const columns = ready.atlas.records;
    const held = ready.crossings[crossing[i]];
    if (kind === "crossing") return { xy: held.xy, crossing: held, border: held.border };
    if (kind === "air") return { xy: S.project(...(held ? held.at : columns.at[i])), crossing: held, border: "" };
    if (kind === "border") return { border: get(i, "border") };
    if (kind === "region") {
      const [first, count] = ready.atlas.placements[columns.placement[i]];
      return { border: get(i, "border"), region: get(i, "region_code"), cells: cellsOf(ready, columns.placement[i], first, count) };
    }
    return { xy: S.project(...columns.at[i]), radius: columns.radius[i] || 0, border: get(i, "border") };
  }

  /* A region may touch a border in several stretches: the cells that carry weight. */
  function cellsOf(ready, placement, first, weights) {
    if (typeof weights === "number") return Array.from({ length: weights }, (_, c) => first + c);
    return weights.flatMap((weight, c) => (weight > 0 ? [first + c] : []));
  }

  /* What a place is called; a record's own words for a town or district. */
  S.placeName = function (ready, place, t) {
    const { get } = ready.records;
    const short = (text) => text.split(" (")[0];
    if (place.kind === "crossing" || (place.kind === "air" && place.crossing)) return short(t.of(place.crossing.name));
    if (place.kind === "region") return ready.region[place.region] ? t.of(ready.region[place.region].name) : place.region;
    if (place.kind === "border") return t.of(ready.border[place.border].name);
    return get(place.ids[0], "place_name").split(/[,(;]/)[0].trim();
  };
})(window.Shekara);
