"""The card of what is chosen on the map, as plain text: for rooms that draw it themselves, such as the app."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.language.catalogue import read_words, say
from geo.language.dates import write_date
from geo.language.numbers import write_number
from geo.language.translations import name_agencies, translate
from geo.view.headings import name_in_atlas, reader, write_amount, write_heading

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.view.atlas.atlas import Atlas
    from geo.view.place_keys import Choice

__all__ = ["Card", "is_web", "make_card", "write_position"]


@dataclass(frozen=True)
class Card:
    """Content of a card. Every text is plain: it may hold anything that a source wrote, markup included."""

    kind: str  # what it is about, in words: a record, a crossing, a border …
    title: str
    original: str = ""  # title of a record as the data have it, in English
    rows: tuple[tuple[str, str], ...] = ()  # name of a field and its value; no blank ones
    sources: tuple[tuple[str, str], ...] = ()  # name and address; http and https only
    records: tuple[tuple[str, str, str], ...] = ()  # id, heading, date with confidence; the latest first


def make_card(atlas: Atlas, chosen: Choice, *, lang: str = "en", figures: Sequence[tuple[str, str]] = ()) -> Card:
    """Make the card of a choice."""
    positions = [atlas.position[record] for record in chosen["ids"] if record in atlas.position]
    if chosen["kind"] == "record" and positions:
        return _record_card(atlas, positions[0], lang)
    kind = chosen["kind"]
    get = reader(atlas)
    latest = sorted(positions, key=lambda i: (get(i, "date"), -i), reverse=True)
    title = str(chosen.get("name") or _title(atlas, kind, chosen["key"], positions, lang))
    if chosen.get("also"):
        title = say(lang, "map.more", name=title, n=str(chosen["also"]))
    return Card(
        kind=_kind(atlas, chosen, lang),
        title=title,
        rows=(*_rows(atlas, chosen, len(positions), lang), *figures),
        records=tuple((get(i, "id"), write_heading(atlas, i, lang=lang), _meta(get, i, lang)) for i in latest),
    )


def _rows(atlas: Atlas, chosen: Choice, records: int, lang: str) -> Iterator[tuple[str, str]]:
    words = read_words(lang)
    what, _, crossing = chosen["key"].partition(":")
    position = write_position(atlas, crossing, lang) if what == "crossing" else ""
    if position:
        yield words["field.crossing"], position
    yield words["app.records"], write_number(lang, records)


def _meta(get: Callable[[int, str], str], i: int, lang: str) -> str:
    words = read_words(lang)
    confidence = say(lang, "confidence.tag", what=words[f"confidence.{get(i, 'confidence')}"])
    return f"{write_date(lang, get(i, 'date'))} · {confidence}"


def _kind(atlas: Atlas, chosen: Choice, lang: str) -> str:
    words = read_words(lang)
    coast = {f"border:{border['code']}" for border in atlas.data["borders"] if not border["land"]}
    return words["kind.coast"] if chosen["key"] in coast else words[f"kind.{chosen['kind']}"]


def _title(atlas: Atlas, kind: str, key: str, positions: list[int], lang: str) -> str:
    what, _, rest = key.partition(":")
    if what == "part":
        return read_words(lang)[f"part.{rest}"]
    kinds = {"crossing": "crossings", "air": "crossings", "segment": "segments"}
    if what in kinds and (named := name_in_atlas(atlas, kinds[what], rest, lang)):
        return named
    if what == "border":
        return _border(atlas, rest, lang)
    if what == "segment":
        return rest
    if what == "region":
        border, _, region = rest.rpartition(":")
        return " – ".join(
            [name_in_atlas(atlas, "regions", region, lang), *([_border(atlas, border, lang)] if border else [])]
        )
    return translate(reader(atlas)(positions[0], "place_name"), lang) if positions else kind


def _border(atlas: Atlas, code: str, lang: str) -> str:
    return name_in_atlas(atlas, "borders", code, lang) or read_words(lang)[f"neighbour.{code}"]


def _record_card(atlas: Atlas, i: int, lang: str) -> Card:
    words, get = read_words(lang), reader(atlas)
    shown = {
        "goods": _join(words[f"goods.{get(i, 'goods')}"], get(i, "goods_description"), ": "),
        "quantity": write_amount(atlas, i, lang=lang),
        "value": _join(_value(atlas, get, i, lang), get(i, "value_text")),
        "date": _date(get, i, lang),
        "place": _join(translate(get(i, "place_name"), lang), _precision(atlas, i, lang)),
        "crossing": write_position(atlas, get(i, "crossing_id"), lang),
        "region": name_in_atlas(atlas, "regions", get(i, "region_code"), lang) or get(i, "region_name"),
        "border": _border(atlas, get(i, "border"), lang),
        "direction": words[f"direction.{get(i, 'direction')}"],
        "mode": words[f"mode.{get(i, 'mode')}"],
        "concealment": get(i, "concealment"),
        "agency": name_agencies(get(i, "agency"), lang),
        "side": words[f"side.{get(i, 'recording_side')}"],
        "outcome": _join(words[f"outcome.{get(i, 'outcome_class')}"], get(i, "outcome")),
        "confidence": words[f"confidence.{get(i, 'confidence')}"],
        "same": get(i, "possible_same_as"),
    }
    return Card(
        kind=words["kind.record"],
        title=write_heading(atlas, i, lang=lang),
        original=get(i, "title"),
        rows=tuple((words[f"field.{name}"], value) for name, value in shown.items() if value),
        sources=_sources(get, i),
    )


def _join(first: str, second: str, between: str = " · ") -> str:
    return between.join(part for part in (first, second) if part)


def _value(atlas: Atlas, get: Callable[[int, str], str], i: int, lang: str) -> str:
    value = atlas.data["records"]["value_home"][i]
    currency = get(i, "currency")
    if value is None:
        return ""
    sign = say(lang, "money.sign") if currency == say(lang, "money.home") else currency
    return f"{write_number(lang, value)} {sign}"


def _date(get: Callable[[int, str], str], i: int, lang: str) -> str:
    words, precision, limit = read_words(lang), get(i, "date_precision"), get(i, "date_not_after")
    if precision == "unknown":
        return _join(
            words["date.none"], say(lang, "date.not-after", date=write_date(lang, limit)) if limit else "", ", "
        )
    notes = _join(words[f"date.precision.{precision}"], words.get(f"date.basis.{get(i, 'date_basis')}", ""), ", ")
    return f"{write_date(lang, get(i, 'date'))} ({notes})"


def write_position(atlas: Atlas, crossing: str, lang: str) -> str:
    """Say what stands at a crossing's point and how far it lies from the line; blank for no crossing of a line."""
    place = _crossing(atlas, crossing)
    if "off" not in place:
        return ""
    what = read_words(lang)[f"position.{place['position']}"] if place["position"] else ""
    return say(lang, "position.off" if what else "position.off-only", what=what, km=write_number(lang, place["off"]))


def _crossing(atlas: Atlas, crossing: str) -> dict[str, Any]:
    return next((place for place in atlas.data["crossings"] if place["id"] == crossing), {})


def _precision(atlas: Atlas, i: int, lang: str) -> str:
    """Exactness with which a record is placed; at a crossing that stands off the line the radius reaches the line."""
    get = reader(atlas)
    precision = get(i, "location_precision")
    what = read_words(lang)[f"precision.{precision}"]
    km = atlas.data["records"]["radius"][i]
    if km and precision == "crossing":
        km = max(km, _crossing(atlas, get(i, "crossing_id")).get("off", 0))
    return say(lang, "precision.km", what=what, km=km) if km else what


def _sources(get: Callable[[int, str], str], i: int) -> tuple[tuple[str, str], ...]:
    """The record's sources that are web addresses; anything else must not become a link."""
    named = [(get(i, "source_publisher"), get(i, "source_url"))]
    named += [("", url) for url in get(i, "other_urls").split(" | ") if url]
    return tuple((name or urlsplit(url).netloc, url) for name, url in named if is_web(url))


def is_web(url: str) -> bool:
    """Whether an address is one of the web; anything else must not become a link."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
