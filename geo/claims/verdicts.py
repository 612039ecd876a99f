"""Statements by agencies beside the records: how many compare, and what that allows to say.

The rules are written out in ``docs/claims.md``. They are pure functions of a statement and the records; a verdict
says what is on record and never why.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from geo.claims.comparable import NOTHING, Found, Records, Scope, find_records, reasons_against, scope_of
from geo.claims.pairing import pair_claims, show_figure
from geo.claims.scopes import ClaimRules, borders_covered, name_borders, read_claim_rules, remarks_in, stated_bound

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from geo.incidents.placing import Located

__all__ = [
    "AGENCY_RECORDS",
    "AGENCY_RECORDS_SAME_ARTICLE",
    "CONTRADICTED",
    "NOT_COMPARABLE",
    "NO_RECORD",
    "OTHER_RECORDS",
    "VERDICTS",
    "compare_claims",
    "coverage_sentence",
]

NOT_COMPARABLE = "not comparable"
AGENCY_RECORDS = "records naming this agency exist, legal article unknown"
AGENCY_RECORDS_SAME_ARTICLE = "records naming this agency exist, legal article the same"
OTHER_RECORDS = "records by other agencies exist"
NO_RECORD = "no comparable record"
CONTRADICTED = "contradicted"
VERDICTS = (
    NOT_COMPARABLE,
    AGENCY_RECORDS,
    AGENCY_RECORDS_SAME_ARTICLE,
    OTHER_RECORDS,
    NO_RECORD,
    CONTRADICTED,
)

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
_LEFT_OUT = {
    "undated": "undated",
    "partly_outside": "possibly outside the period",
    "refused_entry": "of goods merely refused entry (no smuggling alleged)",
    "other_article": "under another article of law",
    "without_agency": "without a named agency",
}


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
        period_end, verdict`` (one of :data:`VERDICTS`), ``reason, records_same_agency, records_other_agencies``
        (numbers of records, 0 where nothing was compared), ``record_ids`` (separated by ``"; "``, this agency's
        first), ``source_url``; then what a page shows beside them: the two lists of ids apart, the records that
        name only a part of the agency, or only agencies abroad, what was left out and why, ``coverage`` (a ratio
        from 0 to 1, NaN where none is offered) and ``coverage_text``, ``sentence``, the recorded quantities in the
        statement's unit, the scope as it was read, ``remarks`` and ``paired_with``.

    Examples
    --------
    >>> import geo
    >>> from geo.claims.reading import read_claims
    >>> compared = compare_claims(read_claims(), geo.locate(geo.read_incidents(), geo.read_frontier()))
    >>> compared.loc["seed-mti-not-our-job", "verdict"]
    'not comparable'
    """
    words = read_claim_rules() if rules is None else rules
    records = Records(located)
    paired = _paired(pair_claims(claims, rules=words))
    rows = [
        _compare(claim, records, words) | {"paired_with": "; ".join(paired.get(identifier, []))}
        for identifier, claim in zip(claims.index, claims.to_dict("records"), strict=True)
    ]
    return pd.DataFrame(rows, index=claims.index, columns=[*_FIRST_COLUMNS, *_OWN_COLUMNS])


def coverage_sentence(records: int, naming: int, total: str) -> str:
    """Say how many records and which official total stand side by side.

    Parameters
    ----------
    records
        Number of our records in the class and period.
    naming
        Number of those that name the agency.
    total
        The agency's figure, with its unit where it is not one of cases.

    Returns
    -------
    str

    Examples
    --------
    >>> coverage_sentence(29, 7, "17,541").split("; ")[0]
    'our records in this class and period: 29 (naming this agency: 7)'
    """
    return (
        f"our records in this class and period: {records:,} (naming this agency: {naming:,}); "
        f"agency total: {total}; no match between them is implied"
    )


def _compare(claim: Mapping[Any, Any], records: Records, rules: ClaimRules) -> dict[str, Any]:
    """One statement's row."""
    scope = scope_of(claim, rules)
    against = list(reasons_against(claim, scope, rules))
    found = NOTHING if against else find_records(claim, scope, records)
    verdict, reason = (NOT_COMPARABLE, " ".join(against)) if against else _judge(claim, scope, found, records)
    terms = remarks_in(f"{claim['claim']} {claim['metric']}", rules.remarks)
    remarks = [*_remarks_on_figure(claim), *(term.remark for term in terms)]
    if not against:
        remarks += [*_remarks_on_scope(claim, scope), *_remarks_on_records(scope, found, records, rules)]
    days = {
        name: "" if pd.isna(claim[field]) else f"{claim[field]:%Y-%m-%d}"
        for name, field in (("period_first_day", "date_start"), ("period_last_day", "date_end"))
    }
    return {
        **claim,
        "verdict": verdict,
        "reason": reason,
        **_list_records(found, records),
        **days,
        "goods_read": scope.goods.words,
        "border_read": name_borders(scope.borders),
        "of_one_case": any(term.kind == "single" for term in terms),
        **_measure(claim, found, records, compared=not against),
        "remarks": " ".join(remarks),
    }


# -- what may be said -----------------------------------------------------------------------------


def _judge(claim: Mapping[Any, Any], scope: Scope, found: Found, records: Records) -> tuple[str, str]:
    """The verdict and the reason for it."""
    others = _say_others(found, records)
    if len(found.same):
        against = _contradicting(claim, scope, found, records)
        if len(against):
            return CONTRADICTED, (
                f"The statement is that there were none; {_say_records(against, records)} of a case opened or a "
                f"conviction, dated by the event within the stated period, {_verb(against, 'names', 'name')} the "
                f"{scope.body} alone and an article that the statement covers ({claim['legal_scope']}).{others}"
            )
        names = _verb(found.same, "names", "name")
        start = f"{_say_records(found.same, records)} of this class, border and period {names} the {scope.body}"
        alike = int(records.under(lambda own: bool(own & scope.articles))[found.same].sum())
        if alike:
            law = f"{alike} of them {'state' if alike > 1 else 'states'} an article that the statement covers"
            return AGENCY_RECORDS_SAME_ARTICLE, f"{start}; {law} ({claim['legal_scope']}).{others}"
        return AGENCY_RECORDS, f"{start}; whether under the same article of law is not known.{others}"
    if len(found.other):
        nothing = f"No record of this class, border and period names the {scope.body}."
        return OTHER_RECORDS, f"{nothing}{others}"
    return NO_RECORD, "There is no record of this class, border and period that names an agency."


def _contradicting(claim: Mapping[Any, Any], scope: Scope, found: Found, records: Records) -> NDArray[np.intp]:
    """Records that a statement of none can't stand beside: agency, period and law all the same and known."""
    none = claim["claim_type"] == "none" or (claim["unit"] == "case" and claim["value"] == 0)
    if not none or not scope.articles or claim["period_end"] == "":
        return NOTHING.same
    alone = records.named(lambda names: names == {scope.body})
    law = records.under(lambda own: bool(own) and own <= scope.articles)
    against: NDArray[np.intp] = found.same[(alone & law & records.by_event & records.a_case)[found.same]]
    return against


def _say_records(rows: NDArray[np.intp], records: Records) -> str:
    """``3 records (alleged: no conviction is recorded)``."""
    count = f"{len(rows):,} {_verb(rows, 'record', 'records')}"
    convicted = int(records.convicted[rows].sum())
    if not convicted:
        return f"{count} (alleged: no conviction is recorded)"
    if convicted == len(rows):
        return f"{count} (with a recorded conviction)"
    return f"{count} ({convicted} with a recorded conviction, the rest alleged)"


def _say_others(found: Found, records: Records) -> str:
    if not len(found.other):
        return ""
    abroad = int(records.abroad[found.other].sum())
    rest = f", {abroad} of them only agencies of other countries" if abroad else ""
    names = _verb(found.other, "names", "name")
    return f" {_say_records(found.other, records)} {names} only other agencies{rest}."


def _verb(rows: NDArray[np.intp], one: str, many: str) -> str:
    return one if len(rows) == 1 else many


def _remarks_on_figure(claim: Mapping[Any, Any]) -> Iterator[str]:
    if claim["period_end"] == "" and pd.notna(claim["date_end"]):
        day = f"{claim['date_end']:%Y-%m-%d}"
        yield f"The end of the period is not stated; it is read as the latest day the statement can be of, {day}."
    bound = stated_bound(claim["claim"], claim["value"])
    if bound:
        yield f"The figure is stated as {'a lower bound' if bound == 'at least' else 'approximate'}."


def _remarks_on_scope(claim: Mapping[Any, Any], scope: Scope) -> Iterator[str]:
    if claim["claim_type"] == "none":
        yield (
            "A record names every agency that its source names; which of them identified the case is not always stated."
        )
    if claim["claim_type"] == "no_data":
        yield "That a press report names an agency does not show which data the agency keeps."
    if scope.articles:
        yield (
            f"The statement covers {claim['legal_scope'].replace('; ', ' and ')} only; "
            "a record without a stated article may fall under another."
        )
    described = claim["border_scope"]
    if described not in ("", "all") and borders_covered("", described) is None:
        yield f"The border is described as “{described}” and read as: {name_borders(scope.borders)}."


def _remarks_on_records(scope: Scope, found: Found, records: Records, rules: ClaimRules) -> Iterator[str]:
    if len(found.by_part):
        parts, names = ", ".join(sorted(scope.parts)), _verb(found.by_part, "names", "name")
        yield (
            f"{len(found.by_part)} of the records counted as naming the {scope.body} "
            f"{names} only a part of it ({parts})."
        )
    whole = rules.part_of.get(scope.body, "")
    by_whole = found.other[records.named(lambda names: whole in names)[found.other]]
    if len(by_whole):
        yield (
            f"{len(by_whole)} of the records counted as naming other agencies {_verb(by_whole, 'names', 'name')} "
            f"the {whole}, of which the {scope.body} is a part."
        )
    doubled = records.doubled(np.concatenate([found.same, found.other]))
    if doubled:
        yield f"{doubled} of the records may tell of an incident that another of them tells of."
    left = [f"{found.left_out[why]} {said}" for why, said in _LEFT_OUT.items() if found.left_out.get(why)]
    if left:
        yield f"Records of these goods and borders that are left out: {', '.join(left)}."


# -- numbers --------------------------------------------------------------------------------------


def _list_records(found: Found, records: Records) -> dict[str, Any]:
    same, other = (list(records.ids[rows]) for rows in (found.same, found.other))
    return {
        "records_same_agency": len(same),
        "records_other_agencies": len(other),
        "record_ids": "; ".join([*same, *other]),
        "records_same_agency_ids": "; ".join(same),
        "records_other_agencies_ids": "; ".join(other),
        "records_only_part_of_agency": len(found.by_part),
        "records_only_abroad": int(records.abroad[found.other].sum()),
        "records_only_abroad_ids": "; ".join(records.ids[found.other[records.abroad[found.other]]]),
        "records_convicted": int(records.convicted[[*found.same, *found.other]].sum()) if same or other else 0,
        **{f"left_out_{why}": found.left_out.get(why, 0) for why in _LEFT_OUT},
    }


def _measure(claim: Mapping[Any, Any], found: Found, records: Records, *, compared: bool) -> dict[str, Any]:
    total, unit, naming = claim["value"], claim["unit"], len(found.same)
    figure = compared and total > 0
    goods_unit = unit if figure and unit != "case" else ""
    # More records than cases: they can't all be among those that the agency counts, so no ratio is offered.
    offered = figure and unit == "case" and naming <= total
    counted = coverage_sentence(naming + len(found.other), naming, show_figure(total, unit)) if figure else ""
    everyone = np.concatenate([found.same, found.other])
    return {
        "sentence": counted,
        "coverage": naming / total if offered else np.nan,
        "coverage_text": f"coverage at most {naming:,}/{show_figure(total, 'case')}" if offered else "",
        "recorded_quantity_same_agency": records.quantity(found.same, goods_unit),
        "recorded_quantity_all": records.quantity(everyone, goods_unit),
    }


def _paired(pairs: pd.DataFrame) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for one, other in zip(pairs["first_id"], pairs["second_id"], strict=True):
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
