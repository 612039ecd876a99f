"""Rows of a layer of a map (GeoPackage, KML, Shapefile, FlatGeobuf), read by GDAL in a process of its own.

The driver is decided by the file's first bytes; all others are off, the file has a name of ours in a folder of its own,
and the process may use only so much memory and time: no file can reach another file, a network, or this process.
"""

from __future__ import annotations

import html
import json
import os
import re
import tempfile
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from geo.files.apart import EndedError, run_apart
from geo.files.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_UNZIPPED, refuse

if TYPE_CHECKING:
    from geo.files.limits import Line

__all__ = ["LAYERS", "read_layer"]

_DRIVERS = {
    "gpkg": ("GPKG", "layer.gpkg"),
    "kml": ("LIBKML", "layer.kml"),
    "shp": ("ESRI Shapefile", "layer.shp"),
    "shp.zip": ("ESRI Shapefile", "layer.shp"),
    "fgb": ("FlatGeobuf", "layer.fgb"),
}
LAYERS = tuple(_DRIVERS)
"""Formats that GDAL reads."""
_BESIDE = (".shp", ".dbf", ".shx", ".prj", ".cpg")
_NAMED = re.compile(rb"""(<(?:\w+:)?(?:Data|SimpleData|SimpleField)\b[^>]*?\bname=)["']([^"'<>]*)["']""")
_IN_MEMORY = "/dev/shm"  # noqa: S108  (a folder that is no disk, where there is one)
_KML_FIELDS = (
    "tessellate", "extrude", "visibility", "drawOrder", "icon", "altitudeMode", "snippet", "fid",
)  # fmt: skip
# The program of the other process. It prints the names of the layers and writes the rows as Arrow.
_PROGRAM = """
import json
path, out, layer, rows = sys.argv[1:5]
import pyarrow as pa, pyogrio
from pyogrio.raw import read_arrow
names = [str(name) for name, _ in pyogrio.list_layers(path)]
if layer and layer not in names:
    print(json.dumps({"layers": names})); sys.exit(0)
full = [name for name in names if pyogrio.read_info(path, layer=name, force_feature_count=True)["features"]] or names[:1]
chosen = [layer] if layer else full if path.endswith(".kml") else full[:1]
parts = [read_arrow(path, layer=name, max_features=int(rows) + 1) for name in chosen]
meta, table = parts[0][0], pa.concat_tables([part for _, part in parts], promote_options="permissive")
with pa.OSFile(out, "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
    writer.write_table(table)
print(json.dumps({"layers": names, "read": chosen, "crs": meta["crs"], "geometry": meta["geometry_name"] or "wkb_geometry"}))
"""  # noqa: E501


def read_layer(
    stream: BinaryIO, label: str, kind: str, *, path: Path | None = None, layer: str | None = None
) -> tuple[list[str], list[Line], tuple[str, ...], tuple[str, ...]]:
    """Read a layer; of KML all its folders, which GDAL takes for layers."""
    import pyarrow as pa  # noqa: PLC0415

    driver, name = _DRIVERS[kind]
    with tempfile.TemporaryDirectory(dir=_IN_MEMORY if os.path.isdir(_IN_MEMORY) else None) as folder:  # noqa: PTH112
        try:
            names = _put(stream, label, kind, Path(folder, name), path)
        except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
            refuse(label, f"a damaged archive: {error}", "an archive that can be unpacked")
        answer = _run(Path(folder, name), driver, layer or "", label)
        if "read" not in answer:
            refuse(label, f"layer {layer!r}", f"one of {', '.join(answer['layers'])}", "sheet")
        with pa.memory_map(str(Path(folder, "rows.arrow"))) as source:
            table = pa.ipc.open_file(source).read_all()
        rows, fields = table.num_rows, table.num_columns
        if rows > MAX_ROWS or fields > MAX_COLUMNS or rows * fields > MAX_CELLS:
            refuse(label, f"{rows:,} features", f"at most {MAX_ROWS:,} of {MAX_COLUMNS} fields")
        columns, lines = _rows(table, answer, label)
    return [names.get(name, name) for name in columns], lines, tuple(answer["layers"]), tuple(answer["read"])


def _put(stream: BinaryIO, label: str, kind: str, target: Path, path: Path | None) -> dict[str, str]:
    """Put the file, and a Shapefile's other parts, under names of ours; the names of fields that GDAL would spoil."""
    # A time span of KML, which is no form's begin and end.
    spoilt = {"start date": "begin", "end date": "end"} if kind == "kml" else {}
    if kind == "shp.zip":
        with zipfile.ZipFile(stream) as package:
            parts = [part for part in package.infolist() if Path(part.filename).suffix.lower() in _BESIDE]
            stems = {
                str(Path(part.filename).with_suffix("")) for part in parts if part.filename.lower().endswith(".shp")
            }
            if len(stems) != 1:
                refuse(label, f"{len(stems)} Shapefiles", "an archive with one Shapefile")
            if sum(part.file_size for part in parts) > MAX_UNZIPPED:
                refuse(label, "a large archive", f"at most {MAX_UNZIPPED / 1e6:.0f} MB when unpacked")
            for part in parts:
                if str(Path(part.filename).with_suffix("")) in stems:
                    target.with_suffix(Path(part.filename).suffix.lower()).write_bytes(package.read(part))
    else:
        stream.seek(0)
        data = stream.read()
        target.write_bytes(_NAMED.sub(lambda match: _rename(match, spoilt), data) if kind == "kml" else data)
        for beside in path.parent.glob("*") if kind == "shp" and path is not None else ():
            own = path is not None and beside.stem == path.stem and beside.suffix.lower() in _BESIDE[1:]
            if own and beside.stat().st_size <= MAX_UNZIPPED:
                target.with_suffix(beside.suffix.lower()).write_bytes(beside.read_bytes())
    if kind.startswith("shp") and not (target.with_suffix(".dbf").exists() and target.with_suffix(".shx").exists()):
        refuse(label, "a Shapefile without its .dbf and .shx", "all its files, in one .zip")
    return {ours: name for name, ours in spoilt.items()}


def _rename(match: re.Match[bytes], spoilt: dict[str, str]) -> bytes:
    """A field's name in KML; one with letters beyond ASCII, of which GDAL makes underscores, as a name of ours."""
    name = html.unescape(match[2].decode("utf-8", "replace"))
    ours = name if name.isascii() else spoilt.setdefault(name, f"field_{len(spoilt)}")
    return match[0] if ours == name else match[1] + b'"' + ours.encode() + b'"'


def _run(file: Path, driver: str, layer: str, label: str) -> dict[str, Any]:
    from pyogrio import list_drivers  # noqa: PLC0415

    off = ",".join(name for name in list_drivers() if name != driver)
    surroundings = {"GDAL_SKIP": off, "OGR_SKIP": off, "OGR_SQLITE_LIST_ALL_TABLES": "NO", "CPL_LOG": os.devnull}
    arguments = [str(file), str(file.with_name("rows.arrow")), layer, str(MAX_ROWS)]
    try:
        answer = run_apart(_PROGRAM, arguments, surroundings=surroundings)
        return dict(json.loads(answer.decode().strip().splitlines()[-1]))
    except (EndedError, ValueError, IndexError):
        refuse(label, f"no {driver} that can be read", "the layer saved as .geojson")


def _rows(table: Any, answer: dict[str, Any], label: str) -> tuple[list[str], list[Line]]:
    import shapely  # noqa: PLC0415

    from geo.intake.sheets.spatial import place_in  # noqa: PLC0415

    shape = answer["geometry"] if answer["geometry"] in table.column_names else ""
    names = [name for name in table.column_names if name != shape and name not in _KML_FIELDS]
    columns = [[_plain(value) for value in table.column(name).to_pylist()] for name in names]
    keep = [at for at, column in enumerate(columns) if any(value is not None for value in column)]
    names, columns = [names[at] for at in keep], [columns[at] for at in keep]
    records: list[dict[str, Any]] = [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]
    records = records or [{} for _ in range(table.num_rows)]
    if shape:
        shapes = [
            None if one is None else json.loads(shapely.to_geojson(shapely.from_wkb(one)))
            for one in table.column(shape).to_pylist()
        ]
        place_in(records, shapes, str(answer["crs"] or ""), label)
    order = list(dict.fromkeys(name for record in records for name in record))
    return order, [
        (number, tuple(record.get(name) for name in order)) for number, record in enumerate(records, start=1)
    ]


def _plain(value: Any) -> Any:
    blank = isinstance(value, str) and not value.strip()
    return None if blank or isinstance(value, bytes | list | dict) else value
