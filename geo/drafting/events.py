"""The events of an article: which amounts found tell of one event, which sentences belong to it, which to all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.drafting.amounts import clause_of
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import pattern, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.lexicon import Mark
    from geo.drafting.scenes import Scene

__all__ = ["Event", "Find", "find_events"]

_JOINED = re.compile(r"^[^.;]{0,40}?(?:\s(?:и|and|және|мен|а также|plus)\s|,\s)[^.;]{0,25}$")
_DAY = len("2024-07-03")


@dataclass(frozen=True, slots=True)
class Find:
    """Goods that were found: an amount, or their name alone.

    Attributes
    ----------
    scene
        The sentence.
    amount
        None where no amount is told.
    goods
        The category.
    goods_at
        Where the goods are named.
    """

    scene: Scene
    amount: AmountMark | None
    goods: str
    goods_at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Event:
    """An event of an article.

    Attributes
    ----------
    finds
        What was found, in the text's order.
    scenes
        The sentences that tell of it alone.
    shared
        Those that tell of all events of the article: its title and lead.
    """

    finds: tuple[Find, ...]
    scenes: tuple[Scene, ...]
    shared: tuple[Scene, ...]


def find_events(article: Article, scenes: Sequence[Scene]) -> list[Event]:
    """Find the events of an article.

    Parameters
    ----------
    article
        The article.
    scenes
        Its sentences, as :func:`~geo.drafting.scenes.read_scenes` reads them.

    Returns
    -------
    list of Event
        In the text's order; what is background, a statement, or the title alone tells none.
    """
    body = [scene for scene in scenes if scene.paragraph > 0 or len({one.paragraph for one in scenes}) == 1]
    told = [scene for scene in body if not scene.background and not scene.counts]
    finds = [find for scene in told for find in _finds_of(article, scene, told, scenes)]
    if not finds:
        finds = _unmeasured(article, told, scenes, [])
        if finds:
            finds = _measured_by_title(article, scenes, finds)
        return _grouped(finds, told, scenes)
    more = _unmeasured(article, told, scenes, finds)
    finds = sorted([*finds, *more], key=lambda find: find.goods_at if find.amount is None else (find.amount.start, 0))
    return _grouped(finds, told, scenes)


# -- What was found ---------------------------------------------------------------------------------


def _finds_of(article: Article, scene: Scene, told: list[Scene], scenes: Sequence[Scene]) -> list[Find]:
    finds = []
    for amount in scene.amounts:
        if amount.against or amount.rank == 0 or not _is_found(scene, told):
            continue
        if amount.unit == "USD" and not _is_cash(scene, scenes):
            continue
        named = _goods_at(article, scene, amount, told, scenes)
        if named is not None:
            finds.append(Find(scene, amount, str(named.value), (named.start, named.end)))
    return finds


def _is_found(scene: Scene, told: list[Scene]) -> bool:
    """Whether the sentence, or one beside it, tells of a find."""
    near = [one for one in told if abs(one.number - scene.number) <= 1]
    moved = bool(scene.places) and any(land.role in ("to", "from") for land in scene.lands)
    return scene.finding or moved or any(one.finding or one.outcomes for one in near)


def _is_cash(scene: Scene, scenes: Sequence[Scene]) -> bool:
    near = [one for one in scenes if one.paragraph == scene.paragraph or one.paragraph <= 1]
    return any(says(one.text, "triggers", "cash") for one in near)


def _goods_at(
    article: Article, scene: Scene, amount: AmountMark, told: list[Scene], scenes: Sequence[Scene]
) -> Mark | None:
    """The goods that an amount is of: those it counts, else the nearest that the text names."""
    low, start, end = article.low, scene.sentence.start, scene.sentence.end
    if amount.goods:
        for mark in find_goods(low, amount.start, amount.end):
            if mark.value == amount.goods:
                return _specific(mark, article, scenes)
        return _mark(amount.start, amount.end, amount.goods)
    # What follows the unit within the same clause: "60 тонн мороженой пшеницы".
    follows = [
        mark for mark in scene.goods if mark.start >= amount.end and len(low[amount.end : mark.start].split()) <= 4
    ]
    follows = [
        mark
        for mark in follows
        if not re.search(r"[.,;:]|\s(?:в|на|под|in|inside|behind|under|among)\s", low[amount.end : mark.start])
    ]
    if follows:
        return _specific(follows[0], article, scenes)
    if amount.unit in ("pack", "cigarette"):
        return _mark(amount.start, amount.end, "tobacco")
    own = [mark for mark in scene.goods if not _is_declared(low, mark, start, end)]
    before = [mark for mark in own if mark.end <= amount.start]
    if before:
        return _specific(before[-1], article, scenes)
    earlier = [one for one in told if one.number < scene.number and scene.paragraph - one.paragraph <= 1]
    for one in reversed(earlier):
        named = [mark for mark in one.goods if not _is_declared(low, mark, one.sentence.start, one.sentence.end)]
        if named:
            return _specific(named[-1], article, scenes)
    if own:
        return own[0]
    later = [one for one in told if scene.number < one.number <= scene.number + 2]
    for one in [*later, *scenes[:1]]:
        if one.goods:
            return one.goods[0]
    weak = [
        mark
        for one in (scene, *reversed(earlier), *scenes[:1])
        for mark in find_goods(low, one.sentence.start, one.sentence.end, weak=True)
    ]
    useful = [mark for mark in weak if mark.value not in ("vehicles", "other")]
    return useful[0] if useful else None


def _specific(mark: Mark, article: Article, scenes: Sequence[Scene]) -> Mark:
    """Goods under a word for their kind alone ("fish") are what the title or the lead calls them ("sturgeon")."""
    if says(article.low[mark.start : mark.end], "goods", "generic", "words"):
        for scene in scenes:
            for other in scene.goods:
                if scene.paragraph <= 1 and other.value == "wildlife":
                    return other
    return mark


def _is_declared(low: str, mark: Mark, start: int, end: int) -> bool:
    """Whether goods are what papers called them: "declared as toys", "под видом игрушек", "ойыншық деген атпен"."""
    first, last = clause_of(low, mark.start, start, end)
    for hit in pattern("triggers", "declared").finditer(low, first, last):
        after_the_goods = re.match(r"де[пг]|атын|ретінде|орнына", hit[0]) is not None
        if (mark.end <= hit.start()) == after_the_goods:
            return not after_the_goods or not re.search(r"\w+\s+\w+\s+\w+", low[mark.end : hit.start()])
    return False


def _mark(start: int, end: int, value: str) -> Mark:
    from geo.drafting.lexicon import Mark as _Mark  # noqa: PLC0415

    return _Mark(start, end, value)


def _unmeasured(article: Article, told: list[Scene], scenes: Sequence[Scene], measured: list[Find]) -> list[Find]:
    """Goods that were found without an amount: in an article without any, or beside other events, told by themselves."""
    finds: list[Find] = []
    low = article.low
    for scene in told:
        taken = {find.goods for find in (*measured, *finds)}
        if any(
            find.scene.paragraph == scene.paragraph and find.scene.number != scene.number for find in measured
        ) and not _apart(scene):
            continue
        if any(find.scene.number == scene.number for find in measured) or not _is_found(scene, told):
            continue
        named = [mark for mark in scene.goods if not _is_declared(low, mark, scene.sentence.start, scene.sentence.end)]
        if not named or named[0].value in taken:
            continue
        placed = bool(scene.places) or any(land.role in ("to", "from", "line") for land in scene.lands)
        alone = not measured and not finds
        if placed if alone else (placed and (_apart(scene) or scene.sentence.item)):
            finds.append(Find(scene, None, str(named[0].value), (named[0].start, named[0].end)))
    if not finds and not measured:
        # One event, told without any amount, its place elsewhere in the text.
        for scene in told:
            if scene.finding and scene.goods and any(one.places for one in scenes):
                mark = scene.goods[0]
                return [Find(scene, None, str(mark.value), (mark.start, mark.end))]
    return finds


def _apart(scene: Scene) -> bool:
    """Whether a sentence tells of a case of its own: hidden somewhere, and on its way to or from somewhere."""
    return any(land.role in ("to", "from") for land in scene.lands) and says(scene.text, "triggers", "hidden")


def _measured_by_title(article: Article, scenes: Sequence[Scene], finds: list[Find]) -> list[Find]:
    """A single event whose amount only the title tells; or one thing in the singular."""
    (first, *others) = finds
    title = [amount for amount in scenes[0].amounts if not amount.against and amount.rank]
    if not others and title:
        return [Find(scenes[0], title[0], first.goods, first.goods_at)]
    return finds


# -- Which finds are one event ----------------------------------------------------------------------


def _grouped(finds: list[Find], told: list[Scene], scenes: Sequence[Scene]) -> list[Event]:
    groups: list[list[Find]] = []
    starts: list[int] = []
    for find in finds:
        begin = _begins(groups[-1], find, told) if groups else find.scene.number
        if groups and begin is None:
            groups[-1].append(find)
            continue
        groups.append([find])
        starts.append(find.scene.number if begin is None else begin)
    groups, starts = _joined(groups, starts)
    if not groups:
        return []
    paragraph = groups[0][0].scene.paragraph
    if len(groups) == 1:
        return [Event(tuple(groups[0]), tuple(told), tuple(scenes[:1]))]
    lead = [scene for scene in told if scene.paragraph < paragraph]
    first = next((scene.number for scene in told if scene.paragraph == paragraph), starts[0])
    # A paragraph that opens with sentences before the first find of several in it speaks of all of them.
    starts[0] = min(starts[0], first)
    ends = [*starts[1:], len(scenes)]
    shared = (*scenes[:1], *lead) if scenes[0].paragraph == 0 else tuple(lead)
    events = []
    for group, begin, end in zip(groups, starts, ends, strict=True):
        own = tuple(scene for scene in told if begin <= scene.number < end)
        last = max(find.scene.paragraph for find in group)
        events.append(Event(tuple(group), tuple(one for one in own if one.paragraph <= last + 1), shared))
    return events


def _begins(group: list[Find], find: Find, told: list[Scene]) -> int | None:
    """Number of the sentence that a new event begins with; None where a find is of the event before it."""
    last = group[-1]
    between = [scene for scene in told if last.scene.number < scene.number <= find.scene.number]
    if not between:
        return None if last.scene.number == find.scene.number and find.amount is not None else find.scene.number
    opening = [scene for scene in between if scene.paragraph == find.scene.paragraph]
    start = opening[0].number
    if find.scene.sentence.item and find.scene.paragraph != last.scene.paragraph:
        return start
    days = _days(told, group)
    for scene in between:
        fresh = [day.date for day in scene.days if day.role == "event" and len(day.date) == _DAY]
        if fresh and days and not set(fresh) & days and scene.paragraph == find.scene.paragraph:
            return scene.number
        if says(scene.text, "triggers", "another") and not _same(group, find):
            return scene.number
    if find.scene.paragraph == last.scene.paragraph:
        return None
    crossings = {
        place.found.crossing_id
        for scene in told
        if scene.paragraph == last.scene.paragraph
        for place in scene.places
        if place.kind == "crossing"
    }
    there = {place.found.crossing_id for scene in opening for place in scene.places if place.kind == "crossing"}
    if crossings and there and not crossings & there:
        return start
    if any(one.goods == find.goods for one in group):
        months = {
            day.date
            for scene in opening
            for day in scene.days
            if day.role == "event" and len(day.date) >= len("2024-07")
        }
        return (
            start
            if months
            and find.amount is not None
            and not _same(group, find)
            and says(opening[0].text, "triggers", "another")
            else None
        )
    if find.amount is not None and find.amount.rank <= 1 and not find.amount.goods:
        return None
    return start


def _days(told: list[Scene], group: list[Find]) -> set[str]:
    """The days that the sentences around an event's finds name."""
    numbers = {find.scene.number for find in group}
    paragraphs = {find.scene.paragraph for find in group}
    return {
        day.date
        for scene in told
        if scene.number <= max(numbers) and (scene.paragraph in paragraphs or scene.paragraph <= min(paragraphs))
        for day in scene.days
        if day.role == "event" and len(day.date) == _DAY
    }


def _same(group: list[Find], find: Find) -> bool:
    return find.amount is not None and any(
        one.amount is not None and one.amount.value == find.amount.value and one.amount.unit == find.amount.unit
        for one in group
    )


def _joined(groups: list[list[Find]], starts: list[int]) -> tuple[list[list[Find]], list[int]]:
    """Groups without those that tell an amount of another again."""
    kept: list[list[Find]] = []
    begins: list[int] = []
    for group, start in zip(groups, starts, strict=True):
        twin = next(
            (one for one in kept if all(_same(one, find) and one[0].goods == find.goods for find in group)), None
        )
        if twin is None:
            kept.append(group)
            begins.append(start)
        else:
            twin.extend(group)
    return kept, begins
