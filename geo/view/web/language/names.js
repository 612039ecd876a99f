/* What things are called: borders, crossings, places, and how exactly a record is placed. */

/* The kind of place at a crossing's point, and its distance from the line; blank for no crossing of a line. */
export function writePosition(t, crossing) {
  if (!crossing || crossing.off === undefined) return "";
  const km = t.number(crossing.off);
  return crossing.position ? t("position.off", { what: t("position." + crossing.position), km }) : t("position.off-only", { km });
}

/* How exactly a record is placed; at a crossing that stands off the line the radius reaches the line. */
export function writePrecision(t, ready, i) {
  const precision = ready.records.get(i, "location_precision"), crossing = ready.crossings[ready.records.crossing[i]];
  const what = t("precision." + precision), radius = ready.atlas.records.radius[i];
  const km = radius && precision === "crossing" && crossing ? Math.max(radius, crossing.off || 0) : radius;
  return km ? t("precision.km", { what, km }) : what;
}

export const borderName = (ready, t, code) => (ready.border[code] ? t.of(ready.border[code].name) : t("neighbour." + code));
export const shortName = (t, crossing) => t.of(crossing.name).split(" (")[0];

/* A value of a filter in words; a border line has its own name, and what has no word stands for itself. */
export function valueName(ready, t, facet, value) {
  if (facet.field === "neighbour") return borderName(ready, t, value);
  return t.has(`${facet.value}.${value}`) ? t(`${facet.value}.${value}`) : facet.field === "agency" ? t.agencies(value) : value;
}

/* What a key of a link is called: of a crossing, a stretch, a region or a border. */
export function keyName(ready, t, key) {
  const id = key.slice(key.lastIndexOf(":") + 1);
  if (key.startsWith("crossing:")) return shortName(t, ready.crossings.find((one) => one.id === id));
  if (key.startsWith("segment:")) return capital(t.of(ready.atlas.segments.find((one) => one.id === id).name));
  if (key.startsWith("region:")) return t.of(ready.region[id].name);
  return borderName(ready, t, id);
}

export const capital = (text) => text[0].toLocaleUpperCase() + text.slice(1);

/* A thing on the map in a few words: its kind, its name, its records. */
export function sayMark(ready, mark, t) {
  const kind = mark.kind === "border" && !ready.border[mark.border].land ? "coast" : mark.kind;
  return `${t("kind." + kind)}: ${placeName(ready, mark, t)}${mark.ids.length ? ", " + t("card.records", { n: mark.ids.length }) : ""}`;
}

const LONGEST = 80; // letters of a place's name

/* What a place is called; a record's own words for a town or district. */
export function placeName(ready, place, t) {
  const { get } = ready.records;
  const short = (text) => text.split(" (")[0];
  if (place.kind === "crossing" || (place.kind === "air" && place.crossing)) return short(t.of(place.crossing.name));
  if (place.kind === "region") return ready.region[place.region] ? t.of(ready.region[place.region].name) : place.region;
  if (place.kind === "border") return t.of(ready.border[place.border].name);
  if (place.kind === "segment") return capital(t.of(ready.atlas.segments[place.segment].name));
  // A source's own words: one short name, without signs that turn the direction of writing.
  return t.told(get(place.ids[0], "place_name")).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").split(/[,(;]/)[0].trim().slice(0, LONGEST);
}
