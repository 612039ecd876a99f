"""An article: its words, date and outlet, from text or from a saved page, cut into paragraphs and sentences."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from geo.drafting.lexicon import lower
from geo.errors import ShekaraError
from geo.intake.words.dates import read_date

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["MOST_BYTES", "Article", "Sentence", "read_article", "read_text"]

MOST_BYTES = 1_000_000
"""A longer file is a book, or no text."""

_PAGES = (".html", ".htm", ".xhtml", ".mhtml")
_HEAD = re.compile(
    r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4})\s*(?:[·|•—–-]\s*(.{1,120}?))?\s*$"
)
_ADDRESS = re.compile(r"https?://\S+")
_MARKUP = re.compile(r"<(?:html|body|div|p|span|article|br|!doctype)\b", re.IGNORECASE)
_ITEM = re.compile(r"\s*(?:[0-9]\uFE0F?\u20E3|[•▪►●◦*–—-]\s|[0-9]{1,2}[.)]\s)")
_END = re.compile(r"[.!?…]+[»”\")]*(?=\s+[«“\"(—–]?\s*[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ0-9])|\n")
_SHORT = re.compile(
    r"(?:^|[\s(«])(?:[A-ZА-ЯЁӘҒҚҢӨҰҮҺІ]|[a-z]\.[a-z]|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|mr|mrs|dr|st|no|approx|"
    r"г|гг|ул|им|тыс|млн|млрд|руб|тг|кг|см|ст|п|с|д|обл|р-н|т|стр|ж|ок|т\.\s?д|т\.\s?п)\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an article.

    Attributes
    ----------
    start, end
        Offsets into the article's text.
    text
        In small letters (:func:`~geo.drafting.lexicon.lower`).
    paragraph
        Its paragraph's number; the title is 0.
    item
        Whether its paragraph is an item of a list.
    """

    start: int
    end: int
    text: str
    paragraph: int
    item: bool = False


@dataclass(frozen=True, slots=True)
class Article:
    """An article.

    Attributes
    ----------
    text
        Its words: the title, then the paragraphs, parted by blank lines. Offsets of evidence are into this text.
    published
        Its date, None where it gives none.
    outlet, address
        Blank where it gives none.
    name
        Of the file.
    low
        The text in small letters.
    sentences
        In their order; the first paragraph is the title.
    """

    text: str
    published: dt.date | None = None
    outlet: str = ""
    address: str = ""
    name: str = ""
    low: str = field(default="", repr=False)
    sentences: tuple[Sentence, ...] = field(default=(), repr=False)


def read_article(path: str | Path) -> Article:
    """Read an article from a file: plain text, or a saved page.

    Parameters
    ----------
    path
        A ``.txt``, ``.md`` or other text file in UTF-8 or Windows-1251, or ``.html``.

    Returns
    -------
    Article

    Raises
    ------
    ShekaraError
        When the file is no text, or too long.
    """
    file = Path(path)
    raw = file.read_bytes()
    if len(raw) > MOST_BYTES:
        raise ShekaraError(f"{file.name}: {len(raw):,} bytes, more than an article has (at most {MOST_BYTES:,})")
    if b"\x00" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ShekaraError(f"{file.name}: no text, but a file of another kind; save the article as .txt or .html")
    page = file.suffix.lower() in _PAGES
    text = _decode(raw)
    return read_text(text, name=file.name, page=page or bool(_MARKUP.search(text[:2000])))


def _decode(raw: bytes) -> str:
    for encoding in ("utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig", "cp1251"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", errors="replace")


def read_text(text: str, *, name: str = "", page: bool | None = None) -> Article:
    """Read an article from its text.

    Parameters
    ----------
    text
        Its words; the first line may give date and outlet (``2024-07-04 · Example Gazette``).
    name
        Of its file.
    page
        Whether the text is a page's HTML; by default it is when it has a page's tags.

    Returns
    -------
    Article

    Examples
    --------
    >>> article = read_text("2024-07-04 · Example Gazette\\nA tunnel\\n\\nIt was found yesterday.")
    >>> article.published, article.outlet, len(article.sentences)
    (datetime.date(2024, 7, 4), 'Example Gazette', 2)
    """
    if page or (page is None and _MARKUP.search(text[:2000])):
        return _from_page(text, name)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip("\ufeff\n ").split("\n")
    published, outlet, address = None, "", ""
    if lines and (head := _HEAD.match(lines[0])):
        day = read_date(head[1]).date
        published = dt.date.fromisoformat(day) if day else None
        outlet, lines = (head[2] or "").strip(), lines[1:]
    if lines and (found := _ADDRESS.fullmatch(lines[0].strip())):
        address, lines = found[0], lines[1:]
    return _cut("\n".join(lines).strip(), published, outlet, address, name)


def _from_page(html: str, name: str) -> Article:
    """The main text of a page, with the date and outlet that its metadata give."""
    try:
        import trafilatura  # noqa: PLC0415  (an extra; slow to load)
    except ImportError:
        raise ShekaraError(f"{name or 'a page'} needs the extra 'drafting': pip install 'shekara[drafting]'") from None
    # An empty or broken page is an article without words; the caller says so.
    found = trafilatura.bare_extraction(html, include_comments=False, include_tables=False, with_metadata=True)
    if found is None:
        return _cut("", None, "", "", name)
    body = re.sub(r"\n+", "\n\n", (found.text or "").strip())
    title = " ".join((found.title or "").split())
    if title and not body.startswith(title):
        body = f"{title}\n\n{body}"
    day = read_date(found.date or "").date
    published = dt.date.fromisoformat(day) if len(day) == len("2024-07-04") else None
    return _cut(body, published, found.sitename or "", found.url or "", name)


def _cut(text: str, published: dt.date | None, outlet: str, address: str, name: str) -> Article:
    low = lower(text)
    return Article(text, published, outlet, address, name, low, tuple(_sentences(text, low)))


def _sentences(text: str, low: str) -> Iterator[Sentence]:
    for number, block in enumerate(_blocks(text)):
        begin, end = block
        item = bool(_ITEM.match(text[begin:end]))
        start = begin
        for stop in _END.finditer(text, begin, end):
            before = text[start : stop.end()]
            if stop[0] == "." and _SHORT.search(before[-12:]):
                continue
            if low[start : stop.end()].strip():
                yield Sentence(start, stop.end(), low[start : stop.end()], number, item)
            start = stop.end()
        if low[start:end].strip():
            yield Sentence(start, end, low[start:end], number, item)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Paragraphs: the first line is the title, then what blank lines or items of a list part."""
    blocks: list[tuple[int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        bare, start = line.strip(), at
        at += len(line)
        if not bare:
            blocks.append((at, at))
        elif blocks and blocks[-1][0] != blocks[-1][1] and len(blocks) > 1 and not _ITEM.match(line):
            blocks[-1] = (blocks[-1][0], at)
        else:
            blocks.append((start, at))
    return [(start, end) for start, end in blocks if start != end]
