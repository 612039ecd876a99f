"""Build data/incidents.geojson and data/claims.csv from the researched tables.

    python tools/build_incidents.py FOLDER

FOLDER holds incidents.csv and claims.csv. Every row comes through, in its order; running it again changes no
byte. `recording_side` follows from data/agencies.csv, `possible_same_as` from data/possible_same_as.csv; a
column `legal_scope` may be absent and then comes out blank. `clue` comes from data/clues.csv, which must have a row
for every incident with a place on a land border. Cells that corrections.csv lists are mended on the way; one whose
researched text is no longer the one listed there stops the build.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from geo.builtin.dataset import read_frontier
from geo.errors import InputError
from geo.incidents.reading import agency_sides, border_of, read_incidents, recording_sides, write_incidents
from geo.vocabulary import CLUES

if TYPE_CHECKING:
    import geopandas as gpd

DATA = Path(__file__).resolve().parent.parent / "data"
CORRECTIONS = Path(__file__).resolve().parent / "corrections.csv"


def read_rows(path: Path) -> list[list[str]]:
    """Read a CSV file, header included, every cell as text."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, strict=True))


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write a CSV file with line feeds, whatever its source had."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def read_corrected(path: Path) -> list[list[str]]:
    """Read a researched table with the cells mended that ``corrections.csv`` lists for it."""
    rows = read_rows(path)
    columns = {name: number for number, name in enumerate(rows[0])}
    by_id = {row[columns["id"]]: row for row in rows[1:]}
    for table, key, column, researched, published in read_rows(CORRECTIONS)[1:]:
        if table != path.stem:
            continue
        if key not in by_id or by_id[key][columns[column]] != researched:
            raise SystemExit(f"corrections.csv: {table} no longer has this {column} of {key}: {researched}")
        by_id[key][columns[column]] = published
    return rows


def same_as(ids: set[str]) -> dict[str, str]:
    """Read which incidents may tell of the same event: id → ids, both ways."""
    partners: dict[str, list[str]] = defaultdict(list)
    for left, right, _ in read_rows(DATA / "possible_same_as.csv")[1:]:
        if not {left, right} <= ids:
            raise SystemExit(f"possible_same_as.csv: no such incident: {left} or {right}")
        partners[left].append(right)
        partners[right].append(left)
    return {key: "; ".join(sorted(values)) for key, values in partners.items()}


def clues(incidents: gpd.GeoDataFrame, folder: Path = DATA) -> tuple[list[str], list[str]]:
    """Read what each incident says of how the border was crossed, and its words; blank off the land border."""
    header, *rows = read_rows(folder / "clues.csv")
    clue, words = ({row[header.index("id")]: row[header.index(name)] for row in rows} for name in ("clue", "words"))
    unknown = sorted(set(clue.values()) - set(CLUES))
    if unknown:
        raise SystemExit(f"clues.csv: no such clue: {', '.join(unknown)}; it is one of {', '.join(CLUES)}")
    lines = set(read_frontier().borders.query("kind == 'land'").index)
    missing = [key for key, border in border_of(incidents).items() if border in lines and key not in clue]
    if missing:
        raise SystemExit(f"clues.csv has no row for: {'; '.join(missing)}")
    return [clue.get(key, "") for key in incidents.index], [words.get(key, "") for key in incidents.index]


def build_incidents(source: Path, folder: Path = DATA) -> int:
    """Write incidents.geojson into a folder; returns the number of incidents."""
    with tempfile.TemporaryDirectory() as scratch:
        corrected = Path(scratch) / source.name
        write_rows(corrected, read_corrected(source))
        incidents = read_incidents(corrected)
    sides = agency_sides(DATA / "agencies.csv")
    unlisted = {name for names in incidents["agency"] for name in names.split("; ") if name} - set(sides)
    if unlisted:
        raise SystemExit(f"agencies.csv has no row for: {'; '.join(sorted(unlisted))}")
    incidents["recording_side"] = recording_sides(incidents["agency"], sides)
    partners = same_as(set(incidents.index))
    incidents["possible_same_as"] = [partners.get(key, "") for key in incidents.index]
    incidents["clue"], incidents["clue_words"] = clues(incidents)
    write_incidents(incidents, folder / "incidents.geojson")
    return len(incidents)


def build_claims(source: Path, folder: Path = DATA) -> int:
    """Write claims.csv into a folder; returns the number of claims."""
    rows = read_corrected(source)
    write_rows(folder / "claims.csv", rows)
    return len(rows) - 1


def main() -> None:
    """Build both files from the folder named on the command line."""
    if len(sys.argv) != 2:  # noqa: PLR2004
        raise SystemExit(__doc__)
    folder = Path(sys.argv[1])
    try:
        incidents = build_incidents(folder / "incidents.csv")
    except InputError as error:
        raise SystemExit(str(error)) from error
    print(f"{incidents} incidents, {build_claims(folder / 'claims.csv')} claims")


if __name__ == "__main__":
    main()
