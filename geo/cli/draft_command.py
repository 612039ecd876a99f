"""``shekara draft``: what articles propose, shown and written; a person decides what becomes a record."""

from __future__ import annotations

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.arguments import BORDERS
from geo.cli.output import is_read
from geo.errors import ShekaraError
from geo.files.tables import format_table
from geo.language.plurals import many

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.drafting import Article, Drafting

__all__ = ["draft"]

_ENDING = ".geojson"


def draft(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="Articles: text, or saved pages (.html).")],
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="A .geojson file; without it nothing is written.")
    ] = None,
    date: Annotated[
        str, typer.Option(help="Date of an article that gives none, as 2024-07-04: its days are counted from it.")
    ] = "",
    borders: Annotated[Path | None, typer.Option(help=BORDERS)] = None,
) -> None:
    """Propose incidents and statements from articles, offline.

    The first line of a text may give date and outlet (2024-07-04 · Example Gazette). What is proposed are drafts: no
    other command reads them until a person has confirmed them. Statements stand beside, in OUTPUT.statements.csv.
    """
    from geo.builtin.dataset import read_frontier  # noqa: PLC0415
    from geo.drafting import draft_article, read_article  # noqa: PLC0415
    from geo.drafting.writing import statements_beside, write_drafts  # noqa: PLC0415
    from geo.intake import read_gazetteer  # noqa: PLC0415

    if output is not None and output.suffix.lower() != _ENDING:
        raise ShekaraError(f"{output}: name a file that ends in {_ENDING}")
    if output is not None:
        _refuse_inputs(files, [output, statements_beside(output)])
    day = _read_day(date)
    articles = [_dated(read_article(file), day) for file in files]
    empty = [article.name for article in articles if not article.sentences]
    if empty:
        raise ShekaraError(f"{', '.join(empty)}: no text of an article; save its words as .txt, or the page as .html")
    gazetteer = read_gazetteer(read_frontier(borders))
    draftings = [draft_article(article, gazetteer) for article in articles]
    sys.stdout.write(_shown(draftings))
    if output is None:
        sys.stdout.write("Nothing is written: -o drafts.geojson writes the drafts.\n")
        return
    beside = write_drafts(draftings, output)
    sys.stdout.write(f"Drafts: {output}\nStatements: {beside}\n")


def _refuse_inputs(files: Sequence[Path], outputs: Sequence[Path]) -> None:
    """Refuse articles named twice, and outputs in whose place an article stands."""
    paths = [file.resolve() for file in files]
    faults = [f"{file}: named twice" for file in sorted({file for file in paths if paths.count(file) > 1})]
    taken = (file for file in outputs if is_read(file, files))
    faults += [f"{file}: an article is there; name another file for the drafts" for file in taken]
    if faults:
        raise ShekaraError("; ".join(faults))


def _read_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise ShekaraError(f"--date {text!r}: write a day as 2024-07-04") from None


def _dated(article: Article, day: dt.date | None) -> Article:
    return article if article.published or day is None else replace(article, published=day)


def _shown(draftings: Sequence[Drafting]) -> str:
    import pandas as pd  # noqa: PLC0415

    text = ""
    for drafting in draftings:
        article = drafting.article
        count = f"{many(len(drafting.drafts), 'draft')}, {many(len(drafting.statements), 'statement')}"
        text += f"{article.name}: {count}\n"
        if article.published is None:
            text += "  no date: days are left open that would be counted from it (--date 2024-07-04)\n"
        names = (
            "date",
            "goods",
            "quantity",
            "unit",
            "place_name",
            "direction",
            "neighbour",
            "mode",
            "agency",
            "outcome_class",
        )
        rows = [{name: one.fields.get(name, "") for name in names} for one in drafting.drafts]
        if rows:
            text += format_table(pd.DataFrame(rows).rename(columns={"outcome_class": "outcome", "place_name": "place"}))
        claims = [
            {name: one.fields[name] for name in ("agency", "value", "goods", "period_start", "period_end")}
            for one in drafting.statements
        ]
        if claims:
            text += format_table(pd.DataFrame(claims))
    return text
