"""Single cells as their author reads them: text, degrees, points, articles of law."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from geo.incidents.cells import ARTICLES

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["add_sentence", "clean_text", "plain_text", "read_articles", "read_degrees", "read_point", "show_cell"]

_OURS = "Note of the import"
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_ARTICLE_WORDS = re.compile(r"(?:ст|стать\w*|art|article\w*|бап\w*|ук|қк)\b\.?", re.IGNORECASE)
_FOREIGN_LAW = re.compile(
    r"\b(?:рф|ru|russia\w*|росси\w*|кр|кыргыз\w*|узб\w*|коап|әқбтк|administrative|administr\w*|админ\w*)\b",
    re.IGNORECASE,
)


def read_point(cells: dict[str, Any], note: Callable[..., None]) -> dict[str, float | None]:
    """Longitude and latitude, from one cell or from two; both or neither."""
    given = {field: cells.get(field) for field in ("lon", "lat")}
    pair = cells.get("coordinates")
    if pair is not None and not any(value is not None for value in given.values()):
        numbers = [number.replace(",", ".") for number in re.findall(r"-?\d{1,3}[.,]\d+", show_cell(pair))]
        if len(numbers) != 2:  # noqa: PLR2004
            note("coordinates", pair, "no latitude and longitude in degrees")
            return {"lon": None, "lat": None}
        # People write the latitude first.
        given = {"lat": numbers[0], "lon": numbers[1]}
    point = {field: None if value is None else read_degrees(value) for field, value in given.items()}
    for field, value in given.items():
        if value is not None and point[field] is None:
            note(field, value, "no degrees")
        elif value is not None and all(other is None for name, other in given.items() if name != field):
            note(field, value, "longitude without latitude" if field == "lon" else "latitude without longitude")
    return point if None not in point.values() else {"lon": None, "lat": None}


def read_degrees(value: Any, most: float = 180.0) -> float | None:
    """Degrees, or another number up to ``most``; None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if abs(value) <= most else None
    text = show_cell(value).strip().replace("°", "").replace(",", ".")
    if not re.fullmatch(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", text):
        return None
    number = float(text)
    return number if abs(number) <= most else None


def read_articles(text: str, note: Callable[..., None]) -> str:
    """Articles of the Criminal Code as the schema writes them."""
    if not text or re.fullmatch(ARTICLES, text):
        return text
    numbers = re.findall(r"\d+(?:[-.]\d+)?", text)
    if (
        _FOREIGN_LAW.search(text)
        or not numbers
        or not (_ARTICLE_WORDS.search(text) or re.fullmatch(r"[\d\s,;.-]+", text))
    ):
        note("legal_scope", text, "no articles of the Criminal Code of Kazakhstan")
        return ""
    if re.search(r"\bч\w*\.?\s*\d|\bп\w*\.?\s*\d", text, re.IGNORECASE):
        # Parts and points of an article are not its number.
        numbers = re.findall(r"(?:ст\w*|art\w*)\.?\s*(\d+(?:[-.]\d+)?)", text, re.IGNORECASE)
    return "; ".join(f"Art. {number}" for number in dict.fromkeys(numbers))


def clean_text(value: Any, field: str, note: Callable[..., None]) -> str:
    """A cell as text without control characters, which are noted."""
    text = plain_text(value)
    if _CONTROL.search(text):
        note(field, text, "control characters", "left out of the text")
        text = _CONTROL.sub(" ", text).strip()
    return text


def plain_text(value: Any) -> str:
    """A cell as text without blanks around it; "" for nothing."""
    return "" if value is None else show_cell(value).strip()


def show_cell(value: Any) -> str:
    """A cell as its author reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    return str(value)


def add_sentence(text: str, more: str) -> str:
    """A text of the table's author with a sentence of the import, which is marked as such."""
    return f"{text} | {_OURS}: {more}." if text else f"{_OURS}: {more}."
