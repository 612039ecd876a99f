"""Drafts of incidents and of statements: each field with the words that it came from, and blank where nothing decides."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from geo.drafting.actors import SIDES, side_of_article
from geo.drafting.claimed import draft_statements
from geo.drafting.events import find_events
from geo.drafting.goods import is_branded
from geo.drafting.lexicon import says
from geo.drafting.locating import locate_event
from geo.drafting.proposals import Draft, Drafting, Evidence
from geo.drafting.routes import MODES_BORNE, read_direction, read_mode
from geo.drafting.scenes import read_scenes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.events import Event, Find
    from geo.drafting.scenes import Scene
    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["draft_article"]

_DAY, _MONTH = len("2024-07-03"), len("2024-07")


def draft_article(article: Article, gazetteer: Gazetteer) -> Drafting:
    """Propose the incidents and statements of an article.

    Parameters
    ----------
    article
        As :func:`geo.drafting.read_article` or :func:`geo.drafting.read_text` gives it.
    gazetteer
        As :func:`geo.intake.read_gazetteer` gathers it.

    Returns
    -------
    Drafting
        Nothing is guessed: a field is filled where words decide it.
    """
    if not article.sentences:
        return Drafting(article)
    scenes = read_scenes(article, gazetteer)
    side = side_of_article(article.low)
    drafts = []
    for event in find_events(article, scenes):
        draft = _draft(article, event, scenes, gazetteer, side)
        if draft is not None:
            drafts.append(draft)
    return Drafting(article, tuple(drafts), draft_statements(article, scenes))


def _words(article: Article, *spans: tuple[int, int]) -> tuple[Evidence, ...]:
    return tuple(Evidence(start, end, article.text[start:end]) for start, end in sorted(set(spans)))


def _draft(article: Article, event: Event, scenes: Sequence[Scene], gazetteer: Gazetteer, side: str) -> Draft | None:
    find, amount, parts = _main_find(article, event)
    fields: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}

    def put(name: str, value: Any, *spans: tuple[int, int]) -> None:
        if value not in ("", None):
            fields[name] = value
            if spans:
                evidence[name] = _words(article, *spans)

    told = " ".join(scene.text for scene in event.scenes)
    goods = find.goods
    if goods == "consumer_goods" and is_branded(" ".join((told, *(scene.text for scene in event.shared)))):
        goods = "branded_goods"
    put("goods", goods, find.goods_at)
    put("goods_description", article.text[slice(*find.goods_at)])
    if amount is not None:
        put("quantity", parts[0], *parts[1])
        put("unit", amount.unit, *parts[1])
    elif says(article.low[slice(*find.goods_at)], "triggers", "single"):
        put("quantity", 1.0, find.goods_at)
        put("unit", "piece", find.goods_at)
    _put_date(article, event, find, put)
    where = locate_event(event, find, scenes, gazetteer, put)
    by_air = where.cue == "air"
    codes = list(map(str, gazetteer.frontier.borders.index))
    _put_agencies(event, side, put, codes, has_border=by_air or "neighbour" in fields)
    _put_outcome(event, put)
    _put_mode(event, where.cue, where.spans, put)
    _put_way(event, find, scenes, side, put)
    if not where.given and not _is_worth(fields):
        return None
    if _is_older(article, fields) and not ("quantity" in fields and where.given and evidence.get("date")):
        return None
    span = (min(one.sentence.start for one in event.scenes), max(one.sentence.end for one in event.scenes))
    return Draft(fields, evidence, span)


def _is_worth(fields: dict[str, Any]) -> bool:
    """Whether an event without a place is one at a border at all: a way, or an agency, says so."""
    return bool({"direction", "neighbour"} & set(fields)) or ("agency" in fields and "outcome_class" in fields)


def _is_older(article: Article, fields: dict[str, Any]) -> bool:
    published = article.published.isoformat() if article.published else ""
    return bool(published and fields.get("date")) and int(published[:4]) - int(fields["date"][:4]) > 1


def _main_find(article: Article, event: Event) -> tuple[Find, AmountMark | None, tuple[float, list[tuple[int, int]]]]:
    """The find that an event's quantity is of: a total before a part, a weight before a count, a count before packages."""
    measured = [find for find in event.finds if find.amount is not None]
    if not measured:
        return event.finds[0], None, (math.nan, [])

    def order(find: Find) -> tuple[bool, int, bool, int]:
        amount = find.amount
        assert amount is not None  # noqa: S101
        return (amount.declared, -amount.rank, not amount.total, amount.start)

    best = min(measured, key=order)
    amount = best.amount
    assert amount is not None  # noqa: S101
    parts = [amount]
    if not amount.total:
        for other in measured:
            one = other.amount
            assert one is not None  # noqa: S101
            if one is not amount and _adds_up(article, best, other, parts[-1]):
                parts.append(one)
    value = float(f"{sum(part.value for part in parts):.12g}")
    return best, amount, (value, [(part.start, part.end) for part in parts])


def _adds_up(article: Article, best: Find, other: Find, last: AmountMark) -> bool:
    """Whether a second amount stands beside the first in one list: "68 t of diesel and 120 t of petrol"."""
    one = other.amount
    if one is None or best.amount is None or other.scene.number != best.scene.number or one.start < last.end:
        return False
    if one.unit != best.amount.unit or other.goods != best.goods or one.total or one.rank <= 1:
        return False
    between = article.low[last.end : one.start]
    return len(between) < 60 and re.search(r"(?:\bи|\band|және|,|мен)\s*$", between) is not None  # noqa: PLR2004


# -- Field by field ---------------------------------------------------------------------------------


def _put_date(article: Article, event: Event, find: Find, put: Any) -> None:
    """The nearest day before the find, else after it, else in the lead; else the article's own date stands in."""
    own = [day for scene in event.scenes for day in scene.days if day.role == "event" and len(day.date) >= _MONTH]
    shared = [day for scene in event.shared for day in scene.days if day.role == "event" and len(day.date) >= _MONTH]
    published = article.published.isoformat() if article.published else "9999"
    own, shared = ([day for day in days if day.date <= published[: len(day.date)]] for days in (own, shared))
    at = find.goods_at[0] if find.amount is None else find.amount.start
    sentence = [day for day in own if find.scene.sentence.start <= day.start < find.scene.sentence.end]
    before = sorted((day for day in own if day.start <= at), key=lambda day: -day.start)
    after = sorted((day for day in own if day.start > at), key=lambda day: day.start)
    ranked = [
        *(day for day in before if day in sentence),
        *before,
        *(day for day in sentence if day not in before),
        *after,
    ]
    exact = [day for day in ranked if len(day.date) == _DAY]
    chosen = next(iter(exact or ranked or sorted(shared, key=lambda day: (-len(day.date), -day.start))), None)
    if chosen is not None:
        put("date", chosen.date, (chosen.start, chosen.end))
        put("date_precision", "day" if len(chosen.date) == _DAY else "month", (chosen.start, chosen.end))
        put("date_basis", "event")
    elif article.published is not None:
        put("date", article.published.isoformat())
        put("date_precision", "day")
        put("date_basis", "publication")


def _put_agencies(event: Event, side: str, put: Any, codes: Sequence[str], *, has_border: bool) -> None:
    """Who acted; a neighbour's agency on no named border acted on its own."""
    found = [mark for scene in event.scenes for mark in scene.agencies]
    if not found:
        lead = [scene for scene in event.shared if scene.finding or scene.places or scene.paragraph == 0]
        found = [mark for scene in lead for mark in scene.agencies]
    names = list(dict.fromkeys(str(mark.value) for mark in found))
    if "KNB Border Service" in names and "KNB" in names:
        names.remove("KNB")
    if side != "KZ" and any(name in SIDES for name in names):
        names = [name for name in names if name in SIDES or name == "KNB Border Service"] or names
    spans = [(mark.start, mark.end) for mark in found if mark.value in names]
    put("agency", "; ".join(names), *spans)
    abroad = {SIDES[name] for name in names if name in SIDES}
    if len(abroad) == 1 and not has_border and abroad <= set(codes):
        put("neighbour", abroad.pop(), *spans)


def _put_outcome(event: Event, put: Any) -> None:
    found = [mark for scene in event.scenes for mark in scene.outcomes]
    for value in ("convicted", "case_opened", "seized", "refused_entry"):
        spans = [(mark.start, mark.end) for mark in found if mark.value == value]
        if spans:
            put("outcome_class", value, *spans)
            return


def _put_mode(event: Event, cue: str, place: list[tuple[int, int]], put: Any) -> None:
    """The event's own words for how it travelled; else what its place is called."""
    text = event.scenes
    for scenes in (text, event.shared):
        marked = [(scene, read_mode(scene.text)) for scene in scenes]
        for mode in MODES_BORNE:
            for scene, mark in marked:
                if mark is not None and mark.value == mode:
                    start = scene.sentence.start
                    put("mode", "post" if mode == "parcel" else mode, (start + mark.start, start + mark.end))
                    return
    if cue in ("air", "water", "rail"):
        put("mode", cue, *place)


def _put_way(event: Event, find: Find, scenes: Sequence[Scene], side: str, put: Any) -> None:
    for chosen in (event.scenes, event.shared):
        text = "\n".join(scene.text for scene in chosen)
        lands = [land for scene in chosen for land in scene.lands]
        way, at = read_direction(text, lands, sides_abroad=side != "KZ")
        if way:
            spans = [(land.start, land.end) for land in lands if land.role in ("to", "from")]
            if at is not None:
                spans = [_in_text(chosen, at)]
            put("direction", way, *spans)
            return
        if says(text, "triggers", "way", "unsure"):
            return


def _in_text(scenes: Sequence[Scene], at: tuple[int, int]) -> tuple[int, int]:
    """Offsets in the article of a place in sentences joined by line breaks."""
    passed = 0
    for scene in scenes:
        if at[0] < passed + len(scene.text):
            first = scene.sentence.start + at[0] - passed
            return first, first + at[1] - at[0]
        passed += len(scene.text) + 1
    return scenes[-1].sentence.start, scenes[-1].sentence.end
