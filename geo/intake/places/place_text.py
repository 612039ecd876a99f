"""Parts of a text on a place: names, what it calls them, and the region and country around them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.intake.places.gazetteer import region_of
from geo.intake.words.terms import read_neighbour
from geo.intake.words.vocabularies import plain, table

if TYPE_CHECKING:
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["Part", "Said", "parse_place", "without_district"]

_REGION = re.compile(r"\b(?:област\w*|обл\b\.?|облыс\w*|oblast|region|province|край|крае|края|krai)", re.IGNORECASE)
_DISTRICT_OF = re.compile(
    r"[\w-]+(?:ск|цк)(?:ий|ого|ом|ому|им)\s+(?:район\w*|р-н\w*)|[\w-]+\s+(?:аудан\w*|district\b|rayon\b|raion\b)",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\(([^)]*)\)")
_QUOTES = re.compile(r"[«»\"“”„‘’'`]")
_APART = re.compile(r"[;()]|(?<!\d),|,(?!\d)|\s[–—-]\s|\s/\s|\|")


@dataclass(frozen=True, slots=True)
class Part:
    """One name in a text: what it is called (``rail``, ``post`` …), whether it is only near it, how far off."""

    name: str
    kind: str
    near: bool
    off_km: float = 0.0  # 0 where the text states none


@dataclass(frozen=True, slots=True)
class Said:
    """Statement of a text: a home region, a country, whether a region abroad, and names."""

    region: str = ""
    country: str = ""
    abroad: bool = False
    parts: list[Part] = field(default_factory=list)


def parse_place(text: str, gazetteer: Gazetteer) -> Said:
    """Take a text on a place apart."""
    flat = " ".join(_QUOTES.sub(" ", text).split())
    whole = _read_part(flat)
    if gazetteer.look_up(whole.name)[1] and not (region_of(flat, gazetteer.frontier) or _is_country(plain(flat))):
        # "Аксу - Тобол" is one name.
        return Said(parts=[whole])
    # "Конысбаева (МАПП)": what stands in brackets may only say what the place is.
    flat = _BRACKETS.sub(lambda one: f" {one[1]}" if _only_words(one[1]) else one[0], flat)
    aside = "".join(f", {one}" for one in _BRACKETS.findall(flat))
    region, abroad, rest = _take_regions(_BRACKETS.sub(" ", flat) + aside, gazetteer)
    rest = _DISTRICT_OF.sub(lambda match: f", {match[0]} ,", rest)
    country, parts = "", []
    for piece in _APART.split(rest):
        words = piece.strip(" .")
        if not words or re.fullmatch(r"[\W\d]*(?:км|km)?\.?", words):
            continue
        if _is_country(plain(words)):
            country = country or _country_of(plain(words))
            continue
        part = _read_part(words)
        code = region_of(words, gazetteer.frontier)
        if code and not gazetteer.look_up(words)[0] and not part.kind:
            region = region or code
        elif part.name:
            parts.append(part)
    return Said(region, country, abroad and not region, parts)


def _only_words(text: str) -> bool:
    """Whether a text only says what a place is: a post, a station, an airport."""
    words = table("place_words")
    return (
        re.fullmatch(
            rf"(?:(?:{words['rail']}|{words['air']}|{words['water']}|{words['post']})[\s.]*)+",
            text.strip(),
            re.IGNORECASE,
        )
        is not None
    )


def _take_regions(text: str, gazetteer: Gazetteer) -> tuple[str, bool, str]:
    """Take out of a text what it calls a region: the first one at home, whether there is one abroad, the rest."""
    region, abroad = "", False
    while match := _REGION.search(text):
        before, after = text[: match.start()], text[match.end() :]
        words = list(re.finditer(r"[\w-]+", before))[-3:]
        follows = re.match(r"\s*[\w-]+", after)
        runs = [before[word.start() :] for word in words if "," not in before[word.start() :]]
        # The longest run of words before "region" that is one of home; else the word after it; else one abroad.
        named = next((run for run in runs if region_of(f"{run} {match[0]}", gazetteer.frontier)), "")
        if named:
            region = region or region_of(f"{named} {match[0]}", gazetteer.frontier)
        elif follows and region_of(f"{follows[0]} {match[0]}", gazetteer.frontier):
            region = region or region_of(f"{follows[0]} {match[0]}", gazetteer.frontier)
            after = after[follows.end() :]
        elif runs:
            abroad, named = True, runs[-1]
        text = f"{before[: len(before) - len(named)]}, {after}"
    return region, abroad, text


def _country_of(word: str) -> str:
    if " граница" in f" {word}" or word.startswith("border"):
        return ""
    places = table("places")
    if word in places["home"]["names"]:
        return str(places["home"]["code"])
    return read_neighbour(word).category


def _is_country(word: str) -> bool:
    home = table("places")["home"]["names"]
    neighbours = [name for names in table("places")["neighbours"].values() for name in names]
    bare = re.sub(r"^(?:республика|republic of|граница с|граница|border with)\s+", "", word)
    return bare in home or bare in neighbours or (" граница" in f" {word}" and bool(read_neighbour(word).category))


def _read_part(piece: str) -> Part:
    low, words = piece.casefold(), table("place_words")
    near = bool(re.match(rf"(?:{words['near']})\s", low)) or bool(
        re.match(r"(?:в\s+)?районе\s+(?!\w+(?:ск|цк)\w+)", low)
    )
    if near:
        piece = re.sub(rf"^(?:{words['near']}|(?:в\s+)?районе)\s+", "", piece, flags=re.IGNORECASE)
    if re.search(r"\s(?:маңы\w*|маңайы\w*|жанында)$", low):
        near, piece = True, re.sub(r"\s\S+$", "", piece)
    piece = _bare(piece, words["filler"])
    off = re.match(r"(\d+(?:[.,]\d+)?)\s*(?:км|km)\s+(?:(?:от|from)\s+)?", piece, re.IGNORECASE)
    if off:
        near, piece = True, _bare(piece[off.end() :], words["filler"])
    off_km = float(off[1].replace(",", ".")) if off else 0.0
    for kind in ("air", "water", "rail", "post", "district", "town"):
        bare = _bare(piece, words[kind])
        if bare != piece:
            # "ж/д станция Достык", "железнодорожный пункт пропуска": the first kind that is named decides.
            for other in ("rail", "post", "town"):
                bare = _bare(bare, words[other])
            return Part(bare, kind, near, off_km)
    return Part(piece, "", near, off_km)


def _bare(text: str, words: str) -> str:
    """A text without some words."""
    bare = re.sub(rf"(?<![\w-])(?:{words})(?![\w-])\.?", " ", text, flags=re.IGNORECASE)
    left = " ".join(bare.split()).strip(" .-")
    # A village may be called Village.
    return left if left and bare != text else text


def without_district(text: str) -> str:
    """A district's name without the word "district"."""
    return _bare(text, table("place_words")["district"])
