"""A small map to set one point on: the border, the crossings, and the point with how far it may be off."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

import folium

if TYPE_CHECKING:
    from geo.border.frontier import Frontier
    from geo.view.assets import Assets

__all__ = ["make_point_map", "mark_point"]

# Line, point, land, its regions' lines, and what lies abroad: the tokens of the map (web/tokens.css).
_COLOURS = {
    "light": ("#8a4b1f", "#00697a", "#f4f1ea", "#c9c2b4", "#e7e3da"),
    "dark": ("#e0b258", "#6cc7d4", "#23282d", "#4a5157", "#191d20"),
}
_SIMPLER_DEGREES = 0.02


def make_point_map(frontier: Frontier, assets: Assets, *, lang: str = "en", theme: str = "light") -> folium.Map:
    """Make the part that stays; no tiles, so that it needs no network. A crossing says its name under the pointer."""
    line, _, land, inner, abroad = _COLOURS[theme]
    west, south, east, north = map(float, frontier.borders.total_bounds)
    drawn = folium.Map(
        location=[(south + north) / 2, (west + east) / 2], zoom_start=4, tiles=None, attribution_control=False,
        min_zoom=3, max_zoom=13, prefer_canvas=True,
    )  # fmt: skip
    drawn._id = "point"  # noqa: SLF001 (folium has no other way to a name that is the same each time)
    drawn.default_js, drawn.default_css = [assets.scripts[0]], [("leaflet", assets.styles[0])]
    drawn.fit_bounds([(south, west), (north, east)])
    style = f".leaflet-container {{ background: {abroad} }} .leaflet-bar a {{ background: {land}; color: {line} }}"
    page: Any = drawn.get_root()
    page.header.add_child(folium.Element(f"<style>{style}</style>"))
    for number, region in enumerate(frontier.regions.geometry.simplify(_SIMPLER_DEGREES).explode()):
        ring = [(round(y, 3), round(x, 3)) for x, y in region.exterior.coords]
        _add(folium.Polygon(ring, color=inner, weight=1, fill_color=land, fill_opacity=1), f"region{number}", drawn)
    for number, part in enumerate(frontier.borders.geometry.simplify(_SIMPLER_DEGREES).explode()):
        _add(folium.PolyLine([(y, x) for x, y in part.coords], color=line, weight=2), f"line{number}", drawn)  # type: ignore[no-untyped-call]
    for number, (point, name) in enumerate(
        zip(frontier.crossings.geometry, frontier.crossings[f"name_{lang}"], strict=True)
    ):
        mark = folium.CircleMarker([point.y, point.x], radius=3, color=line, weight=1, fill=True)
        _add(mark, f"crossing{number}", drawn)
        _add(folium.Tooltip(escape(name)), f"name{number}", mark)
    return drawn


def mark_point(
    lon: float | None, lat: float | None, radius_km: float | None, *, theme: str = "light"
) -> folium.FeatureGroup:
    """The part that changes: the point, and around it how far the true place may lie; nothing without a point."""
    group, colour = folium.FeatureGroup(), _COLOURS[theme][1]
    group._id = "marked"  # noqa: SLF001
    if lon is not None and lat is not None:
        if radius_km:
            circle = folium.Circle([lat, lon], radius=radius_km * 1000, color=colour, weight=1, interactive=False)
            _add(circle, "radius", group)
        dot = folium.CircleMarker([lat, lon], radius=6, color=colour, fill=True, fill_opacity=1, interactive=False)
        _add(dot, "dot", group)
    return group


def _add(mark: Any, name: str, to: Any) -> None:
    mark._id = name  # noqa: SLF001
    mark.add_to(to)
