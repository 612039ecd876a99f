"""Rows of a CSV file: its encoding and delimiter are found out, then it is read line by line."""

from __future__ import annotations

import codecs
import csv
import io
import math
import re
from itertools import islice, pairwise
from typing import TYPE_CHECKING, BinaryIO

from geo.errors import Fault, InputError
from geo.files.limits import MAX_TEXT, limited, refuse
from geo.files.tables import unescape_formula

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from geo.files.limits import Line

__all__ = ["encoding_of", "read_delimited", "split_rows"]

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
_CHUNK = 1 << 20
_SAMPLE = 64 * 1024
_SAMPLE_ROWS = 60
_STEADY = 0.8
_MANY_NULS = 0.1
# KZ-1048 is Windows-1251 with Kazakh letters in the place of Serbian and Ukrainian ones.
_EIGHT_BITS = {
    "kz1048": "Windows-1251", "cp866": "DOS (cp866)", "koi8-r": "KOI8-R", "mac-cyrillic": "Mac Cyrillic",
    "iso8859-5": "ISO-8859-5", "gb18030": "GBK",
}  # fmt: skip
# What stands within Kazakh words where a text of the older PT154 is taken for KZ-1048: "К‰ні" for "Күні".
_OLDER = re.compile("(?<=[а-яёі])[†‡‰¤¦±µѓњђ](?=[а-яёі])", re.IGNORECASE)
_DASHES = dict.fromkeys("–—…“”‘’", -1.0)
_LETTERS = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"
_FREQUENT = (
    {letter: 2.2 - 2.2 * math.log1p(place) / math.log1p(len(_LETTERS)) for place, letter in enumerate(_LETTERS)}
    | dict.fromkeys("әғқңөұүһі", 1.0)
    | _DASHES
)
# Chinese signs that stand in most texts, and those of a table of seizures.
_HAN = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行"
    "学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些"
    "前外天政四日那社义事平形相全表间样与关各重新线内数正心反明看原又利比或但质气第向道此变条只没结解问意建月公无系"
    "期货单位来源走私查获海口岸斤千克包香烟霍尔果斯哈萨坦边境检日吨箱件毒品武器药酒肉，。：；（）、"
)
_PLAIN = frozenset("№«»°′″§\xa0")

_RARE, _SIGN = -2.0, -3.0
_LEAST, _CLEAR = 0.2, 0.12
_LEAST_PAIRS, _GARBLED = 8, 0.4
_QUOTES = 'quotes (") in pairs around a field, doubled within it; save the table anew as CSV or .xlsx'


def read_delimited(stream: BinaryIO, label: str, *, most_rows: int | None = None) -> tuple[list[Line], list[str]]:
    """Read the rows of a delimited text that hold something, and what was found out: encoding and delimiter."""
    encoding, called = _find_encoding(stream, label)
    try:
        stream.seek(0)
        delimiter, stated = _find_delimiter(_decoded(stream, encoding).read(_SAMPLE))
        notes = [f"{called}, {_DELIMITERS[delimiter]} between fields"]

        def read(*, strict: bool) -> list[Line]:
            stream.seek(0)
            text = _decoded(stream, encoding)
            if stated:
                text.readline()
            rows = split_rows(text, delimiter, label, 1 if stated else 0, strict=strict)
            return list(islice(limited(rows, label), most_rows))

        try:
            lines = read(strict=True)
        except _StrayQuoteError as stray:
            lines = read(strict=False)
            at = stray.line
            if len({len(cells) for _, cells in lines}) > 1 or any(one[0] + 1 != two[0] for one, two in pairwise(lines)):
                refuse(label, f"a quote within a field, at line {at}", _QUOTES)
            notes.append(f'a quote (") within a field, at line {at}: such fields are read without it')
    except UnicodeDecodeError as error:
        refuse(label, f"byte {error.object[error.start]:#04x}", "text in UTF-8, UTF-16 or Windows-1251; save as UTF-8")
    return lines, notes


def encoding_of(head: bytes, label: str) -> str:
    """The encoding of a text by its first bytes, as Python names it."""
    mark = next((encoding for mark, encoding, _ in _BOMS if head.startswith(mark)), "") or _without_mark(head)
    if mark:
        return mark
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _of_eight_bits(head, label)[0]
    return "utf-8"


def _decoded(stream: BinaryIO, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(_Kept(stream), encoding=encoding, newline="")  # type: ignore[arg-type]


class _Kept(io.BufferedIOBase):
    """A stream that a text wrapper may close without closing the caller's."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        return self._stream.read(-1 if size is None else size)

    def read1(self, size: int = -1, /) -> bytes:
        return self._stream.read(size if size > 0 else _CHUNK)


def _find_encoding(stream: BinaryIO, label: str) -> tuple[str, str]:
    """The encoding and what people call it; the whole file is read through once."""
    head = stream.read(_SAMPLE)
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        refuse(label, "text in UTF-32", "text in UTF-8: save it as CSV UTF-8, or as .xlsx")
    for mark, encoding, called in _BOMS:
        if head.startswith(mark):
            return encoding, called
    wide = _without_mark(head)
    if wide:
        return wide, "UTF-16"
    stream.seek(0)
    decoder, offset, chunk, utf8 = codecs.getincrementaldecoder("utf-8")(), 0, head, True
    while chunk:
        chunk = stream.read(_CHUNK)
        if b"\0" in chunk:
            refuse(label, f"a NUL byte at offset {offset + chunk.index(0)}", "text: the file is damaged or no CSV")
        if utf8:
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError:
                utf8 = False
        offset += len(chunk)
    if utf8:
        _refuse_garbled(head.decode("utf-8", "ignore"), label)
        return "utf-8", "UTF-8"
    stream.seek(0)
    return _of_eight_bits(stream.read(_SAMPLE), label)


def _refuse_garbled(text: str, label: str) -> None:
    """Refuse UTF-8 that was once read in a wrong encoding and kept so: "Р”Р°С‚Р°" or "Ð”Ð°Ñ‚Ð°" for "Дата"."""  # noqa: RUF002
    pairs = len(re.findall("[РС][\u0080-\u04ff\u2010-\u2122]|[ÐÑÒÓ][\u0080-\u00bf\u0152-\u02dc\u2010-\u2122]", text))
    western = len(re.findall("[À-ÿ]{2}", text))
    letters = len(re.findall("[А-яЁё]", text))
    plain = len(re.findall("[A-Za-z]", re.sub(r"(?<!\S)\S+://\S+", "", text)))
    if (pairs > _LEAST_PAIRS and pairs > _GARBLED * letters) or (western > _LEAST_PAIRS and 2 * western > plain):
        refuse(label, "text that was saved in a wrong encoding", "text: export it anew as UTF-8 or .xlsx")


def _of_eight_bits(sample: bytes, label: str) -> tuple[str, str]:
    """The encoding of eight bits in which the text looks most like Russian, Kazakh or Chinese words."""
    scores = {encoding: _likeness(sample.decode(encoding, "replace"), encoding) for encoding in _EIGHT_BITS}
    best = max(scores, key=lambda encoding: scores[encoding])
    # Some of them write small letters alike: what reads the same is no other reading.
    text = sample.decode(best, "replace")
    second = max(score for encoding, score in scores.items() if sample.decode(encoding, "replace") != text)
    if scores[best] - second < _CLEAR or scores[best] < _LEAST:
        refuse(label, "text whose encoding is not clear", "text in UTF-8: save it as CSV UTF-8, or as .xlsx")
    if best == "kz1048" and _OLDER.search(text):
        return "ptcp154", "Kazakh of before KZ-1048 (PT154)"
    return best, _EIGHT_BITS[best]


def _likeness(text: str, encoding: str) -> float:
    """Mean score of the letters beyond ASCII: frequent letters, in lower case within words, and no signs."""
    foreign = [sign for sign in text if ord(sign) > 127]  # noqa: PLR2004
    if not foreign:
        return 0.0
    if encoding == "gb18030":
        return 4.0 * sum(sign in _HAN for sign in foreign) / len(foreign) - 1.0
    letters = [sign for sign in foreign if sign not in _PLAIN]
    score = sum(_FREQUENT.get(sign.lower(), _RARE if sign.isalpha() else _SIGN) for sign in letters)
    # Mac's small letters are those of Windows; its capitals are dashes, quotes and blanks there, and vice versa.
    score += _SIGN * len(re.findall(r"(?<![^\s;,|\"])[\xa0–—…“”‘’](?=[а-яёәғқңөұүһі])", text))
    score -= 2.0 * len(re.findall(r"[а-яё][А-ЯЁ]", text)) + 1.0 * len(
        re.findall(r"(?<=[А-ЯЁ]{2})[а-яё](?=[А-ЯЁ])", text)
    )
    return score / max(len(letters), 1)


def _without_mark(head: bytes) -> str:
    """UTF-16 without a byte-order mark: the same half of most characters is a NUL."""
    pairs = len(head) // 2
    if not pairs:
        return ""
    for start, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[start::2].count(0) > _MANY_NULS * pairs and not head[1 - start :: 2].count(0):
            return encoding
    return ""


def _find_delimiter(sample: str) -> tuple[str, bool]:
    """The delimiter that cuts most of the first rows alike; True where a first line ``sep=;`` states it."""
    stated = re.match(r"sep=([,;\t|])\r?\n", sample)
    if stated:
        return stated[1], True
    widths = {sign: _usual_width(sample, sign) for sign in _DELIMITERS}
    # Numbers and texts have commas of their own; the delimiter cuts nearly all rows into one number of fields.
    steady = {sign: width for sign, (width, share) in widths.items() if width > 1 and share >= _STEADY}
    if steady:
        return max(steady, key=lambda sign: steady[sign]), False
    likeliest = max(widths, key=lambda sign: (widths[sign][0] > 1) * widths[sign][0] * widths[sign][1] ** 2)
    if widths[likeliest][0] > 1:
        return likeliest, False
    return next((sign for sign in _DELIMITERS if sign in sample), ","), False


def _usual_width(sample: str, delimiter: str) -> tuple[int, float]:
    """Into how many fields most rows are cut, and how large a share they are."""
    widths: list[int] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            if any(cell.strip() for cell in row):
                widths.append(len(row))
            if len(widths) == _SAMPLE_ROWS:
                break
    except csv.Error:
        return 0, 0.0
    if not widths:
        return 0, 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return usual, widths.count(usual) / len(widths)


class _StrayQuoteError(InputError):
    """A quote in the midst of a field."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__([Fault(file, None, "", f"a quote within a field, at line {line}", _QUOTES)])
        self.line = line


def split_rows(
    text: Iterable[str], delimiter: str, label: str, before: int = 0, *, strict: bool = True
) -> Iterator[Line]:
    """Rows of a delimited text by the number of their first line, those before them counted; () for a blank line."""
    limit = csv.field_size_limit(MAX_TEXT + 1)
    try:
        reader = csv.reader(text, delimiter=delimiter, strict=strict)
        start = 1
        for row in reader:
            yield start + before, tuple(unescape_formula(text) if text.strip() else None for text in row)
            start = reader.line_num + 1
    except csv.Error as error:
        reason = str(error)
        if "expected after" in reason:
            raise _StrayQuoteError(label, reader.line_num + before) from None
        long = f"at most {MAX_TEXT:,} characters in one cell; a quote may be left open"
        refuse(label, f"{reason}, at line {reader.line_num + before}", long if "field larger" in reason else _QUOTES)
    finally:
        csv.field_size_limit(limit)
