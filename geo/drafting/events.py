"""The events of an article: which finds tell of one event, which sentences belong to it, which to all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.drafting.amounts import COUNTED, MEASURED
from geo.drafting.finds import find_goods_found
from geo.drafting.lexicon import DAY, MONTH, Shapes, says
from geo.drafting.scenes import days_in, is_other_time, tells_another
from geo.drafting.totals import main_find

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.finds import Find
    from geo.drafting.lexicon import Mark
    from geo.drafting.scenes import Scene

__all__ = ["Event", "find_events"]


_SHAPES, _MINOR = Shapes("find"), ("other", "medicines")


@dataclass(frozen=True, slots=True)
class Event:
    """The find of a quantity and the amounts that add up to it, its own sentences, those that all events share."""

    main: Find
    parts: Sequence[AmountMark]
    scenes: Sequence[Scene]
    shared: Sequence[Scene]

    @property
    def paragraph(self) -> list[Scene]:
        """Its sentences in the paragraph of the find."""
        return [scene for scene in self.scenes if scene.paragraph == self.main.scene.paragraph]

    def own(self, kind: str) -> list[Any]:
        """Marks of a kind in the sentences that tell of it alone."""
        return [mark for scene in self.scenes for mark in getattr(scene, kind)]

    def lead(self, kind: str) -> list[Any]:
        """Marks of a kind in the title and lead."""
        return [mark for scene in self.shared for mark in getattr(scene, kind)]

    def says(self, *path: str) -> bool:
        """Whether any of its sentences has a word of a list."""
        return any(says(scene.text, *path) for scene in (*self.scenes, *self.shared))


def find_events(article: Article, scenes: Sequence[Scene]) -> list[Event]:
    """Find the events of an article, in the text's order; background, statements, the title alone tell none."""
    body = [scene for scene in scenes if scene.paragraph > 0 or len({one.paragraph for one in scenes}) == 1]
    own_scenes = [scene for scene in body if not scene.background and not scene.counts]
    year = str(article.published.year) if article.published else ""
    groups: list[list[Find]] = []
    begins: list[int] = []
    for find in find_goods_found(article, own_scenes, scenes):
        begin = _begin(groups[-1], find, own_scenes, year) if groups else find.scene.number
        weighed = find.amount and find.amount.rank == MEASURED and not find.scene.days
        above = find.scene.paragraph - 1 if weighed else None  # a weight without a day of its own is told again
        days = days_in([find.scene])
        taking = (one for one in groups if _is_told(find, one) and not is_other_time(days, _days_of(one, own_scenes)))
        twin = next((one for one in taking if one[0].goods == find.goods or one[0].scene.paragraph == above), None)
        counts = [one.value for one in find.scene.amounts if one.rank == COUNTED]
        known = [one.amount.value for one in groups[-1] if one.amount and one.scene is not find.scene] if groups else []
        if len(counts) > 1 and sum(counts) in known:
            continue  # "four cranes and one autoclave", of five told before
        papers = groups and all(one.amount and one.amount.declared for one in groups[-1])
        beside = [one for one in own_scenes if one.paragraph == find.scene.paragraph]
        if begin is None or twin or (papers and find.amount and not days_in(beside)):
            (groups[-1] if begin is None or not twin else twin).append(find)
        else:
            groups.append([find])
            begins.append(begin)
    if len(groups) <= 1:
        lead: list[Scene] = []
        at = next((group[0].scene for group in groups), None)
        if at and at.sentence.item and any(one.sentence.item and one.paragraph != at.paragraph for one in scenes):
            lead = [one for one in own_scenes if one.paragraph < at.paragraph and not one.sentence.item]
            own_scenes = [one for one in own_scenes if one.paragraph == at.paragraph]
        return [event for group in groups for event in _events_of(article, group, own_scenes, [*scenes[:1], *lead])]
    paragraph = groups[0][0].scene.paragraph
    before = [scene for scene in own_scenes if scene.number < groups[0][0].scene.number]
    # A paragraph that opens with sentences before the first find of several in it speaks of all of them.
    begins[0] = min([begins[0], *(scene.number for scene in own_scenes if scene.paragraph == paragraph)])
    shared = [
        *(one for one in scenes[:1] if not one.paragraph),
        *(one for one in before if one.paragraph < paragraph or not (one.days or one.sentence.item)),
    ]
    behind = (one for one in own_scenes if one.number > groups[-1][-1].scene.number)
    of_all = [one for one in behind if _SHAPES.of_each.search(one.text)]  # "in both, a case was opened"
    events: list[Event] = []
    for group, begin, end in zip(groups, begins, [*begins[1:], len(scenes)], strict=True):
        last = max(find.scene.paragraph for find in group)
        own = [one for one in own_scenes if begin <= one.number < max(end, begin + 1) and one.paragraph <= last + 1]
        here = group[0].scene.paragraph == paragraph
        told = [one for one in shared if here or one.paragraph != paragraph] + [one for one in of_all if one not in own]
        if events and not any(one.places for one in own):  # the place is that of the event before, in one paragraph
            told += [one for one in events[-1].scenes if one.places and one.paragraph == group[0].scene.paragraph]
        events += _events_of(article, group, own, told)
    return events


def _events_of(article: Article, group: Sequence[Find], own: Sequence[Scene], shared: Sequence[Scene]) -> list[Event]:
    """An event for each lot, without what is told of the goods of another alone."""
    lots, events = _lots(article.low, group), []
    for lot in lots:
        kind, others = lot[0].goods, {one[0].goods for one in lots} - {lot[0].goods}
        named = [(scene, {mark.value for mark in scene.goods}) for scene in own]
        scenes = [one for one, of in named if one.number <= lot[0].scene.number or kind in of or not others & of]
        events.append(Event(*main_find(article, lot), scenes, shared))
    return events


def _lots(low: str, finds: Sequence[Find]) -> list[list[Find]]:
    """The lots of an event: goods of several categories, each measured in the same sentence, are one each."""
    sure = [one for one in finds if one.amount and not one.amount.declared]
    lots = [(one.goods, one.amount.rank) for one in sure if one.amount and _is_sure(one.amount, one.named)]
    minor = _MINOR if any(rank == MEASURED for _, rank in lots) else ("fuel",)  # "twelve plastic tubs, 6 kg of caviar"
    held = [one.goods for one in sure if minor and _SHAPES.put_into.match(low, one.at.end)]  # "алты ыдысқа салынған"
    kinds = dict.fromkeys(goods for goods, rank in lots if rank == MEASURED or goods not in (*minor, *held))
    if len(kinds) <= 1:  # what they were packed in, or lay beside them, is no find
        beside = {goods for goods, _ in lots} - set(kinds) if kinds else set()
        return [[one for one in finds if one.goods not in beside]]
    first, *more = (next(one.scene for one in sure if one.goods == kind) for kind in kinds)
    # In one sentence, or another goes on: "and seven sacks more, of copper".
    if any(
        one is not first and not (one.paragraph == first.paragraph and says(one.text, "triggers", "besides"))
        for one in more
    ):
        return [list(finds)]
    return [[one for one in finds if one.goods == kind] for kind in kinds]


def _is_sure(amount: AmountMark, named: Mark) -> bool:
    """Whether an amount is of the goods: it counts or weighs them, or they stand right behind its packages."""
    if amount.is_packages:
        return 0 < named.start - amount.end <= len(" of a ")
    return bool(amount.goods) or amount.rank == MEASURED or amount.unit == "head"


def _begin(group: list[Find], find: Find, own_scenes: Sequence[Scene], year: str) -> int | None:
    """Number of the sentence that a new event begins with; None where a find is of the event before it."""
    last, here = group[-1].scene, find.scene
    between = [scene for scene in own_scenes if last.number < scene.number <= here.number]
    if not between:
        one = last.number == here.number and find.amount is not None and not _is_elsewhere(group[-1], find)
        return None if one else here.number
    opening = [scene for scene in between if scene.paragraph == here.paragraph]
    if here.sentence.item and here.paragraph != last.paragraph:
        return opening[0].number
    days, months = _days_of(group, own_scenes), _days_of(group, own_scenes, MONTH)
    for scene in between:
        if scene in opening and is_other_time(days_in([scene]), days):
            return scene.number
        other_month = scene in opening and is_other_time(days_in([scene], MONTH), months)
        if (other_month or tells_another(scene)) and not _is_told(find, group):
            return scene.number
    if here.paragraph == last.paragraph:
        posts = [{one.found.crossing_id for one in of.places if one.kind == "crossing"} for of in (last, here)]
        return here.number if all(posts) and not posts[0] & posts[1] and not _is_told(find, group) else None
    return opening[0].number if _is_apart(group, find, opening, own_scenes, year) else None


def _is_elsewhere(first: Find, find: Find) -> bool:
    """Whether each of two finds of a sentence has a crossing of its own beside it."""
    crossings = [one for one in find.scene.places if one.kind == "crossing"]
    sides = [
        {one.found.crossing_id for one in crossings if start <= one.start < end}
        for start, end in ((find.scene.sentence.start, first.at.start), (first.at.end, find.at.start))
    ]
    return all(sides) and not set.intersection(*sides)


def _is_apart(group: list[Find], find: Find, opening: Sequence[Scene], own_scenes: Sequence[Scene], year: str) -> bool:
    """Whether a find in a paragraph of its own is of another event: at another post, of other goods, or said so."""
    between = range(group[-1].scene.paragraph, max(find.scene.paragraph, group[-1].scene.paragraph + 1))
    earlier = [scene for scene in own_scenes if scene.paragraph in between]
    before, there = _sites(earlier), _sites(opening)
    if before and there and not before & there:
        return True
    fresh = find.amount is not None and not _is_told(find, group)
    times = days_in(opening, MONTH)
    regions = [{place.found.region_code for scene in of for place in scene.places} - {""} for of in (earlier, opening)]
    other_time = is_other_time(times, _days_of(group, own_scenes, MONTH) or {year})
    if all(one.goods != find.goods for one in group):
        return other_time or find.amount is None or not find.amount.is_packages or bool(find.amount.goods)
    elsewhere = all(regions) and not set.intersection(*regions) and days_in(opening) - days_in(earlier)
    return fresh and bool(times) and bool(other_time or elsewhere or tells_another(opening[0]))


def _sites(scenes: Iterable[Scene]) -> set[str]:
    """Posts and outposts that sentences name, also those that no list has."""
    places = (place for scene in scenes for place in scene.places if place.kind in ("crossing", "locality"))
    return {one.found.crossing_id or one.value for one in places if one.found.crossing_id or one.found.lon is None}


def _days_of(group: list[Find], own_scenes: Sequence[Scene], least: int = DAY) -> set[str]:
    """The days that the sentences around an event's finds name."""
    last = max(find.scene.number for find in group)
    paragraphs = {find.scene.paragraph for find in group}
    near = (one for one in own_scenes if one.number <= last)
    return days_in((one for one in near if one.paragraph in paragraphs or 0 < one.paragraph <= min(paragraphs)), least)


def _is_told(find: Find, group: list[Find]) -> bool:
    """Whether an event has a find's amount already."""
    one = find.amount
    return one is not None and any(
        other.amount is not None and (other.amount.value, other.amount.unit) == (one.value, one.unit) for other in group
    )
