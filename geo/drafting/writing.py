"""Drafts as files: features with the fields of an incident, a status and the evidence; statements as a table beside."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.claims.reading import CLAIM_FIELDS
from geo.files.tables import format_table, whole_file, write_text
from geo.incidents.reading import agency_sides, side_of
from geo.intake.identity import make_ids
from geo.language.catalogue import read_words, say, write_number
from geo.vocabulary import DRAFT, FIELDS, NUMBER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from geo.drafting.proposals import Draft, DraftedStatement, Drafting, Evidence

__all__ = ["draft_ids", "incident_fields", "statement_rows", "statements_beside", "title_of", "write_drafts"]


def statements_beside(output: Path) -> Path:
    """The file of the statements that stands beside a file of drafts."""
    return output.with_name(f"{output.stem}.statements.csv")


def title_of(fields: dict[str, Any], lang: str = "en") -> str:
    """A title made of a draft's fields alone; no words of the article, and so no name of a person, go into it.

    Examples
    --------
    >>> title_of({"goods": "tobacco", "quantity": 336000.0, "unit": "pack", "place_name": "Syrym", "date": "2024-11"})
    'Tobacco, 336,000 packs: Syrym, 2024-11'
    """
    words = read_words(lang)
    goods = words.get(f"goods.{fields.get('goods')}", str(fields.get("goods", "")))
    amount = ""
    if fields.get("quantity") is not None and not math.isnan(float(fields["quantity"])):
        unit = say(lang, f"unit.{fields['unit']}", n=float(fields["quantity"])) if fields.get("unit") else ""
        amount = f", {write_number(lang, float(fields['quantity']))} {unit}"
    rest = ", ".join(str(fields[name]) for name in ("place_name", "date") if fields.get(name))
    return f"{goods}{amount}" + (f": {rest}" if rest else "")


def incident_fields(drafting: Drafting, draft: Draft, identifier: str) -> dict[str, Any]:
    """Every field of an incident in its order, blank where nothing decides; numbers None where there are none."""
    article, fields = drafting.article, draft.fields
    told = {
        "id": identifier,
        "title": title_of(fields),
        "source_url": article.address,
        "source_publisher": article.outlet,
        "source_date": article.published.isoformat() if article.published else "",
        "recording_side": side_of(fields["agency"], agency_sides()) if fields.get("agency") else "",
    }
    blank: dict[str, Any] = {name: None if name in NUMBER_FIELDS else "" for name in FIELDS}
    return blank | {name: value for name, value in fields.items() if name in blank} | told


def draft_ids(drafting: Drafting) -> list[str]:
    """Ids of an article's drafts: the same words give the same ids."""
    article = drafting.article
    keys = [
        (
            *tuple(str(draft.fields.get(name, "")) for name in ("date", "goods", "quantity", "unit", "place_name")),
            article.address or article.outlet or article.name,
        )
        for draft in drafting.drafts
    ]
    dates = [str(draft.fields.get("date", "")) for draft in drafting.drafts]
    return make_ids(keys, [str(draft.span) for draft in drafting.drafts], dates)


def _evidence(found: dict[str, tuple[Evidence, ...]]) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{"start": one.start, "end": one.end, "words": one.words} for one in marks]
        for name, marks in found.items()
    }


def _feature(drafting: Drafting, draft: Draft, identifier: str) -> dict[str, Any]:
    fields = incident_fields(drafting, draft, identifier)
    place = [draft.fields["lon"], draft.fields["lat"]] if "lon" in draft.fields else None
    properties = {
        **{name: _plain(value) for name, value in fields.items()},
        "status": DRAFT,
        "article": drafting.article.name,
        "evidence": _evidence(draft.evidence),
    }
    geometry = None if place is None else {"type": "Point", "coordinates": [round(value, 6) for value in place]}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def statement_rows(drafting: Drafting) -> list[dict[str, Any]]:
    """One row per drafted statement: the fields of a statement, its status, article and the words it came from."""
    rows = []
    statements: Sequence[DraftedStatement] = drafting.statements
    keys = [
        tuple(str(one.fields[name]) for name in ("agency", "value", "goods", "period_start", "period_end"))
        for one in statements
    ]
    for one, identifier in zip(statements, make_ids(keys, [""] * len(keys), [key[3] for key in keys]), strict=True):
        blank = dict.fromkeys(CLAIM_FIELDS, "")
        marks = {name: [(mark.start, mark.end) for mark in found] for name, found in one.evidence.items()}
        rows.append(
            {
                **blank,
                **one.fields,
                "value": _plain(one.fields["value"]),
                "id": identifier,
                "status": DRAFT,
                "article": drafting.article.name,
                "evidence": json.dumps(marks, ensure_ascii=False),
            }  # fmt: skip
        )
    return rows


def write_drafts(draftings: Sequence[Drafting], output: Path) -> Path:
    """Write drafts as GeoJSON, and statements as CSV beside it, both whole or not at all.

    Parameters
    ----------
    draftings
        As :func:`geo.drafting.draft_article` gives them, one per article.
    output
        A ``.geojson`` file. Same articles, same bytes.

    Returns
    -------
    pathlib.Path
        The file of the statements.
    """
    features = [
        _feature(drafting, draft, identifier)
        for drafting in draftings
        for draft, identifier in zip(drafting.drafts, draft_ids(drafting), strict=True)
    ]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    rows = [row for drafting in draftings for row in statement_rows(drafting)]
    table = pd.DataFrame(rows, columns=[*CLAIM_FIELDS, "status", "article", "evidence"])
    beside = statements_beside(output)
    with whole_file(output) as draft_file, whole_file(beside) as statements_file:
        write_text(draft_file, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')
        write_text(statements_file, format_table(table, "csv"))
    return beside
