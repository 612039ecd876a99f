"""How well articles become drafts: proposals matched one to one with what is expected, and counted."""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.drafting import Drafting, draft_article, read_article
from geo.drafting.article import read_text
from geo.geometry.geodesy import distance_km
from geo.intake.words.folding import fold_loosely
from geo.vocabulary import FORMER_WORDS

if TYPE_CHECKING:
    from pathlib import Path

    from geo.intake.places.gazetteer import Gazetteer

__all__ = ["FIELDS", "SETS", "Score", "read_expected", "score_articles", "score_short"]

FIELDS = ("date", "goods", "quantity", "place", "direction", "neighbour", "mode", "agency", "outcome_class")
"""What is scored: quantity with its unit, place with crossing and region."""

SETS = (
    "articles",
    "own",
    "blind",
    "founding",
    "later",
    "fresh",
    "styles",
    "heldout",
    "forms",
    "notes",
    "unseen",
    "afresh",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)
"""Folders of articles in ``tests/drafting``, in the order in which they came."""

NEAR_KM = 25.0


@dataclass
class Score:
    """Counts over some articles."""

    expected: int = 0
    proposed: int = 0
    matched: int = 0
    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    stated: Counter[str] = field(default_factory=Counter)
    statements_expected: int = 0
    statements_proposed: int = 0
    statements_right: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Count another score's articles as well."""
        for name in (
            "expected",
            "proposed",
            "matched",
            "statements_expected",
            "statements_proposed",
            "statements_right",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("right", "wrong", "stated"):
            getattr(self, name).update(getattr(other, name))
        self.faults += other.faults

    @property
    def found(self) -> float:
        """Share of the expected incidents that are proposed."""
        return self.matched / max(1, self.expected)

    @property
    def invented(self) -> float:
        """Share of the proposed incidents that nothing expected matches."""
        return (self.proposed - self.matched) / max(1, self.proposed)

    def share(self, name: str) -> float:
        """Share of a field's expected values that are right; one left open is not."""
        return self.right[name] / max(1, self.stated[name])

    @property
    def wrong_share(self) -> float:
        """Share of the proposed fields of matched incidents that are wrong."""
        return sum(self.wrong.values()) / max(1, sum(self.wrong.values()) + sum(self.right.values()))

    @property
    def statements(self) -> float:
        """Share of the expected statements that are proposed with value, goods and period."""
        return self.statements_right / max(1, self.statements_expected)


def read_expected(folder: Path) -> dict[str, dict[str, Any]]:
    """What is expected of a folder's articles, in the words of the vocabulary."""
    expected: dict[str, dict[str, Any]] = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    former = FORMER_WORDS["direction"]
    for article in expected.values():
        for incident in article["incidents"]:
            incident["direction"] = former.get(incident["direction"], incident["direction"])
    return expected


def score_articles(folder: Path, gazetteer: Gazetteer) -> dict[str, Score]:
    """Score a folder's articles: name → score."""
    return {
        name: score_article(name, draft_article(read_article(folder / name), gazetteer), wanted, gazetteer)
        for name, wanted in read_expected(folder).items()
    }


def score_short(file: Path, gazetteer: Gazetteer) -> tuple[Counter[str], list[str]]:
    """How many short texts of a file become one draft of the right goods, amount and place, and the others' faults."""
    counts: Counter[str] = Counter()
    faults = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        wanted = json.loads(line)
        drafts = [draft.fields for draft in draft_article(read_text(wanted["text"]), gazetteer).drafts]
        of_goods = [one for one in drafts if one.get("goods") == wanted["goods"]]
        placed = [one for one in of_goods if _same_place(wanted, one, gazetteer)]
        amounts = [_right("quantity", wanted, one, gazetteer) for one in placed]
        steps = (("draft", drafts), ("goods", of_goods), ("place", placed), ("quantity", any(amounts)))
        missed = next((name for name, reached in steps if not reached), "besides" if len(drafts) > 1 else "")
        counts[missed or "right"] += 1
        if missed:
            faults.append(f"{file.name}:{number}: {missed}: {wanted['text']}")
    return counts, faults


def score_article(name: str, drafting: Drafting, wanted: dict[str, Any], gazetteer: Gazetteer) -> Score:
    """Score one article."""
    score = Score(expected=len(wanted["incidents"]), proposed=len(drafting.drafts))
    left = [draft.fields for draft in drafting.drafts]
    for incident in wanted["incidents"]:
        fits = [draft for draft in left if _matches(incident, draft, gazetteer)]
        if not fits:
            score.faults.append(f"{name}: not found {incident['date']} {incident['goods']} {incident['place_name']}")
            continue
        best = max(
            fits,
            key=lambda draft: (
                _right("quantity", incident, draft, gazetteer),
                _right("date", incident, draft, gazetteer),
            ),
        )
        left.remove(best)
        score.matched += 1
        _score_fields(score, name, incident, best, gazetteer)
    told = ("date", "goods", "quantity", "unit", "place_name")
    score.faults += [f"{name}: invented {' '.join(str(draft.get(field)) for field in told)}" for draft in left]
    _score_statements(score, name, drafting, wanted)
    return score


def _score_fields(
    score: Score, name: str, incident: dict[str, Any], draft: dict[str, Any], gazetteer: Gazetteer
) -> None:
    for what in FIELDS:
        wanted, given = _value(what, incident), _value(what, draft)
        if wanted:
            score.stated[what] += 1
        if not given:
            if wanted:
                score.faults.append(f"{name}: {what} left open, expected {wanted}")
            continue
        if _right(what, incident, draft, gazetteer):
            score.right[what] += 1 if wanted else 0
        else:
            score.wrong[what] += 1
            score.faults.append(f"{name}: {what} {given}, expected {wanted or 'nothing'}")


def _value(what: str, fields: dict[str, Any]) -> Any:
    if what == "quantity":
        return None if fields.get("quantity") is None else (float(fields["quantity"]), fields["unit"])
    if what == "place":
        return fields.get("crossing_id") or fields.get("region_code") or fields.get("place_name")
    if what == "agency":
        return "; ".join(sorted(filter(None, (fields.get("agency") or "").split("; "))))
    value = fields.get(what)
    return "" if value in (None, "unknown") else value


def _right(what: str, incident: dict[str, Any], draft: dict[str, Any], gazetteer: Gazetteer) -> bool:
    if what == "place":
        return _same_place(incident, draft, gazetteer)
    if what == "quantity":
        wanted, given = _value(what, incident), _value(what, draft)
        if not wanted or not given:
            return wanted == given
        return given[1] == wanted[1] and abs(given[0] - wanted[0]) <= 1e-6 * abs(wanted[0])
    if what == "date":
        return str(draft.get("date", "")) == (incident["date"] or "")
    return _value(what, incident) == _value(what, draft)


def _matches(incident: dict[str, Any], draft: dict[str, Any], gazetteer: Gazetteer) -> bool:
    return (
        draft.get("goods") == incident["goods"]
        and _near_day(incident, draft)
        and _same_place(incident, draft, gazetteer)
    )


def _near_day(incident: dict[str, Any], draft: dict[str, Any]) -> bool:
    wanted, given = incident["date"] or "", str(draft.get("date", ""))
    if not wanted:
        return not given
    if len(wanted) < len("2024-07-03") or len(given) < len("2024-07-03"):
        length = min(len(wanted), len(given)) if given else 0
        return length > 0 and wanted[:length] == given[:length]
    return abs(dt.date.fromisoformat(wanted) - dt.date.fromisoformat(given)) <= dt.timedelta(days=1)


def _same_place(incident: dict[str, Any], draft: dict[str, Any], gazetteer: Gazetteer) -> bool:
    wanted, given = incident.get("crossing_id"), draft.get("crossing_id")
    crossings = gazetteer.frontier.crossings
    if wanted and given:
        return bool(wanted == given)
    if wanted and "lon" in draft and draft.get("location_precision") not in ("region", "border"):
        point = crossings.geometry[wanted]
        return bool(distance_km(point.x, point.y, draft["lon"], draft["lat"]) <= NEAR_KM)
    if incident.get("region_code") or draft.get("region_code"):
        return bool(incident.get("region_code") == draft.get("region_code"))
    if not incident.get("place_name"):
        return True
    return _same_name(incident, draft) or (
        incident.get("location_precision") in ("border", "country")
        and incident.get("neighbour") == draft.get("neighbour")
    )


def _same_name(incident: dict[str, Any], draft: dict[str, Any]) -> bool:
    """Whether one name has all words of the other, in whatever case: "Kant" and "Kant station"."""
    names = [str(one.get("place_name") or "").split(",")[0].split() for one in (incident, draft)]
    one, other = ([fold_loosely(word)[:4] for word in words] for words in names)
    return one[:1] == other[:1] or set(one) <= set(other) or (bool(other) and set(other) <= set(one))


def _score_statements(score: Score, name: str, drafting: Drafting, wanted: dict[str, Any]) -> None:
    left = [statement.fields for statement in drafting.statements]
    score.statements_expected, score.statements_proposed = len(wanted["statements"]), len(left)
    for one in wanted["statements"]:
        fits = [
            given
            for given in left
            if float(given["value"]) == float(one["value"])
            and (given["period_start"] or None, given["period_end"] or None) == (one["period_start"], one["period_end"])
            and given["agency"] == one["agency"]
            and ("goods" not in one or given["goods"] == one["goods"])
        ]
        if fits:
            left.remove(fits[0])
            score.statements_right += 1
        else:
            score.faults.append(f"{name}: statement not found {one}")
    told = ("agency", "value", "period_start", "period_end", "metric")
    score.faults += [f"{name}: statement besides {' '.join(str(given[field]) for field in told)}" for given in left]
