"""An article: its words, date and outlet, from text or from a saved page, cut into paragraphs and sentences."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo.drafting.days import find_days
from geo.drafting.lexicon import DAY, Shapes, lower
from geo.errors import InputError, ShekaraError
from geo.files.delimited import encoding_of
from geo.intake.words.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "Article", "Sentence", "read_article", "read_text"]

_SHAPES = Shapes("article")

MOST_BYTES = 1_000_000
"""A longer file is a book, or no text."""

_TABLES = (".geojson", ".json", ".csv", ".xlsx", ".parquet", ".gpkg")
_PAGES = (".html", ".htm", ".xhtml", ".mhtml")
_LONGEST = 2000
"""Letters of a sentence; a longer one is a table or no prose, and is cut."""
_LONG = re.compile(r"\w{1001}")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence: offsets, words in small letters, paragraph (a title is 0), whether that is an item of a list."""

    start: int
    end: int
    text: str
    paragraph: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article: words (offsets of evidence are into them), date, outlet, address, file; small letters, sentences."""

    text: str
    published: dt.date | None = None
    outlet: str = ""
    address: str = ""
    name: str = ""
    low: str = field(default="", repr=False)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


def read_article(path: str | Path) -> Article:
    """Read an article from a file: text, in whatever encoding it is, or a saved page.

    Raises
    ------
    ShekaraError
        When the file is no text, or one in no known encoding, or it or one of its words is too long.
    """
    file = Path(path)
    if file.is_dir():
        raise ShekaraError(f"{file}: a folder; name the articles in it")
    if file.suffix.lower() in _TABLES:
        raise ShekaraError(f"{file.name}: records, and no article; `shekara check` and `shekara import` read them")
    if file.exists() and not file.is_file():
        raise ShekaraError(f"{file}: no file of text")
    with file.open("rb") as stream:
        raw = stream.read(MOST_BYTES + 1)
    if len(raw) > MOST_BYTES:
        raise ShekaraError(f"{file.name}: more than an article has (at most {MOST_BYTES:,} bytes)")
    if b"\x00" in raw[:4096] and not raw.startswith(_WIDE):
        raise ShekaraError(f"{file.name}: no text, but a file of another kind; save the article as .txt or .html")
    try:
        text = raw.decode(encoding_of(raw, file.name))
    except (InputError, UnicodeDecodeError):
        raise ShekaraError(f"{file.name}: text whose encoding is not clear; save it as UTF-8") from None
    return read_text(text, name=file.name, page=file.suffix.lower() in _PAGES or None)


def read_text(text: str, *, name: str = "", page: bool | None = None) -> Article:
    r"""Read an article from its text.

    The first line may give date and outlet. ``page``: whether it is HTML, by default when it has a page's tags.

    Examples
    --------
    >>> article = read_text("2024-07-04 · Example Gazette\nA tunnel\n\nIt was found yesterday.")
    >>> article.published, article.outlet, len(article.sentences)
    (datetime.date(2024, 7, 4), 'Example Gazette', 2)
    """
    if page or (page is None and _SHAPES.markup.search(text[:2000])):
        return _from_page(text, name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n ").split("\n")
    published, outlet, address = None, "", ""
    if head := _SHAPES.head.match(lines[0]):
        published, outlet, lines = _day(head[1]), (head[2] or "").strip(), lines[1:]
    if lines and (match := _SHAPES.address.fullmatch(lines[0].strip())):
        address, lines = match[0], lines[1:]
    body = "\n".join(lines).strip()
    if published is None:
        published, body = _own_day(body)
    return _cut(body, published, outlet, address, name)


def _own_day(text: str) -> tuple[dt.date | None, str]:
    """The day of a dateline at the head or foot of a text, and the text without it; else the day that it was told."""
    for shape, most in ((_SHAPES.dateline, _LONGEST), (_SHAPES.under, 200), (_SHAPES.foot, len(text))):
        line = shape.search(text, 0, most)
        days = [day for day in find_days(lower(line[0]), None) if len(day.value) == DAY] if line else []
        if line and days:
            rest = text[: line.start()] + "\n" + text[line.end() :]
            return dt.date.fromisoformat(days[0].value), rest.strip()
    days_told = [day.value for day in find_days(lower(text), None) if day.role == "told" and len(day.value) == DAY]
    return (dt.date.fromisoformat(days_told[0]) if days_told else None), text


def _day(text: str) -> dt.date | None:
    day = read_date(text).date
    return dt.date.fromisoformat(day) if len(day) == DAY else None


def _from_page(html: str, name: str) -> Article:
    """The main text of a page, with the date and outlet that its metadata give."""
    try:
        import trafilatura  # noqa: PLC0415  (an extra; slow to load)
    except ImportError:
        raise ShekaraError(f"{name or 'a page'} needs the extra 'drafting': pip install 'shekara[drafting]'") from None
    # An empty or broken page is an article without words; the caller says so.
    extracted = trafilatura.bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    if not isinstance(extracted, trafilatura.settings.Document):
        return _cut("", None, "", "", name)
    body = re.sub(r"\n+", "\n\n", (extracted.text or "").strip())
    title = " ".join((extracted.title or "").split())
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    return _cut(body, _day(extracted.date or ""), extracted.sitename or "", extracted.url or "", name)


def _cut(text: str, published: dt.date | None, outlet: str, address: str, name: str) -> Article:
    if _LONG.search(text):  # to look for names in it takes the square of its length
        raise ShekaraError(f"{name or 'the text'}: a word of more than 1,000 letters; take out what is no text")
    low = lower(text)
    return Article(text, published, outlet, address, name, low, tuple(_sentences(text, low)))


def _sentences(text: str, low: str) -> Iterator[Sentence]:
    blocks = _blocks(text)
    titled = len(blocks) > 1 and not _SHAPES.no_title.search(text[slice(*blocks[0])].strip())
    for number, (start, end) in enumerate(blocks, start=0 if titled else 1):
        item = bool(_SHAPES.item.match(text[start:end]))
        stops = [
            hit.end()
            for hit in _SHAPES.end.finditer(text, start, end)
            if hit[0] != "." or not _SHAPES.short.search(text[max(start, hit.end() - 12) : hit.end()])
        ]
        first = start
        for stop in sorted({*stops, end}):
            while first < stop:
                part = min(stop, first + _LONGEST)
                if low[first:part].strip():
                    yield Sentence(first, part, low[first:part], number, item)
                first = part


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs: the first line is the title, then what blank lines or items of a list part."""
    blocks: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            blocks.append((at, at))
        elif len(blocks) > 1 and blocks[-1][0] != blocks[-1][1] and not _SHAPES.item.match(line):
            blocks[-1] = (blocks[-1][0], at)
        else:
            blocks.append((start, at))
    return [(start, end) for start, end in blocks if start != end]
