"""Records that compare with a statement: same goods, border, period and law, told apart by whom they name."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import pandas as pd

from geo.claims.scopes import (
    ClaimRules,
    GoodsScope,
    articles_of,
    borders_covered,
    goods_covered,
    is_countable,
    name_body,
    parts_of,
)
from geo.language.phrases import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from numpy.typing import NDArray

    from geo.incidents.placing import Located
    from geo.language.phrases import Phrase

__all__ = ["AGAINST", "NOTHING", "Found", "Records", "Scope", "find_records", "reasons_against", "scope_of"]

_ABROAD = ("neighbour", "other")
_KG = {"kg": 1.0, "t": 1000.0}

AGAINST: dict[str, str] = {
    "statement.against.remit": "agency",
    "statement.against.body": "agency",
    "statement.against.law": "law",
    "statement.against.figure": "figure",
    "statement.against.unit": "unit",
    "statement.against.period": "year",
    "statement.against.end": "year",
}
"""Key of a reason against comparing → what stands against it."""


@dataclass(frozen=True)
class Scope:
    """Coverage of a statement: its body (without ``other: ``) and that one's parts, goods, borders and articles of law.

    ``borders`` is None for all of them; ``articles`` is empty where they are not known.
    """

    body: str
    parts: frozenset[str]
    goods: GoodsScope
    borders: frozenset[str] | None
    articles: frozenset[str]


class Records:
    """The incidents as arrays, so that a comparison with many statements stays quick.

    Parameters
    ----------
    located
        The incidents on the border.
    """

    def __init__(self, located: Located) -> None:
        frame = located.incidents
        self.ids: NDArray[Any] = frame.index.to_numpy(dtype=object)
        self.goods = frame["goods"].to_numpy(dtype=object)
        self.border = frame["border"].to_numpy(dtype=object)
        self.start = frame["date_start"].to_numpy().astype("datetime64[D]")
        self.end = frame["date_end"].to_numpy().astype("datetime64[D]")
        self.refused = frame["outcome_class"].eq("refused_entry").to_numpy(dtype=bool)
        self.convicted = frame["outcome_class"].eq("convicted").to_numpy(dtype=bool)
        self.a_case = frame["outcome_class"].isin(["case_opened", "convicted"]).to_numpy(dtype=bool)
        self.by_event = frame["date_basis"].eq("event").to_numpy(dtype=bool)
        self.abroad = frame["recording_side"].isin(_ABROAD).to_numpy(dtype=bool)
        self._amounts = frame["quantity"].to_numpy(dtype=float)
        self._units = frame["unit"].to_numpy(dtype=object)
        self._same_as = frame["possible_same_as"].to_numpy(dtype=object)
        self._frame = frame
        self._said: dict[str, NDArray[np.bool_]] = {}

    def named(self, test: Callable[[frozenset[str]], bool]) -> NDArray[np.bool_]:
        """Records that name bodies which pass a test."""
        codes, kinds = self._agencies
        return np.array([test(names) for names in kinds], dtype=bool)[codes]

    def under(self, test: Callable[[frozenset[str]], bool]) -> NDArray[np.bool_]:
        """Records under articles of law that pass a test; no article stated: an empty set."""
        codes, kinds = self._laws
        return np.array([test(articles) for articles in kinds], dtype=bool)[codes]

    def say(self, pattern: str) -> NDArray[np.bool_]:
        """Records whose title or goods description holds a regular expression."""
        if pattern not in self._said:
            matches = self._text.str.contains(pattern, case=False, regex=True)
            self._said[pattern] = matches.to_numpy(dtype=bool)
        return self._said[pattern]

    def quantity(self, rows: NDArray[np.intp], unit: str) -> float:
        """Sum of quantities in a unit of goods, kg and t being one; NaN where no record states one in it."""
        if not unit:
            return np.nan
        factors = {name: factor / _KG[unit] for name, factor in _KG.items()} if unit in _KG else {unit: 1.0}
        amounts = self._amounts[rows] * [factors.get(name, np.nan) for name in self._units[rows]]
        stated = amounts[~np.isnan(amounts)]
        return round(float(stated.sum()), 9) if len(stated) else np.nan

    def doubled(self, rows: NDArray[np.intp]) -> int:
        """Number of records that may tell of an incident which another of them tells of."""
        ids = set(self.ids[rows])
        return sum(bool(ids & set(cell.split("; "))) for cell in self._same_as[rows])

    @cached_property
    def _agencies(self) -> tuple[NDArray[np.intp], list[frozenset[str]]]:
        codes, cells = pd.factorize(self._frame["agency"])
        return codes, [frozenset(name_body(name) for name in cell.split("; ") if name) for cell in cells]

    @cached_property
    def _laws(self) -> tuple[NDArray[np.intp], list[frozenset[str]]]:
        codes, cells = pd.factorize(self._frame["legal_scope"])
        return codes, [articles_of(cell) for cell in cells]

    @cached_property
    def _text(self) -> pd.Series[str]:
        text: pd.Series[str] = self._frame["title"] + " " + self._frame["goods_description"]
        return text


@dataclass(frozen=True)
class Found:
    """Records of a statement's goods, border, period and law, as positions in the table of records.

    Attributes
    ----------
    same
        Those that name the body or a part of it.
    by_part
        Those of ``same`` that name only a part of it.
    other
        Those that name only other bodies.
    left_out
        What was left out → number of records that all other rules would keep: ``refused_entry``, ``undated``,
        ``partly_outside``, ``other_article``, ``without_agency``.
    """

    same: NDArray[np.intp]
    by_part: NDArray[np.intp]
    other: NDArray[np.intp]
    left_out: Mapping[str, int]


NOTHING: Final = Found(np.array([], np.intp), np.array([], np.intp), np.array([], np.intp), {})


def scope_of(claim: Mapping[Any, Any], rules: ClaimRules) -> Scope:
    """Read what a statement covers."""
    body = name_body(claim["agency"])
    return Scope(
        body,
        parts_of(body, rules.part_of),
        goods_covered(claim["goods"], claim["goods_scope"], claim["metric"], rules.goods_terms),
        borders_covered(claim["neighbour"], claim["border_scope"]),
        articles_of(claim["legal_scope"]),
    )


def reasons_against(claim: Mapping[Any, Any], scope: Scope, rules: ClaimRules) -> Iterator[Phrase]:
    """Every reason for which no record can be set beside a statement; none where it can be compared."""
    kind = claim["claim_type"]
    if kind == "not_our_job":
        yield phrase("statement.against.remit")
        return
    if kind == "law":
        yield phrase("statement.against.law")
        return
    if scope.body in rules.not_recording:
        yield phrase("statement.against.body", body=scope.body)
    if pd.isna(claim["value"]):
        if kind not in ("none", "no_data"):
            yield phrase("statement.against.figure")
    elif not is_countable(claim["unit"], scope.goods.classes):
        yield phrase("statement.against.unit", unit=claim["unit"])
    if pd.isna(claim["date_start"]):
        yield phrase("statement.against.period")
    elif pd.isna(claim["date_end"]):
        yield phrase("statement.against.end")


def find_records(claim: Mapping[Any, Any], scope: Scope, records: Records) -> Found:
    """Find the records that compare with a statement whose period is known.

    A record takes part when its goods, border and article of law (where both are known) are among the
    statement's, the whole span of its date lies in the statement's period, it names an agency, and it is not one
    of goods merely refused entry.
    """
    first, last = (np.datetime64(claim[name], "D") for name in ("date_start", "date_end"))
    ours = _of_goods(scope.goods, records)
    if scope.borders is not None:
        ours &= np.isin(records.border, list(scope.borders))
    law = records.under(lambda own: not own or not scope.articles or bool(own & scope.articles))
    dated = ~np.isnat(records.start)
    inside = dated & (records.start >= first) & (records.end <= last)
    touching = dated & (records.start <= last) & (records.end >= first)
    counted = ours & ~records.refused
    someone = records.named(bool)
    own_bodies = {scope.body, *scope.parts}
    same = records.named(lambda names: bool(names & own_bodies))
    by_part = same & ~records.named(lambda names: scope.body in names)
    compared = counted & law & inside
    return Found(
        same=np.flatnonzero(compared & same),
        by_part=np.flatnonzero(compared & by_part),
        other=np.flatnonzero(compared & someone & ~same),
        left_out={
            "undated": int((counted & law & someone & ~dated).sum()),
            "partly_outside": int((counted & law & someone & touching & ~inside).sum()),
            "refused_entry": int((ours & law & someone & inside & records.refused).sum()),
            "other_article": int((counted & ~law & someone & inside).sum()),
            "without_agency": int((compared & ~someone).sum()),
        },
    )


def _of_goods(goods: GoodsScope, records: Records) -> NDArray[np.bool_]:
    chosen = np.isin(records.goods, list(goods.classes))
    for category, pattern in goods.only.items():
        chosen &= (records.goods != category) | records.say(pattern)
    for category, pattern in goods.without.items():
        chosen &= (records.goods != category) | ~records.say(pattern)
    return chosen
