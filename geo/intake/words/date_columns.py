"""Facts that a whole column tells of its dates: the order of day and month, and whether Excel exchanged them."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

from geo.intake.words.dates import EITHER
from geo.intake.words.days import MONTHS, MOST_DAYS, SHORT_YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["find_order", "half_converted"]

_FIGURES = re.compile(r"([0-9]{1,2})\s*[./-]\s*([0-9]{1,2})\s*[./-]\s*[0-9]{2,4}")


def half_converted(values: Iterable[Any]) -> bool:
    """Whether Excel may have exchanged day and month in the true dates of a column.

    It does where it reads ``07/03/2024`` as the 3rd of July and leaves ``23/07/2024`` as text: then no true date has a
    day above 12, and no text, with slashes or dots, has both figures below 13.
    """
    cells = list(values)
    dates = [value for value in cells if isinstance(value, dt.date)]
    texts = [match for value in cells if isinstance(value, str) and (match := _FIGURES.match(value.strip()))]
    above = [max(int(match[1]), int(match[2])) > MONTHS for match in texts]
    return len(dates) > 0 < len(texts) and all(above) and all(date.day <= MONTHS for date in dates)


def find_order(values: Iterable[Any]) -> str:
    """Tell from a whole column which comes first in dates with slashes or hyphens, the day or the month.

    Examples
    --------
    >>> find_order(["07/23/2024", "03/07/2024"]), find_order(["03/07/2024"]), find_order(["23/07/24", "07/23/24"])
    ('mdy', '', '')
    """
    seen = set()
    for value in values:
        match = EITHER.match(value.strip()) if isinstance(value, str) else None
        # "24-07-03" may begin with its year.
        if match and not (match[2] == "-" and len(match[4]) == SHORT_YEAR and int(match[4]) <= MOST_DAYS):
            first, second = int(match[1]), int(match[3])
            if first > MONTHS >= second:
                seen.add("dmy")
            elif second > MONTHS >= first:
                seen.add("mdy")
    return seen.pop() if len(seen) == 1 else ""
