"""Scope of a statement, as far as records can be chosen by it: goods, borders, law, and who it speaks for.

The rules are in ``docs/claims.md``; the words they go by lie in three tables beside the statements
(``claim_bodies.csv``, ``claim_goods.csv``, ``claim_terms.csv``). Nothing depends on which statement it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import Fault, InputError
from geo.incidents.cells import ARTICLE
from geo.language.catalogue import read_words
from geo.language.phrases import phrase
from geo.language.texts import read_country
from geo.paths import data_path
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from geo.language.phrases import Phrase

__all__ = [
    "ALL_BORDERS",
    "ClaimRules",
    "GoodsScope",
    "GoodsTerm",
    "Remark",
    "articles_of",
    "borders_covered",
    "excluded_terms",
    "goods_covered",
    "is_countable",
    "name_body",
    "name_borders",
    "parts_of",
    "read_claim_rules",
    "remarks_in",
    "stated_bound",
]

ALL_BORDERS = "all"
"""The list of codes of a statement on every border."""

_EXCEPT = "all except "
_ARTICLE = re.compile(rf"\bArt\. ({ARTICLE})")
_CODES = re.compile(r"[A-Z]{2,}(?:; ?[A-Z]{2,})*")
_BOUND = re.compile(
    r"\b(over|more than|at least|above|about|around|almost|nearly) ([0-9][0-9,]*(?:\.[0-9]+)?)"
    r"(?: (thousand|million|billion))?",
    re.IGNORECASE,
)
_SCALE = {"": 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_LEAST = ("over", "more than", "at least", "above")
_NO_RECORD = ("percent", "person", "channel", "region", "country", "bill", "MCI", "other")


@dataclass(frozen=True, slots=True)
class GoodsTerm:
    """A word for goods, in the singular, and its category.

    ``pattern`` is a regular expression that a record's title or goods description holds when the record is of this
    kind; empty when the word means the whole category.
    """

    term: str
    goods: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Remark that a word in a statement makes about its figure, of the key ``statement.remark.…``.

    ``kind`` is ``stage`` (of the cases), ``scope`` (of what is counted) or ``single`` (one case, no total).
    """

    term: str
    kind: str
    remark: str

    @property
    def phrase(self) -> Phrase:
        """The remark as a sentence."""
        return phrase(f"statement.remark.{self.remark}")


@dataclass(frozen=True)
class ClaimRules:
    """The words that the rules go by: bodies and their parts, those that record no cases, goods, remarks."""

    part_of: Mapping[str, str]
    not_recording: frozenset[str]
    goods_terms: tuple[GoodsTerm, ...]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class GoodsScope:
    """The goods that a statement covers: categories in the order of the vocabulary, and the same in words for a reader.

    Of a category in ``only``, only records whose text holds its regular expression; of one in ``without``, only those
    whose text doesn't.
    """

    classes: tuple[str, ...]
    only: Mapping[str, str]
    without: Mapping[str, str]
    words: str


def read_claim_rules(folder: str | Path | None = None) -> ClaimRules:
    """Read the words that the rules go by, from the three tables of a folder or the built-in ones.

    Raises InputError when a remark has no sentence in the words.
    """

    def rows(name: str) -> list[dict[str, str]]:
        file = data_path(name) if folder is None else Path(folder) / name
        table = pd.read_csv(file, dtype=str, keep_default_na=False)
        return [{str(field): str(cell) for field, cell in row.items()} for row in table.to_dict("records")]

    bodies, remarks = rows("claim_bodies.csv"), rows("claim_terms.csv")
    unknown = [row for row in remarks if f"statement.remark.{row['remark']}" not in read_words("en")]
    if unknown:
        known = [
            key.removeprefix("statement.remark.") for key in read_words("en") if key.startswith("statement.remark.")
        ]
        expected = f"one of {', '.join(known)}"
        raise InputError(Fault("claim_terms.csv", row["term"], "remark", row["remark"], expected) for row in unknown)
    return ClaimRules(
        part_of={name_body(row["body"]): name_body(row["part_of"]) for row in bodies if row["part_of"]},
        not_recording=frozenset(name_body(row["body"]) for row in bodies if row["records_cases"] == "no"),
        goods_terms=tuple(GoodsTerm(**row) for row in rows("claim_goods.csv")),
        remarks=tuple(Remark(**row) for row in remarks),
    )


# -- who ------------------------------------------------------------------------------------------


def name_body(agency: str) -> str:
    """The name of a body without the prefix that marks it as outside the list of main agencies.

    Examples
    --------
    >>> name_body("other: Ministry of Ecology")
    'Ministry of Ecology'
    """
    return agency.removeprefix("other: ").strip()


def parts_of(body: str, part_of: Mapping[str, str]) -> frozenset[str]:
    """Bodies that are parts of a body, and parts of those; the body itself is none of them.

    Examples
    --------
    >>> sorted(parts_of("A", {"B": "A", "C": "B"}))
    ['B', 'C']
    """
    parts: set[str] = set()
    ask = {body}
    while ask:
        ask = {part for part, whole in part_of.items() if whole in ask} - parts - {body}
        parts |= ask
    return frozenset(parts)


# -- what -----------------------------------------------------------------------------------------


def excluded_terms(goods_scope: str, terms: Iterable[GoodsTerm]) -> list[tuple[str, list[GoodsTerm]]] | None:
    """Each word after ``all except`` with its terms, none where it isn't known; None where a scope excludes nothing."""
    if not goods_scope.startswith(_EXCEPT):
        return None
    known = tuple(terms)
    return [(word, _meaning(word, known)) for word in goods_scope.removeprefix(_EXCEPT).split(", ")]


def goods_covered(goods: str, goods_scope: str, metric: str, terms: tuple[GoodsTerm, ...]) -> GoodsScope:
    """Goods that a statement covers, by its ``goods``, ``goods_scope`` and ``metric``.

    ``all`` covers every category but what ``goods_scope`` excludes. A list covers its categories; where the
    metric's own words name some of them, only those, and of a category that it names by a narrower word (heroin)
    only what that word means.

    Examples
    --------
    >>> heroin = GoodsTerm("heroin", "drugs", "heroin")
    >>> goods_covered("drugs; weapons", "drugs; weapons", "heroin seized", (heroin,)).words
    'drugs (heroin)'
    """
    if goods == "all":
        return _all_but(excluded_terms(goods_scope, terms) or [])
    listed = goods.split("; ")
    named = [term for term in terms if term.goods in listed and _holds(metric, term.term)]
    whole = {term.goods for term in named if not term.pattern}
    narrow = [term for term in named if term.goods not in whole]
    classes = _in_order(term.goods for term in named) if named else _in_order(listed)
    kinds = dict.fromkeys(term.term for term in narrow)
    words = ", ".join(classes) + (f" ({', '.join(kinds)})" if kinds else "")
    return GoodsScope(classes, _patterns(narrow), {}, words)


def _all_but(excluded: list[tuple[str, list[GoodsTerm]]]) -> GoodsScope:
    left_out = [term for _, meanings in excluded for term in meanings]
    whole = {term.goods for term in left_out if not term.pattern}
    narrow = [term for term in left_out if term.goods not in whole]
    classes = tuple(goods for goods in GOODS if goods not in whole)
    names = [*_in_order(whole), *dict.fromkeys(term.term for term in narrow)]
    words = f"all except {', '.join(names)}" if names else "all"
    return GoodsScope(classes, {}, _patterns(narrow), words)


def _meaning(word: str, terms: Iterable[GoodsTerm]) -> list[GoodsTerm]:
    meanings = [term for term in terms if re.fullmatch(f"{re.escape(term.term)}s?", word, re.IGNORECASE)]
    return meanings or [GoodsTerm(goods, goods, "") for goods in GOODS if goods == word]


def _holds(text: str, words: str) -> bool:
    return re.search(rf"\b{re.escape(words)}s?\b", text, re.IGNORECASE) is not None


def _patterns(terms: Iterable[GoodsTerm]) -> dict[str, str]:
    by_goods: dict[str, list[str]] = {}
    for term in terms:
        by_goods.setdefault(term.goods, []).append(term.pattern)
    return {goods: rf"\b(?:{'|'.join(dict.fromkeys(patterns))})" for goods, patterns in by_goods.items()}


def _in_order(goods: Iterable[str]) -> tuple[str, ...]:
    chosen = set(goods)
    return tuple(name for name in GOODS if name in chosen)


# -- where, under which law, in which unit --------------------------------------------------------


def borders_covered(neighbour: str, border_scope: str) -> frozenset[str] | None:
    """Codes of the borders that a statement covers; None for all borders.

    ``neighbour`` holds codes separated by ``"; "``. So may ``border_scope`` (``AIR`` and ``POST`` among them), whose
    codes count too; free text there doesn't.

    Examples
    --------
    >>> sorted(borders_covered("KG", "KG;POST"))
    ['KG', 'POST']
    """
    codes = {code for code in neighbour.split("; ") if code}
    if _CODES.fullmatch(border_scope):
        codes |= {code.strip() for code in border_scope.split(";")}
    return frozenset(codes) or None


def name_borders(borders: frozenset[str] | None) -> str:
    """Borders as a list of codes.

    Examples
    --------
    >>> name_borders(frozenset({"UZ", "KG"})), name_borders(None)
    ('KG, UZ', 'all')
    """
    return ALL_BORDERS if borders is None else ", ".join(sorted(borders))


def articles_of(legal_scope: str) -> frozenset[str]:
    """Articles of law in a legal scope; none where it is blank or unknown.

    Examples
    --------
    >>> sorted(articles_of("Art. 234; Art. 286"))
    ['234', '286']
    """
    return frozenset(_ARTICLE.findall(legal_scope))


def is_countable(unit: str, classes: tuple[str, ...]) -> bool:
    """Whether a figure in this unit can be set beside records: cases, or a quantity of goods.

    Money is a quantity of goods only where currency alone is meant.

    Examples
    --------
    >>> is_countable("kg", ("drugs",)), is_countable("USD", ("drugs",)), is_countable("USD", ("currency",))
    (True, False, True)
    """
    if unit == "USD":
        return classes == ("currency",)
    return unit not in (*_NO_RECORD, read_country()["currency"])


# -- in which words -------------------------------------------------------------------------------


def remarks_in(text: str, remarks: Iterable[Remark]) -> tuple[Remark, ...]:
    """Remarks whose words a text holds, each remark once."""
    named = {remark.remark: remark for remark in remarks if _holds(text, remark.term)}
    return tuple(named.values())


def stated_bound(text: str, value: float) -> str:
    """Whether a text states a figure as a bound: ``at-least``, ``about``, or "" for neither.

    Examples
    --------
    >>> stated_bound("more than 75 billion tenge", 75e9), stated_bound("39 cases, over 3 million packs", 39)
    ('at-least', '')
    """
    for word, digits, scale in _BOUND.findall(text):
        if float(digits.replace(",", "")) * _SCALE[scale.lower()] == value:
            return "at-least" if word.lower() in _LEAST else "about"
    return ""
