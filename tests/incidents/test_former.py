"""The first schema: its names and words are read for ever, written never."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from command_line import run

import geo
from geo.errors import InputError
from geo.incidents.reading import read_with_schema, write_incidents

if TYPE_CHECKING:
    from pathlib import Path

_OLD = {"inbound": "into_kz", "outbound": "out_of_kz", "home": "kazakhstan"}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The built-in records as schema 1 wrote them."""
    file = tmp_path / "old.geojson"
    write_incidents(geo.read_incidents(), file)
    collection = json.loads(file.read_text(encoding="utf-8"))
    for feature in collection["features"]:
        fields: dict[str, Any] = feature["properties"]
        fields["value_kzt"] = fields.pop("value_home")
        for name in ("currency", "archive_url"):
            del fields[name]
        for name in ("direction", "recording_side"):
            fields[name] = _OLD.get(fields[name], fields[name])
    file.write_text(json.dumps(collection), encoding="utf-8")
    return file


def test_the_first_schema_is_read_as_todays(old: Path, tmp_path: Path) -> None:
    today, renewed = tmp_path / "today.geojson", tmp_path / "renewed.geojson"
    write_incidents(geo.read_incidents(), today)
    write_incidents(geo.read_incidents(old), renewed)
    assert renewed.read_bytes() == today.read_bytes()
    assert not {"value_kzt", "into_kz", "out_of_kz"} & set(renewed.read_text(encoding="utf-8").split('"'))


def test_check_says_which_schema_a_file_has(old: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new = tmp_path / "new.geojson"
    write_incidents(geo.read_incidents(), new)
    assert (read_with_schema(old)[1], read_with_schema(new)[1]) == (1, 2)
    for file, number in ((old, 1), (new, 2)):
        code, out, _ = run("check", str(file), capsys=capsys)
        assert code == 0
        assert f"records in schema {number}, no fault" in out


def test_a_value_under_both_names_is_refused(old: Path) -> None:
    collection = json.loads(old.read_text(encoding="utf-8"))
    collection["features"][0]["properties"]["value_home"] = 5
    old.write_text(json.dumps(collection), encoding="utf-8")
    with pytest.raises(InputError, match="value_home alone"):
        geo.read_incidents(old)


def test_a_value_without_a_currency_is_a_fault(tmp_path: Path) -> None:
    file = tmp_path / "new.geojson"
    incidents = geo.read_incidents().copy()
    first = incidents.index[incidents["value_home"].notna()][0]
    incidents.loc[first, "currency"] = ""
    write_incidents(incidents, file)
    (fault,) = geo.check_incidents(file)
    assert (fault.field, first in str(fault.row)) == ("currency", True)


def test_filters_take_the_old_words(capsys: pytest.CaptureFixture[str]) -> None:
    for option, before, today in (("direction", "into_kz", "inbound"), ("recording-side", "kazakhstan", "home")):
        texts = [run("summary", f"--{option}", word, capsys=capsys) for word in (before, today)]
        assert texts[0] == texts[1]
        assert texts[0][0] == 0
