"""Quantities with their units, and sums of money, as people write them in three languages."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.intake.words.folding import fold
from geo.intake.words.numbers import SPACE, TOKEN, read_number
from geo.intake.words.vocabularies import table
from geo.language.texts import read_country
from geo.paths import of_country
from geo.vocabulary import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Amount", "names_home_money", "plain_names", "read_money", "read_quantity", "read_unit"]

_COUNTED = frozenset(
    ("piece", "head", "pair", "pack", "cigarette", "ampoule", "bottle", "box", "bale", "parcel", "truck", "wagon")
)
_SCIENTIFIC = re.compile(r"[0-9]+(?:\.[0-9]+)?e[+-]?[0-9]{1,3}(?![^\s])", re.IGNORECASE)
_WHOLE = rf"([0-9]{{1,3}}(?:[{SPACE}][0-9]{{3}})+|[0-9]+)\s*"
_COMPOUND = re.compile(
    rf"(?:{_WHOLE}(?:тонн\w*|тн|т|tonnes?|t)\b\.?)?(?:\s*(?:и\s+)?{_WHOLE}(?:килограмм\w*|кг|kg)\b\.?)?"
    rf"(?:\s*(?:и\s+)?{_WHOLE}(?:грамм\w*|гр|г|grams?|g)\b\.?)?",
    re.IGNORECASE,
)
_INSIDE_WORD = re.compile(r"[^\W\d_][-–]?$")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit, as far as it could be read."""

    number: float = math.nan
    unit: str = ""
    problem: str = ""
    about: bool = False  # whether the text says "about", "more than", "up to"


@of_country()
def _said(kind: str) -> re.Pattern[str]:
    """What may stand beside an amount, as words for about."""
    return re.compile(table("units")["words"][kind], re.IGNORECASE)


def read_quantity(value: Any, *, unit: str = "", stated: str = "", goods: str = "", decimal: str = "") -> Amount:
    """Read a quantity.

    Examples
    --------
    >>> read_quantity("3,5 млн пачек")
    Amount(number=3500000.0, unit='pack', problem='', about=False)
    >>> read_quantity(500, unit="г")
    Amount(number=0.5, unit='kg', problem='', about=False)
    """
    try:
        return _quantity(value, unit, stated, goods=goods, decimal=decimal)
    except _NoAmountError as reason:
        return Amount(problem=str(reason))


class _NoAmountError(Exception):
    """Reason why a cell is no amount."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One number in a text: its figures, what it is multiplied by, the words after it, whether it is only about."""

    figures: str
    factor: float
    rest: str
    about: bool


def _quantity(value: Any, unit: str, stated: str, *, goods: str, decimal: str) -> Amount:
    apart = read_unit(unit or stated, goods)
    if not isinstance(value, str):
        return _with_unit(_plain_number(value), apart, unit or stated)
    parts = _take_apart(_said("money_first").sub(r"\1 usd", value))
    within = _leading_unit(parts.rest, goods)
    both = within or apart
    if within and apart and unit and within != apart:
        raise _NoAmountError(f"the unit here ({parts.rest}) and that of its own column ({unit}) differ")
    if parts.rest.strip(". ") and not within and not (apart and _names_goods(parts.rest)):
        raise _NoAmountError(f"{parts.rest!r} is no unit of the list")
    if parts.factor != 1 and not within and _multiplied(unit or stated)[0] != 1:
        raise _NoAmountError(f"a multiple here and another in {unit or stated!r}")
    if _said("rate").search(parts.rest):
        raise _NoAmountError("an amount for each span of time")
    whole = both is not None and both[0] in _COUNTED and parts.factor == both[1] == 1
    number, doubt = _grouped(parts.figures, decimal) if whole else read_number(parts.figures, decimal)
    if doubt:
        raise _NoAmountError(doubt)
    read = _with_unit(number * parts.factor, both, unit or stated or parts.rest)
    return Amount(read.number, read.unit, about=parts.about)


def _grouped(figures: str, decimal: str = "") -> tuple[float, str]:
    """A number of which nobody writes thousandths, as packs or money: "1,250" is more than a thousand."""
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", figures):
        return float(re.sub("[.,]", "", figures)), ""
    return read_number(figures, decimal)


def _plain_number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise _NoAmountError("no number of 0 or more")
    return float(value)


def _take_apart(value: str) -> _Told:
    """The one number of a text and the words around it."""
    text = _whole(" ".join(value.split()))
    if power := _SCIENTIFIC.match(text):
        text = f"{float(power[0]):f}".rstrip("0").rstrip(".") + text[power.end() :]
    about = bool(_said("about").match(text) or _said("about_after").search(text))
    text = _in_figures(_said("about_after").sub(" ", _said("about").sub("", text)).strip())
    tokens = [one for one in TOKEN.finditer(text) if not _INSIDE_WORD.search(text[: one.start()])]
    if not tokens:
        raise _NoAmountError("no number in figures")
    rest = text[tokens[0].end() :].strip()
    if len(tokens) > 1 or re.search(r"[0-9]", text[: tokens[0].start()] + rest.replace("м3", "").replace("m3", "")):
        raise _NoAmountError("more than one number")
    before = text[: tokens[0].start()].strip(" ~:")
    if before.casefold() not in table("units")["words"]["before"]:
        raise _NoAmountError("a number below 0" if before in ("-", "−", "–") else f"{before!r} is not understood")
    factor, rest = _multiplier(rest)
    return _Told(tokens[0][0], factor, rest, about)


_HALVES = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _whole(text: str) -> str:
    """A text with its fractions in decimals, and "2 x 500" as one number."""
    for sign, part in _HALVES.items():
        text = re.sub(rf"(?<![\d.,])(\d*){sign}", lambda match, part=part: f"{int(match[1] or 0) + part:g}", text)  # type: ignore[misc]
    product = re.match(r"(\d{1,4})\s*[x×х*]\s*(\d{1,6})(?=\s+[^\W\d_])", text, re.IGNORECASE)
    return f"{int(product[1]) * int(product[2])}{text[product.end() :]}" if product else text


def _in_figures(text: str) -> str:
    """A text that begins with a small number in words, with that number in figures; a compound weight as one."""
    both = _COMPOUND.fullmatch(text)
    parts = [None if part is None else int(re.sub(r"\s", "", part)) for part in both.groups()] if both else []
    stated = [part for part in parts if part is not None]
    if len(stated) > 1 and all(part < 1000 for part in stated[1:]):  # noqa: PLR2004
        tonnes, kilograms, grams = (part or 0 for part in parts)
        # Four decimals can't be taken for a group of thousands.
        return f"{tonnes * 1000 + kilograms}" + (f".{grams:03d}0" if grams else "") + " кг"
    first, _, rest = text.partition(" ")
    for number, words in table("units")["numerals"].items():
        if first.casefold() in words:
            return f"{number} {rest}"
    return text


def _with_unit(number: float, unit: tuple[str, float] | None, text: str) -> Amount:
    if unit is None:
        raise _NoAmountError(f"{text!r} is no unit of the list" if text.strip(" .") else "no unit is stated")
    # Twelve figures, so that 0.1 × 3 leaves no trace of the multiplication.
    return Amount(float(f"{number * unit[1]:.12g}"), unit[0])


def _names_goods(rest: str) -> bool:
    """Whether what follows a number only names the goods."""
    from geo.intake.words.terms import read_goods  # noqa: PLC0415  (only for such texts)

    return bool(read_goods(rest).category)


def _multiplier(text: str) -> tuple[float, str]:
    for factor, words in table("units")["multiples"].items():
        match = re.match(rf"(?:{words})(?=\W|$)\s*", text, re.IGNORECASE)
        if match:
            return float(factor), text[match.end() :].strip()
    return 1.0, text


def _multiplied(unit: str) -> tuple[float, str]:
    """A unit without its multiple, which stands before or after it: "тыс. кг", "кг, тыс."."""
    factor, rest = _multiplier(unit.strip().casefold())
    after = re.fullmatch(r"(.+?)[\s,(]+([^\s,()]+)\)?", rest) if factor == 1 else None
    multiple, left = _multiplier(after[2]) if after else (1.0, "")
    return (multiple, after[1]) if after and multiple != 1 and not left.strip(".") else (factor, rest)


def _leading_unit(text: str, goods: str) -> tuple[str, float] | None:
    words = [word.strip(".,;()") for word in re.sub(r"\.(?=\w)", " ", text.casefold()).split()]
    for start in range(min(2, len(words))):
        if start and not _said("adjective").match(words[0]):
            break
        for length in (3, 2, 1):
            if start + length <= len(words):
                unit = _unit_of(" ".join(words[start : start + length]), goods)
                if unit:
                    # "5 т. пачек" are five thousand packs, "5 т" five tonnes.
                    thousands = words[start] == "т" and any(_unit_of(word, goods) for word in words[start + 1 :])
                    return None if thousands else unit
    return None


def read_unit(text: str, goods: str = "") -> tuple[str, float] | None:
    """Read a unit, with what its number must be multiplied by.

    Examples
    --------
    >>> read_unit("тыс. пачек"), read_unit("шт."), read_unit("ц"), read_unit("stère")
    (('pack', 1000.0), ('piece', 1.0), ('kg', 100.0), None)
    """
    if not text or not text.strip():
        return None
    if text.strip() in UNITS:
        return text.strip(), 1.0
    factor, rest = _multiplied(text)
    unit = _leading_unit(rest, goods)
    return None if unit is None else (unit[0], unit[1] * factor)


@of_country(maxsize=4096)
def _unit_of(words: str, goods: str) -> tuple[str, float] | None:
    if not words:
        return None
    if goods == "tobacco" and words.startswith(("қорап", "қораб")):
        return "pack", 1.0
    lists = table("units")
    for unit, known in lists.items():
        if unit in UNITS and _matches(words, known):
            return unit, 1.0
    for measure in lists["times"].values():
        if _matches(words, measure["words"]):
            return measure["unit"], float(measure["factor"])
    key = fold(words)
    alike = {unit for unit, names in _folded_units() if key in names}
    if len(alike) != 1:
        return None
    return ("pack" if key == "korap" and goods == "tobacco" else alike.pop()), 1.0


@of_country()
def _folded_units() -> tuple[tuple[str, frozenset[str]], ...]:
    """Russian and Kazakh words for units as they are written in Latin letters ("litr", "qorap")."""
    lists = {unit: words for unit, words in table("units").items() if unit in UNITS}
    return tuple(
        (unit, frozenset(fold(word) for word in words if not word.isascii() and len(fold(word.rstrip("*"))) > 3))  # noqa: PLR2004
        for unit, words in lists.items()
    )


def _matches(words: str, known: list[str]) -> bool:
    given = words.split()
    for phrase in known:
        parts = phrase.split()
        if len(parts) == len(given) and all(
            one.startswith(part[:-1]) if part.endswith("*") else one == part
            for one, part in zip(given, parts, strict=True)
        ):
            return True
    return False


def read_money(value: Any, *, stated: str = "", decimal: str = "") -> tuple[float, str, str]:
    """Read a sum of money of the country's own (``country.toml``); of another one it stays text.

    Examples
    --------
    >>> read_money("12,5 млн тенге"), read_money("25 000 $")
    ((12500000.0, '', ''), (nan, '25 000 $', ''))
    """
    text = value.strip() if isinstance(value, str) else ""
    own, others = _currencies()
    if others.search(own.sub(" ", text)):
        return math.nan, text, ""
    at_home = bool(own.search(stated) or own.search(text))
    try:
        number = _money(value, stated, own if at_home else None, decimal=decimal)
    except _NoAmountError as reason:
        return math.nan, text, str(reason)
    if at_home:
        return number, "", ""
    written = f"{text or f'{number:.12g}'} {stated}".strip()
    return math.nan, written, "" if others.search(stated) else "no currency is stated"


def _money(value: Any, stated: str, own: re.Pattern[str] | None, *, decimal: str) -> float:
    times, _ = _multiplier(stated.casefold())
    if not isinstance(value, str):
        return float(f"{_plain_number(value) * times:.12g}")
    parts = _take_apart(own.sub(" ", value) if own else value)
    if own and parts.rest.strip(". "):
        raise _NoAmountError(f"{parts.rest!r} is not understood")
    number, doubt = (
        _grouped(parts.figures, decimal) if parts.factor == times == 1 else read_number(parts.figures, decimal)
    )
    if doubt:
        raise _NoAmountError(doubt)
    # A cell that says its own multiple or currency stands for itself.
    alone = parts.factor != 1 or (own and own.search(value))
    return float(f"{number * (parts.factor if alone else times):.12g}")


def names_home_money(text: str) -> bool:
    """Whether a text is a name of the country's money and nothing else."""
    return bool(_currencies()[0].fullmatch(text.strip()))


def plain_names(code: str, names: Iterable[str]) -> list[str]:
    """Names of a currency (ISO 4217) that neither another one of the word lists has, nor a multiple, as K."""
    others = re.compile(_names_but(code), re.IGNORECASE)
    return [name for name in dict.fromkeys(names) if not others.search(name) and _multiplier(name)[0] == 1]


def _currencies() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What the country's money is called, and what others' is."""
    country = read_country()
    return _patterns(country["currency"], country["currency_sign"], tuple(country.get("currency_words", ())))


@of_country()
def _patterns(code: str, sign: str, words: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    listed = table("units")["money"].get(code)
    own = [*([listed] if listed else []), *map(_as_word, [*plain_names(code, (code, sign)), *words])]
    return re.compile("|".join(own), re.IGNORECASE), re.compile(_names_but(code), re.IGNORECASE)


def _names_but(code: str) -> str:
    return "|".join(names for currency, names in table("units")["money"].items() if currency != code)


def _as_word(name: str) -> str:
    """A pattern of a name that is no part of a longer word; one that ends in "*" has any ending."""
    begin, end = (r"(?<![^\W\d_])" if name[0].isalpha() else ""), (r"(?![^\W\d_])" if name[-1].isalpha() else "")
    return begin + re.escape(name.removesuffix("*")) + (r"\w*" if name.endswith("*") else end)
