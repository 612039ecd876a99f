"""Hostile files that were thought of, one by one: each ends with one message, and nothing is written."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from command_line import run

from geo.paths import use_country

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

KML = '<?xml version="1.0"?>{}<kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>&j;</name></Placemark></Document></kml>'
LAUGHS = '<!DOCTYPE k [<!ENTITY a "aaaaaaaaaa">' + "".join(
    f'<!ENTITY {chr(98 + at)} "{("&" + chr(97 + at) + ";") * 10}">' for at in range(9)
)


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


TABLES: dict[str, Callable[[], bytes]] = {
    "bomb.docx": lambda: _zip({"word/document.xml": bytes(10**7)}),
    "bomb.ods": lambda: _zip({"content.xml": bytes(10**7)}),
    "bomb.kmz": lambda: _zip({"doc.kml": b"<kml>" + b" " * (2 * 10**8)}),
    "up.zip": lambda: _zip({f"../../evil.{ending}": b"x" for ending in ("shp", "shx", "dbf")}),
    "deep.json": lambda: b'{"a":' * 100_000,
    "figures.json": lambda: b'[{"a": ' + b"9" * 5000 + b"}]",
    "laughs.kml": lambda: KML.format(LAUGHS + "]>").encode(),
    "laughs.gpx": f'<?xml version="1.0"?>{LAUGHS}]><gpx/>'.encode,
    "nul.csv": "Дата,Товар\n03.07.2024,ч\0ай\n".encode,
    "marks.csv": lambda: b"\xef\xbb\xbf" * 3 + "Дата,Товар\n03.07.2024,чай\n".encode(),
    "turned\u202egpj.csv": "Дата,Мес\u202eто\n03.07.2024,Кордай\u202e\n".encode,  # noqa: RUF001
    "word.csv": lambda: "Дата,Товар\n03.07.2024,".encode() + "ж".encode() * 200_000,
    "wide.csv": lambda: b"a," * 1_000_000 + b"\n",
    "half.json": lambda: b'[{"\\ud800": "x"}]',
    "messages.json": lambda: b'{"messages": ["text"]}',
    "layers.json": lambda: b'{"layers": [{"features": [{}]}, 5]}',
}


@pytest.mark.parametrize("name", TABLES)
def test_a_table(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(TABLES[name]())
    code, _, told = run("import", str(tmp_path / name), "-o", str(tmp_path / "out.geojson"), capsys=capsys)
    assert (code, told.count("shekara:")) == (2, 1)
    assert [file.name for file in tmp_path.iterdir()] == [name]


DESKS = {
    "none": "",
    "another": "CREATE TABLE x (a)",
    "marked": "PRAGMA application_id = 0x53484B52; CREATE VIEW desk AS SELECT 1",
}


@pytest.mark.parametrize("kind", DESKS)
def test_a_desk(kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.desk"
    if kind == "none":
        file.write_bytes(b"text")
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(DESKS[kind])
    for words in (["desk", "log"], ["summary", "--desk"], ["desk", "export", "-o", str(tmp_path / "out.csv")]):
        code, _, told = run(*words, str(file), capsys=capsys)
        assert (code, told.count("shekara:")) == (2, 1)


NAMES = 'iso2 = "AA"\niso3 = "AAA"\ncurrency = "AAA"\ncurrency_sign = "A"\nname = {en = "A", ru = "B", kk = "C"}\n'
COUNTRIES = {
    "name = 5": "name.en",
    "name = {en = 1, ru = [], kk = {}}": "name.ru",
    f'{NAMES}words = "x"': "words",
    f"{NAMES}words = {{en = 5}}": "words",
    f"{NAMES}[words.en]\ntitle = 5": "title = 5",
    f'{NAMES}[words.en]\n"card.records" = "{{zzz}}"': "card.records = {zzz}",
    "\x00": "country.toml",
}


@pytest.mark.parametrize("text", COUNTRIES)
def test_a_country(text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "country.toml").write_text(text)
    (tmp_path / "agencies.csv").write_text("agency,side\n")
    try:
        code, said, told = run("check", "--country", str(tmp_path), capsys=capsys)
    finally:
        use_country(None)
    assert code in (1, 2)
    assert COUNTRIES[text] in said + told


def test_a_logo_with_a_script_stays_a_picture(tmp_path: Path) -> None:
    from geo.view.brand import read_brand  # noqa: PLC0415

    (tmp_path / "logo.svg").write_text('<svg onload="alert(1)"><script>alert(2)</script></svg>')
    (tmp_path / "brand.toml").write_text('name = "<img src=x onerror=alert(1)>"\nlogo = "logo.svg"\n')
    head = read_brand(tmp_path / "brand.toml").head
    assert head.startswith('<img src="data:image/svg+xml;base64,')
    assert "alert" not in head.replace("&lt;img src=x onerror=alert(1)&gt;", "")


@pytest.mark.parametrize("folder", ["linked", ".."])
def test_a_folder_with_other_things_is_not_published_into(
    folder: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "home" / "linked").mkdir(parents=True)
    (tmp_path / "precious.txt").write_text("mine")
    (tmp_path / "home" / "linked" / "index.html").symlink_to(tmp_path / "precious.txt")
    code, _, told = run("publish", str(tmp_path / "home" / folder), capsys=capsys)
    assert (code, (tmp_path / "precious.txt").read_text()) == (2, "mine")
    assert "holds other things" in told


def test_a_descriptor_that_names_files_elsewhere_takes_none_away(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "precious.txt").write_text("mine")
    folder = tmp_path / "map"
    folder.mkdir()
    told = {
        "resources": [{"path": "../precious.txt", "hash": ""}],
        "shekara": {"options": {}, "filters": {}, "inputs": []},
    }
    (folder / "datapackage.json").write_text(json.dumps(told))
    assert run("publish", str(folder), capsys=capsys)[0] == 2
    assert (tmp_path / "precious.txt").read_text() == "mine"
