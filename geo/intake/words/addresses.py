"""Addresses of sources in what people write: found whole, and never changed."""

from __future__ import annotations

import html
import re

__all__ = ["find_addresses", "is_map", "read_addresses"]

_START = re.compile(r"https?://", re.IGNORECASE)
_WHOLE = re.compile(r"https?://[^\s/]\S*", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"|]+", re.IGNORECASE)
_APART = re.compile(r"[,;]+\s*(?=https?://)|[,;]*\s+", re.IGNORECASE)
_BARE = re.compile(
    r"(?<![\w@./:-])(?:(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:kz|қаз|ru|рф|com|org|net|info|kg|uz|tm|cn|gov|media|news|asia)(?:/[^\s<>\"|]*)?"
    r"|(?:t|telegram)\.me/[^\s<>\"|]+|archive\.(?:ph|today|is|md|vn|li|fo|org)/[^\s<>\"|]+|youtu\.be/[^\s<>\"|]+)",
    re.IGNORECASE,
)
_OTHER_SCHEME = re.compile(r"\b(?!https?://)[a-z][a-z0-9+.-]*:/", re.IGNORECASE)
_MAP = re.compile(
    r"https?://(?:maps\.google\.|(?:www\.)?google\.[a-z.]+/maps|goo\.gl/maps|maps\.app\.goo\.gl|(?:[a-z]+\.)?yandex\.[a-z.]+/(?:maps|navi)|"
    r"maps\.yandex\.|2gis\.|(?:www\.)?openstreetmap\.org)",
    re.IGNORECASE,
)
_PHOTO = re.compile(r"\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?)(?:\?\S*)?$", re.IGNORECASE)
_LINK = re.compile(r"<a\s[^>]*href=", re.IGNORECASE)
_WITHIN = re.compile(r"(?!https?:)(?:[\w-]+\.)+[a-z]{2,}/\S*https?://\S+", re.IGNORECASE)  # as an archive's
_FEW = 3
_PAIRS = {")": "(", "]": "[", "}": "{", "»": "«", "”": "“", "’": "‘"}


def is_map(text: str) -> bool:
    """Whether a text is the address of a map."""
    return _MAP.match(text.strip()) is not None


def find_addresses(text: str) -> list[str]:
    """Every address with its scheme in a text, as it stands there.

    Examples
    --------
    >>> find_addresses("см. https://example.org/Хоргос_(город), и (https://example.org/c).")
    ['https://example.org/Хоргос_(город)', 'https://example.org/c']
    >>> find_addresses("https://example.org/e?x=1,2&y=3;z")
    ['https://example.org/e?x=1,2&y=3;z']
    """
    whole = text.strip()
    if _WHOLE.fullmatch(whole) and len(_APART.split(whole)) == 1 and not set(whole) & set('<>"|'):
        return [whole]
    if _LINK.search(text):
        text = html.unescape(text)
    addresses = []
    for piece in _APART.split(text):
        for one in _URL.findall(piece):
            start = re.search(r"[(\[{«“‘]$", piece[: piece.find(one)])
            if address := _trimmed(one, opened=start[0] if start else ""):
                addresses.append(address)
    return list(dict.fromkeys(addresses))


def _trimmed(address: str, opened: str = "") -> str:
    """An address without the marks of the sentence around it."""
    while address:
        last = address[-1]
        if last in ".,;:!?'…" or (last in _PAIRS and address.count(last) > address.count(_PAIRS[last])) or last == "*":
            address = address[:-1]
        elif (
            opened in "(["
            and opened
            and (close := {"(": ")", "[": "]"}[opened]) in address
            and address.count(close) > address.count(opened)
        ):
            address = address[: address.rfind(close)]
        else:
            break
    return address if _WHOLE.fullmatch(address) else ""


def read_addresses(text: str) -> tuple[list[str], str]:
    """Read the addresses of sources in a cell.

    Examples
    --------
    >>> read_addresses("t.me/example/123")
    (['https://t.me/example/123'], 'an address without https://')
    >>> read_addresses("ftp://example.org/n")
    ([], 'no address that begins with http:// or https://')
    """
    if _WITHIN.fullmatch(text.strip()):
        return [f"https://{text.strip()}"], "an address without https://"
    addresses = find_addresses(text)
    sources = [one for one in addresses if not is_map(one) and not _PHOTO.search(one)]
    if addresses and not sources:
        return [], "the address of a map, which is no source" if is_map(
            addresses[0]
        ) else "the address of a picture, which is no source"
    if addresses:
        pieces = _APART.split(text.strip())
        after = _START.match(pieces[0]) and len(pieces) <= _FEW and not all(map(_START.search, pieces))
        cut = re.match(r"\s*https?://[^\s|]+\|(?!\s*(?:https?://|$))", text, re.IGNORECASE)
        left = "what follows the address is left out" if after or cut else ""
        return sources, "the address of a map or a picture is left out" if len(sources) < len(addresses) else left
    if _OTHER_SCHEME.search(text) or _START.search(text):
        return [], "no address that begins with http:// or https://"
    bare = [_trimmed(f"https://{one}") for one in _BARE.findall(text)]
    return [one for one in bare if one], "an address without https://" if bare else "no address (http…)"
