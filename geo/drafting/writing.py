"""Drafts as files: features with the fields of an incident, a status and the evidence; statements as a table beside."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pandas as pd

from geo.claims.reading import CLAIM_FIELDS
from geo.files.tables import format_table, whole_file, write_text
from geo.incidents.reading import agency_sides, side_of
from geo.intake.identity import make_ids
from geo.language.catalogue import read_words, say
from geo.language.numbers import write_number
from geo.vocabulary import DRAFT, FIELDS, NUMBER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from geo.drafting.proposals import Draft, DraftedStatement, Drafting

__all__ = ["incident_fields", "statement_table", "statements_beside", "title_of", "write_drafts"]


def title_of(fields: dict[str, Any], lang: str = "en") -> str:
    """A title made of a draft's fields alone; no words of the article, and so no name of a person, go into it.

    Examples
    --------
    >>> title_of({"goods": "tobacco", "quantity": 336000.0, "unit": "pack", "place_name": "Syrym", "date": "2024-11"})
    'Tobacco, 336,000 packs: Syrym, 2024-11'
    """
    title = read_words(lang).get(f"goods.{fields.get('goods')}", "")
    if fields.get("quantity") is not None and fields.get("unit"):
        quantity = float(fields["quantity"])
        title += f", {write_number(lang, quantity)} {say(lang, 'unit.' + fields['unit'], n=quantity)}"
    rest = [str(fields[name]) for name in ("place_name", "date") if fields.get(name)]
    return ": ".join(filter(None, [title, ", ".join(rest)]))


def incident_fields(drafting: Drafting) -> list[dict[str, Any]]:
    """Every field of an incident, draft by draft, blank where nothing decides, numbers None; and ``lon`` and ``lat``.

    The same words give the same ids.
    """
    article = drafting.article
    source = article.address or article.outlet or article.name
    fields = [draft.fields for draft in drafting.drafts]
    known_by = ("date", "goods", "quantity", "unit", "place_name")
    keys = [(*(str(one.get(name, "")) for name in known_by), source) for one in fields]
    ids = make_ids(keys, [str(draft.span) for draft in drafting.drafts], [key[0] for key in keys])
    blank = {name: None if name in (*NUMBER_FIELDS, "lon", "lat") else "" for name in (*FIELDS, "lon", "lat")}
    origin = {
        "source_url": article.address,
        "source_publisher": article.outlet,
        "source_date": article.published.isoformat() if article.published else "",
    }
    sides = [side_of(one["agency"], agency_sides()) if one.get("agency") else "" for one in fields]
    return [
        blank | one | origin | {"id": identifier, "title": title_of(one), "recording_side": side}
        for one, identifier, side in zip(fields, ids, sides, strict=True)
    ]


def write_drafts(draftings: Sequence[Drafting], output: Path) -> Path:
    """Write drafts as GeoJSON, and statements as CSV beside it, both whole or not at all.

    Same articles, same bytes. Returns the file of the statements.
    """
    features = [feature for drafting in draftings for feature in _features(drafting)]
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    table = statement_table(draftings)
    beside = statements_beside(output)
    with whole_file(output) as draft_file, whole_file(beside) as statements_file:
        write_text(draft_file, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n')
        write_text(statements_file, format_table(table, "csv"))
    return beside


def statements_beside(output: Path) -> Path:
    """The file of the statements beside one of drafts."""
    return output.with_name(f"{output.stem}.statements.csv")


def statement_table(draftings: Sequence[Drafting]) -> pd.DataFrame:
    """One row per drafted statement: the fields of a statement, its status, its article, the words it came from."""
    rows = [row for drafting in draftings for row in _rows(drafting)]
    return pd.DataFrame(rows, columns=[*CLAIM_FIELDS, "status", "article", "evidence"])


def _features(drafting: Drafting) -> Iterable[dict[str, Any]]:
    for draft, fields in zip(drafting.drafts, incident_fields(drafting), strict=True):
        place = [fields.pop("lon"), fields.pop("lat")]
        geometry = {"type": "Point", "coordinates": [round(value, 6) for value in place if value is not None]}
        marked = {"status": DRAFT, "article": drafting.article.name, "evidence": _evidence(draft)}
        properties = {name: _plain(value) for name, value in fields.items()} | marked
        yield {"type": "Feature", "properties": properties, "geometry": geometry if geometry["coordinates"] else None}


def _evidence(draft: Draft | DraftedStatement) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [{"start": one.start, "end": one.end, "words": one.words} for one in words]
        for name, words in draft.evidence.items()
    }


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _rows(drafting: Drafting) -> Iterable[dict[str, Any]]:
    statements = drafting.statements
    known_by = ("agency", "value", "goods", "period_start", "period_end")
    keys = [tuple(str(one.fields[name]) for name in known_by) for one in statements]
    ids = make_ids(keys, [""] * len(keys), [key[3] for key in keys])
    for one, identifier in zip(statements, ids, strict=True):
        fields = dict.fromkeys(CLAIM_FIELDS, "") | one.fields | {"value": _plain(one.fields["value"])}
        evidence = json.dumps(_evidence(one), ensure_ascii=False)
        yield fields | {"id": identifier, "status": DRAFT, "article": drafting.article.name, "evidence": evidence}
