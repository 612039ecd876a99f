"""What a notebook shows of a border and of what lies on it: a small map and a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    import pandas as pd
    from numpy.typing import ArrayLike

__all__ = ["sketch_html"]

_WIDTH, _PAD = 480.0, 8.0
_TOLERANCE = 0.02  # degrees


def sketch_html(
    lines: gpd.GeoSeries,
    table: pd.DataFrame,
    caption: str,
    *,
    weights: ArrayLike | None = None,
    points: gpd.GeoSeries | None = None,
) -> str:
    """Draw lines as an inline SVG with a table below.

    Parameters
    ----------
    lines
        In EPSG:4326.
    table
        A few rows.
    caption
        A line above.
    weights
        Of each line from 0 up, shape (lines,): the heavier, the wider and darker; all alike by default.
    points
        Places to dot, in EPSG:4326; empty ones are left out.
    """
    west, south, east, north = lines.total_bounds
    squeeze = np.cos(np.radians((south + north) / 2))
    scale = (_WIDTH - 2 * _PAD) / ((east - west) * squeeze)

    def place(line: shapely.Geometry) -> Iterable[str]:
        for part in shapely.get_parts(line.simplify(_TOLERANCE)):
            at = (shapely.get_coordinates(part) - [west, north]) * [squeeze * scale, -scale] + _PAD
            yield "M" + " ".join(f"{x:.1f},{y:.1f}" for x, y in at)

    heavy = np.zeros(len(lines)) if weights is None else np.asarray(weights, float)
    heavy = np.sqrt(heavy / max(heavy.max(initial=0.0), 1e-12))
    drawn = [
        f'<path d="{"".join(place(line))}" stroke-width="{1 + 5 * share:.1f}" opacity="{0.35 + 0.65 * share:.2f}"/>'
        for line, share in zip(lines, heavy, strict=True)
    ]
    dots = []
    if points is not None and len(known := points[~(points.isna() | points.is_empty)]):
        at = (known.get_coordinates().to_numpy() - [west, north]) * [squeeze * scale, -scale] + _PAD
        dots = [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="1.8"/>' for x, y in np.unique(at.round(1), axis=0)]
    height = (north - south) * scale + 2 * _PAD
    return (
        f'<p>{caption}</p><svg viewBox="0 0 {_WIDTH:.0f} {height:.0f}" width="{_WIDTH:.0f}" role="img" '
        f'aria-label="{caption}"><g fill="none" stroke="#7f2704">{"".join(drawn)}</g>'
        f'<g fill="#1b3a5c" fill-opacity="0.6">{"".join(dots)}</g></svg>{table.to_html(border=0)}'
    )
