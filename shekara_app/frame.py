"""The map and the border unrolled, drawn as on the one-file page, in a frame that stays while its content changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

from geo.view import choose_place, make_map, serve_assets, show_on
from shekara_app.cards import chosen_on_map
from shekara_app.state import view

if TYPE_CHECKING:
    from shekara_app.data import Shown

__all__ = ["show_frame", "theme"]

_HEIGHT = 612


def show_frame(shown: Shown, key: str, *, tiles: bool = False, chart_alone: bool = False) -> None:
    """Draw the map with its legend and the border unrolled, or the latter alone.

    Its base never changes, so that a filter repaints it in place; a pan or zoom comes back to nobody.
    """
    found = view()
    risk = shown.risk
    state = show_on(
        shown.data.atlas,
        ids=shown.incidents.index,
        period=shown.period,
        colour=found.colour,
        risk=risk,
        choropleth=found.regions,
        chosen=_chosen(shown),
        lang=found.lang,
        theme=theme(),
    )
    st_folium(
        make_map(
            shown.data.atlas,
            assets=serve_assets(declare_component),
            tiles=tiles,
            options={"only": "chart"} if chart_alone else None,
        ),
        key=key,
        height=_HEIGHT,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=state,
        on_change=lambda: chosen_on_map(shown.data, key),
    )


def theme() -> str:
    """The theme of the window, ``light`` or ``dark``."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _chosen(shown: Shown) -> str:
    """What to ring: the id of a record, or the key of a place; blank for nothing."""
    keys = view().at
    chosen = choose_place(shown.located, keys[:1] if keys and keys[0].startswith("record:") else keys)
    if chosen is None:
        return ""
    return str(chosen["ids"][0]) if chosen["kind"] == "record" else str(chosen["key"])
