"""A small map to set one point on: the border, the crossings, and the point with how far it may be off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium

if TYPE_CHECKING:
    from geo.border.frontier import Frontier
    from geo.view.assets import Assets

__all__ = ["make_point_map", "mark_point"]

_LINE, _POINT = "#8a4b1f", "#00697a"
_SIMPLER_DEGREES = 0.02


def make_point_map(frontier: Frontier, assets: Assets) -> folium.Map:
    """Make the part that stays; no tiles, so that it needs no network."""
    west, south, east, north = map(float, frontier.borders.total_bounds)
    drawn = folium.Map(
        location=[(south + north) / 2, (west + east) / 2], zoom_start=4, tiles=None, attribution_control=False,
        min_zoom=3, max_zoom=13, prefer_canvas=True,
    )  # fmt: skip
    drawn._id = "point"  # noqa: SLF001 (folium has no other way to a name that is the same each time)
    drawn.default_js, drawn.default_css = [assets.scripts[0]], [("leaflet", assets.styles[0])]
    drawn.fit_bounds([(south, west), (north, east)])
    for number, line in enumerate(frontier.borders.geometry.simplify(_SIMPLER_DEGREES).explode()):
        drawn_line = folium.PolyLine([(y, x) for x, y in line.coords], color=_LINE, weight=2)  # type: ignore[no-untyped-call]
        _add(drawn_line, f"line{number}", drawn)
    for number, point in enumerate(frontier.crossings.geometry):
        mark = folium.CircleMarker([point.y, point.x], radius=3, color=_LINE, weight=1, fill=True, interactive=False)
        _add(mark, f"crossing{number}", drawn)
    return drawn


def mark_point(lon: float | None, lat: float | None, radius_km: float | None) -> folium.FeatureGroup:
    """The part that changes: the point, and around it how far the true place may lie; nothing without a point."""
    group = folium.FeatureGroup()
    group._id = "marked"  # noqa: SLF001
    if lon is not None and lat is not None:
        if radius_km:
            circle = folium.Circle([lat, lon], radius=radius_km * 1000, color=_POINT, weight=1, interactive=False)
            _add(circle, "radius", group)
        dot = folium.CircleMarker([lat, lon], radius=6, color=_POINT, fill=True, fill_opacity=1, interactive=False)
        _add(dot, "dot", group)
    return group


def _add(mark: Any, name: str, to: folium.Map | folium.FeatureGroup) -> None:
    mark._id = name  # noqa: SLF001
    mark.add_to(to)
