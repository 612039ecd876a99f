"""Statements by agencies beside the records: how many compare, and what that allows to say.

The rules are written out in ``docs/claims.md``. They are pure functions of a statement and the records; a verdict
says what is on record and never why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.claims.comparable import NOTHING, Found, Records, Scope, find_records, reasons_against, scope_of
from geo.claims.pairing import pair_claims
from geo.claims.scopes import (
    ALL_BORDERS,
    ClaimRules,
    borders_covered,
    name_borders,
    read_claim_rules,
    remarks_in,
    stated_bound,
)
from geo.language.phrases import Figure, join_all, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from geo.incidents.placing import Located
    from geo.language.phrases import Phrase, Phrases

__all__ = [
    "AGENCY_RECORDS",
    "AGENCY_RECORDS_SAME_ARTICLE",
    "CONTRADICTED",
    "NOT_COMPARABLE",
    "NO_RECORD",
    "OTHER_RECORDS",
    "VERDICTS",
    "compare_claims",
]

CONTRADICTED = "contradicted"
AGENCY_RECORDS_SAME_ARTICLE = "same-article"
AGENCY_RECORDS = "agency"
OTHER_RECORDS = "others"
NO_RECORD = "no-record"
NOT_COMPARABLE = "not-comparable"
VERDICTS = (CONTRADICTED, AGENCY_RECORDS_SAME_ARTICLE, AGENCY_RECORDS, OTHER_RECORDS, NO_RECORD, NOT_COMPARABLE)
"""What may be said of a statement, in the order of a list; the ends of their keys in the words."""

_FIRST_COLUMNS = (
    "agency",
    "claim",
    "value",
    "unit",
    "period_start",
    "period_end",
    "verdict",
    "reason",
    "records_same_agency",
    "records_other_agencies",
    "record_ids",
    "source_url",
)
_OWN_COLUMNS = (
    "agency_detail",
    "claim_type",
    "metric",
    "goods",
    "goods_scope",
    "goods_read",
    "neighbour",
    "border_scope",
    "border_read",
    "legal_scope",
    "stated_on",
    "period_first_day",
    "period_last_day",
    "source_publisher",
    "of_one_case",
    "records_same_agency_ids",
    "records_other_agencies_ids",
    "records_only_part_of_agency",
    "records_only_abroad",
    "records_only_abroad_ids",
    "records_convicted",
    "left_out_undated",
    "left_out_partly_outside",
    "left_out_refused_entry",
    "left_out_other_article",
    "left_out_without_agency",
    "sentence",
    "coverage",
    "coverage_text",
    "recorded_quantity_same_agency",
    "recorded_quantity_all",
    "remarks",
    "paired_with",
)
# A statement's notes are working notes of the research, not wording for a reader: they are not among the columns.
_LEFT_OUT = ("undated", "partly_outside", "refused_entry", "other_article", "without_agency")


def compare_claims(claims: pd.DataFrame, located: Located, *, rules: ClaimRules | None = None) -> pd.DataFrame:
    """Set each statement beside the records that compare with it.

    Parameters
    ----------
    claims
        As :func:`geo.read_claims` gives them.
    located
        The incidents, all of them, on the border. Their ``legal_scope`` ("Art. 234; Art. 286") states the
        articles of law that a record falls under.
    rules
        Words that the rules go by; the built-in ones by default.

    Returns
    -------
    pandas.DataFrame
        On the index ``id`` of the statements, in their order. First ``agency, claim, value, unit, period_start,
        period_end, verdict`` (one of :data:`VERDICTS`), ``reason`` (phrases), ``records_same_agency,
        records_other_agencies`` (numbers of records, 0 where nothing was compared), ``record_ids`` (separated by
        ``"; "``, this agency's first), ``source_url``; then what a page shows beside them: the two lists of ids
        apart, the records that name only a part of the agency, or only agencies abroad, what was left out and why,
        ``coverage`` (a ratio from 0 to 1, NaN where none is offered) and ``coverage_text``, ``sentence``, the
        recorded quantities in the statement's unit, the scope as it was read, ``remarks`` and ``paired_with``. What
        is said stands in phrases: :func:`geo.claims.wording.word_claims` puts the table into words.

    Examples
    --------
    >>> import geo
    >>> from geo.claims.reading import read_claims
    >>> compared = compare_claims(read_claims(), geo.locate(geo.read_incidents(), geo.read_frontier()))
    >>> compared.loc["seed-mti-not-our-job", "verdict"]
    'not-comparable'
    """
    words = read_claim_rules() if rules is None else rules
    records = Records(located)
    paired = _paired(pair_claims(claims, rules=words))
    rows = [
        _compare(claim, records, words) | {"paired_with": "; ".join(paired.get(identifier, []))}
        for identifier, claim in zip(claims.index, claims.to_dict("records"), strict=True)
    ]
    return pd.DataFrame(rows, index=claims.index, columns=[*_FIRST_COLUMNS, *_OWN_COLUMNS])


def _compare(claim: Mapping[Any, Any], records: Records, rules: ClaimRules) -> dict[str, Any]:
    """One statement's row."""
    scope = scope_of(claim, rules)
    against = tuple(reasons_against(claim, scope, rules))
    comparable = NOTHING if against else find_records(claim, scope, records)
    verdict, reason = (NOT_COMPARABLE, against) if against else _judge(claim, scope, comparable, records)
    terms = remarks_in(f"{claim['claim']} {claim['metric']}", rules.remarks)
    remarks = [*_remarks_on_figure(claim), *(term.phrase for term in terms)]
    if not against:
        remarks += [*_remarks_on_scope(claim, scope), *_remarks_on_records(scope, comparable, records, rules)]
    days = {
        name: "" if pd.isna(claim[field]) else f"{claim[field]:%Y-%m-%d}"
        for name, field in (("period_first_day", "date_start"), ("period_last_day", "date_end"))
    }
    return {
        **claim,
        "verdict": verdict,
        "reason": reason,
        **_list_records(comparable, records),
        **days,
        "goods_read": scope.goods.words,
        "border_read": name_borders(scope.borders),
        "of_one_case": any(term.kind == "single" for term in terms),
        **_measure(claim, comparable, records, compared=not against),
        "remarks": tuple(remarks),
    }


# -- what may be said -----------------------------------------------------------------------------


def _judge(claim: Mapping[Any, Any], scope: Scope, comparable: Found, records: Records) -> tuple[str, Phrases]:
    """The verdict and the reason for it."""
    others = _say_others(comparable, records)
    if len(comparable.same):
        against = _contradicting(claim, scope, comparable, records)
        if len(against):
            reason = _say_records("contradicted", against, records, body=scope.body, law=claim["legal_scope"])
            return CONTRADICTED, (reason, *others)
        alike = int(records.under(lambda own: bool(own & scope.articles))[comparable.same].sum())
        if alike:
            law = {"m": alike, "law": claim["legal_scope"]}
            reason = _say_records("same-article", comparable.same, records, body=scope.body, **law)
            return AGENCY_RECORDS_SAME_ARTICLE, (reason, *others)
        return AGENCY_RECORDS, (_say_records("agency", comparable.same, records, body=scope.body), *others)
    if len(comparable.other):
        return OTHER_RECORDS, (phrase("statement.reason.none", body=scope.body), *others)
    return NO_RECORD, (phrase("statement.reason.no-record"),)


def _contradicting(claim: Mapping[Any, Any], scope: Scope, comparable: Found, records: Records) -> NDArray[np.intp]:
    """Records that a statement of none can't stand beside: agency, period and law all the same and known."""
    none = claim["claim_type"] == "none" or (claim["unit"] == "case" and claim["value"] == 0)
    if not none or not scope.articles or claim["period_end"] == "":
        return NOTHING.same
    alone = records.named(lambda names: names == {scope.body})
    law = records.under(lambda own: bool(own) and own <= scope.articles)
    against: NDArray[np.intp] = comparable.same[(alone & law & records.by_event & records.a_case)[comparable.same]]
    return against


def _say_records(reason: str, rows: NDArray[np.intp], records: Records, **values: Any) -> Phrase:
    """A reason that speaks of some records: how many, and how many of them with a recorded conviction."""
    count, convicted = len(rows), int(records.convicted[rows].sum())
    kind = "alleged" if not convicted else "convicted" if convicted == count else "some"
    counted = phrase(f"statement.records.{kind}", n=count, m=convicted)
    return phrase(f"statement.reason.{reason}", records=counted, n=count, **values)


def _say_others(comparable: Found, records: Records) -> Phrases:
    if not len(comparable.other):
        return ()
    abroad = int(records.abroad[comparable.other].sum())
    return (_say_records("others-abroad" if abroad else "others", comparable.other, records, m=abroad),)


def _remarks_on_figure(claim: Mapping[Any, Any]) -> Iterator[Phrase]:
    if claim["period_end"] == "" and pd.notna(claim["date_end"]):
        yield phrase("statement.note.end", day=f"{claim['date_end']:%Y-%m-%d}")
    bound = stated_bound(claim["claim"], claim["value"])
    if bound:
        yield phrase(f"statement.note.{bound}")


def _remarks_on_scope(claim: Mapping[Any, Any], scope: Scope) -> Iterator[Phrase]:
    if claim["claim_type"] == "none":
        yield phrase("statement.note.named")
    if claim["claim_type"] == "no_data":
        yield phrase("statement.note.no-data")
    if scope.articles:
        yield phrase("statement.note.law", law=join_all(claim["legal_scope"].split("; ")))
    described = claim["border_scope"]
    if described not in ("", "all") and borders_covered("", described) is None:
        borders = name_borders(scope.borders)
        read = phrase("statement.all-borders") if borders == ALL_BORDERS else borders
        yield phrase("statement.note.border", words=described, borders=read)


def _remarks_on_records(scope: Scope, comparable: Found, records: Records, rules: ClaimRules) -> Iterator[Phrase]:
    if len(comparable.by_part):
        parts = ", ".join(sorted(scope.parts))
        yield phrase("statement.note.part", n=len(comparable.by_part), body=scope.body, parts=parts)
    whole = rules.part_of.get(scope.body, "")
    by_whole = comparable.other[records.named(lambda names: whole in names)[comparable.other]]
    if len(by_whole):
        yield phrase("statement.note.whole", n=len(by_whole), whole=whole, body=scope.body)
    doubled = records.doubled(np.concatenate([comparable.same, comparable.other]))
    if doubled:
        yield phrase("statement.note.doubled", n=doubled)
    left = tuple(
        phrase(f"statement.left.{why}", n=comparable.left_out[why]) for why in _LEFT_OUT if comparable.left_out.get(why)
    )
    if left:
        yield phrase("statement.note.left", list=left)


# -- numbers --------------------------------------------------------------------------------------


def _list_records(comparable: Found, records: Records) -> dict[str, Any]:
    same, other = (list(records.ids[rows]) for rows in (comparable.same, comparable.other))
    return {
        "records_same_agency": len(same),
        "records_other_agencies": len(other),
        "record_ids": "; ".join([*same, *other]),
        "records_same_agency_ids": "; ".join(same),
        "records_other_agencies_ids": "; ".join(other),
        "records_only_part_of_agency": len(comparable.by_part),
        "records_only_abroad": int(records.abroad[comparable.other].sum()),
        "records_only_abroad_ids": "; ".join(records.ids[comparable.other[records.abroad[comparable.other]]]),
        "records_convicted": int(records.convicted[[*comparable.same, *comparable.other]].sum())
        if same or other
        else 0,
        **{f"left_out_{why}": comparable.left_out.get(why, 0) for why in _LEFT_OUT},
    }


def _measure(claim: Mapping[Any, Any], comparable: Found, records: Records, *, compared: bool) -> dict[str, Any]:
    total, unit, naming = claim["value"], claim["unit"], len(comparable.same)
    figure = compared and total > 0
    goods_unit = unit if figure and unit != "case" else ""
    # More records than cases: they can't all be among those that the agency counts, so no ratio is offered.
    offered = figure and unit == "case" and naming <= total
    beside = phrase("statement.beside", n=naming + len(comparable.other), m=naming, total=Figure(total, unit))
    everyone = np.concatenate([comparable.same, comparable.other])
    return {
        "sentence": (beside,) if figure else (),
        "coverage": naming / total if offered else np.nan,
        "coverage_text": (phrase("statement.cover", n=naming, total=Figure(total)),) if offered else (),
        "recorded_quantity_same_agency": records.quantity(comparable.same, goods_unit),
        "recorded_quantity_all": records.quantity(everyone, goods_unit),
    }


def _paired(pairs: pd.DataFrame) -> dict[Any, list[str]]:
    partners: dict[Any, list[str]] = {}
    for one, other in zip(pairs["first_id"], pairs["second_id"], strict=True):
        partners.setdefault(one, []).append(other)
        partners.setdefault(other, []).append(one)
    return partners
