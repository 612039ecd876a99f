"""``shekara desk`` and ``shekara sources``: a newsroom's records, kept, brought, told of and taken away."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.arguments import Format, Output, WithPrivate, require_one_of
from geo.cli.output import choose_format, emit, say_notes, say_written
from geo.errors import ShekaraError
from geo.files.kinds import kind_of
from geo.files.tables import FORMATS, format_table, whole_file
from geo.language.plurals import many

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["desk", "sources"]

desk = typer.Typer(help="Keep a newsroom's records: one file, several people, every change kept.", no_args_is_help=True)
sources = typer.Typer(help="The addresses of sources.", no_args_is_help=True)

_KINDS = ("geojson", "gpkg", "csv", "xlsx", "parquet")
_Desk = Annotated[Path, typer.Argument(metavar="DESK", help="A desk, as `shekara desk new` makes one.")]
_By = Annotated[str, typer.Option("--by", help="Who does it, for the history; the name on this machine if not said.")]


@desk.command("new")
def new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The desk to make, as newsroom.desk.")],
    *,
    begin: Annotated[
        str, typer.Option("--from", help="builtin, empty, or an incident file to begin with.")
    ] = "builtin",
    by: _By = "",
) -> None:
    """Make a desk. What it begins with counts as published; `desk import` brings drafts."""
    from geo.claims import read_claims  # noqa: PLC0415
    from geo.desk.bringing import start_desk  # noqa: PLC0415
    from geo.incidents.reading import read_incidents  # noqa: PLC0415

    built_in = begin == "builtin"
    incidents = None if begin == "empty" else read_incidents(None if built_in else Path(begin))
    made = start_desk(file, incidents, read_claims() if built_in else None, by=by or _me(), built_in=built_in)
    made.close()
    say_written(file, 0 if incidents is None else len(incidents))
    say_notes([f"shekara app --desk {file} opens it."])


@desk.command("import")
def bring(
    file: _Desk,
    table: Annotated[Path, typer.Argument(metavar="TABLE", help="Incidents, statements, or any table of incidents.")],
    *,
    private: Annotated[bool, typer.Option("--private", help="Mark every row private.")] = False,
    by: _By = "",
) -> None:
    """Bring a file's rows as drafts. What the desk has already stays as it is there."""
    from geo.claims import read_claims  # noqa: PLC0415
    from geo.desk.bringing import add_drafts, add_statements  # noqa: PLC0415
    from geo.desk.file import open_desk  # noqa: PLC0415

    with closing(open_desk(file)) as opened:
        if kind_of(table) == "statements":
            claims = read_claims(table)
            read, added = len(claims), add_statements(opened, claims, by or _me(), private=private)
        else:
            incidents = _incidents_of(table)
            read, added = len(incidents), add_drafts(opened, incidents, by or _me(), private=private)
    say_notes([f"{many(read, 'row')} read, {len(added)} new as drafts, {read - len(added)} at the desk already."])


@desk.command("update")
def update_built_in(file: _Desk, *, by: _By = "") -> None:
    """Bring today's built-in records: new ones as drafts; corrections wait beside the desk's version, never over it."""
    from geo.desk.bringing import update  # noqa: PLC0415
    from geo.desk.file import open_desk  # noqa: PLC0415
    from geo.incidents.reading import read_incidents  # noqa: PLC0415

    with closing(open_desk(file)) as opened:
        fresh, corrected = update(opened, read_incidents(), by=by or _me())
    say_notes([f"{many(len(fresh), 'record')} new, as drafts; {many(len(corrected), 'correction')} to look at."])
    say_notes([f"new: {key}" for key in fresh] + [f"corrected: {key}" for key in corrected])


@desk.command("log")
def tell(
    file: _Desk,
    *,
    since: Annotated[str, typer.Option(help="From this day on, as 2026-11-28.")] = "",
    public: Annotated[bool, typer.Option("--public", help="Only what readers are told; no names.")] = False,
    style: Annotated[
        str, typer.Option("--format", help=f"One of {', '.join(FORMATS)}, atom; by the file's ending if not said.")
    ] = "",
    output: Output = None,
) -> None:
    """Say what was written, by whom and when; or, for readers, what is new and what was corrected."""
    import pandas as pd  # noqa: PLC0415

    from geo.desk.file import open_desk  # noqa: PLC0415
    from geo.desk.journal import feed, log, news  # noqa: PLC0415
    from geo.incidents.months import first_day  # noqa: PLC0415

    try:
        since = str(first_day(since)) if since else ""
    except ValueError:
        raise ShekaraError(f"--since {since!r} is no date: write it as YYYY-MM-DD, for example 2026-11-28") from None
    atom = style == "atom" or (output is not None and output.suffix in (".xml", ".atom"))
    style = "atom" if atom else choose_format(style, output, FORMATS, "table")
    with closing(open_desk(file)) as opened:
        if atom:
            text = feed(opened).decode()
            emit(text, output, text.count("<entry>"), "item")
            return
        if public:
            entries = news(opened, since)
            rows = [
                {"at": one.at, "what": one.what, "id": one.id, "title": one.title,
                 "fields": "; ".join(field for field, _, _ in one.fields)}
                for one in entries
            ]  # fmt: skip
            table = pd.DataFrame(rows, columns=["at", "what", "id", "title", "fields"])
        else:
            names = ["at", "name", "kind", "id", "revision", "field", "old", "new"]
            told_all = [[str(getattr(one, name)) for name in names] for one in log(opened, since)]
            table = pd.DataFrame(told_all, columns=names)
    emit(format_table(table, style), output, len(table), "change")


@desk.command("licence")
def name_terms(
    file: _Desk,
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="As 'CC BY 4.0, https://…'; '' claims none.")
    ] = None,
) -> None:
    """Name the licence of the newsroom's own records, for pages, figures, folders and files; or say which is named."""
    from geo.desk.file import open_desk  # noqa: PLC0415

    with closing(open_desk(file)) as opened:
        if text is not None:
            opened.set_up("licence", " ".join(text.split()))
        say_notes([opened.setting("licence") or "No licence is named."])


@desk.command("export")
def take(
    file: _Desk,
    *,
    output: Annotated[Path, typer.Option("-o", "--output", help=f"A file ending in .{', .'.join(_KINDS)}.")],
    with_private: WithPrivate = False,
) -> None:
    """Write what is published at a desk. It is worked out without the private rows unless they are asked for."""
    from geo.desk.file import open_desk  # noqa: PLC0415
    from geo.desk.reading import read_desk  # noqa: PLC0415
    from geo.files.takeaway import About, pack_records  # noqa: PLC0415
    from geo.language.catalogue import read_words  # noqa: PLC0415
    from geo.summaries.notes import CAVEAT, name_licence  # noqa: PLC0415

    kind = output.suffix.lower().removeprefix(".")
    require_one_of("output", kind, _KINDS)
    with closing(open_desk(file)) as opened:
        incidents, licence = read_desk(opened, private=with_private), opened.setting("licence")
    words = read_words("en")
    marked = " with private rows: not for publication" if "private" in incidents else ""
    about = About(
        f"{file.stem}: {many(len(incidents), 'record')}", f"published{marked}", CAVEAT,
        name_licence("en", licence), words["credits"],
    )  # fmt: skip
    with whole_file(output) as draft:
        draft.write_bytes(pack_records(incidents, kind, about))
    say_written(output, len(incidents))


@desk.command("backup")
def back_up(
    file: _Desk, *, output: Annotated[Path, typer.Option("-o", "--output", help="The file to keep it in.")]
) -> None:
    """Write a desk, whole and as it is now, to one file."""
    from geo.desk.file import back_up, open_desk  # noqa: PLC0415

    with closing(open_desk(file)) as opened:
        back_up(opened, output)
    say_notes([f"Wrote {output}: `shekara desk restore {output} FILE` makes a desk of it."])


@desk.command("restore")
def restore(
    backup: Annotated[Path, typer.Argument(metavar="BACKUP", help="What `desk backup` wrote.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The desk to make; never one that is there.")],
) -> None:
    """Make a desk of a backup."""
    from geo.desk.file import restore  # noqa: PLC0415

    restore(backup, file)
    say_notes([f"Wrote {file}."])


@sources.command("check")
def check(
    *,
    file: Annotated[Path | None, typer.Option("--desk", help="Desk; what answers is kept there.")] = None,
    incidents: Annotated[Path | None, typer.Option(help="Incident file in place of the built-in one.")] = None,
    pause: Annotated[float, typer.Option(help="Seconds between two requests to one host.", min=0)] = 2.0,
    style: Format = "",
    output: Output = None,
) -> None:
    """Ask the addresses of sources whether they still answer: slowly, and only where robots are welcome."""
    import pandas as pd  # noqa: PLC0415

    from geo.desk.addresses import check_addresses  # noqa: PLC0415
    from geo.desk.file import open_desk  # noqa: PLC0415
    from geo.desk.store import addresses_of, keep_answers  # noqa: PLC0415
    from geo.incidents.reading import read_incidents  # noqa: PLC0415

    style = choose_format(style, output, FORMATS, "table")
    if file is not None and incidents is not None:
        raise ShekaraError("--desk and --incidents exclude each other: both say where the records are")
    if file is not None:
        with closing(open_desk(file)) as opened:
            answers = check_addresses(addresses_of(opened), pause_s=pause)
            keep_answers(opened, answers)
    else:
        answers = check_addresses(read_incidents(incidents)["source_url"], pause_s=pause)
    table = pd.DataFrame(list(answers.items()), columns=["address", "answer"])
    emit(format_table(table, style), output, len(table), "address")


def _incidents_of(table: Path) -> gpd.GeoDataFrame:
    """A file in the schema as it is; any other table as `shekara import` reads it."""
    from geo.incidents.reading import read_incidents  # noqa: PLC0415

    if kind_of(table) == "incidents":
        return read_incidents(table)
    from geo.builtin.dataset import read_frontier  # noqa: PLC0415
    from geo.intake import import_incidents, read_sheet  # noqa: PLC0415

    imported = import_incidents(read_sheet(table), frontier=read_frontier())
    if len(imported.problems):
        say_notes([f"{many(len(imported.problems), 'problem')}: `shekara import {table}` lists them."])
    return imported.incidents


def _me() -> str:
    return os.environ.get("USER") or os.environ.get("USERNAME") or "command line"
