/* The filters of the page, as geo/facets.py says them. A filter is known by the column that holds its values. */

/* The filters that choose among values. */
export const choiceFacets = (atlas) => atlas.filters.facets.filter(({ kind }) => kind === "choices");

/* The single values of a record's value: several of them stand in one text where a record may have several. */
export const valuesIn = (facet, text) => (facet.parted ? text.split("; ") : [text]);

/* Every value that the data have, and that a reader may ask for. */
export function knownValues({ atlas, borders }, facet) {
  const known = new Set(atlas.records[facet.column].table.flatMap((text) => valuesIn(facet, text)));
  known.delete("");
  if (facet.field === "goods") atlas.families.forEach(({ goods }) => goods.forEach((name) => known.add(name)));
  if (facet.field === "neighbour") for (const code of [...borders.map((border) => border.code), ...atlas.filters.off_border]) known.add(code);
  return known;
}
