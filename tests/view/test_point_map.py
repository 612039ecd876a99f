"""The small map on which a record's point is set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from geo.view.assets import Assets
from geo.view.point_map import make_point_map, mark_point

if TYPE_CHECKING:
    import geo

NO_FILES = Assets((("leaflet.js", "l.js"),), ("l.css",))


@pytest.mark.parametrize(("lang", "name"), [("en", "Korday"), ("ru", "Кордай"), ("kk", "Қордай")])
def test_crossings_say_their_names_in_the_readers_language(frontier: geo.Frontier, lang: str, name: str) -> None:
    assert name in make_point_map(frontier, NO_FILES, lang=lang).get_root().render()


def test_the_land_stands_out_from_what_lies_abroad_in_both_themes(frontier: geo.Frontier) -> None:
    light, dark = (make_point_map(frontier, NO_FILES, theme=theme).get_root().render() for theme in ("light", "dark"))
    assert "#e7e3da" in light
    assert "#e7e3da" not in dark
    assert light.count("L.polygon") >= len(frontier.regions)


def test_a_hostile_name_is_text(frontier: geo.Frontier) -> None:
    crossings = frontier.crossings.assign(name_en="<img src=x onerror=alert(1)>")
    drawn = make_point_map(replace(frontier, crossings=crossings), NO_FILES).get_root().render()
    assert "<img" not in drawn
    assert "&lt;img" in drawn


def test_a_point_is_marked_with_how_far_it_may_be_off() -> None:
    assert [one._name for one in mark_point(71.0, 43.0, 5.0)._children.values()] == ["circle", "CircleMarker"]
    assert [one._name for one in mark_point(71.0, 43.0, None)._children.values()] == ["CircleMarker"]
    assert not mark_point(None, None, 5.0)._children
