"""Facts that a free text tells beside what is read from it: said to the reader, never taken."""

from __future__ import annotations

import re

from geo.intake.words.amounts import read_unit

__all__ = ["told_in"]

_AMOUNT = re.compile(
    r"(?<![\d./-])(\d[\d  .,]*)\s*((?:тыс|млн|млрд|мың|thousand|million)\w*\.?\s+)?([^\W\d_]{1,15})\b", re.IGNORECASE
)
_YEAR = re.compile(r"(?:19|20)\d{2}\s*")
_DATE = re.compile(
    r"(?<!\d)(?:\d{1,2}[./]\d{1,2}[./](?:19|20)\d{2}|(?:19|20)\d{2}-\d{2}-\d{2}|\d{1,2}\s+(?:янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|"
    r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\.?\s+(?:19|20)\d{2})",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"(?:\b(?i:кпп|апп|мапп|погранпереход\w*|пункт\w*\s+пропуска|таможенн\w+\s+пост\w*|пост\w{0,2}|checkpoint|border crossing|"  # noqa: E501
    r"airport|аэропорт\w*)\s+[«\"“]?[^\W\d_][\w-]+|[\w-]+(?:ской|ская|ском)\s+(?:област\w*|обл\b|район\w*)|[\w-]+\s+(?:облыс\w*|аудан\w*)|"
    r"\b(?:в|near|at|in)\s+[A-ZА-ЯӘҒҚҢӨҰҮҺІ][\w-]{3,})"
)


def told_in(text: str) -> dict[str, str]:
    """Find amounts, dates and places in a text: field and the words.

    Examples
    --------
    >>> told_in("🚨 На КПП «Кордай» изъяли 500 пачек сигарет")
    {'quantity': '500 пачек', 'place_name': 'КПП «Кордай'}
    """
    clues = {}
    for amount in _AMOUNT.finditer(text):
        number, _, word = amount.groups()
        if read_unit(word) and not (_YEAR.fullmatch(number) and word.casefold() in ("г", "t", "т")):
            clues["quantity"] = amount[0].strip()
            break
    if date := _DATE.search(text):
        clues["date"] = date[0]
    if place := _PLACE.search(text):
        clues["place_name"] = place[0]
    return clues
