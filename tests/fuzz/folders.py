"""Hostile files of other kinds: layers, articles, desks, brands, countries, published folders, mappings, registers."""

# ruff: noqa: E501
from __future__ import annotations

import contextlib
import gzip
import html
import io
import json
import sqlite3
import sys
import tempfile
import tomllib
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import corpus
from corpus import ODD, csv_bytes, damaged, put, put_folder, read_folder, spoil, text

from geo.paths import data_path

if TYPE_CHECKING:
    import random

TESTS = Path(__file__).parents[1]
sys.path.insert(0, str(TESTS))
_NAMES = ("\u202etxt.exe", "../up", "a/b", "x" * 200, "\x00", "", " ", "=1+1", "<b>", "con", "a\rb")
SIGN = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>'


def toml(value: Any, *, top: bool = True) -> str:
    """A structure as TOML, its tables in one line; what TOML has no word for is written as text."""
    if isinstance(value, dict):
        pairs = [f"{json.dumps(str(key))} = {toml(below, top=False)}" for key, below in value.items()]
        return "\n".join(pairs) + "\n" if top else "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(toml(below, top=False) for below in value) + "]"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    return json.dumps("" if value is None else str(value)).replace("\x7f", "\\u007f")


def _spoilt_toml(plain: dict[str, Any], rng: random.Random) -> bytes:
    for _ in range(rng.randint(1, 3)):
        plain = spoil(plain, rng)
    data = toml(plain).encode("utf-8", "replace")
    return damaged(data, rng) if rng.random() < 0.3 else data


# -- Layers -----------------------------------------------------------------------------------------


@cache
def _layers() -> dict[str, bytes]:
    """A small layer in each format that GDAL reads."""
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    frame = gpd.GeoDataFrame(
        {"data": ["03.07.2024", "04.07.2024"], "tovar": ["сигареты", "чай"], "kol": ["500 пачек", "20 кг"]},
        geometry=[shapely.Point(74.7, 43.0), shapely.Point(82.4, 45.2)], crs="EPSG:4326",
    )  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        for ending, driver in {
            ".gpkg": "GPKG",
            ".fgb": "FlatGeobuf",
            ".kml": "LIBKML",
            ".shp": "ESRI Shapefile",
        }.items():
            frame.to_file(Path(folder, f"layer{ending}"), driver=driver, engine="pyogrio")
        return {file.name: file.read_bytes() for file in Path(folder).iterdir()}


_KML = (
    b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', b'<!DOCTYPE x SYSTEM "file:///etc/passwd">',
    b"<coordinates>1e400,1e400</coordinates>", b"<coordinates>,,,</coordinates>", b"<Folder>" * 500, b"<name>&b;</name>",
    b"<NetworkLink><Link><href>http://127.0.0.1:9/x.kml</href></Link></NetworkLink>", b"<Point/>", b"<ExtendedData><Data name=''/></ExtendedData>",
    b'<Schema name="x"><SimpleField type="int" name="Y"/></Schema>', b"<MultiGeometry/>", b"<Polygon/>", b"\xed\xa0\x80", b"<![CDATA[",
)  # fmt: skip


def _layer(rng: random.Random, folder: Path) -> Path:
    layers = _layers()
    kind = rng.choice(("kml", "kml", "kmz", "gpkg", "gpkg", "shp.zip", "fgb"))
    if kind in ("kml", "kmz"):
        data = layers["layer.kml"]
        for _ in range(rng.randint(1, 2)):
            at = data.find(rng.choice((b"<Placemark", b"<Point", b"</Document", b"<kml", b"<ExtendedData")))
            data = data[:at] + rng.choice(_KML) + data[at:]
        data = damaged(data, rng) if rng.random() < 0.4 else data
        return put(folder / f"fuzz.{kind}", data if kind == "kml" else zipped({"doc.kml": data}, rng))
    if kind == "shp.zip":
        parts = {name: one for name, one in layers.items() if Path(name).suffix in (".shp", ".shx", ".dbf", ".prj")}
        chosen = rng.choice(sorted(parts))
        return put(folder / "fuzz.zip", zipped(parts | {chosen: damaged(parts[chosen], rng)}, rng))
    if kind == "gpkg" and rng.random() < 0.5:
        return put(folder / "fuzz.gpkg", _spoilt_database(layers["layer.gpkg"], rng, _GPKG))
    return put(folder / f"fuzz.{kind}", damaged(layers[f"layer.{kind}"], rng))


def zipped(parts: dict[str, bytes], rng: random.Random) -> bytes:
    """An archive, sometimes with other names, sizes or bytes than it should have."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            odd = rng.random() < 0.1
            package.writestr(rng.choice(_NAMES[:4]) + Path(name).suffix if odd else name, data)
        if rng.random() < 0.1:
            package.writestr("zeros.kml", b"\x00" * 2_000_000)
    data = out.getvalue()
    return damaged(data, rng) if rng.random() < 0.3 else data


# -- Databases --------------------------------------------------------------------------------------

_GPKG = (
    "UPDATE gpkg_contents SET table_name = 'x'", "DELETE FROM gpkg_spatial_ref_sys", "UPDATE gpkg_geometry_columns SET srs_id = 99",
    "UPDATE layer SET geom = x'00'", "UPDATE layer SET geom = NULL", "UPDATE layer SET geom = 'text'", "UPDATE layer SET data = x'ff'",
    "DROP TABLE gpkg_contents", "DELETE FROM layer", "UPDATE layer SET kol = 1e400", "ALTER TABLE layer RENAME COLUMN kol TO ' '",
    "CREATE VIEW v AS SELECT load_extension('x')", "UPDATE gpkg_contents SET data_type = 'features', identifier = NULL",
    "ATTACH DATABASE '../other.db' AS other", "UPDATE gpkg_spatial_ref_sys SET definition = 'x'",
)  # fmt: skip
_DESK = (
    "UPDATE records SET date = 'x'", "UPDATE records SET goods = x'ff'", "UPDATE records SET lon = 1e308", "UPDATE records SET revision = -1",
    "UPDATE records SET lat = NULL, lon = 5", "UPDATE records SET title = char(0)", "DROP TABLE sources", "DROP TABLE records", "DELETE FROM desk",
    "UPDATE records SET region_code = 'XX-1', neighbour = 'QQ'", "UPDATE records SET location_precision = 'x', coord_basis = ''",
    "UPDATE records SET quantity = -1e300, unit = 'x'", "UPDATE records SET changed = ''", "UPDATE sources SET address = 'javascript:alert(1)'",
    "UPDATE sources SET date = 'x', language = '\ud800'", "UPDATE records SET id = ''", "UPDATE records SET possible_same_as = 'x;y;;'",
    "PRAGMA user_version = 99", "PRAGMA user_version = 0", "PRAGMA application_id = 5", "UPDATE desk SET value = x'ff'", "UPDATE changes SET at = 'x'",
    "CREATE TRIGGER t AFTER INSERT ON records BEGIN DELETE FROM records; END", "UPDATE sqlite_schema SET sql = 'x' WHERE name = 'records'",
    "ALTER TABLE records DROP COLUMN clue", "ALTER TABLE records RENAME COLUMN title TO t", "UPDATE records SET state = 'draft'",
    "CREATE VIEW w AS SELECT * FROM w", "UPDATE records SET title = hex(zeroblob(100000))", "UPDATE changes SET revision = 'x'",
    "UPDATE records SET outcome_class = 'x', legal_scope = 'y', confidence = 'z'", "UPDATE records SET date = '9999-99', date_precision = 'day'",
)  # fmt: skip


def _spoilt_database(data: bytes, rng: random.Random, commands: tuple[str, ...]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        file = put(Path(folder, "base"), data)
        connection = sqlite3.connect(file, isolation_level=None)
        for setting in (
            "journal_mode = DELETE",
            "ignore_check_constraints = ON",
            "writable_schema = ON",
            "foreign_keys = OFF",
        ):
            connection.execute(f"PRAGMA {setting}").fetchall()
        for command in rng.sample(commands, rng.randint(1, 3)):
            try:
                connection.execute(command).fetchall()
            except (sqlite3.Error, UnicodeEncodeError):
                continue  # another command took away what it needs
        connection.close()
        data = file.read_bytes()
    return damaged(data, rng) if rng.random() < 0.15 else data


@cache
def desk_bytes() -> bytes:
    """A desk with a few records, in which nothing is left to the clock."""
    from geo.desk.bringing import start_desk  # noqa: PLC0415
    from geo.desk.file import back_up  # noqa: PLC0415
    from geo.incidents.reading import read_incidents  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        file = put(Path(folder, "few.geojson"), text(corpus.incidents()))
        desk = start_desk(Path(folder, "a.desk"), read_incidents(file), None, by="fuzz", built_in=False)
        back_up(desk, Path(folder, "b.desk"))
        desk.close()
        connection = sqlite3.connect(Path(folder, "b.desk"), isolation_level=None)
        connection.execute("UPDATE records SET changed = '2026-01-01T00:00:00Z'")
        connection.execute("UPDATE desk SET value = 'fuzz' WHERE name = 'uuid'")
        connection.close()
        return Path(folder, "b.desk").read_bytes()


def _desk(rng: random.Random, folder: Path) -> Path:
    data = desk_bytes()
    data = _spoilt_database(data, rng, _DESK) if rng.random() < 0.8 else damaged(data, rng)
    for left in folder.glob("fuzz.desk-*"):
        left.unlink()
    return put(folder / "fuzz.desk", data)


# -- Articles ---------------------------------------------------------------------------------------


@cache
def _articles() -> tuple[str, ...]:
    return tuple(file.read_text(encoding="utf-8") for file in sorted((TESTS / "drafting" / "articles").glob("*.txt")))


_WORDS = (
    "32 августа 9999 года", "1" * 400 + " кг", "\u202e", "a" * 20_000, "\u200b" * 50, "٣٣ кг", "1e400 тонн", "-5 пачек", "\x0b", "&#99999999;", "<script>",
    "в " * 500, "(" * 500, "«" * 200, "0 кг", "1/0", "½" * 40, "\ufeff", "𐍈" * 30, "2024-02-30", "99:99", "миллион миллионов миллиардов кг",
)  # fmt: skip


def _article(rng: random.Random, folder: Path) -> Path:
    words = rng.choice(_articles()).split(" ")
    for _ in range(rng.randint(1, 6)):
        at, pick = rng.randrange(len(words)), rng.randrange(4)
        if pick == 0:
            words[at] = rng.choice(_WORDS)
        elif pick == 1:
            words[at:at] = words[at - 9 : at] * rng.choice((1, 20))
        elif pick == 2:
            del words[at : at + rng.choice((1, 40))]
        else:
            words[at] += str(rng.choice(ODD))
        words = words or ["x"]
    plain = " ".join(words)
    if page := rng.random() < 0.4:
        tag = rng.choice(("article", "div", "table", "script", "p" + " x" * 99))
        plain = (
            "<html><body>"
            + f"<{tag}>" * rng.choice((1, 1, 300))
            + f"<p>{html.escape(plain) if rng.random() < 0.7 else plain}"
        )
    data = plain.encode(rng.choice(("utf-8", "utf-8", "cp1251", "utf-16")), "replace")
    return put(folder / ("fuzz.html" if page else "fuzz.txt"), damaged(data, rng) if rng.random() < 0.4 else data)


# -- Folders, and what stands beside ----------------------------------------------------------------


def _brand(rng: random.Random, folder: Path) -> Path:
    logo = rng.choice(
        ("logo.svg", "logo.svg", "logo.png", "../logo.svg", "/etc/passwd", "logo\x00.svg", "x" * 300 + ".svg", ".")
    )
    signs = (
        SIGN,
        "<svg><script>alert(1)</script></svg>",
        '<svg onload="x"/>',
        "",
        "\u202e",
        "<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg/>",
    )
    put(folder / "logo.svg", rng.choice(signs).encode())
    put(folder / "logo.png", damaged(b"\x89PNG\r\n\x1a\n" * 9, rng))
    plain = {
        "name": rng.choice(("A paper", *_NAMES)),
        "accent": rng.choice(("#00697a", "#fff", "red", "")),
        "logo": logo,
    }
    return put(folder / "brand.toml", _spoilt_toml(plain, rng) if rng.random() < 0.8 else toml(plain).encode())


def _country(rng: random.Random, folder: Path) -> Path:
    files = {name: data for name, data in read_folder(data_path()).items() if name in _OF_A_COUNTRY}
    files["incidents.geojson"] = text(corpus.incidents())
    return _spoilt_country(files, rng, folder)


def _small_country(rng: random.Random, folder: Path) -> Path:
    return _spoilt_country(dict(_small()), rng, folder)


@cache
def _small() -> dict[str, bytes]:
    """Eswatini with made-up records, out of the cut of the world's map that the tests of countries have."""
    import pytest  # noqa: PLC0415
    from country_files import fill  # noqa: PLC0415

    from geo.country import sources  # noqa: PLC0415
    from geo.country.building import new_country  # noqa: PLC0415

    world = json.loads(gzip.decompress((TESTS / "country" / "world.json.gz").read_bytes()))
    no_lakes = {"arcs": [], "transform": world["transform"], "objects": {"lakes": {"geometries": []}}}
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "read_member", lambda package, *_: world if package is sources.WORLD else no_lakes)
        patch.setattr(sources, "read_units", lambda *_: [])
        new_country("SWZ", Path(folder, "SZ"))
        fill(Path(folder, "SZ"), 12)
        return dict(read_folder(Path(folder, "SZ")))


def _spoilt_country(files: dict[str, bytes], rng: random.Random, folder: Path) -> Path:
    if rng.random() < 0.7:
        profile = tomllib.loads(files["country.toml"].decode())
        for _ in range(rng.randint(1, 3)):
            profile = _shallow(profile, rng)
        files["country.toml"] = toml(profile).encode("utf-8", "replace")
    chosen = rng.choice(sorted(files))
    if rng.random() < 0.6:
        files[chosen] = damaged(files[chosen], rng)
    if rng.random() < 0.1:
        del files[chosen]
    return put_folder(folder / "country", files)


_OF_A_COUNTRY = {
    "country.toml", "claims.csv", "agencies.csv", "clues.csv", "intake/places.toml", "borders/borders.geojson", "borders/crossings.geojson",
    "borders/regions.geojson", "borders/neighbours.geojson", "borders/lakes.geojson", "borders/cities.geojson",
}  # fmt: skip


def _shallow(profile: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """One of the entries, or one below it, of another kind."""
    key = rng.choice(sorted(profile))
    below = profile[key]
    if isinstance(below, dict) and below and rng.random() < 0.6:
        return profile | {key: _shallow(below, rng)}
    return (
        profile | {key: rng.choice(ODD)}
        if rng.random() < 0.8
        else {name: one for name, one in profile.items() if name != key}
    )


@cache
def _published() -> dict[str, bytes]:
    from geo.publishing import folder, verifying  # noqa: PLC0415

    # By the maker and the words of verify: where the harness keeps what it made, no process makes it again.
    with (
        tempfile.TemporaryDirectory() as home,
        contextlib.chdir(home),
        mock.patch.object(folder, "make_folder", verifying.make_folder),
    ):
        folder.publish("map", incidents=put(Path("few.geojson"), text(corpus.incidents())))
        return dict(read_folder(Path("map")))


def _published_folder(rng: random.Random, folder: Path) -> Path:
    files = dict(_published())
    descriptor = json.loads(files["datapackage.json"])
    if rng.random() < 0.8:
        part = descriptor["shekara"] if rng.random() < 0.6 else descriptor
        key = rng.choice(sorted(part))
        part[key] = spoil({key: part[key]}, rng).get(key) if rng.random() < 0.7 else rng.choice(ODD)
        files["datapackage.json"] = text(descriptor)
    else:
        files["datapackage.json"] = damaged(files["datapackage.json"], rng)
    return put_folder(folder / "map", files)


def _mapping(rng: random.Random, folder: Path) -> Path:
    plain: dict[str, Any] = {
        "columns": {"date": "Дата", "goods": "Товар", "quantity": "Количество", "place_name": "Место"},
        "constants": {"direction": "inbound", "neighbour": "KG"}, "date_order": "dmy", "decimal": ",", "crs": "",
    }  # fmt: skip
    plain["crs"] = rng.choice(("", "EPSG:32642", "x", "EPSG:99999999", "+proj=longlat +nadgrids=/etc/passwd", "\x00"))
    return put(folder / "mapping.toml", _spoilt_toml(plain, rng))


def _pairs(rng: random.Random, folder: Path) -> Path:
    ids = [one["properties"]["id"] for one in corpus.incidents()["features"]]
    rows: list[list[Any]] = [["id_a", "id_b", "score", "why", "keep"]]
    rows += [
        [rng.choice(ids), rng.choice(ids), 0.9, "x", rng.choice(("first", "second", "both", "", "x"))] for _ in range(4)
    ]
    return put(folder / "pairs.csv", csv_bytes(rows, rng))


@cache
def _cases() -> tuple[tuple[str, bytes], ...]:
    """The small tables of other people that the tests of import are made of."""
    files = sorted(
        file for file in (TESTS / "intake" / "cases").rglob("*") if file.is_file() and file.name != "expected.csv"
    )
    return tuple((file.name, file.read_bytes()) for file in files if file.stat().st_size < 30_000)


def _case(rng: random.Random, folder: Path) -> Path:
    name, data = rng.choice(_cases())
    if name.endswith(".xlsx") and data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            parts = {part: package.read(part) for part in package.namelist()}
        part = rng.choice(sorted(one for one in parts if one.endswith(".xml")))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for one, content in parts.items():
                package.writestr(one, damaged(content, rng) if one == part else content)
        data = out.getvalue()
    elif rng.random() < 0.5:
        lines = data.split(b"\n")
        lines.insert(rng.randrange(len(lines) + 1), rng.choice(lines) + str(rng.choice(ODD)).encode("utf-8", "replace"))
        data = b"\n".join(lines)
    else:
        data = damaged(data, rng)
    return put(folder / f"fuzz{Path(name).suffix}", data)


def _register_folder(rng: random.Random, folder: Path) -> Path:
    target = put_folder(folder / "register", {})
    target.mkdir()
    for number in range(rng.randint(1, 4)):
        made = corpus.WRITERS["register"](rng, folder)
        made.rename(target / f"part-{number}{made.suffix}")
    if rng.random() < 0.2:
        (target / "loop").symlink_to(target)
    return target


corpus.WRITERS.update({
    "layer": _layer, "article": _article, "desk": _desk, "brand": _brand, "country": _country, "small-country": _small_country, "published": _published_folder,
    "mapping": _mapping, "pairs": _pairs, "case": _case, "register-folder": _register_folder,
})  # fmt: skip
