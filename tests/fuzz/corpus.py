"""Hostile files, made anew from a number: damaged at random, and of the kinds that once ended in a traceback."""

# ruff: noqa: E501, S311, TC003
from __future__ import annotations

import copy
import io
import json
import random
import shutil
import zipfile
import zlib
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from geo.paths import data_path

ODD: list[Any] = [
    None, True, -1, 0, 1e308, 10**30, 1.5, "", " ", "x", "NaN", "\ud800", "\x00", "=1+1", "\r", "a" * 3000, [], {}, [[]],
    [1], {"a": {"b": []}}, "2024-13-45", "1e400", "-0", "٣", "https://", "ﬀ", "'", '"', "𐍈",
]  # fmt: skip
GEOMETRIES: list[Any] = [
    None, 5, "Point", {}, {"type": "Point"}, {"type": "Point", "coordinates": []}, {"type": "Point", "coordinates": [1]},
    {"type": "Point", "coordinates": ["a", "b"]}, {"type": "Point", "coordinates": [None, None]},
    {"type": "Point", "coordinates": [1e400, 50]}, {"type": "Point", "coordinates": [60, 50, 1, 2, 3]},
    {"type": "MultiPoint", "coordinates": [[60, 50]]}, {"type": "LineString", "coordinates": [[60, 50], [60, 50]]},
    {"type": "LineString", "coordinates": [[60, 50]]}, {"type": "Polygon", "coordinates": [[[60, 50]]]},
    {"type": "Polygon", "coordinates": []}, {"type": "GeometryCollection", "geometries": []},
    {"type": "Curve", "coordinates": [[60, 50]]}, {"type": "Point", "coordinates": [1000, 1000]},
    {"type": "Polygon", "coordinates": [[[60, 50], [61, 51], [60, 51], [61, 50], [60, 50]]]},
]  # fmt: skip
CRS: list[Any] = [
    5, "x", [], {}, {"properties": 5}, {"properties": {"name": 5}}, {"type": "name", "properties": {"name": "EPSG:3857"}},
    {"type": "GeographicCRS"}, {"id": 5}, {"id": {"authority": [], "code": {}}}, {"name": []}, None,
]  # fmt: skip
TABLE = [
    ["Дата", "Товар", "Количество", "Место", "Координаты", "Источник"],
    ["03.07.2024", "сигареты", "500 пачек", "Кордай", "43.0375, 74.7083", "https://example.org/1"],
    ["04.07.2024", "чай", "20 кг", "Достык", "45°15'18\"N 82°28'58\"E", "https://example.org/2"],
    ["05.07.2024", "гашиш", "1,5 кг", "", "", "https://example.org/3"],
]
_RECORDS = 6


def write(kind: str, number: int, folder: Path) -> Path:
    """Write one hostile file, or folder, of a kind; the same number gives the same bytes."""
    rng = random.Random(f"{kind}-{number}")
    return WRITERS[kind](rng, folder)


@cache
def _firstincidents() -> str:
    whole = json.loads(data_path("incidents.geojson").read_text(encoding="utf-8"))
    whole["features"] = whole["features"][:_RECORDS]
    return json.dumps(whole)


def incidents() -> dict[str, Any]:
    """A few of the built-in records, as GeoJSON."""
    return dict(json.loads(_firstincidents()))


@cache
def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a folder that others are made of."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def put_folder(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder with these files and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def spoil(value: Any, rng: random.Random) -> Any:
    """A structure with one of its nodes replaced, taken away or doubled."""
    value = copy.deepcopy(value)
    node = value
    while True:
        keys = list(node) if isinstance(node, dict) else list(range(len(node)))
        if not keys:
            return value
        key = rng.choice(keys)
        below = node[key]
        if isinstance(below, dict | list) and below and rng.random() < 0.8:
            node = below
            continue
        pick = rng.random()
        if pick < 0.15:
            del node[key]
        elif key == "geometry" or pick < 0.3:
            node[key] = copy.deepcopy(rng.choice(GEOMETRIES))
        elif key == "crs" or pick < 0.4:
            node[key] = copy.deepcopy(rng.choice(CRS))
        else:
            node[key] = copy.deepcopy(rng.choice(ODD))
        return value


def damaged(data: bytes, rng: random.Random) -> bytes:
    """Bytes with a part flipped, cut out, doubled or put in."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(data) + 1)
        span = rng.choice((1, 1, 4, 64, 1000))
        pick = rng.randrange(5)
        if pick == 0 and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif pick == 1:
            del data[at : at + span]
        elif pick == 2:
            data[at:at] = data[at : at + span]
        elif pick == 3:
            data[at:at] = rng.choice(
                (b"\xff", b"\x00", b"\r", b'"', b"{", b"]", b"\xed\xa0\x80", b"1e999", b"\xef\xbb\xbf")
            )
        else:
            del data[at:]
        if not data:
            break
    return bytes(data)


def text(value: Any) -> bytes:
    """JSON, in ASCII."""
    return json.dumps(value, ensure_ascii=True).encode()


def _geojson(rng: random.Random, folder: Path) -> Path:
    whole = incidents()
    if rng.random() < 0.3:
        whole["crs"] = rng.choice(CRS)
    for _ in range(rng.randint(1, 3)):
        whole = spoil(whole, rng) if isinstance(whole, dict) else whole
    data = text(whole)
    return put(folder / "fuzz.geojson", damaged(data, rng) if rng.random() < 0.3 else data)


def put(path: Path, data: bytes) -> Path:
    """A file with this content."""
    path.write_bytes(data)
    return path


def csv_bytes(rows: list[list[Any]], rng: random.Random) -> bytes:
    """A table as delimited text, with some of it spoilt."""
    rows = [list(map(str, row)) for row in rows]
    for _ in range(rng.randint(1, 5)):
        row = rng.choice(rows)
        pick = rng.randrange(4)
        if pick == 0 and row:
            row[rng.randrange(len(row))] = str(rng.choice(ODD))
        elif pick == 1:
            row.append(str(rng.choice(ODD)))
        elif pick == 2 and row:
            row.pop()
        else:
            rng.shuffle(row)
    lines = "\n".join(
        rng.choice((",", ",", ",", ";")).join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows
    )
    data = lines.encode(rng.choice(("utf-8", "utf-8", "utf-16", "cp1251", "utf-8-sig")), "replace")
    return damaged(data, rng) if rng.random() < 0.3 else data


def _incidents_csv(rng: random.Random, folder: Path) -> Path:
    features = incidents()["features"]
    names = [*features[0]["properties"], "lon", "lat"]
    rows: list[list[Any]] = [names]
    for one in features:
        spot = (one["geometry"] or {}).get("coordinates", ["", ""])
        rows.append([*(one["properties"].get(name, "") or "" for name in names[:-2]), *spot[:2]])
    return put(folder / "fuzz.csv", csv_bytes(rows, rng))


def _table_csv(rng: random.Random, folder: Path) -> Path:
    return put(folder / "fuzz.csv", csv_bytes(TABLE, rng))


def _table_json(rng: random.Random, folder: Path) -> Path:
    records = [dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]
    features = [{"type": "Feature", "properties": one, "geometry": rng.choice(GEOMETRIES)} for one in records]
    whole: Any = rng.choice(
        (records, {"type": "FeatureCollection", "crs": rng.choice(CRS), "features": features}, {"layers": [{"features": features}]},
         {"features": [{"attributes": one, "geometry": {"x": 1, "y": 2}} for one in records], "spatialReference": rng.choice(CRS)},
         {"messages": [{"id": 1, "date": "2024-07-03T10:00:00", "text": ["изъято", {"type": "link", "text": "x", "href": "https://example.org/"}]}]})
    )  # fmt: skip
    data = text(spoil(whole, rng))
    return put(folder / "fuzz.json", damaged(data, rng) if rng.random() < 0.2 else data)


def _odd_column(rng: random.Random, length: int) -> pa.Array:
    """A column of a type that no table of incidents has."""
    offsets = pa.py_buffer(b"".join((4 * at).to_bytes(4, "little") for at in range(length + 1)))
    not_text = pa.Array.from_buffers(pa.string(), length, [None, offsets, pa.py_buffer(b"\xff\xfe\xfd\xfc" * length)])
    makers = (
        lambda: not_text,
        lambda: pa.array([[("a", 1)]] * length, pa.map_(pa.string(), pa.int32())),
        lambda: pa.array([["a", None]] * length),
        lambda: pa.array([10**12] * length, pa.duration("ns")),
        lambda: pa.array([{"a": 1}] * length),
        lambda: pa.array([b"\xff"] * length, pa.binary()),
        lambda: pa.nulls(length),
        lambda: pa.array([1, *[None] * (length - 1)], pa.uint64()),
        lambda: pa.array(["a"] * length).dictionary_encode(),
        lambda: pa.array([2**62] * length, pa.timestamp("us")),
        lambda: pa.array([1.5] * length, pa.float32()),
        lambda: pa.array([1] * length, pa.decimal128(20, 3)),
        lambda: pa.array([1] * length, pa.time64("ns")),
    )
    return rng.choice(makers)()


def _parquet(rows: list[list[Any]], rng: random.Random, *, points: bool) -> bytes:
    import shapely  # noqa: PLC0415

    length = len(rows) - 1
    columns: dict[str, pa.Array] = {
        name: pa.array([None if row[at] is None else str(row[at]) for row in rows[1:]])
        for at, name in enumerate(rows[0])
    }
    for _ in range(rng.randint(0, 2)):
        columns[rng.choice([*columns, "more"])] = _odd_column(rng, length)
    meta: dict[bytes, bytes] = {}
    if points:
        columns["geometry"] = pa.array([shapely.to_wkb(shapely.Point(74.7, 43.0))] * length, pa.binary())
        geo: Any = {
            "version": "1.0.0", "primary_column": "geometry",
            "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"], "crs": rng.choice([*CRS, "OGC:CRS84"])}},
        }  # fmt: skip
        geo = spoil(geo, rng) if rng.random() < 0.6 else geo
        meta = {b"geo": rng.choice((text(geo), text(geo), b"{", b"[]", b"5", b"\xff"))}
        if rng.random() < 0.2:
            columns["geometry"] = _odd_column(rng, length)
    table = pa.table(columns).replace_schema_metadata(meta or None)
    out = io.BytesIO()
    pq.write_table(table, out, compression=rng.choice(("none", "snappy", "gzip")))
    return damaged(out.getvalue(), rng) if rng.random() < 0.3 else out.getvalue()


def _incidents_parquet(rng: random.Random, folder: Path) -> Path:
    features = incidents()["features"]
    names = list(features[0]["properties"])
    rows: list[list[Any]] = [names, *([one["properties"].get(name) for name in names] for one in features)]
    return put(folder / "fuzz.parquet", _parquet(rows, rng, points=rng.random() < 0.9))


def _table_parquet(rng: random.Random, folder: Path) -> Path:
    return put(folder / "fuzz.parquet", _parquet(TABLE, rng, points=rng.random() < 0.5))


def _workbook(rng: random.Random, folder: Path) -> Path:
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    for row in TABLE:
        book.active.append(row)
    book.active.merge_cells("A2:A3")
    plain = io.BytesIO()
    book.save(plain)
    tokens = (
        b'<row r="9999999999999999999"/>', b"<row r='9999999999999999999'/>", b'<row  r = "99999999999999" />', b'<row r="&#57;99999999999"/>',
        b"<row/>" * 1000, b'<row r="5"><c r="XFD5"/></row>', b'<row r="6"><c r="XFD6"><v>1</v></c></row>', b'<row r="-1"/>', b'<row r="x"/>',
        b'<c r="A1" t="s"><v>999999</v></c>', b'<c r="A1" s="99999"><v>1</v></c>', b'<c r="A2" t="d"><v>x</v></c>', b'<c t="b"><v>7</v></c>',
        b'<row r="7"><c r="A7" t="e"><v>#REF!</v></c></row>', b"<f>A1</f>", b'<mergeCell ref="A1:XFD1048576"/>', b'<mergeCell ref="x"/>', b"\xff",
        b'<row r="8"><c r="A8"><v>1e400</v></c></row>', b'<row r="1e400"/>', b"<!DOCTYPE x>",
    )  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml") and rng.random() < 0.7:
                at = data.find(rng.choice((b"<row", b"</row>", b"</sheetData>", b"<c ", b"</c>")))
                data = data[:at] + rng.choice(tokens) + data[at:]
            elif rng.random() < 0.08:
                data = damaged(data, rng)
            if rng.random() > 0.02:
                new.writestr(name, data)
    data = out.getvalue()
    if rng.random() < 0.2:
        # Deflate that is damaged within.
        at = rng.randrange(40, len(data) - 100)
        data = data[:at] + bytes(rng.randrange(256) for _ in range(20)) + data[at + 20 :]
    return put(folder / "fuzz.xlsx", damaged(data, rng) if rng.random() < 0.15 else data)


def _packed(rng: random.Random, folder: Path) -> Path:
    inner = csv_bytes(TABLE, rng)
    packed = zlib.compress(inner, wbits=31) if rng.random() < 0.5 else inner
    return put(folder / "fuzz.csv.gz", damaged(packed, rng))


def _borders(rng: random.Random, folder: Path) -> Path:
    files = dict(read_folder(data_path("borders")))
    chosen = rng.choice([name for name in files if name.endswith(".geojson")])
    whole = json.loads(files[chosen])
    if rng.random() < 0.2:
        whole["crs"] = rng.choice(CRS)
    for _ in range(rng.randint(1, 2)):
        if isinstance(whole, dict):
            feature = rng.choice(whole.get("features") or [whole]) if isinstance(whole.get("features"), list) else whole
            if isinstance(feature, dict) and rng.random() < 0.6:
                feature["geometry"] = copy.deepcopy(rng.choice(GEOMETRIES))
            elif isinstance(feature, dict) and isinstance(feature.get("properties"), dict) and rng.random() < 0.6:
                name = rng.choice(list(feature["properties"]) or ["x"])
                feature["properties"][name] = copy.deepcopy(rng.choice(ODD))
            else:
                whole = spoil(whole, rng)
    data = text(whole)
    data = rng.choice(
        (data, data, data, damaged(data, rng), b"<OGRVRTDataSource/>", b"", b"\xff\xfe", b"SQLite format 3\x00")
    )
    return put_folder(folder / "borders", files | {chosen: data})


def _register(rng: random.Random, folder: Path) -> Path:
    rows = [
        ["id", "lon", "lat", "date", "goods"],
        *[[at, 74.7 + at / 10, 43.0, "2024-07-03", "чай"] for at in range(5)],
    ]
    if rng.random() < 0.5:
        return put(folder / "fuzz.csv", csv_bytes(rows, rng))
    return put(folder / "fuzz.parquet", _parquet(rows, rng, points=rng.random() < 0.6))


def _located(rng: random.Random, folder: Path) -> Path:
    names = ["neighbour", "segment", "cell", "region_code", "km", "distance_km", "date", "goods"]
    rows: list[list[Any]] = [names, *[["KG", "KG-01", "KG-001", "KZ-31", 5.0, 1.0, "2024-07-03", "tea"]] * 4]
    length = len(rows) - 1
    columns: dict[str, Any] = {name: pa.array([row[at] for row in rows[1:]]) for at, name in enumerate(names)}
    for _ in range(rng.randint(1, 2)):
        columns[rng.choice(names)] = _odd_column(rng, length)
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return put(folder / "fuzz.parquet", damaged(out.getvalue(), rng) if rng.random() < 0.3 else out.getvalue())


def _totals(rng: random.Random, folder: Path) -> Path:
    from geo.register.as_incidents import COLUMNS  # type: ignore[attr-defined]  # noqa: PLC0415

    row = {
        "place": "border",
        "neighbour": "KG",
        "segment": "KG-01",
        "cell": "KG-001",
        "region_code": "KZ-31",
        "goods": "food",
        "date": "2024",
        "rows": 3,
    }
    rows = [list(COLUMNS), *[[row.get(name, "") for name in COLUMNS] for _ in range(2)]]
    if rng.random() < 0.6:
        return put(folder / "fuzz.csv", csv_bytes(rows, rng))
    return put(folder / "fuzz.parquet", _parquet(rows, rng, points=False))


def _claims(rng: random.Random, folder: Path) -> Path:
    lines = data_path("claims.csv").read_text(encoding="utf-8").splitlines()[:6]
    import csv  # noqa: PLC0415

    return put(folder / "fuzz.csv", csv_bytes(list(csv.reader(lines)), rng))


WRITERS = {
    "geojson": _geojson, "csv": _incidents_csv, "parquet": _incidents_parquet, "table": _table_csv, "json": _table_json,
    "table-parquet": _table_parquet, "workbook": _workbook, "packed": _packed, "borders": _borders,
    "register": _register, "located": _located, "totals": _totals, "claims": _claims,
}  # fmt: skip
