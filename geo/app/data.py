"""The data that a session looks at, and what is worked out of it and kept."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import geopandas as gpd
import pandas as pd
import streamlit as st

import geo
from geo.app.desk_session import server_desk
from geo.builtin.dataset import place
from geo.claims import beside_records
from geo.desk.reading import read_desk, read_statements
from geo.estimate.estimating import estimate_selection, learn_hyper
from geo.incidents.cells import private_rows, public_only
from geo.incidents.months import first_day, last_day, months_of
from geo.incidents.selection import rate_period
from geo.summaries.answers import ENOUGH, answer, dated_on_line
from geo.summaries.mix import mix_of_goods
from geo.summaries.notes import notes
from geo.view import make_atlas
from geo.view.atlas.views import estimate_views
from geo.view.statements import PackedStatement, pack_statements
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from datetime import date

    from geo.estimate.scale import Hyper
    from geo.summaries.answers import Answers
    from geo.summaries.mix import Shares
    from geo.view import Atlas

__all__ = ["Data", "Shown", "close_own", "current", "has_own", "has_scopes", "open_own", "show", "word_of"]

_OWN, _LATEST = "_own", "_desk"
_KEPT = 24  # estimates of the built-in data, some 10 MB each
_KEPT_OWN = 3


@dataclass(frozen=True, eq=False)
class Data:
    """A table of incidents on the border, every record placed.

    ``name`` of the file, blank for the built-in records; ``serial`` tells these data from all others that the server
    has seen; ``desk`` is the file of the desk that they are of; ``built_in`` the ids of the built-in records among
    them, where they stand beside others; ``word`` is ``own``, ``both`` or blank, for :func:`word_of`;
    ``licence`` that of one's own records, blank where none is named, None where they are the built-in ones.
    What was worked out of them is kept, for all sessions that look at them: the latest ``estimates`` and answers
    (``answered``), and heads and cells of the table of all records by language (``listed_records``).
    """

    located: geo.Located
    name: str = ""
    serial: str = field(default_factory=lambda: uuid4().hex)
    desk: Path | None = None
    built_in: frozenset[str] = frozenset()
    word: str = ""
    licence: str | None = None
    estimates: dict[geo.Selection, geo.Risk] = field(init=False, repr=False, default_factory=dict)
    answered: dict[geo.Selection, Answers] = field(init=False, repr=False, default_factory=dict)
    listed_records: dict[str, tuple[dict[str, Any], pd.DataFrame]] = field(init=False, repr=False, default_factory=dict)

    @property
    def own(self) -> bool:
        """Whether the reader brought it."""
        return bool(self.name) and self.desk is None

    @cached_property
    def private(self) -> frozenset[str]:
        """Ids of the records that are not for publication."""
        return frozenset(self.incidents.index[private_rows(self.incidents)])

    @cached_property
    def public(self) -> Data:
        """The same as if no private record had ever been there."""
        if not self.private:
            return self
        return replace(self, located=replace(self.located, incidents=public_only(self.incidents)), serial=uuid4().hex)

    @property
    def incidents(self) -> gpd.GeoDataFrame:
        """Every record."""
        return self.located.incidents

    @property
    def frontier(self) -> geo.Frontier:
        """The border."""
        return self.located.frontier

    @cached_property
    def months(self) -> tuple[str, ...]:
        """Every month from the first to the last of the records."""
        return months_of(self.incidents)

    @cached_property
    def own_box(self) -> tuple[float, ...] | None:
        """West, south, east and north of the reader's own points; None where there are none, or no such records."""
        if not self.own:
            return None
        points = self.incidents.geometry[~self.incidents.index.isin(self.built_in)].dropna()
        return tuple(map(float, points.total_bounds)) if len(points) else None

    @cached_property
    def atlas(self) -> Atlas:
        """Atlas that the map is drawn from."""
        return make_atlas(self.located, self.frontier)

    @cached_property
    def hyper(self) -> Hyper:
        """Hyperparameters of the estimate, from all records."""
        return learn_hyper(self.located)

    @cached_property
    def mix(self) -> dict[str, Shares]:
        """Goods of which agencies count ten times the share that is on record, or a tenth."""
        return {} if self.own else mix_of_goods(geo.read_claims(), self.located.select(geo.Selection()))

    @cached_property
    def statements(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        """Every statement with its comparable records; official totals, and published months, beside them."""
        claims = geo.read_claims()
        if self.desk is not None:
            own = read_statements(self.desk)
            claims = own if len(own) else claims
        return beside_records(claims, self.located)

    @cached_property
    def listed(self) -> list[PackedStatement]:
        """The statements as a page lists them."""
        return pack_statements(self.atlas.position, self.statements[0])["statements"]


@dataclass(frozen=True, eq=False)
class Shown:
    """The records that a view shows."""

    data: Data
    selection: geo.Selection
    located: geo.Located

    @property
    def incidents(self) -> gpd.GeoDataFrame:
        """The chosen records."""
        return self.located.incidents

    @property
    def period(self) -> tuple[date, date]:
        """First and last day that rates are for."""
        return rate_period(self.data.incidents, self.selection)

    @cached_property
    def enough(self) -> bool:
        """Whether there are enough records to estimate anything."""
        return dated_on_line(self.located, self.period) >= ENOUGH

    @property
    def estimated(self) -> bool:
        """Whether the estimate is at hand, or there is none to make."""
        return not self.enough or self.selection in self.data.estimates

    @property
    def risk(self) -> geo.Risk:
        """The estimate of the chosen records, on the footing of all."""
        estimates = self.data.estimates
        estimate = estimates.get(self.selection)
        if estimate is None:
            whole = lambda selection: show(self.data, selection).risk  # noqa: E731
            estimate = estimate_selection(self.data.located, self.selection, self.data.hyper, whole=whole)
            estimates[self.selection] = estimate
            _forget(estimates, _KEPT_OWN if self.data.own else _KEPT)
        return estimate

    def answers(self, *, at_once: bool = False) -> Answers:
        """What the chosen records answer; ``at_once`` without the estimate, where that is still to be made."""
        known = self.data.answered
        answers, early = known.get(self.selection), at_once and not self.estimated
        if answers is None or (answers["state"] == "no-estimate" and not early):
            risk = self.risk if self.enough and not early else None
            answers = answer(self.data.located, self.selection, risk, mix=self.data.mix, before=answers)
            known[self.selection] = answers
            _forget(known, _KEPT)
        return answers

    def notes(self, lang: str) -> list[str]:
        """Show the notes that must stand beside every number."""
        return notes(self.data.incidents, self.selection, lang=lang, neighbours=self.data.frontier.borders.index)

    @property
    def risks(self) -> dict[str, geo.Risk]:
        """Estimates of the chosen records, and of each part of them that a page has a view of."""
        return estimate_views(self.data.located, self.selection, self.data.hyper)


def _forget(known: dict[geo.Selection, Any], most: int) -> None:
    """Keep the latest alone; other sessions may do the same at once."""
    while len(known) > most:
        known.pop(next(iter(known)), None)


@st.cache_resource(show_spinner=False)
def built_in() -> Data:
    """The records that come with Shekara."""
    data = Data(place())
    gc.collect()
    gc.freeze()  # what stays for good is not looked through again
    gc.collect()  # nor counted: what sessions leave is looked for when it is a quarter more than they hold
    return data


def current() -> Data:
    """Data of this session: the reader's own or the desk's, alone or beside the built-in ones; else these."""
    scope = _scope()
    return (None if scope == "builtin" else _own(scope) or _of_desk(scope)) or built_in()


def word_of(data: Data) -> str:
    """What a link says of these data, as :attr:`geo.app.link.View.data` has it."""
    return "builtin" if data is built_in() and has_scopes() and _scope() == "builtin" else data.word


def has_own() -> bool:
    """Whether the reader brought records."""
    return st.session_state.get(_OWN) is not None


def has_scopes() -> bool:
    """Whether there are other records than the built-in ones to look at."""
    return has_own() or server_desk() is not None


def _scope() -> str:
    scope = str(st.session_state.get("scope") or st.query_params.get("data", ""))
    return scope if scope in {"both", "builtin"} else "own"


def _own(scope: str) -> Data | None:
    """The reader's own table, placed once for each scope."""
    kept: tuple[gpd.GeoDataFrame, str, str, dict[str, Data]] | None = st.session_state.get(_OWN)
    if kept is None:
        return None
    incidents, name, licence, placed = kept
    if scope not in placed:
        located, base = _on_border(incidents, scope)
        placed[scope] = Data(located, name=name, built_in=base, word=scope, licence=licence)
    return placed[scope]


def _on_border(incidents: gpd.GeoDataFrame, scope: str) -> tuple[geo.Located, frozenset[str]]:
    """These records placed, before the built-in ones of other ids where both are shown; and the ids of the latter."""
    added = frozenset[str]()
    if scope == "both" and len(incidents):
        base = built_in().incidents
        fields = [name for name in (*FIELDS, "date_start", "date_end", "geometry") if name in base]
        fresh = geo.read_incidents()[[name for name in fields if name != "id"]]
        fresh = fresh[~fresh.index.isin(incidents.index)]
        if "private" in incidents:
            fresh = fresh.assign(private="")
        incidents = gpd.GeoDataFrame(pd.concat([incidents, fresh]), crs=incidents.crs)
        added = frozenset(map(str, fresh.index))
    return geo.locate(incidents, geo.read_frontier()), added


def _of_desk(scope: str) -> Data | None:
    """What is published at the desk; None without a desk, or while it has published nothing.

    The desk's own page shows none of it, so that there a change need not be placed at once.
    """
    desk = server_desk()
    if desk is None:
        return None
    latest: Data | None = st.session_state.get(_LATEST)
    if latest is None or st.session_state.get("page") != "desk":
        latest = _placed(str(desk.path), scope, desk.version, desk.setting("licence"))
        st.session_state[_LATEST] = latest
    return latest if len(latest.incidents) else None


@st.cache_resource(show_spinner=False, max_entries=4)
def _placed(path: str, scope: str, version: int, licence: str) -> Data:  # noqa: ARG001  (another version is another desk)
    located, base = _on_border(read_desk(path), scope)
    word, desk = "both" if scope == "both" else "", Path(path)
    return Data(located, name=desk.stem, desk=desk, built_in=base, word=word, licence=licence)


def open_own(incidents: gpd.GeoDataFrame, name: str, licence: str = "") -> None:
    """Look at the reader's own records from now on, in this session alone."""
    st.session_state[_OWN] = (incidents, name, licence, {})
    st.session_state["_foreign"] = False


def close_own() -> None:
    """Look at the built-in records, or the desk's, again."""
    st.session_state.pop(_OWN, None)
    st.session_state["scope"] = "own"


def show(data: Data, selection: geo.Selection) -> Shown:
    """The records that a selection shows; an end of its period that is an end of the data is no limit."""
    months = data.months
    if selection.since == first_day(months[0]):
        selection = replace(selection, since=None)
    if selection.until == last_day(months[-1]):
        selection = replace(selection, until=None)
    return Shown(data, selection, data.located.select(selection))
