"""The checks of the border files: figures that the build prints and the tests hold fast."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import border_geometry as geometry
import geopandas as gpd
import numpy as np
import shapely

if TYPE_CHECKING:
    from pathlib import Path

PLANE = "+proj=laea +lat_0=48 +lon_0=67 +datum=WGS84"
"""Equal-area plane for the agreement with a reference."""


class Agreement(NamedTuple):
    """How well regions agree with a reference."""

    territory: float
    """Share of the reference's area that lies in the same region."""
    by_region: dict[str, float]
    districts: int
    """Districts whose inner point lies in the right region."""
    all_districts: int


def read_files(folder: Path) -> dict[str, gpd.GeoDataFrame]:
    """Return the files of a border folder by name, borders and regions by their code."""
    found = {path.stem: gpd.read_file(path) for path in sorted(folder.glob("*.geojson"))}
    found["borders"] = found["borders"].set_index("neighbour", drop=False)
    found["regions"] = found["regions"].set_index("region_code", drop=False)
    return found


def line_faults(borders: gpd.GeoDataFrame) -> list[str]:
    """Return what is wrong with the run of the lines: each is simple and starts where the one before ends."""
    lines = dict(borders.geometry.items())
    faults = [f"{code} crosses itself" for code, line in lines.items() if not line.is_simple]
    for (one, before), (two, after) in pairwise([*lines.items(), next(iter(lines.items()))]):
        if before.coords[-1] != after.coords[0]:
            faults.append(f"{one} ends at {before.coords[-1]}, {two} starts at {after.coords[0]}")
    ring = shapely.LinearRing(np.vstack([shapely.get_coordinates(line)[:-1] for line in lines.values()]))
    if ring.is_ccw:
        faults.append("the lines run anticlockwise")
    return faults


def coverage_faults(regions: gpd.GeoDataFrame) -> list[str]:
    """Return what is wrong with the regions as a coverage: invalid shapes, overlaps, gaps."""
    shapes = regions.geometry.to_numpy()
    faults = [
        f"{code} is invalid" for code, valid in zip(regions.index, shapely.is_valid(shapes), strict=True) if not valid
    ]
    if not shapely.coverage_is_valid(shapes):
        faults.append("edges do not match (overlap or unmatched points)")
    whole = shapely.union_all(shapes)
    surplus = sum(geometry.area_km2(shape) for shape in shapes) - geometry.area_km2(whole)
    if abs(surplus) > 1e-3:  # noqa: PLR2004 (square km)
        faults.append(f"regions overlap by {surplus:.3f} km²")
    holes = sum(shapely.get_num_interior_rings(part) for part in shapely.get_parts(whole))
    if holes:
        faults.append(f"{holes} gaps between regions")
    return faults


def shared_lengths(regions: gpd.GeoDataFrame, borders: gpd.GeoDataFrame) -> dict[str, dict[str, float]]:
    """Return the km that each region's edge has in common with each border line, above zero."""
    lengths: dict[str, dict[str, float]] = {}
    for code, region in regions.geometry.items():
        common = {n: geometry.length_km(line.intersection(region.boundary)) for n, line in borders.geometry.items()}
        lengths[code] = {neighbour: km for neighbour, km in common.items() if km > 0}
    return lengths


def agreement(regions: gpd.GeoDataFrame, reference: Path) -> Agreement:
    """Compare regions with reference ADM1 and ADM2 shapefiles (field ``ADM1_PCODE``, such as KZ10) in a folder."""
    units = gpd.read_file(next(reference.glob("*adm1*.shp"))).to_crs(PLANE)
    units.index = units["ADM1_PCODE"].str.replace(r"^([A-Z]{2})", r"\1-", regex=True)
    ours = regions.geometry.to_crs(PLANE)
    theirs = units.geometry.make_valid()
    same = {code: ours[code].intersection(theirs[code]).area for code in theirs.index.intersection(ours.index)}
    districts = gpd.read_file(next(reference.glob("*adm2*.shp")))
    stated = districts["ADM1_PCODE"].str.replace(r"^([A-Z]{2})", r"\1-", regex=True)
    points = districts.geometry.representative_point()
    hits = sum(
        code in ours.index and regions.geometry[code].covers(point) for code, point in zip(stated, points, strict=True)
    )
    by_region = {code: area / theirs[code].area for code, area in same.items()}
    return Agreement(sum(same.values()) / theirs.area.sum(), by_region, hits, len(districts))


def print_report(folder: Path, reference: Path | None = None) -> None:
    """Print lengths, areas, neighbours per region, gaps and overlaps, and agreement with a reference."""
    files = read_files(folder)
    borders, regions, crossings = files["borders"], files["regions"], files["crossings"]
    print("Lines (km):      map  published")
    for code, row in borders.iterrows():
        print(f"  {code:12}{row['length_km']:8.1f}   {row['published_km']}")
    shared = shared_lengths(regions, borders)
    print("Regions:                     area km²   official  neighbours (km)")
    for code, row in regions.iterrows():
        beside = ", ".join(f"{neighbour} {km:.0f}" for neighbour, km in shared[code].items())
        print(f"  {code} {row['name_en']:18}{row['area_km2']:12.1f}{row['official_area_km2']:11.0f}  {beside}")
    total, official = regions["area_km2"].sum(), regions["official_area_km2"].sum()
    print(f"  {len(regions)} regions, {total:.0f} km² (official {official:.0f})")
    for fault in [*line_faults(borders), *coverage_faults(regions)] or ["lines join, regions tile: no gap, no overlap"]:
        print(f"  {fault}")
    print("Other features: " + ", ".join(f"{len(frame)} {name}" for name, frame in files.items()))
    whole = shapely.union_all(regions.geometry.to_numpy())
    outside = [
        name
        for name, point in zip(crossings.get("id", []), crossings.geometry, strict=False)
        if not whole.covers(point)
    ]
    print(f"Crossings outside the regions (the map's line is 1-3 km off in places): {', '.join(outside) or 'none'}")
    if reference is None:
        return
    if not reference.is_dir():
        print(f"No reference at {reference}: agreement left out")
        return
    result = agreement(regions, reference)
    print(f"Agreement with the reference: {result.territory:.1%} of the territory in the same region,")
    print(f"  {result.districts} of {result.all_districts} districts' points; by region:")
    print("  " + ", ".join(f"{code} {share:.1%}" for code, share in sorted(result.by_region.items())))
