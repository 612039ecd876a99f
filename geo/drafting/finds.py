"""Goods that were found: which amounts are of goods found, of which goods, and goods told without an amount."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from geo.drafting.amounts import MEASURED, clause_of, find_declared
from geo.drafting.days import has_day
from geo.drafting.goods import find_goods
from geo.drafting.lexicon import MONTH, YEAR, Mark, Shapes, pattern, says, word_list
from geo.drafting.scenes import days_in, is_other_time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.scenes import Scene

__all__ = ["Find", "find_goods_found", "is_at_border", "is_brief"]

_SHAPES = Shapes("find")

_CLOSE, _BRIEF, _OPENING = 4, 3, 30


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
    def covers(self) -> set[str]:
        """Goods that were met first as what only lay over the find, or held it."""
        first: dict[str, bool] = {}
        for scene in (self.scenes[0], *self.told):
            bare = {mark.value for mark in self.undeclared(scene)}
            for mark in scene.goods:
                first.setdefault(mark.value, mark.value in bare)
        return {goods for goods, found in first.items() if not found and any(first.values())}

    @cached_property
    def replaced(self) -> set[str]:
        """Goods in whose stead those of another category were found: "instead of polish, heroin"."""
        low, every = self.article.low, [mark for one in self.told for mark in one.goods]
        gone = {str(one.value) for one in every if _SHAPES.instead.search(_around(low, one, 0))}
        return gone if any(one.value not in gone for one in every) else set()

    @cached_property
    def is_piped(self) -> bool:
        """Whether fuel flowed through a pipe, which itself is not what was found."""
        fuel = any(mark.value == "fuel" for one in self.scenes for mark in one.goods)
        pipes = (says(one.text, "triggers", "mode", "pipeline") or _SHAPES.piped.search(one.text) for one in self.told)
        return fuel and any(pipes)

    def is_pipe(self, mark: Mark) -> bool:
        """Whether goods or an amount are the pipe that fuel flowed through: "two plastic hoses"."""
        end = mark.end + len("plastic pipe")
        return self.is_piped and _SHAPES.pipe.search(self.article.low, mark.start, end) is not None

    @cached_property
    def of_cash(self) -> bool:
        """Whether money is what was found, and not what goods are worth."""
        return any(says(one.text, "triggers", "cash") for one in self.scenes)

    def undeclared(self, scene: Scene) -> list[Mark]:
        """The goods of a sentence but those that papers called so, and those that only lay over the find."""
        low, start, over = self.article.low, scene.sentence.start, self.cover_end(scene)
        bare = [
            mark
            for mark in scene.goods
            if mark.start >= over
            and (mark.value != "currency" or self.of_cash)
            and not (mark.value != "fuel" and self.is_pipe(mark))
            and not (_is_declared(low, mark, scene) or mark.value in self.replaced)
            and not _SHAPES.aside.search(_around(low, mark, start))
            and not _SHAPES.put_into.match(low, mark.end)
            and not (_is_held(low, mark) and _SHAPES.out_of.search(low, max(start, mark.start - 20), mark.end))
        ]

        def covers(one: Mark) -> bool:
            # What is only told as lying over the find, or what it is for: "под грузом керамзита".
            hit = _SHAPES.cover.search(low, max(start, one.start - 40), one.start)
            hit = hit or _SHAPES.behind.search(low, max(start, one.start - 10), one.end)
            between = hit and any(hit.start() < other.start < one.start for other in bare)
            after = low[hit.start() : one.start].partition(" ")[2] if hit else ""
            return bool(hit and not between and not says(after, "triggers", "find"))

        covering: list[Mark] = []
        for one in bare:  # "под мебелью, коробками с посудой и коляской"
            lists = covering and _SHAPES.goes_on.fullmatch(low, covering[-1].end, one.start)
            if covers(one) or (lists and not says(lists[0], "triggers", "find")):
                covering.append(one)
        return [one for one in bare if one not in covering]

    def cover_end(self, scene: Scene) -> int:
        """Where what only lay over the find ends in a sentence: "wardrobes, a cot, and behind them"."""
        low, end = self.article.low, scene.sentence.end
        ends = [hit.end() for hit in _SHAPES.behind_them.finditer(low, scene.sentence.start, end)]
        return end if _SHAPES.behind_them.match(low, end) else max(ends, default=0)


def find_goods_found(article: Article, own_scenes: Sequence[Scene], scenes: Sequence[Scene]) -> list[Find]:
    """Find what was found in an article, in the text's order."""
    reading = _Reading(article, own_scenes, scenes)
    near = [*scenes[:1], *(one for one in own_scenes if one is not scenes[0])]  # the title is beside the lead
    finds = [one for scene in own_scenes if _is_found(scene, near) for one in _measured(reading, scene)]
    finds = _uncovered(reading, finds)
    held = {at for find in finds for at in (find.scene.paragraph, find.scene.paragraph - 1)}  # the lead is told again
    finds += [one for one in _in_lorries(reading) if finds and one.scene.paragraph not in held]
    more = _unmeasured(reading, finds)
    tells = is_brief(scenes) or any(one.outcomes or is_at_border(one) for one in own_scenes)
    if tells and not any(find.amount for find in finds):
        # One event, told in words that are in no list.
        kinds = {find.goods for find in more}
        counts = any(scene.counts for scene in scenes)
        there = {one.paragraph for one in own_scenes if not counts or has_day(one.days) or is_at_border(one)}
        every = [find for scene in own_scenes if scene.paragraph in there for find in _measured(reading, scene)]
        every = _uncovered(reading, every)
        finds = [find for find in every if find.goods in kinds or not kinds] or every[: is_brief(scenes)]
        more = [] if finds else more
    if not finds and len(more) == 1:
        # A single event whose amount only the title tells, or which is told in vehicles: "23 фуры с луком".
        title = [(scenes[0], one) for one in scenes[0].amounts if one.rank]
        lorries = [(more[0].scene, one) for scene in own_scenes for one in scene.amounts if one.value > 1 > one.rank]
        told = [(scene, one) for scene, one in (*title, *lorries) if not one.against and not reading.is_pipe(one)]
        more = [Find(scene, amount, more[0].named) for scene, amount in told[:1]] or more
    return sorted([*finds, *more] or _unnamed(reading), key=lambda find: find.at.start)


def _in_lorries(reading: _Reading) -> list[Find]:
    """What is told in lorries alone, its goods right behind them: "23 trucks of onions"."""
    low, told = reading.article.low, (one for one in reading.told if one.finding or one.outcomes)
    lorries = ((one, amount) for one in told for amount in one.amounts if amount.value > 1 > amount.rank)
    pairs = ((one, amount, mark) for one, amount in lorries for mark in one.goods if not amount.against)
    return [Find(*one) for one in pairs if _SHAPES.of_lorries.fullmatch(low, one[1].end, one[2].start)]


def _unnamed(reading: _Reading) -> list[Find]:
    """What was found where no word and no amount says what it was: "the cargo was seized"."""
    low, told = reading.article.low, [one for one in reading.told if one.outcomes or one.finding]
    if any(one.goods for one in told):
        return []
    spans = ((one, one.sentence.start, one.sentence.end) for one in reading.told)
    hits = [(one, hit.span()) for one, *span in spans for hit in pattern("triggers", "unnamed").finditer(low, *span)]
    weighed = [(one, at) for one in told for at in one.amounts if hits and at.rank == MEASURED and not at.against]
    finds = [Find(one, at, Mark(*at.span, "other")) for one, at in weighed]
    bare = [] if any(one.counts for one in reading.scenes) else [span for span in hits if span[0] in told]
    finds += [Find(one, None, Mark(*span, "other")) for one, span in bare]
    return [*_driven(reading, told), *finds][:1]


def _driven(reading: _Reading, told: Sequence[Scene]) -> list[Find]:
    """Vehicles that are counted where nothing else is told: "15 jeeps were held"."""
    amounts = (amount for one in reading.scenes for amount in one.amounts if amount.rank and not amount.against)
    if any(one.counts or one.goods for one in reading.scenes) or any(amounts):
        return []
    drives = ((one, at) for one in told for at in one.amounts if at.value > 1 and not at.against)
    driven = (pair for pair in drives if says(reading.article.low[slice(*pair[1].span)], "goods", "driven", "words"))
    return [Find(*pair, Mark(*pair[1].span, "vehicles")) for pair in driven if not _SHAPES.riders.search(pair[0].text)]


def _measured(reading: _Reading, scene: Scene) -> list[Find]:
    finds = []
    for amount in scene.amounts:
        others = (
            other.rank == MEASURED or other.goods not in ("", amount.goods)
            for one in reading.told
            for other in one.amounts
            if not other.against
        )
        low = reading.article.low
        holder = _is_held(low, amount) or _SHAPES.holder.match(low, amount.end)  # "three metal containers"
        holds = amount.goods and holder and any(others)
        apart = amount.start < reading.cover_end(scene) or reading.is_pipe(amount)
        borne = amount.unit == "head" and says(low[slice(*amount.span)], "triggers", "mode", "road")  # "два скотовоза"
        if amount.against or not amount.rank or holds or apart or borne:
            continue
        near = [one for one in reading.scenes if one.paragraph in (scene.paragraph, 0, 1)]
        cash = any(says(one.text, "triggers", "cash") for one in near)
        if amount.unit == "USD" and not cash and not _SHAPES.carried.search(_around(reading.article.low, amount, 0)):
            continue
        if named := _goods_of(reading, scene, amount):
            ore = named.value == "jewelry" and amount.unit == "t"  # no one carries gold by the tonne
            finds.append(Find(scene, amount, replace(named, value="metals") if ore else _specific(reading, named)))
    return finds


def _uncovered(reading: _Reading, finds: list[Find]) -> list[Find]:
    """Finds without what only lay over others of their paragraph."""
    sure = [one for one in finds if one.goods not in reading.covers]
    held = {one.scene.paragraph for one in sure}
    return [one for one in finds if one in sure or one.scene.paragraph not in held]


def is_at_border(scene: Scene) -> bool:
    """Whether a sentence tells of a post, of a border that it names, or of who acted."""
    at_post = any(place.kind == "crossing" and place.cue for place in scene.places)
    return bool(scene.agencies or at_post or any(land.role == "line" for land in scene.lands))


def is_brief(scenes: Sequence[Scene]) -> bool:
    """Whether a text has no room for more than its event, which is no lawful trade, gift or harvest."""
    if len(scenes) > _BRIEF:
        return False
    found = any(one.finding or one.outcomes for one in scenes)
    return found or not any(says(one.text, "triggers", "lawful") for one in scenes)


def _is_found(scene: Scene, own_scenes: Sequence[Scene], *, dated: bool = True) -> bool:
    """Whether the sentence, or one beside it or two behind it, tells of a find; or its paragraph of a day at a post."""
    beside = [one for one in own_scenes if one.paragraph == scene.paragraph]
    dated = dated and any(has_day(one.days) for one in beside)
    posted = scene.sentence.item or any(place.kind == "crossing" for one in beside for place in one.places)
    return (dated and posted) or any(
        one.finding or one.outcomes
        for one in own_scenes
        if abs(one.number - scene.number) <= 1 + (one.paragraph == scene.paragraph)
    )


def _goods_of(reading: _Reading, scene: Scene, amount: AmountMark) -> Mark | None:
    """The goods that an amount is of: those it counts, else the nearest that the text names."""
    low = reading.article.low
    if amount.goods:
        counted = [mark for mark in find_goods(low, *amount.span) if mark.value == amount.goods]
        return counted[-1] if counted else Mark(*amount.span, amount.goods)
    same = [one for one in scene.amounts if _SHAPES.dashed.fullmatch(low, one.end, amount.start)]
    if same and same[0].is_packages:
        return _goods_of(reading, scene, same[0])  # "119 коробок масок — 464 тыс. штук"
    # What follows the unit within the same clause: "60 тонн мороженой пшеницы".
    for mark in (one for one in scene.goods if _may_be_of(low, amount, one)):
        between = low[amount.end : mark.start]
        if mark.start >= amount.end and len(between.split()) <= _CLOSE and not _SHAPES.apart.search(between):
            nouns = (one for one in scene.goods if low[mark.end : one.start] == " " and low[one.start].isascii())
            return next(nouns, mark)  # "tinned sturgeon": the noun comes last
    beside = [one for one in reading.undeclared(scene) if _SHAPES.beside.fullmatch(low, one.end, amount.start)]
    smoked = any(one.value == "tobacco" for other in reading.scenes for one in other.goods)
    dosed = any(one.value in ("drugs", "medicines") for one in (beside if smoked else scene.goods))
    if amount.unit in ("pack", "cigarette") and not dosed:
        return Mark(*amount.span, "tobacco")
    weighed = _SHAPES.weighs.match(low, scene.sentence.start) is not None  # what hearsay right before said it is
    known = [one for one in reading.scenes if one in reading.told or (weighed and one.number == scene.number - 1)]
    earlier = [one for one in known if one.number < scene.number and scene.paragraph - one.paragraph <= 1]
    return next(iter(beside), None) or _elected(reading, scene, earlier[::-1], amount)


def _may_be_of(low: str, amount: AmountMark, mark: Mark) -> bool:
    """Whether an amount may be of goods: money has its own unit alone, a lorry is no load nor weighed."""
    if mark.value == "vehicles":
        borne = amount.rank == MEASURED and says(low[slice(*mark.span)], "triggers", "mode", "road")
        return bool(amount.rank) and not borne
    return bool(mark.value != "currency" or amount.unit == "USD")


def _elected(reading: _Reading, scene: Scene, earlier: Sequence[Scene], amount: AmountMark) -> Mark | None:
    """The goods that most speaks for: each word by how near it stands, and less by what is often a carrier or cover."""
    low, own, votes, nearest = reading.article.low, reading.undeclared(scene), dict[str, float](), dict[str, Mark]()
    weights: dict[str, float] = word_list("goods", "weights")
    before = [one for one in own if one.end <= amount.start][::-1]
    behind = [one for one in own if one.start >= amount.start]
    ballots = [(1.0, before), (weights["behind"], behind)]
    for far, one in enumerate(earlier, 1):
        apart = 1 if one.paragraph == scene.paragraph else weights["apart"]
        ballots.append((weights["earlier"] ** far * apart, reading.undeclared(one)[::-1]))
    later = [one for one in reading.told if scene.number < one.number <= scene.number + 2]
    ballots += [(weights["later"] ** far, reading.undeclared(one)) for far, one in enumerate(later, 1)]
    ballots += [
        (weights["title"], reading.undeclared(one)) for one in reading.scenes[:1] if one not in (scene, *earlier)
    ]
    for weight, marks in ballots:
        first = {mark.value: mark for mark in marks[::-1] if _may_be_of(low, amount, mark)}  # one vote a sentence each
        for rank, mark in enumerate(sorted(first.values(), key=marks.index)):
            named = sum(one.value == mark.value for one in marks)  # "socks, underwear and slippers in a coal box"
            vote = weight * weights["next"] ** rank * _weight(low, mark) * named ** weights["named"]
            votes[mark.value] = votes.get(mark.value, 0) + vote
            nearest.setdefault(mark.value, mark)
    return nearest[max(votes, key=lambda one: votes[one])] if votes else None


def _weight(low: str, mark: Mark) -> float:
    """What a word for goods counts for by itself: a carrier, cover or word for a kind less, what was proved more."""
    kind = _is_held(low, mark) or pattern("goods", "generic", "words").match(low[slice(*mark.span)])
    weights, around = word_list("goods", "weights"), _around(low, mark, 0)
    part = "proved" if _SHAPES.proved.search(around) else "load" if _SHAPES.load.search(around) else ""
    return float(weights.get("carrier" if kind else mark.value, 1) * weights.get(part, 1))


def _is_held(low: str, mark: Mark) -> bool:
    """Whether a word is for what goods lie in: "two bags"."""
    return says(low[slice(*mark.span)], "goods", "container", "words")


def _around(low: str, mark: Mark, start: int) -> str:
    return f"{low[max(start, mark.start - 60) : mark.start]}#{low[mark.end : mark.end + 40]}"


def _specific(reading: _Reading, mark: Mark) -> Mark:
    """Goods under a word for their kind alone ("fish") are what the title or the lead calls them ("sturgeon")."""
    if pattern("goods", "generic", "words").match(reading.article.low[mark.start : mark.end]):
        near = (
            one for one in reading.scenes if one.paragraph <= 1 or one.sentence.start <= mark.start < one.sentence.end
        )
        lead = (other for scene in near for other in scene.goods)
        return next((other for other in lead if other.value == "wildlife"), mark)
    return mark


def _is_declared(low: str, mark: Mark, scene: Scene) -> bool:
    """Whether goods are what papers called them: "declared as toys", "под видом игрушек", "ойыншық деген атпен"."""
    clause = clause_of(low, mark.start, scene.sentence.start, scene.sentence.end)
    for hit in find_declared(low, *clause):
        behind = _SHAPES.declared_behind.match(hit[0]) is not None
        between = any(hit.end() <= other.start < mark.start for other in scene.goods)
        if not behind and between and says(low[hit.end() : mark.start], "triggers", "find"):
            continue  # "barrels marked honey held alcohol"
        if (mark.end <= hit.start()) == behind:
            return not behind or not _SHAPES.words_between.search(low[mark.end : hit.start()])
    return False


def _unmeasured(reading: _Reading, measured: Sequence[Find]) -> list[Find]:
    """Goods that were found without an amount: where the article tells none, or apart from other events."""
    low, finds = reading.article.low, list[Find]()
    acted = any(one.outcomes or one.agencies for one in reading.scenes)
    told = [one for one in reading.told if acted or is_at_border(one)]
    bare = not any(amount.rank and amount.unit != "USD" for one in reading.told for amount in one.amounts)
    for scene in [*told, *(one for one in reading.told if one not in told and one.finding and one.lands)]:
        others = [find for find in measured if find.scene.paragraph == scene.paragraph]
        here = any(find.scene.number == scene.number for find in others)
        moved = any(land.role in ("to", "from") for land in scene.lands)
        apart = moved and says(scene.text, "triggers", "hidden")
        named = [one for one in reading.undeclared(scene) if not _is_held(low, one)]
        named = [one for one in named if not _SHAPES.holder.match(low, one.end)]
        named = named if any(one.value not in reading.covers for one in named) else []
        if here or (others and not apart) or not named or not _is_found(scene, reading.told, dated=scene.sentence.item):
            continue
        thing = has_day(scene.days) and says(scene.text, "triggers", "single")
        placed = thing or bool(scene.places) or moved or any(land.role == "line" for land in scene.lands)
        beside = [one for one in reading.told if one.paragraph == scene.paragraph]
        at_post = any(place.kind == "crossing" for one in beside for place in one.places)
        ended = any(one.outcomes for one in beside)
        placed = placed or (at_post and (ended or scene.sentence.item))
        alone = not measured and not finds
        named.sort(key=lambda one: not says(low[slice(*one.span)], "triggers", "single"))  # "a sawn-off shotgun"
        chosen = max(named, key=lambda one: round(_weight(low, one)))
        fresh = chosen.value not in {find.goods for find in (*measured, *finds)}
        first = all(find.scene.paragraph != scene.paragraph for find in finds)
        # A text without amounts, a paragraph with a day and what became of goods: "on 8 May … the lorry was sent back".
        dated = bare and ended and any(has_day(one.days) for one in beside)
        # Another case: a paragraph with a time that is not that of goods measured; before them, all paragraphs.
        theirs = [one for one in reading.told if any(find.scene.paragraph == one.paragraph for find in measured)]
        ahead = bool(theirs) and scene.number < theirs[0].number and scene.paragraph < theirs[0].paragraph
        around = [one for one in reading.told if ahead and one.number < theirs[0].number] or beside
        behind = first and (any(one.places for one in around) if ahead else placed and scene.paragraph > 1)
        acted_here = (scene.finding or scene.outcomes) and (at_post or any(one.agencies for one in around) or ended)
        tried = any(mark.value == "convicted" for one in around for mark in one.outcomes)
        theirs = [one for one in theirs if not ahead or one.paragraph == theirs[0].paragraph]
        years = [{day[:YEAR] for day in days_in(one, MONTH)} for one in (around, theirs)]
        other_time = is_other_time(days_in(around), days_in(theirs)) or (all(years) and not set.intersection(*years))
        parted = other_time or (ahead and says(theirs[0].text[:_OPENING], "triggers", "another"))
        second = behind and acted_here and parted and not tried
        other = fresh or second or (first and (scene.sentence.item or (dated and at_post)))
        if other and (placed or dated) and (alone or apart or thing or dated or second or scene.sentence.item):
            finds.append(Find(scene, None, chosen))
    brief = is_brief(reading.scenes)
    if not finds and not measured and any(scene.places or (scene.lands and brief) for scene in reading.scenes):
        # One event, told without any amount, its place elsewhere in the text.
        if reading.is_piped:
            return [Find(one, None, mark) for one in reading.scenes for mark in one.goods if mark.value == "fuel"][:1]
        told_of = ((one, reading.undeclared(one) or one.goods) for one in told if one.finding or brief)
        return [Find(one, None, goods[0]) for one, goods in told_of if goods][:1]
    return finds
