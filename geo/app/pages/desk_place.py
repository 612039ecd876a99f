"""Where a record lies: its place by name or by a click, and where on the border it would fall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geo.app.frame import theme
from geo.app.pages.desk_fields import written
from geo.app.safe_text import plain
from geo.app.state import put, view
from geo.app.upload import gazetteer
from geo.desk.review import fall_of
from geo.intake.places.placement import unplaced
from geo.intake.places.resolving import CROSSING_KM, TOWN_KM, Hints, resolve
from geo.language.numbers import write_percent
from geo.language.remarks import translate_remark
from geo.language.translations import translate
from geo.summaries.notes import value_word
from geo.view import read_words, say, serve_assets
from geo.view.point_map import make_point_map, mark_point

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geo
    from geo.intake.places.gazetteer import Place
    from geo.intake.places.resolving import Found

__all__ = ["show_place"]

_MAP, _FOUND = "desk-map", "desk-found"
_SEGMENTS, _CANDIDATES = 4, 8


def show_place(identifier: str, cells: Mapping[str, Any], frontier: geo.Frontier) -> None:
    """The map to click on, the places of the name, and where the record would fall."""
    words = read_words(view().lang)
    # Never out of use: a press right after the name was typed comes before the page has heard of the name.
    with st.container(horizontal=True):
        st.button(words["desk.place.find"], key="desk-find", icon=":material/search:", on_click=_find,
                  args=(cells, frontier))  # fmt: skip
        st.button(words["desk.place.crossing"], key="desk-at-crossing", on_click=_at_crossing, args=(cells, frontier))
        st.button(words["desk.place.clear"], key="desk-no-point", on_click=_clear, args=(cells, frontier))
    with st.container():
        _show_found(cells, frontier)
    st.caption(words["desk.place.click"])
    st_folium(
        make_point_map(frontier, serve_assets(declare_component), lang=view().lang, theme=theme()), key=_MAP,
        height=320, use_container_width=True, returned_objects=["last_clicked"], on_change=_clicked, render=False,
        feature_group_to_add=mark_point(cells["lon"], cells["lat"], cells["location_radius_km"], theme=theme()),
    )  # fmt: skip
    _show_fall(identifier, cells, frontier)


def _show_fall(identifier: str, cells: Mapping[str, Any], frontier: geo.Frontier) -> None:
    lang = view().lang
    words, fall = read_words(lang), fall_of(identifier, cells, frontier)
    with st.container(key="desk-fall"):
        if fall is None:
            st.markdown(words["desk.fall.unknown"])
            return
        border = value_word("border", fall.border, frontier, lang)
        st.markdown(plain(say(lang, "desk.fall.border", border=border)))
        for segment, weight in fall.segments[:_SEGMENTS]:
            row = frontier.segments.loc[segment]
            name = str(row.get(f"name_{lang}") or row["name"])
            st.markdown(f"- {plain(name)}: {plain(write_percent(lang, weight))}")
        if (left := len(fall.segments) - _SEGMENTS) > 0:
            st.caption(say(lang, "desk.fall.more", n=left))
        refused = cells["outcome_class"] == "refused_entry"
        st.caption(
            words["desk.fall.refused" if refused else "desk.fall.dated" if cells["date"] else "desk.fall.undated"]
        )


def _find(before: Mapping[str, Any], frontier: geo.Frontier) -> None:
    cells = written("records", before)
    if not cells["place_name"]:
        return
    hints = Hints(cells["region_code"], cells["neighbour"], "", cells["mode"])
    place = resolve(cells["place_name"], gazetteer(frontier), hints)
    st.session_state[_FOUND] = (cells["place_name"], place)
    if place.lon is not None:
        _set(
            place.region_code, lon=place.lon, lat=place.lat, location_precision=place.precision,
            location_radius_km=place.radius_km, crossing_id=place.crossing_id, coord_basis=place.basis,
        )  # fmt: skip


def _show_found(cells: Mapping[str, Any], frontier: geo.Frontier) -> None:
    remembered: tuple[str, Found] | None = st.session_state.get(_FOUND)
    if remembered is None or remembered[0] != cells["place_name"]:
        return
    answer, lang = remembered[1], view().lang
    if answer.lon is not None:
        crossing = answer.crossing_id
        name = frontier.crossings.loc[crossing, f"name_{lang}"] if crossing else translate(answer.name, lang)
        st.caption(plain(f"{name} · {translate_remark(answer.how, lang)}"))
    elif not answer.candidates:
        st.caption(read_words(lang)["desk.place.none"])
    for number, place in enumerate(answer.candidates[:_CANDIDATES]):
        label = f"{place.name} · {place.crossing_id or place.country} · {place.lat:.2f}, {place.lon:.2f}"
        st.button(plain(label), key=f"desk-candidate-{number}", type="tertiary", on_click=_take, args=(place,))


def _take(place: Place) -> None:
    precision, radius = ("crossing", CROSSING_KM) if place.crossing_id else ("locality", TOWN_KM)
    _set(
        place.region_code, lon=place.lon, lat=place.lat, location_precision=precision, location_radius_km=radius,
        crossing_id=place.crossing_id, coord_basis=place.source,
    )  # fmt: skip


def _at_crossing(before: Mapping[str, Any], frontier: geo.Frontier) -> None:
    cells = written("records", before)
    if not cells["crossing_id"]:
        return
    place = frontier.crossings.loc[cells["crossing_id"]]
    _set(
        str(place["region_code"]), lon=place.geometry.x, lat=place.geometry.y, location_precision="crossing",
        location_radius_km=CROSSING_KM, crossing_id=cells["crossing_id"],
        coord_basis=f"crossings: {cells['crossing_id']}",
    )  # fmt: skip
    if not cells["neighbour"] and place["neighbour"] in frontier.borders.index:
        put({"desk.neighbour": str(place["neighbour"])})


def _clicked() -> None:
    """A click sets the point: what was a crossing, or no place at all, is a locality from then on."""
    spot = (st.session_state.get(_MAP) or {}).get("last_clicked")
    if spot:
        district = st.session_state.get("desk.location_precision") == "district"
        radius = st.session_state.get("desk.location_radius_km") or TOWN_KM
        _set(
            lon=round(spot["lng"], 5), lat=round(spot["lat"], 5), location_radius_km=radius,
            location_precision="district" if district else "locality", coord_basis="set on the map",
        )  # fmt: skip


def _clear(before: Mapping[str, Any], frontier: geo.Frontier) -> None:
    """No point: what is left is known to its region, its border or the country."""
    cells = unplaced(written("records", before), frontier)
    left = ("lon", "lat", "location_precision", "crossing_id", "coord_basis")
    put({f"desk.{name}": cells[name] for name in left} | {"desk.location_radius_km": None})


def _set(region: str = "", **fields: Any) -> None:
    """Put a place into the form; a region that is not told is left to the point, but beside a crossing."""
    cells = {"crossing_id": "", **fields}
    if region or not cells["crossing_id"]:
        cells["region_code"] = region
    put({f"desk.{name}": value for name, value in cells.items()})
