"""``shekara import`` and ``shekara merge``: what they show, write and refuse."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.cli.output import is_read
from geo.errors import ShekaraError, UnknownValueError
from geo.files.tables import format_table, whole_file, write_text
from geo.language.plurals import many

if TYPE_CHECKING:
    import pandas as pd

    from geo.intake.importing import Imported
    from geo.intake.mapping import Mapping
    from geo.intake.merging import Merged
    from geo.intake.places.placement import Geocoder
    from geo.intake.sheets.sheet import Sheet

__all__ = ["import_table", "merge_files"]

_SHOWN, _IDS = 20, 10
_EXAMPLES, _WIDE = 2, 44
_WRITTEN = (".geojson", ".parquet", ".csv")

_Out = Annotated[
    Path | None,
    typer.Option("-o", "--output", help="A .geojson, .parquet or .csv file; without it nothing is written."),
]
_Borders = Annotated[Path | None, typer.Option(help="Folder of border files in place of the built-in one.")]


def import_table(
    table: Annotated[
        Path, typer.Argument(metavar="TABLE", help="A .csv, .xlsx, .geojson, .parquet, .gpkg, .kml or .shp file.")
    ],
    *,
    output: _Out = None,
    map_: Annotated[
        list[str],
        typer.Option("--map", metavar="FIELD=COLUMN", help="Read a field from this column; FIELD= from none."),
    ] = [],  # noqa: B006
    set_: Annotated[
        list[str], typer.Option("--set", metavar="FIELD=VALUE", help="A value for every row without its own.")
    ] = [],  # noqa: B006
    mapping: Annotated[Path | None, typer.Option(help="A mapping that --keep wrote.")] = None,
    keep: Annotated[Path | None, typer.Option(help="Keep the mapping in this file, for next week.")] = None,
    sheet: Annotated[
        str | None, typer.Option(help="Sheet of a workbook; by default the first that holds a table.")
    ] = None,
    header_row: Annotated[int | None, typer.Option(help="Row of the column names, if it is not found.", min=1)] = None,
    date_order: Annotated[
        str, typer.Option(help="What 07/03/2024 means where the column can't tell: dmy or mdy.")
    ] = "",
    decimal: Annotated[str, typer.Option(help="Decimal mark where the column can't tell: comma or point.")] = "",
    crs: Annotated[str, typer.Option(help="Coordinate system of x and y in metres, as EPSG:32642.")] = "",
    geocode: Annotated[
        str, typer.Option(help="offline, or online to ask Nominatim for names not known here.")
    ] = "offline",
    private: Annotated[
        bool, typer.Option("--private", help="Mark every row private: kept and analysed, never published.")
    ] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Write nothing if anything could not be read.")] = False,
    borders: _Borders = None,
) -> None:
    """Read a table of your own as incidents.

    Shows which column is read as which field, and everything that could not be read. Beside the incidents stand two
    tables: OUTPUT.problems.csv, and OUTPUT.places.csv with how each place was found.
    """
    from geo.builtin.dataset import read_frontier  # noqa: PLC0415
    from geo.intake.guessing import guess_mapping  # noqa: PLC0415
    from geo.intake.importing import import_incidents  # noqa: PLC0415
    from geo.intake.mapping import read_mapping, write_mapping  # noqa: PLC0415
    from geo.intake.sheets.sheet import read_sheet  # noqa: PLC0415

    _one_of("--geocode", geocode, ("offline", "online"))
    _check_output(output, table)
    chosen = read_mapping(mapping) if mapping else None
    given = read_sheet(table, sheet=sheet, header_row=header_row)
    chosen = _corrected(chosen or guess_mapping(given), map_, set_, date_order, decimal)
    chosen = replace(chosen, crs=_known_system(crs) or chosen.crs)
    chosen.check(given)
    frontier = read_frontier(borders)
    _check_constants(chosen, tuple(map(str, frontier.borders.index)))
    _say(_show_mapping(given, chosen))
    if keep:
        write_mapping(chosen, keep)
        _say(f"Mapping kept in {keep}: --mapping {keep} reads it next time.\n")
    geocoder: Geocoder | None = None
    if geocode == "online":
        from geo.intake.places.online import NOTICE, Nominatim  # noqa: PLC0415

        _say(f"{NOTICE}\n")
        geocoder = Nominatim(frontier)
    imported = import_incidents(given, chosen, frontier=frontier, geocoder=geocoder)
    if private:
        imported = replace(imported, incidents=imported.incidents.assign(private="yes"))
    _say(_show_problems(imported))
    _say(_show_counts(imported))
    if imported.incidents.empty:
        raise ShekaraError(f"{table}: not one row could be imported, so nothing is written")
    if strict and len(imported.problems):
        raise ShekaraError(f"{table}: {len(imported.problems)} problems and --strict, so nothing is written")
    if output is None:
        _say("Nothing is written: -o incidents.geojson writes the incidents.\n")
        return
    _say(_write(imported, output))


def merge_files(
    first: Annotated[Path, typer.Argument(metavar="A", help="Incident file.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="Incident file, the later one.")],
    *,
    output: _Out = None,
    decisions: Annotated[
        Path | None,
        typer.Option(help="Table of pairs with `keep` filled in; by default OUTPUT.pairs.csv if it is there."),
    ] = None,
    borders: _Borders = None,
) -> None:
    """Join two incident files, and list what may be told twice.

    The pairs go to OUTPUT.pairs.csv. Write first, second or both into its column `keep` and run the command again.
    """
    from geo.incidents.reading import read_incidents, write_incidents  # noqa: PLC0415
    from geo.intake.merging import merge_incidents, read_decisions  # noqa: PLC0415

    _check_output(output, first, second)
    pairs_file = None if output is None else _beside(output, "pairs")
    if decisions is None and pairs_file is not None and pairs_file.is_file():
        decisions = pairs_file
    decided = None if decisions is None else read_decisions(decisions)
    one, other = (read_incidents(path, borders=borders) for path in (first, second))
    merged = merge_incidents(one, other, decided)
    _say(_show_merge(merged, decisions))
    if output is None or pairs_file is None:
        _say("Nothing is written: -o merged.geojson writes the incidents and the pairs.\n")
        return
    with whole_file(output) as draft, whole_file(pairs_file) as pairs_draft:
        write_incidents(merged.incidents, draft)
        write_text(pairs_draft, format_table(merged.pairs, "csv"))
    _say(f"Incidents: {output}\nPairs: {pairs_file}\n")


# -- What is asked for ------------------------------------------------------------------------------


def _corrected(mapping: Mapping, map_: list[str], set_: list[str], date_order: str, decimal: str) -> Mapping:
    from geo.intake.mapping import DATE_ORDERS  # noqa: PLC0415

    marks = {"comma": ",", "point": ".", ",": ",", ".": "."}
    if date_order:
        _one_of("--date-order", date_order, DATE_ORDERS)
    if decimal:
        _one_of("--decimal", decimal, ("comma", "point"), also=tuple(marks))
    columns = dict(_pair(text, "--map") for text in map_)
    values = dict(_pair(text, "--set") for text in set_)
    mapping = mapping.with_(**columns).with_constants(**values)
    return replace(
        mapping, date_order=date_order or mapping.date_order, decimal=marks.get(decimal, "") or mapping.decimal
    )


def _known_system(crs: str) -> str:
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    from geo.intake.words.coordinates import to_degrees  # noqa: PLC0415

    try:
        if crs:
            to_degrees(crs)
    except CRSError:
        raise ShekaraError(f"--crs {crs!r}: name a coordinate system, as EPSG:32642") from None
    return crs


def _pair(text: str, option: str) -> tuple[str, str]:
    field, sign, value = text.partition("=")
    if not sign:
        raise ShekaraError(f"{option} {text!r}: write FIELD=…, for example {option} goods=Товар")
    return field.strip(), value.strip()


def _one_of(name: str, value: str, known: tuple[str, ...], *, also: tuple[str, ...] = ()) -> None:
    if value not in (*known, *also):
        raise UnknownValueError(name, value, known)


def _check_output(output: Path | None, *sources: Path) -> None:
    if output is None:
        return
    if output.suffix.lower() not in _WRITTEN:
        raise ShekaraError(f"{output}: name a file that ends in {', '.join(_WRITTEN)}")
    if is_read(output, sources):
        raise ShekaraError(f"{output} is what is read: name another file")


def _beside(output: Path, what: str) -> Path:
    return output.with_name(f"{output.stem}.{what}.csv")


def _write(imported: Imported, output: Path) -> str:
    from geo.incidents.reading import write_incidents  # noqa: PLC0415

    tables = {"problems": imported.problems, "places": imported.places}
    with ExitStack() as drafts:
        write_incidents(imported.incidents, drafts.enter_context(whole_file(output)))
        for name, table in tables.items():
            write_text(drafts.enter_context(whole_file(_beside(output, name))), format_table(table, "csv"))
    files = {"Incidents": output, "Problems": _beside(output, "problems"), "Places": _beside(output, "places")}
    return "".join(f"{name + ':':<11}{path}\n" for name, path in files.items())


# -- What is shown ----------------------------------------------------------------------------------


def _show_mapping(sheet: Sheet, mapping: Mapping) -> str:
    import pandas as pd  # noqa: PLC0415

    rows = [
        {
            "field": field,
            "column": column,
            "for example": _examples(sheet.cells[column]),
            "why": mapping.why.get(field, ""),
            "sure": f"{mapping.confidence.get(field, 1):.0%}",
        }
        for field, column in mapping.columns.items()
    ]
    rows += [
        {"field": field, "column": "", "for example": value, "why": "set for all rows", "sure": "100%"}
        for field, value in mapping.constants.items()
    ]
    text = f"{sheet.name}: {many(len(sheet.cells), 'row')}\n"
    text += "".join(f"  {note}\n" for note in sheet.notes)
    text += "\n" + format_table(pd.DataFrame(rows))
    if mapping.asked:
        text += "\nNot sure, so not read; each would be read with\n"
        text += "".join(f"  --map '{one.field}={one.column}'  {one.reason}\n" for one in mapping.asked)
    if mapping.personal:
        text += f"\nPersonal data, left out: {', '.join(mapping.personal)}.\n"
    rest = [name for name in mapping.unused if name not in mapping.personal]
    if rest:
        text += f"\nNot read: {', '.join(rest)}. --map FIELD=COLUMN reads one of them.\n"
    return text


def _examples(column: pd.Series) -> str:
    values = dict.fromkeys(str(value) for value in column.dropna().head(50))
    shown = "; ".join(list(values)[:_EXAMPLES]).replace("\n", " ").encode("utf-8", "replace").decode()
    return shown if len(shown) <= _WIDE else f"{shown[: _WIDE - 1]}…"


def _show_problems(imported: Imported) -> str:
    from geo.intake.reading import KEPT  # noqa: PLC0415

    problems = imported.problems
    if problems.empty:
        return "" if imported.counts["cells_not_read"] else "\nEverything could be read.\n"
    first = problems["done"].ne(KEPT).sort_values(kind="stable").index
    shown = problems.loc[first].head(_SHOWN).drop(columns="column")
    shown["value"] = [value if len(value) <= _WIDE else f"{value[: _WIDE - 1]}…" for value in shown["value"]]
    text = f"\nWhat could not be read as it stands ({len(problems):,}):\n\n{format_table(shown)}"
    more = len(problems) - len(shown)
    return text + (f"and {more:,} more\n" if more else "")


def _show_counts(imported: Imported) -> str:
    count = imported.counts
    level = {
        "crossing": "at a crossing",
        "locality": "in a town or village",
        "district": "in a district",
        "region": "known to a region only",
        "border": "known to a border only",
        "country": "placed nowhere: only the country is known",
    }
    with_problems = f" ({count['with_problems']:,} of them with something that could not be read)"
    text = f"\n{count['read']:>8,}  rows read\n"
    text += f"{count['not_imported']:>8,}  not imported, each with its reason\n" if count["not_imported"] else ""
    text += f"{count['imported']:>8,}  imported{with_problems if count['with_problems'] else ''}\n"
    text += "".join(f"{count[name]:>14,}  {what}\n" for name, what in level.items() if count[name])
    text += f"{count['cells_read']:>8,}  cells read, {count['cells_reported']:,} reported"
    text += f", {count['cells_not_read']:,} in columns that are not read\n" if count["cells_not_read"] else "\n"
    return text + "".join(f"{note[:1].upper()}{note[1:]}.\n" for note in ("", *imported.notes) if note) + "\n"


def _show_merge(merged: Merged, decisions: Path | None) -> str:
    count = merged.counts
    text = "" if decisions is None else f"Decisions read from {decisions}.\n"
    text += (
        f"{count['first']:,} + {count['second']:,} records − {count['identical']:,} the same in both "
        f"− {count['updated']:,} updated − {count['joined']:,} joined as decided = {count['merged']:,}\n"
    )
    changed = merged.pairs["id_a"].eq(merged.pairs["id_b"])
    if changed.any():
        text += _show_changed(merged.pairs[changed])
    if count["undecided"]:
        columns = ["score", "id_a", "id_b", "why"]
        text += f"\nMay be told twice, and undecided ({count['undecided']:,}); both stay until you decide:\n\n"
        undecided = merged.pairs[merged.pairs["keep"].eq("") & ~changed]
        text += format_table(undecided[columns].head(_SHOWN))
        more = len(undecided) - _SHOWN
        text += f"and {more:,} more, in the pairs' file\n" if more > 0 else ""
    return text + "\n"


def _show_changed(pairs: pd.DataFrame) -> str:
    """Show the ids that stand in both files with other contents, and whose version was kept."""
    outcomes = {"": "B's kept, as the later one", "first": "A's kept", "second": "B's kept", "both": "both kept"}
    verb = "record stands" if len(pairs) == 1 else "records stand"
    text = f"{len(pairs):,} {verb} in both files with other contents (`keep` decides otherwise):\n"
    shown = pairs.head(_IDS)
    text += "".join(
        f"  {one}: {outcomes[keep]}; {why}\n"
        for one, keep, why in shown[["id_a", "keep", "why"]].itertuples(index=False)
    )
    return text + (f"  and {len(pairs) - _IDS:,} more, in the pairs' file\n" if len(pairs) > _IDS else "")


def _check_constants(mapping: Mapping, neighbours: tuple[str, ...]) -> None:
    """Refuse a value for all rows that no field of its kind has."""
    from geo.intake.words.terms import read_choice, read_direction, read_neighbour  # noqa: PLC0415
    from geo.vocabulary import CONFIDENCES, DIRECTIONS, MODES, OUTCOME_CLASSES  # noqa: PLC0415

    value = mapping.constants.get("neighbour", "")
    if value and not read_neighbour(value, neighbours).category:
        raise UnknownValueError("--set neighbour", value, neighbours)
    choices = {"direction": DIRECTIONS, "mode": MODES, "outcome_class": OUTCOME_CLASSES, "confidence": CONFIDENCES}
    for field, known in choices.items():
        value = mapping.constants.get(field, "")
        read = read_direction(value) if field == "direction" else read_choice(field, value)
        if value and (read.problem or read.category not in known):
            raise UnknownValueError(f"--set {field}", value, known)


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()
