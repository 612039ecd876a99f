"""Goods that were found: which amounts are of goods found, of which goods, and goods told without an amount."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from geo.drafting.amounts import clause_of
from geo.drafting.days import has_day
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import Mark, Shapes, pattern, says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.scenes import Scene

__all__ = ["Find", "find_goods_found", "main_find"]

_SHAPES = Shapes("find")

_CLOSE = 4


@dataclass(frozen=True, slots=True)
class Find:
    """Goods that were found: the sentence, the amount where one is told, and the goods where they are named."""

    scene: Scene
    amount: AmountMark | None
    named: Mark

    @property
    def goods(self) -> str:
        """The category."""
        return str(self.named.value)

    @property
    def at(self) -> Mark:
        """Where it is told: the amount, else the goods."""
        return self.amount or self.named


@dataclass(frozen=True)
class _Reading:
    """An article, the sentences that tell of events, and all of them."""

    article: Article
    told: Sequence[Scene]
    scenes: Sequence[Scene]

    @cached_property
    def kinds(self) -> set[str]:
        """The goods that amounts count."""
        return {amount.goods for one in self.told for amount in one.amounts if amount.goods}

    def undeclared(self, scene: Scene) -> list[Mark]:
        """The goods of a sentence but those that papers called so."""
        low, start = self.article.low, scene.sentence.start
        bare = [
            mark
            for mark in scene.goods
            if not _is_declared(low, mark, scene)
            and not _SHAPES.dearer.search(low, max(start, mark.start - 20), mark.start)
            and not _SHAPES.dearer_than.match(low, mark.end)
            and not (
                says(low[slice(*mark.span)], "goods", "container", "words")
                and _SHAPES.out_of.search(low, max(start, mark.start - 20), mark.start)
            )
        ]
        # What is only told as lying over the find: "под грузом керамзита", "өріктің арасынан".
        hits = [(mark, _SHAPES.cover.search(low, max(start, mark.start - 30), mark.start)) for mark in bare]
        over = [one for one, hit in hits if hit and not any(hit.start() < other.start < one.start for other in bare)]
        return [one for one in bare if one not in over and not _SHAPES.cover_behind.match(low, one.end)]


def find_goods_found(article: Article, own_scenes: Sequence[Scene], scenes: Sequence[Scene]) -> list[Find]:
    """Find what was found in an article, in the text's order."""
    reading = _Reading(article, own_scenes, scenes)
    finds = [find for scene in own_scenes if _is_found(scene, own_scenes) for find in _measured(reading, scene)]
    more = _unmeasured(reading, finds)
    if not any(find.amount for find in finds) and any(one.outcomes or one.agencies for one in scenes):
        # One event, told in words that are in no list.
        kinds = {find.goods for find in more}
        every = (find for scene in own_scenes for find in _measured(reading, scene))
        finds = [find for find in every if not kinds or find.goods in kinds]
        more = [] if finds else more
    if not finds and len(more) == 1 and (title := [one for one in scenes[0].amounts if not one.against and one.rank]):
        # A single event whose amount only the title tells.
        return [Find(scenes[0], title[0], more[0].named)]
    return sorted([*finds, *more], key=lambda find: find.at.start)


def _measured(reading: _Reading, scene: Scene) -> list[Find]:
    finds = []
    for amount in scene.amounts:
        words = reading.article.low[slice(*amount.span)]
        holds = amount.goods and len(reading.kinds) > 1 and says(words, "goods", "container", "words")
        if amount.against or not amount.rank or holds:
            continue
        near = [one for one in reading.scenes if one.paragraph in (scene.paragraph, 0, 1)]
        if amount.unit == "USD" and not any(says(one.text, "triggers", "cash") for one in near):
            continue
        rarer = _specific(reading, amount)
        if named := _goods_of(reading, scene, amount) if rarer is amount else rarer:
            finds.append(Find(scene, amount, _specific(reading, named)))
    return finds


def _is_found(scene: Scene, own_scenes: Sequence[Scene], *, dated: bool = True) -> bool:
    """Whether the sentence, or one beside it or two behind it, tells of a find; or its paragraph of a day at a post."""
    beside = [one for one in own_scenes if one.paragraph == scene.paragraph]
    dated = dated and any(has_day(one.days) for one in beside)
    return (dated and any(place.kind == "crossing" for one in beside for place in one.places)) or any(
        one.finding or one.outcomes
        for one in own_scenes
        if -1 <= one.number - scene.number <= 1 + (one.paragraph == scene.paragraph)
    )


def _goods_of(reading: _Reading, scene: Scene, amount: AmountMark) -> Mark | None:
    """The goods that an amount is of: those it counts, else the nearest that the text names."""
    low, own_scenes, scenes = reading.article.low, reading.told, reading.scenes
    if amount.goods:
        counted = (mark for mark in find_goods(low, *amount.span) if mark.value == amount.goods)
        return next(counted, Mark(*amount.span, amount.goods))
    # What follows the unit within the same clause: "60 тонн мороженой пшеницы".
    for mark in scene.goods:
        between = low[amount.end : mark.start]
        if mark.start >= amount.end and len(between.split()) <= _CLOSE and not _SHAPES.apart.search(between):
            return mark
    if amount.unit in ("pack", "cigarette"):
        return Mark(*amount.span, "tobacco")
    own = reading.undeclared(scene)
    earlier = [one for one in own_scenes if one.number < scene.number and scene.paragraph - one.paragraph <= 1][::-1]
    before = [[mark for mark in own if mark.end <= amount.start], *map(reading.undeclared, earlier)]
    later = [one.goods for one in own_scenes if scene.number < one.number <= scene.number + 2]
    for marks in (*(list(reversed(marks)) for marks in before), own, *later, reading.undeclared(scenes[0])):
        if marks:
            return marks[0]
    for one in (scene, *earlier, scenes[0]):
        for mark in find_goods(low, one.sentence.start, one.sentence.end, weak=True):
            if mark.value not in ("vehicles", "other"):
                return mark
    return None


def _specific(reading: _Reading, mark: Mark) -> Mark:
    """Goods under a word for their kind alone ("fish") are what the title or the lead calls them ("sturgeon")."""
    if says(reading.article.low[mark.start : mark.end], "goods", "generic", "words"):
        lead = (other for scene in reading.scenes if scene.paragraph <= 1 for other in scene.goods)
        return next((other for other in lead if other.value == "wildlife"), mark)
    return mark


def _is_declared(low: str, mark: Mark, scene: Scene) -> bool:
    """Whether goods are what papers called them: "declared as toys", "под видом игрушек", "ойыншық деген атпен"."""
    clause = clause_of(low, mark.start, scene.sentence.start, scene.sentence.end)
    for hit in pattern("triggers", "declared").finditer(low, *clause):
        behind = _SHAPES.declared_behind.match(hit[0]) is not None
        # "вместо тканей лежали видеокарты": only what stands beside it.
        if _SHAPES.instead.match(hit[0]) and len(low[hit.end() : mark.start].split()) >= _CLOSE - 2:
            continue
        if (mark.end <= hit.start()) == behind:
            return not behind or not _SHAPES.words_between.search(low[mark.end : hit.start()])
    return False


def _unmeasured(reading: _Reading, measured: Sequence[Find]) -> list[Find]:
    """Goods that were found without an amount: where the article tells none, or apart from other events."""
    finds: list[Find] = []
    if not any(one.outcomes or one.agencies for one in reading.scenes):
        return finds
    for scene in reading.told:
        others = [find for find in measured if find.scene.paragraph == scene.paragraph]
        here = any(find.scene.number == scene.number for find in others)
        moved = any(land.role in ("to", "from") for land in scene.lands)
        apart = moved and says(scene.text, "triggers", "hidden")
        named = reading.undeclared(scene)
        if here or (others and not apart) or not named or not _is_found(scene, reading.told, dated=False):
            continue
        thing = has_day(scene.days) and says(scene.text, "triggers", "single")
        placed = thing or bool(scene.places) or moved or any(land.role == "line" for land in scene.lands)
        alone = not measured and not finds
        fresh = named[0].value not in {find.goods for find in (*measured, *finds)}
        if fresh and placed and (alone or apart or thing or scene.sentence.item):
            finds.append(Find(scene, None, named[0]))
    if not finds and not measured and any(scene.places for scene in reading.scenes):
        # One event, told without any amount, its place elsewhere in the text.
        return [Find(scene, None, scene.goods[0]) for scene in reading.told if scene.finding and scene.goods][:1]
    return finds


def main_find(low: str, finds: Sequence[Find]) -> tuple[Find, list[AmountMark]]:
    """The find that an event's quantity is of, and the amounts that add up to it.

    A total stands before a part, a weight before a count, a count before packages; what papers say comes last.
    """
    measured = [(find, find.amount) for find in finds if find.amount is not None]
    if not measured:
        return finds[0], []
    best, amount = min(measured, key=lambda one: (one[1].declared, -one[1].rank, not one[1].total, one[1].start))
    parts = [amount]
    for find, other in measured:
        beside = find.scene.number == best.scene.number and other.start >= parts[-1].end and find.goods == best.goods
        same = other.unit == amount.unit and not other.total and not other.is_packages and not amount.total
        # One list: "68 t of diesel and 120 t of petrol".
        if beside and same and _SHAPES.list.fullmatch(low, parts[-1].end, other.start):
            parts.append(other)
    return best, parts
