"""The folium map: the part that stays, and the part that a filter changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

import folium
from branca.element import MacroElement
from folium.template import Template

from geo.errors import UnknownValueError
from geo.language.catalogue import LANGUAGES
from geo.view.assets import FRAME_SCRIPT, FRAME_STYLES, Assets, read_asset
from geo.view.atlas.atlas import Atlas, to_script
from geo.view.atlas.views import pack_estimate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from geo.estimate.risk import Risk
    from geo.view.atlas.packed import PackedEstimate

__all__ = ["THEMES", "make_map", "show_on"]

THEMES: tuple[str, ...] = ("auto", "light", "dark")
COLOURS: tuple[str, ...] = ("rate", "estimate")
DEEPEST_ZOOM = 10  # beyond it the few kilometres by which the lines are off would show
_TILES = "https://{s}.basemaps.cartocdn.com/light_all/{z}/{x}/{y}.png"
_TILE_CREDIT = "© OpenStreetMap contributors © CARTO"


class AtlasLayer(MacroElement):
    """The atlas on a folium map, in a ``frame`` with what stands beneath it or in the one-file ``page`` around it."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}{{ this.head }}{% endmacro %}
        {% macro script(this, kwargs) %}
            {% if this.room == "page" -%}
            {{ this._parent.get_name() }}.showPage("atlas", {{ this.options }});
            {%- else -%}
            {{ this._parent.get_name() }}.showFrame({{ this.source }}, {{ this.options }});
            {%- endif %}
        {% endmacro %}
        """
    )

    def __init__(
        self, atlas: Atlas, room: str, options: Mapping[str, object], *, assets: Assets | None, address: str
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Atlas"
        self._id = "layer"
        self.atlas = atlas
        self.room = room
        self.options = to_script(options)
        self.assets = assets
        self.address = address

    @property
    def head(self) -> str:
        """Styles and scripts as tags."""
        styles = [f"<style>{read_asset(name)}</style>" for name in ("leaflet.css", *FRAME_STYLES)]
        scripts = [f"<script>{read_asset(name)}</script>" for name in ("leaflet.js", FRAME_SCRIPT)]
        # folium renders a head once more as a template; raw keeps it from reading braces in it.
        return "{% raw %}" + "\n".join(styles + scripts) + "{% endraw %}"

    @property
    def source(self) -> str:
        """Source that the frame's script draws from."""
        source = {"address": self.address} if self.address else {"packed": self.atlas.packed_for_frame}
        return to_script(source | {"styles": list(self.assets.styles) if self.assets else []})

    def render(self, **kwargs: Any) -> str:
        """Put head and script into the document; with served files st_folium takes the script by itself."""
        return "" if self.assets else str(super().render(**kwargs))  # type: ignore[no-untyped-call]


class Shown(folium.FeatureGroup):
    """Content of a map at one moment, as the feature group that ``st_folium`` swaps without mounting the map again."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = {{ this._parent.get_name() }}.showRecords({{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: dict[str, Any]) -> None:
        super().__init__()
        self.state = to_script(state)


def make_map(
    atlas: Atlas,
    *,
    assets: Assets | None = None,
    address: str = "",
    tiles: bool = False,
    lang: str = "en",
    theme: str = "auto",
    room: str = "frame",
    options: Mapping[str, object] | None = None,
) -> folium.Map:
    """Make the map that both the app and the page start from; equal arguments give an equal script.

    ``assets``, from :func:`serve_assets`, say where the browser finds the files; None writes them into the document, so
    that the map opens by itself. ``address`` is where it finds ``atlas.packed_for_frame``, as seen from the map's
    frame; blank writes it into the script, which ``st_folium`` sends whenever it runs. ``tiles`` need a network.
    ``room``: ``frame`` or ``page``, with its own ``options``.

    Raises
    ------
    UnknownValueError
        When language or theme is not known.
    """
    for name, value, known in (("language", lang, LANGUAGES), ("theme", theme, THEMES)):
        if value not in known:
            raise UnknownValueError(name, value, known)
    west, south, east, north = atlas.data["base"]["box"]
    drawn = folium.Map(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=4,
        tiles=None,
        zoom_control=False,
        attribution_control=False,
        max_zoom=DEEPEST_ZOOM,
        min_zoom=3,
        zoom_snap=0.25,
        zoom_delta=1,
        scroll_wheel_zoom=False,
    )
    drawn._id = "shekara"  # noqa: SLF001 (folium has no other way to a name that is the same each time)
    drawn.default_js = list(assets.scripts) if assets else []
    drawn.default_css = []
    if tiles:
        layer = folium.TileLayer(_TILES, attr=_TILE_CREDIT, opacity=0.45, max_zoom=DEEPEST_ZOOM)
        layer._id = "tiles"  # noqa: SLF001
        layer.add_to(drawn)
    settings = {"lang": lang, "theme": theme, "tiles": _TILE_CREDIT if tiles else "", **(options or {})}
    AtlasLayer(atlas, room, settings, assets=assets, address=address).add_to(drawn)
    return drawn


def show_on(
    atlas: Atlas,
    *,
    ids: Iterable[str] | None = None,
    period: tuple[date, date] | None = None,
    colour: str = "rate",
    risk: Risk | None = None,
    choropleth: bool = False,
    chosen: str | None = None,
    lang: str | None = None,
    theme: str | None = None,
    waiting: bool = False,
    first: Sequence[Mapping[str, Any]] = (),
    faded: bool = False,
    records: bool = True,
    own: Iterable[str] | None = None,
    look: Sequence[float] | None = None,
) -> Shown:
    """Say what the map is to show: the changing part, for ``st_folium``'s ``feature_group_to_add``.

    None of ``ids`` and ``own`` (one's own records among others, drawn apart) means all and nobody's. ``period``: first
    and last day that the plain rate counts, by default those of :func:`geo.incidents.selection.rate_period`.
    ``colour``: ``rate`` (recorded per 100 km and year) or ``estimate``, which needs ``risk``; ``waiting``: it is still
    being made, and till then the border unrolled shows nothing. ``choropleth`` shades the regions by their records.
    ``chosen``: id of a record, or key of a mark, to ring. ``first``: places to number, as
    :func:`geo.summaries.answers.answer` has them. ``faded``: no colours, for there is no estimate, or none of these
    records yet. ``records``: the marks at any zoom. ``look``: where to go when this changes: latitude, longitude and
    zoom, or west, south, east and north.

    Raises
    ------
    UnknownValueError
        When an id is not in the atlas, or ``colour`` is not known.
    """
    if colour not in COLOURS:
        raise UnknownValueError("colour", colour, COLOURS)
    state: dict[str, Any] = {
        "shown": None if ids is None else _runs(_positions(atlas, ids)),
        "period": None if period is None else [day.isoformat()[:10] for day in period],
        "colour": colour,
        "estimate": None if risk is None else _packed_estimate(risk),
        "waiting": waiting,
        "choropleth": choropleth,
        "chosen": chosen,
        "first": list(first),
        "faded": faded,
        "records": records,
        "own": None if own is None else _runs(_positions(atlas, own)),
        "look": None if look is None else list(look),
    }
    state |= {key: value for key, value in (("lang", lang), ("theme", theme)) if value is not None}
    return Shown(state)


# Packing takes longer than all else here, and an app shows one estimate many times.
_ESTIMATES: WeakKeyDictionary[Risk, PackedEstimate] = WeakKeyDictionary()


def _packed_estimate(risk: Risk) -> PackedEstimate:
    packed = _ESTIMATES.get(risk)
    if packed is None:
        packed = _ESTIMATES[risk] = pack_estimate(risk)
    return packed


def _positions(atlas: Atlas, ids: Iterable[str]) -> list[int]:
    try:
        return sorted({atlas.position[record] for record in ids})
    except KeyError as unknown:
        raise UnknownValueError("record", str(unknown.args[0]), list(atlas.position)[:5]) from None


def _runs(positions: list[int]) -> list[int]:
    """Sorted positions as pairs of a first one and how many follow each other.

    Examples
    --------
    >>> _runs([0, 1, 2, 7, 9, 10])
    [0, 3, 7, 1, 9, 2]
    """
    runs: list[int] = []
    for position in positions:
        if runs and position == runs[-2] + runs[-1]:
            runs[-1] += 1
        else:
            runs += [position, 1]
    return runs
