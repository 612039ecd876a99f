"""Drafts of incidents: each field with the words that it came from, and blank where nothing decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.drafting.agencies import OUTCOMES, as_of, country_of, home, side_of_article, who_acted
from geo.drafting.amounts import MEASURED
from geo.drafting.denials import take_back
from geo.drafting.events import find_events
from geo.drafting.finds import is_at_border, is_brief
from geo.drafting.goods import is_branded, is_live
from geo.drafting.lands import ABROAD, HOME, INTO, MODES_BORNE, TRANSIT, UNKNOWN, read_direction, read_mode
from geo.drafting.lexicon import DAY, MONTH, YEAR, Shapes, says, word_list
from geo.drafting.locating import locate_event, name_land, place_of_event
from geo.drafting.numerals import rounded
from geo.drafting.proposals import Draft, Drafting, Evidence, evidence_of
from geo.drafting.scenes import read_scenes
from geo.drafting.statements import draft_statements
from geo.intake.words.amounts import read_unit

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from geo.drafting.amounts import AmountMark
    from geo.drafting.article import Article
    from geo.drafting.days import DayMark
    from geo.drafting.events import Event
    from geo.drafting.lexicon import Mark
    from geo.drafting.scenes import Scene
    from geo.intake.places.gazetteer import Gazetteer

    Put = Callable[..., None]
    """Sets a field: name, value, offsets of the words."""

__all__ = ["draft_article"]

_SHAPES = Shapes("find")

_CARTONS = 100  # fewer "қорап" of cigarettes are no packs, which a traveller may carry
_BORDER_SERVICE, _ITS_COMMITTEE = "KNB Border Service", "KNB"


def draft_article(article: Article, gazetteer: Gazetteer) -> Drafting:
    """Propose the incidents and statements of an article; a field is filled where words decide it, never guessed."""
    if not article.sentences:
        return Drafting(article)
    scenes = take_back(read_scenes(article, gazetteer))
    events = find_events(article, scenes) if _is_about_home(scenes) else []
    side, alone = side_of_article(article.low, article.outlet), len(events) == 1
    drafts = [_draft(article, event, scenes, gazetteer, side=side, alone=alone) for event in events]
    return Drafting(article, tuple(filter(None, drafts)), draft_statements(article, scenes, len(drafts)))


def _is_about_home(scenes: Sequence[Scene]) -> bool:
    """Whether an article tells of a find or an agency, here or across the line, and of no land beyond it alone."""
    lands = [land for scene in scenes for land in scene.lands]
    places = [place for scene in scenes for place in (*scene.places, *scene.hints)]
    near = any(land.value != ABROAD for land in lands) or any(
        place.found.region_code or place.found.crossing_id or place.kind == ABROAD for place in places
    )
    found = (one.finding or is_at_border(one) or (one.outcomes and (one.lands or one.places)) for one in scenes)
    return (near and (is_brief(scenes) or any(found))) or (not lands and any(one.agencies for one in scenes))


def _draft(
    article: Article, event: Event, scenes: Sequence[Scene], gazetteer: Gazetteer, *, side: str, alone: bool
) -> Draft | None:
    fields: dict[str, Any] = {}
    evidence: dict[str, tuple[Evidence, ...]] = {}

    def put(name: str, value: Any, *spans: tuple[int, int]) -> None:
        if value not in ("", None):
            fields[name] = value
            if spans:
                evidence[name] = evidence_of(article, *spans)

    _put_goods(article, event, put)
    place = place_of_event(event, scenes, gazetteer, alone=alone)
    _put_date(article, event, [one for one in scenes if place in one.places], put)
    locate_event(event, place, gazetteer, put)
    if place and place.kind == "locality" and "lon" not in fields and (side == home() or place.cue == "outpost"):
        _put_only_region(scenes, put)
    cue = place.cue if place else ""
    lined = any(one.role == "line" and one.value != HOME for one in event.main.scene.lands)
    borders = set(map(str, gazetteer.frontier.borders.index))
    codes = set() if lined or cue == "air" or "crossing_id" in fields else borders
    digest = event.main.scene.sentence.item
    heads = [one for one in scenes if alone or (digest and not (one.sentence.item or one.counts))]
    year = int(fields.get("date", "9999")[:YEAR])
    _put_agencies(event, heads, side, codes, put, low=article.low, year=year)
    _put_outcome(event, put)
    _put_mode(event, put)
    if "mode" not in fields and place and cue in ("air", "water", "rail"):
        put("mode", cue, place.span)
    _put_way(event, scenes, side, str(fields.get("neighbour", "")), put)
    if place is None and "neighbour" in fields and "location_precision" not in fields:
        put("location_precision", "border")
    known = {one.found.crossing_id for scene in scenes for one in scene.places} - {""}
    sure = place is not None and (place.sure or place.found.crossing_id in known)
    given = sure if place and (sure or place.kind != ABROAD) else "neighbour" in fields
    beside = event.paragraph if "quantity" in fields else [event.main.scene] * bool(event.main.scene.agencies)
    found = is_brief(scenes) or any(one.finding or one.outcomes for one in beside)
    if not _is_told(fields, set(evidence), given=given, found=found, published=article.published):
        return None
    if "agency" not in fields and not digest:  # the only one of the article, but for those at another post
        here = ("", fields.get("crossing_id"))
        near = [one for one in scenes if all(named.found.crossing_id in here for named in one.places)]
        _put_agencies(event, near, side, codes, put, low=article.low, year=year)
    if "place_name" not in fields:
        acted = side == home() and any(country_of(str(one.value)) == home() for one in event.own("agencies"))
        name_land(event, article.text, str(fields.get("neighbour", "")), put, acted=acted)
    span = (min(one.sentence.start for one in event.scenes), max(one.sentence.end for one in event.scenes))
    return Draft(fields, evidence, span)


def _is_told(
    fields: dict[str, Any], evidence: set[str], *, given: bool, found: bool, published: dt.date | None
) -> bool:
    """Whether enough is told of an event; one without a place is at a border by its way, or by who did what."""
    if "date" in fields and int(fields["date"][:YEAR]) < word_list("denials", "history", "before"):
        return False
    acted = {"quantity", "agency"} <= set(fields) or (found and given)
    at_border = {"direction", "neighbour"} & set(fields) or {"agency", "outcome_class"} <= set(fields)
    if not given and not (at_border and {"date", "quantity", "direction"} & evidence) and not (found and acted):
        return False
    if "date" not in evidence and not acted and not {"outcome_class", "direction"} & set(fields):
        return False
    whole = "quantity" in fields and given and "date" in evidence
    return whole or published is None or int(fields["date"][:YEAR]) >= published.year - 1


# -- Field by field ---------------------------------------------------------------------------------


def _put_only_region(scenes: Sequence[Scene], put: Put) -> None:
    """A village that no list has lies in the only region that the article names."""
    named = sorted(
        (one.span, one.found.region_code) for scene in scenes for one in scene.places if one.found.region_code
    )
    if len({region for _, region in named}) == 1:
        put("region_code", named[0][1], named[0][0])


def _put_goods(article: Article, event: Event, put: Put) -> None:
    named, goods = event.main.named.span, event.main.goods
    near = [one for one in event.scenes if one.paragraph <= event.main.scene.paragraph + 1]
    if goods == "consumer_goods" and any(is_branded(scene.text) for scene in (*near, *event.shared)):
        goods = "branded_goods"
    elif goods == "consumer_goods" and event.says("goods", "antique", "words"):
        goods = "other"
    put("goods", goods, named)
    put("goods_description", article.text[slice(*named)])
    weapon = _weapon_of(article, event)
    whole = goods == "vehicles" and says(article.low[slice(*named)], "triggers", "single")  # whatever it weighs
    if event.parts and weapon is None and not (whole and event.parts[0].rank == MEASURED):
        spans = [part.span for part in event.parts]
        put("quantity", rounded(sum(part.value for part in event.parts)), *spans)
        put("unit", _unit_of(article.low, event.parts[0], goods, named), *spans)
        return
    named = weapon.span if weapon else named
    words = article.low[slice(*named)]
    live = is_live(words, "")
    if says(words, "triggers", "single") or (live and _SHAPES.one.search(article.low, 0, named[0])):
        put("quantity", 1.0, named)
        put("unit", "head" if live else "piece", named)


def _unit_of(low: str, amount: AmountMark, goods: str, named: tuple[int, int]) -> str:
    """The unit that an amount counts goods in, by what they are: a "қорап" of cigarettes is a pack."""
    unit = amount.unit
    word = low[slice(*amount.span)].rsplit(maxsplit=1)[-1]
    if (unit == "pack" and goods != "tobacco") or (unit == "truck" and goods == "vehicles"):
        unit = "piece"
    elif unit in ("box", "pack") and (counted := read_unit(word, goods if amount.value >= _CARTONS else "")):
        unit = counted[0]
    if unit == "piece" and _SHAPES.cigarettes.search(low, *named):
        return "cigarette"
    return "head" if unit == "piece" and is_live(low[slice(*named)], "") else unit


def _weapon_of(article: Article, event: Event) -> Mark | None:
    """The one weapon whose rounds an event's amounts count: "a pistol with 310 pellets"."""
    if not event.parts or not all(
        says(article.low[slice(*one.span)], "goods", "rounds", "words") for one in event.parts
    ):
        return None
    named = (mark for scene in (*event.scenes, *event.shared) for mark in scene.goods if mark.value == "weapons")
    return next((one for one in named if says(article.low[slice(*one.span)], "triggers", "single")), None)


def _put_date(article: Article, event: Event, there: Sequence[Scene], put: Put) -> None:
    """The nearest day before the find, else after it, else in the lead or with its place; else the article's."""
    published = article.published.isoformat() if article.published else "9999"
    at, sentence = event.main.at.start, event.main.scene.sentence

    def may_be(day: DayMark) -> bool:
        of_year = (
            len(day.value) > YEAR or day.relative or _SHAPES.of_year.search(article.low, day.start - 5, day.end + 6)
        )
        return day.role == "event" and bool(of_year) and day.value <= published[: len(day.value)]

    scenes = [one for one in event.scenes if one.paragraph <= event.main.scene.paragraph or not article.published]
    end = max((one.sentence.end for one in scenes), default=0)

    def order(day: DayMark) -> tuple[bool, int, int, int]:
        before, beside = day.start <= at, sentence.start <= day.start < sentence.end
        far = day.start >= end  # a paragraph further on tells of something else
        return far, -len(day.value), 3 - 2 * beside - before, abs(day.start - at)

    # "On 21 November … who had left the day before" is told of that day.
    told = ([day for day in one.days if day.role == "event"] for one in event.scenes)
    aside = [day for one, *more in filter(None, told) if len(one.value) == DAY and not one.relative for day in more]
    aside = [day for day in aside if day.relative and _SHAPES.eve.match(article.low, day.start)]
    own = [one for one in event.own("days") if may_be(one) and one not in aside]
    own = [one for one in own if one.start < end or len(one.value) == DAY]
    # "In May it was found. On 3 June it was burned": what is told beside the find is told of it.
    beside = [one for one in own if sentence.start <= one.start <= at]
    if beside and max(len(one.value) for one in beside) < DAY:
        own = [one for one in own if one.value.startswith(beside[-1].value)]
    lead = sorted(filter(may_be, event.lead("days")), key=lambda day: (len(day.value), day.start))
    chosen = min(own, key=order, default=None)
    month = chosen.value if chosen and len(chosen.value) == MONTH else ""
    exact = [day for day in lead if (month or chosen is None) and day.value.startswith(month)]
    near = [day for scene in there for day in scene.days if may_be(day)]
    chosen = next(iter([*exact[-1:], *filter(None, [chosen]), *near]), None)
    if chosen is not None:
        put("date", chosen.value, chosen.span)
        put("date_precision", {DAY: "day", MONTH: "month", YEAR: "year"}[len(chosen.value)], chosen.span)
        put("date_basis", "event")
    elif article.published is not None:
        put("date", published)
        put("date_precision", "day")
        put("date_basis", "publication")


def _put_agencies(
    event: Event, scenes: Sequence[Scene], side: str, codes: set[str], put: Put, *, low: str, year: int
) -> None:
    """Who acted, else the only agency of these sentences; a neighbour's agency on no named border acted on its own."""
    every = [mark for scene in scenes for mark in scene.agencies]
    lead = [scene for scene in event.shared if scene.finding or scene.places or scene.paragraph == 0]
    marks = event.own("agencies") or [mark for scene in lead for mark in scene.agencies]
    opening = [mark for one in event.shared if one.paragraph <= 1 and not one.counts for mark in one.agencies]
    aside = [mark for one in scenes if one.paragraph == event.main.scene.paragraph for mark in one.agencies]
    for others in (every, opening, aside):
        marks = marks or (others if len({mark.value for mark in others}) == 1 else [])
    names = list(dict.fromkeys(str(mark.value) for mark in who_acted(low, marks)))
    if _BORDER_SERVICE in names and _ITS_COMMITTEE in names and not event.says("agencies", "department", "words"):
        names.remove(_ITS_COMMITTEE)
    if side != home() and any(country_of(name) != home() for name in names):
        names = [name for name in names if country_of(name) != home() or name == _BORDER_SERVICE]
    spans = [mark.span for mark in marks if mark.value in names]
    put("agency", "; ".join(as_of(name, year) for name in names), *spans)
    abroad = {country_of(name) for name in names} - {home()}
    if len(abroad) == 1 and abroad <= codes:
        put("neighbour", abroad.pop(), *spans)


def _put_outcome(event: Event, put: Put) -> None:
    """The furthest step that the event's sentences tell, else that of all events: "in all three a case was opened"."""
    of_all = [mark for one in event.shared if _SHAPES.of_each.search(one.text) for mark in one.outcomes]
    steps = event.own("outcomes") or of_all
    furthest = min((mark.value for mark in steps), key=OUTCOMES.index, default="")
    put("outcome_class", furthest, *(mark.span for mark in steps if mark.value == furthest))


def _put_mode(event: Event, put: Put) -> None:
    """The words beside the find for how it travelled, else the event's, else those of the lead; a tunnel before all."""
    tunnels = [scene for scene in event.scenes if says(scene.text, "triggers", "mode", "tunnel")]
    if not tunnels and event.says("triggers", "untold", "mode"):
        return
    for scenes in (tunnels, event.paragraph, event.scenes, [one for one in event.shared if one.paragraph <= 1]):
        marks = [(scene.sentence.start, mark) for scene in scenes if (mark := _mode_of(scene))]
        if marks:
            start, mark = min(marks, key=lambda one: MODES_BORNE.index(one[1].value))
            put("mode", "post" if mark.value == "parcel" else mark.value, (start + mark.start, start + mark.end))
            return


def _mode_of(scene: Scene) -> Mark | None:
    """How goods travelled, by words that are no goods: drones are not borne by aircraft."""
    text = scene.text
    for mark in (one for one in scene.goods if one.value == "electronics"):
        first, last = (at - scene.sentence.start for at in mark.span)
        text = f"{text[:first]}{' ' * (last - first)}{text[last:]}"
    return read_mode(text)


def _put_way(event: Event, scenes: Sequence[Scene], side: str, neighbour: str, put: Put) -> None:
    here = {one.paragraph for one in event.scenes if one.paragraph <= event.main.scene.paragraph + 1}
    aside = [one for one in scenes if one.paragraph in here and one.background]
    for chosen in (event.scenes, event.shared, aside):
        text = "" if chosen is aside else "\n".join(scene.text for scene in chosen)
        lands = [land for scene in chosen for land in scene.lands]
        way, at = read_direction(text, lands, sides_abroad=side != home())
        whence = {land.value for land in lands if land.role == "from"}
        bound = any(land.role == "to" and land.value == HOME for land in (*lands, *event.lead("lands")))
        if way == INTO and not bound and neighbour == side and whence and not whence & {neighbour, HOME}:
            way = TRANSIT  # a neighbour's service met with goods of a third land
        if way not in ("", UNKNOWN):
            offsets = [scene.sentence.start + one for scene in chosen for one in range(len(scene.text) + 1)]
            ends = [land.span for land in lands if land.role in ("to", "from")]
            spans = [(offsets[at[0]], offsets[at[0]] + at[1] - at[0])] if at else ends
            put("direction", way, *spans)
        if way:
            return
