"""Count rows in another way than the program does: none may be lost without a word."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
from typing import TYPE_CHECKING

import pyarrow.parquet as pq

if TYPE_CHECKING:
    from pathlib import Path

_NUMBER = r"([\d,]+)"


def find_lost(how: str, file: Path, folder: Path, text: str) -> str:
    """Say what is not right about the rows of a command that ended well; nothing where all are there or told of."""
    match how:
        case "features":
            given, kept = _features(file), _features(folder / "out.geojson")
        case "parquet to csv":
            given, kept = pq.ParquetFile(file).metadata.num_rows, _records(folder / "out.csv")
        case "desk":
            given, kept = _features(file), _rows_of_desk(folder / "out.desk")
        case "merged":
            given, kept = _told(rf"= {_NUMBER}$", text), _features(folder / "out.geojson")
        case "imported":
            return _of_import(file, folder, text)
        case "register":
            given, kept = _given(file) - _told(rf"Not in the output: {_NUMBER} ", text), _out(folder)
        case _:
            return ""
    return "" if given == kept else f"{given} rows given, {kept} kept: {text.strip()[-200:]}"


def _told(pattern: str, text: str) -> int:
    found = re.search(pattern, text, re.MULTILINE)
    return int(found[1].replace(",", "")) if found else 0


def _features(file: Path) -> int:
    return len(json.loads(file.read_bytes())["features"])


def _records(file: Path) -> int:
    csv.field_size_limit(10**8)
    data = file.read_bytes()
    lines = data.decode("utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig", "replace")
    head = lines.partition("\n")[0]
    sign = max(",;\t|", key=head.count)  # a quoted line break is one only where the mark between cells is known
    return max(sum(1 for row in csv.reader(io.StringIO(lines, newline=""), delimiter=sign) if row) - 1, 0)


def _out(folder: Path) -> int:
    if (folder / "out.csv").is_file():
        return _records(folder / "out.csv")
    return pq.ParquetFile(folder / "out.parquet").metadata.num_rows


def _given(file: Path) -> int:
    if file.is_dir():
        return sum(map(_given, file.glob("part-*")))
    return pq.ParquetFile(file).metadata.num_rows if file.suffix == ".parquet" else _records(file)


def _rows_of_desk(file: Path) -> int:
    connection = sqlite3.connect(file)
    try:
        return int(connection.execute("SELECT count(*) FROM records").fetchone()[0])
    finally:
        connection.close()


def _of_import(file: Path, folder: Path, text: str) -> str:
    """Rows read are imported or reported; the file holds those imported, the problems those that are not."""
    read, imported = _told(rf"{_NUMBER}  rows read", text), _told(rf"{_NUMBER}  imported", text)
    refused = _told(rf"{_NUMBER}  not imported", text)
    out = next(one for one in folder.iterdir() if one.stem == "out")
    kept = _features(out) if out.suffix == ".geojson" else _records(out) if out.suffix == ".csv" else _out(folder)
    with (folder / "out.problems.csv").open(encoding="utf-8", newline="") as lines:
        problems = list(csv.DictReader(lines))
    if read != imported + refused or kept != imported:
        return f"{read} read, {imported} imported, {refused} refused, {kept} kept"
    if refused and len(problems) < refused:
        return f"{refused} refused, {len(problems)} problems"
    if file.suffix == ".parquet":
        given = pq.ParquetFile(file).metadata.num_rows
        return "" if read == given else f"{given} rows given, {read} read: {text.strip()[:600]}"
    if file.suffix == ".json" and (given := _in_json(file)) != read:
        return f"{given} records given, {read} read: {text.strip()[:600]}"
    return ""


def _in_json(file: Path) -> int:
    """Records of a JSON file, in whichever of the forms that are read."""
    whole = json.loads(file.read_bytes().decode("utf-8-sig"))
    if isinstance(whole, list):
        return len(whole)
    if isinstance(whole.get("layers"), list):
        return sum(len(one["features"]) for one in whole["layers"])
    lists = [whole[name] for name in ("messages", "features") if isinstance(whole.get(name), list)]
    return len(lists[0]) if lists else 1
