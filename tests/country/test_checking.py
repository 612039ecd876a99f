"""Whatever is wrong with a country's folder, ``check`` says it before another command meets it."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from command_line import run
from country_files import fill
from products import each_value_quick, one_quick_in

from geo.country.building import new_country
from geo.country.checking import check_country
from geo.paths import use_country

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

FILES = (
    "country.toml", "borders/borders.geojson", "borders/regions.geojson", "borders/crossings.geojson",
    "borders/neighbours.geojson", "borders/lakes.geojson", "borders/cities.geojson", "intake/places.toml",
    "incidents.geojson", "agencies.csv", "claims.csv",
)  # fmt: skip
COMMANDS = (("summary",), ("claims",), ("export", "page.html"), ("import", "table.csv"))


def first(field: str, value: object) -> Callable[[dict[str, Any]], None]:
    """Change a field of the first feature; None takes it from all."""

    def change(collection: dict[str, Any]) -> None:
        for feature in collection["features"][: None if value is None else 1]:
            feature["properties"].pop(field) if value is None else feature["properties"].update({field: value})

    return change


def twice(collection: dict[str, Any]) -> None:
    """Write the first feature twice."""
    collection["features"].append(collection["features"][0])


def emptied(collection: dict[str, Any]) -> None:
    """Leave no feature."""
    collection["features"] = []


def shape(kind: str, coordinates: object) -> Callable[[dict[str, Any]], None]:
    """Give the first feature another geometry."""

    def change(collection: dict[str, Any]) -> None:
        collection["features"][0]["geometry"] = {"type": kind, "coordinates": coordinates}

    return change


FEATURES = [
    ("borders", first("neighbour", "")), ("borders", first("neighbour", None)), ("borders", first("kind", "wall")),
    ("borders", first("kind", None)), ("borders", first("name_en", None)), ("borders", first("published_km", "far")),
    ("borders", first("neighbour", "a b/c")), ("borders", twice), ("borders", emptied),
    ("borders", shape("Point", [1, 2])), ("borders", first("name_ru", None)),
    ("regions", first("region_code", "")), ("regions", twice), ("regions", emptied),
    ("regions", first("name_en", None)),
    ("regions", first("name_kk", None)), ("regions", shape("Polygon", [[[0, 0], [1, 1], [0, 1], [1, 0], [0, 0]]])),
    ("crossings", first("mode", "teleport")), ("crossings", first("id", "")), ("crossings", twice),
    ("crossings", first("neighbour", "XX")), ("crossings", shape("Point", [16.5, 101.0])),
    ("crossings", first("region_code", "XX")), ("crossings", first("name_ru", None)),
]  # fmt: skip
TEXTS = [
    ("country.toml", "currency = ", "# "), ("country.toml", "currency_sign = ", "# "), ("country.toml", "[name]", ""),
    ("country.toml", "[words.en]", '[words.en]\n"app.no-such-key" = "x"'),
    ("country.toml", "[words.en]", '[words.en]\n"map.north" = "{wrong}"'), ("country.toml", "[words.en]", "words = 3"),
]  # fmt: skip


@pytest.fixture(scope="module")
def whole(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Eswatini with made-up records, whole: small, so that what is done with it a hundred times is soon done."""
    request.getfixturevalue("packages")
    folder = tmp_path_factory.mktemp("whole") / "SZ"
    new_country("SWZ", folder)
    fill(folder, 30)
    return folder


@pytest.fixture(autouse=True)
def _own_country_again() -> Iterator[None]:
    yield
    use_country(None)


def meet(folder: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Let the later commands meet a folder: none fails as a program, and none refuses what ``check`` let pass."""
    said = [str(fault) for fault in check_country(folder)]
    tmp_path = folder.parent
    table = tmp_path / "table.csv"
    table.write_text(
        "date,goods,border,source\n2024-05-01,cigarettes,Mozambique,https://example.org/1\n", encoding="utf-8"
    )
    for name, *words in COMMANDS[:-1] if "places" not in file else COMMANDS[-1:]:
        given = [str(tmp_path / word) if "." in word else word for word in words]
        output = ["-o", str(tmp_path / "records.geojson")] if name == "import" else []
        line = [name, *given, *output, "--country", str(folder)]
        code, _, err = run(*line, capsys=capsys)
        assert code in (0, 2), (name, err)
        assert code == 0 or said, (name, err)
    use_country(None)


@pytest.mark.parametrize(("file", "way"), each_value_quick(FILES, ["deleted", "garbled", "emptied", "not text"]))
def test_a_file_that_is_gone_or_garbled(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str, way: str
) -> None:
    folder = shutil.copytree(whole, tmp_path / "SZ")
    content = {"garbled": b'{"type": [', "emptied": b"", "not text": b"\xff\xfe\x00\x01"}.get(way)
    (folder / file).unlink() if content is None else (folder / file).write_bytes(content)
    meet(folder, file, capsys)


@pytest.mark.parametrize(("file", "change"), one_quick_in(5, FEATURES))
def test_a_field_of_a_border_file_that_is_wrong(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], file: str,
    change: Callable[[dict[str, Any]], None],
) -> None:  # fmt: skip
    folder = shutil.copytree(whole, tmp_path / "SZ")
    path = folder / "borders" / f"{file}.geojson"
    collection = json.loads(path.read_text(encoding="utf-8"))
    if not collection["features"]:
        return
    change(collection)
    path.write_text(json.dumps(collection), encoding="utf-8")
    meet(folder, file, capsys)


@pytest.mark.parametrize("case", one_quick_in(3, [(case,) for case in TEXTS]))
def test_words_of_a_table_that_are_wrong(
    whole: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], case: tuple[str, str, str]
) -> None:
    file, words, instead = case
    folder = shutil.copytree(whole, tmp_path / "SZ")
    text = (folder / file).read_text(encoding="utf-8")
    assert words in text
    (folder / file).write_text(text.replace(words, instead, 1), encoding="utf-8")
    meet(folder, file, capsys)
