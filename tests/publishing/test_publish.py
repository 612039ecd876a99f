"""The folder that a newsroom uploads: whole, the same twice, and worked out anew by verify."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

import pytest
from command_line import run

import geo
from geo.files.tables import DRAFT
from geo.incidents.reading import write_incidents
from geo.publishing import folder, verifying
from geo.publishing.folder import make_folder
from geo.publishing.pictures import draw_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from geo.publishing.request import Request

FEW = geo.Selection(goods=("weapons",))


@pytest.fixture(autouse=True, scope="module")
def one_picture() -> Iterator[None]:
    """One picture a folder, for speed: the module beside this one has a folder with all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "draw_pictures", lambda *told: islice(draw_pictures(*told), 1))
        yield


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder."""
    site = tmp_path_factory.mktemp("site") / "map"
    geo.publish(site, FEW, options=geo.PublishOptions(url="https://example.org/map"))
    return site


@pytest.fixture
def made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What comes out is made once for equal requests, where how it is written or compared is what is tested."""
    monkeypatch.setattr(folder, "make_folder", _make_once)
    monkeypatch.setattr(verifying, "make_folder", _make_once)


_MADE: dict[str, dict[str, bytes]] = {}


def _make_once(request: Request, *given: object) -> dict[str, bytes]:
    asked = repr((request, given))
    if asked not in _MADE:
        _MADE[asked] = make_folder(request, *given)  # type: ignore[arg-type]
    return dict(_MADE[asked])


def content(site: Path) -> dict[str, tuple[int, bytes]]:
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in site.iterdir()}


def test_a_second_run_changes_no_byte_and_touches_no_file(published: Path) -> None:
    before = content(published)
    done = geo.publish(published, FEW, options=geo.PublishOptions(url="https://example.org/map"))
    assert done.written == done.removed == ()
    assert content(published) == before
    assert set(done.files) == set(before)


def test_what_was_published_comes_out_anew(published: Path) -> None:
    assert geo.verify(published) == []


def test_a_record_more_changes_only_the_files_that_it_touches(tmp_path: Path, incidents: gpd.GeoDataFrame) -> None:
    records = incidents[incidents["goods"].eq("weapons")]
    write_incidents(records.iloc[:-1], tmp_path / "mine.geojson")
    geo.publish(tmp_path / "site", incidents=tmp_path / "mine.geojson", feed="<feed/>")
    before = content(tmp_path / "site")
    write_incidents(records, tmp_path / "mine.geojson")
    done = geo.publish(tmp_path / "site", incidents=tmp_path / "mine.geojson", feed="<feed/>")
    after = content(tmp_path / "site")
    changed = {name for name in after if after[name][1] != before.get(name, (0, b""))[1]}
    assert set(done.written) == changed
    assert {"records.csv", "records.geojson", "entities.ftm.json", "index.html", "datapackage.json"} <= changed
    assert all(after[name] == before[name] for name in after if name not in changed)
    assert "feed.xml" not in changed
    assert geo.verify(tmp_path / "site", incidents=tmp_path / "mine.geojson") == []


@pytest.mark.usefixtures("made_once")
def test_a_file_that_is_no_longer_made_is_taken_away_and_no_other(tmp_path: Path) -> None:
    geo.publish(tmp_path / "site", FEW, feed="<feed/>")
    (tmp_path / "site" / "notes.txt").write_text("mine")
    done = geo.publish(tmp_path / "site", FEW)
    assert done.removed == ("feed.xml",)
    assert (tmp_path / "site" / "notes.txt").read_text() == "mine"


@pytest.mark.usefixtures("made_once")
def test_a_run_that_is_stopped_leaves_whole_files_and_the_next_ends_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left, real = [4], folder.whole_file

    def fail(path: Path):  # noqa: ANN202
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device", str(path))
        return real(path)

    monkeypatch.setattr(folder, "whole_file", fail)
    with pytest.raises(OSError, match="No space"):
        geo.publish(tmp_path / "site", FEW)
    monkeypatch.setattr(folder, "whole_file", real)
    told = json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))
    there = {file.name for file in (tmp_path / "site").iterdir()}
    assert there < {resource["path"] for resource in told["resources"]} | {"datapackage.json"}
    geo.publish(tmp_path / "site", FEW)
    assert geo.verify(tmp_path / "site") == []


@pytest.mark.usefixtures("made_once")
def test_a_folder_with_but_what_a_killed_run_left_of_its_first_file_is_published_into(tmp_path: Path) -> None:
    (tmp_path / f"{DRAFT}datapackage-x1.json").write_text("{", encoding="utf-8")
    geo.publish(tmp_path, FEW)
    assert geo.verify(tmp_path) == []
    assert not list(tmp_path.glob(f"{DRAFT}*"))


def test_a_folder_of_other_things_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    code, _, err = run("publish", str(tmp_path), capsys=capsys)
    assert code == 2
    assert "holds other things" in err
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.usefixtures("made_once")
def test_verify_names_what_differs_and_ends_with_one(published: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records, descriptor = published / "records.csv", published / "datapackage.json"
    kept, said = records.read_bytes(), descriptor.read_bytes()
    records.write_bytes(kept.replace(b"weapons", b"flowers", 1))
    code, out, _ = run("verify", str(published), capsys=capsys)
    assert (code, out) == (1, "records.csv: has been changed since it was published\n")
    records.unlink()
    told = json.loads(said)
    told["shekara"]["inputs"][0]["hash"] = "sha256:0"
    told["shekara"]["versions"]["numpy"] = "1.0"
    descriptor.write_text(json.dumps(told))
    out = run("verify", str(published), capsys=capsys)[1]
    assert out.startswith("input incidents.geojson: another content")
    assert "records.csv: is missing\nversion of numpy: published with 1.0, here" in out
    records.write_bytes(kept)
    told = json.loads(said)
    told["title"] = "Where nothing is recorded"
    told["shekara"]["filters"] = {"goods": ["tobacco"]}
    descriptor.write_text(json.dumps(told))
    assert "records.csv: comes out otherwise" in run("verify", str(published), capsys=capsys)[1]
    told["shekara"]["filters"] = {"goods": ["weapons"]}
    descriptor.write_text(json.dumps(told))
    assert "says something else" in run("verify", str(published), capsys=capsys)[1]
    descriptor.write_bytes(said)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '{"resources": [{"path": "../../x"}], "shekara": {}}',
        '{"resources": 3}',
        '{"shekara": {"filters": 1}}',
    ],
)
def test_verify_refuses_what_was_not_published(tmp_path: Path, text: str, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "datapackage.json").write_text(text)
    code, _, err = run("verify", str(tmp_path), capsys=capsys)
    assert code == 2
    assert "shekara publish" in err


def test_verify_asks_for_inputs_of_ones_own(tmp_path: Path, incidents: gpd.GeoDataFrame) -> None:
    write_incidents(incidents[incidents["goods"].eq("weapons")], tmp_path / "mine.geojson")
    geo.publish(tmp_path / "site", incidents=tmp_path / "mine.geojson")
    with pytest.raises(geo.InputError, match="--incidents"):
        geo.verify(tmp_path / "site")
    assert str(tmp_path) not in (tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8")


def test_filters_and_days_come_back_from_the_descriptor() -> None:
    from datetime import date  # noqa: PLC0415

    from geo.publishing.folder import _filters, selection_of  # noqa: PLC0415

    chosen = geo.Selection(
        goods=("tobacco", "food"), neighbour="KG", since=date(2020, 1, 1), min_quantity=(2.5, "t"), include_refused=True
    )
    assert selection_of(json.loads(json.dumps(_filters(chosen)))) == chosen


def test_a_brand_stands_on_the_page_and_one_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    from geo.view.brand import _contrast, read_brand  # noqa: PLC0415

    (tmp_path / "sign.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    (tmp_path / "desk.toml").write_text('name = "The <Desk>"\naccent = "#8A1538"\nlogo = "sign.svg"\n')
    geo.publish(tmp_path / "site", FEW, brand=tmp_path / "desk.toml")
    page = (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    assert '<div class="brand"><img src="data:image/svg+xml;base64,' in page
    assert "The &lt;Desk&gt;</div>" in page
    assert ".shekara{--accent:#8a1538}" in page
    brand = read_brand(tmp_path / "desk.toml")
    assert _contrast(brand.accent_dark, "#14171a") >= 4.5
    (tmp_path / "pale.toml").write_text('accent = "#ffee00"\nlogo = "../../etc/passwd"\nfont = "Comic"\n')
    with pytest.raises(geo.InputError) as refused:
        read_brand(tmp_path / "pale.toml")
    assert {fault.field for fault in refused.value.faults} == {"accent", "logo", "font"}


def test_colours_of_the_brand_are_measured_against_the_page() -> None:
    from geo.view.assets import read_asset  # noqa: PLC0415
    from geo.view.brand import _DARK, _LIGHT  # noqa: PLC0415

    light, dark = read_asset("tokens.css").split(".shekara.dark {")[:2]
    assert f"--page: {_LIGHT};" in light
    assert f"--page: {_DARK};" in dark


def test_export_writes_entities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = run("export", str(tmp_path / "all.ftm.json"), "--format", "ftm", "--goods", "weapons", capsys=capsys)
    assert code == 0
    assert "records" in err
    code, _, err = run("export", str(tmp_path / "all.html"), "--format", "ftm", capsys=capsys)
    assert code == 2
    assert ".ftm.json" in err
