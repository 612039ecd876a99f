"""The map and the border unrolled, drawn as on the one-file page, in a frame that stays while its content changes."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit.runtime import get_instance
from streamlit_folium import st_folium

from geo.app.cards import chosen_on_map
from geo.app.state import view
from geo.view import choose_place, make_map, read_words, serve_assets, show_on

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.view import Atlas

__all__ = ["show_frame", "theme"]

_DRAWN = "_drawn"
_HEIGHT = 612
_AHEAD_S = 0.08


def show_frame(shown: Shown, key: str, *, tiles: bool = False, chart_alone: bool = False) -> None:
    """Draw the map with its legend and the border unrolled, or the latter alone.

    Its base never changes, so that a filter repaints it in place; a pan or zoom comes back to nobody. The marks
    come first: where the estimate is still to be made, the border fades, and once it is there the run begins anew;
    what stands after the frame is sent but then.
    """
    current = view()
    owed = not shown.estimated
    answers = shown.answers(at_once=True)
    data = shown.data
    state = show_on(
        data.atlas, ids=shown.incidents.index, period=shown.period, colour=current.colour, waiting=owed,
        risk=None if owed or not shown.enough else shown.risk, first=answers["first"], records=current.records,
        own=data.incidents.index.difference(data.built_in) if data.built_in else None, chosen=_chosen(shown),
        look=current.spot or data.own_box, faded=owed or not shown.enough, choropleth=current.regions,
        lang=current.lang, theme=theme(),
    )  # fmt: skip
    drawn = make_map(
        data.atlas, assets=serve_assets(declare_component), address=_serve(data.atlas, key), tiles=tiles,
        options={"only": "chart"} if chart_alone else None,
    )  # fmt: skip
    st_folium(
        drawn, key=key, height=_HEIGHT, use_container_width=True, returned_objects=[], feature_group_to_add=state,
        render=False,  # it renders the map once more all the same
        on_change=lambda: chosen_on_map(data, key),
    )  # fmt: skip
    _let_ahead(f"{key} {state.state}")
    if owed:
        with st.container(key="owed"), st.spinner(read_words(current.lang)["app.estimating"]):
            _ = shown.risk
        st.rerun()


def _serve(atlas: Atlas, key: str) -> str:
    """Address from which the frame fetches the atlas, once, rather than be sent it with every run.

    Streamlit keeps it in memory under a name made of its content, for as long as a session shows it.
    """
    return "../.." + get_instance().media_file_mgr.add(atlas.packed_for_frame.encode(), "text/plain", f"atlas-{key}")


def _let_ahead(drawn: str) -> None:
    """Give what the map is to draw a start before the rest of the run.

    Another thread sends it, which a busy script would keep waiting; and the browser has one thread for the map and
    for all that stands around it.
    """
    if st.session_state.get(_DRAWN) != drawn:
        st.session_state[_DRAWN] = drawn
        sleep(_AHEAD_S)


def theme() -> str:
    """The theme of the window, ``light`` or ``dark``."""
    return "dark" if st.context.theme.type == "dark" else "light"


def _chosen(shown: Shown) -> str:
    """Mark to ring: the id of a record, or the key of a place; blank for nothing."""
    keys = view().at
    chosen = choose_place(shown.located, keys[:1] if keys and keys[0].startswith("record:") else keys)
    if chosen is None:
        return ""
    return str(chosen["ids"][0]) if chosen["kind"] == "record" else str(chosen["key"])
