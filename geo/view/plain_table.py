"""The records as a bare table, for a reader whose browser runs no script."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from geo.language.catalogue import say
from geo.language.dates import write_date
from geo.view.card import is_web
from geo.view.headings import reader, write_heading

if TYPE_CHECKING:
    from geo.view.atlas.atlas import Atlas

__all__ = ["write_plain_table"]

_REFUSED = "refused_entry"


def write_plain_table(atlas: Atlas, *, lang: str = "en", include_refused: bool = False) -> str:
    """Write a table of the records: date, heading, source."""
    get = reader(atlas)
    everything = range(len(atlas.data["records"]["id"]))
    shown = [i for i in everything if include_refused or get(i, "outcome_class") != _REFUSED]
    shown.sort(key=lambda i: (get(i, "date"), -i), reverse=True)
    heads = "".join(f"<th>{escape(say(lang, key))}" for key in ("field.date", "kind.record", "field.source"))
    rows = "\n".join(
        f"<tr><td>{escape(write_date(lang, get(i, 'date')))}<td>{escape(write_heading(atlas, i, lang=lang))}"
        f"<td>{_source(get(i, 'source_publisher'), get(i, 'source_url'))}"
        for i in shown
    )
    out = len(everything) - len(shown)
    note = f"<p>{escape(say(lang, 'sum.refused-out', n=out))}</p>" if out else ""
    caption = escape(say(lang, "card.records", n=len(shown)))
    return f'{note}<table class="plain-table"><caption>{caption}<thead><tr>{heads}<tbody>\n{rows}\n</table>'


def _source(publisher: str, url: str) -> str:
    """The source as a link, or as text where it is no web address."""
    text = escape(publisher or url)
    return f'<a href="{escape(url)}" lang=en>{text}</a>' if is_web(url) else text
