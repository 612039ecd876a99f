"""Features as plain values, and as GeoJSON that is the same for the same ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping

from geo.country.coverage import DECIMALS, GRID

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Feature", "tidy", "to_geojson"]

Feature = tuple[dict[str, Any], shapely.Geometry]
"""Properties, and a geometry in degrees."""


def tidy(shape: shapely.Geometry) -> shapely.Geometry:
    """A valid shape on the coordinate grid, its parts and rings in a fixed order."""
    return shapely.normalize(shapely.set_precision(shape, GRID))


def to_geojson(features: Sequence[Feature]) -> str:
    """The text of a GeoJSON file, one feature on a line, coordinates rounded to five decimals."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": _rounded(mapping(shape))},
            ensure_ascii=False, separators=(",", ":"),
        )
        for properties, shape in features
    ]  # fmt: skip
    return '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_rounded(item) for item in value]
    return round(value, DECIMALS) if isinstance(value, float) else value
