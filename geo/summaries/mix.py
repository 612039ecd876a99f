"""What agencies count beside what is on record: goods whose shares of the two differ tenfold."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.claims.series import monthly_series
from geo.language.catalogue import LANGUAGES
from geo.language.phrases import Number, phrase
from geo.language.translations import name_agencies
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd

    from geo.incidents.placing import Located
    from geo.language.phrases import Phrase

__all__ = ["Shares", "mix_of_goods", "say_mix"]

_TENFOLD = 10.0


class Shares(NamedTuple):
    """A goods' share of an agency's cases, and of the records."""

    agency: str
    official: float
    recorded: float


def mix_of_goods(claims: pd.DataFrame, located: Located) -> dict[str, Shares]:
    """Goods whose share of an agency's cases is ten times that of the records or more, or a tenth of it or less.

    Parameters
    ----------
    claims
        As :func:`geo.claims.read_claims` gives them.
    located
        All records, placed, without those merely refused entry.

    Returns
    -------
    dict
        Goods category → shares, over the months in which the agency published both the goods and all.
    """
    series = monthly_series(claims, located)
    counts = series.pivot_table(index="period_start", columns="class", values="count", aggfunc="sum")
    goods = located.incidents["goods"]
    shares = {}
    for name in (name for name in GOODS if "all" in counts and name in counts):
        months = counts[["all", name]].dropna()
        official = float(months[name].sum() / months["all"].sum())
        recorded = float(located.counts[goods.eq(name)].sum() / located.counts.sum())
        if max(official, recorded) >= _TENFOLD * min(official, recorded):
            shares[name] = Shares(series["agency"].iloc[0], official, recorded)
    return shares


def say_mix(goods: Iterable[str], mix: Mapping[str, Shares]) -> list[Phrase]:
    """A sentence for each of the goods that are in the mix."""
    return [
        phrase(
            "answers.mix",
            goods=phrase(f"goods.{name}"),
            agency={lang: name_agencies(mix[name].agency, lang) for lang in LANGUAGES},
            official=Number("share", (mix[name].official,)),
            ours=Number("share", (mix[name].recorded,)),
        )
        for name in goods
        if name in mix
    ]
