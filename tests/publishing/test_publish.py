"""The folder that a newsroom uploads: whole, the same twice, and worked out anew by verify."""

from __future__ import annotations

import json
import shutil
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import pytest
from command_line import run

import geo
from geo.files.tables import DRAFT
from geo.incidents.reading import write_incidents
from geo.publishing import folder, verifying
from geo.publishing.descriptor import describe_inputs
from geo.publishing.folder import make_folder
from geo.publishing.pictures import draw_pictures

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from geo.publishing.folder import Published
    from geo.publishing.request import Request

FEW = geo.Selection(goods=("weapons",))


@pytest.fixture(autouse=True, scope="module")
def made_once() -> Iterator[None]:
    """For speed, equal requests of equal inputs are made once, until `_MADE` is emptied, and have one picture.

    The module beside this one has a folder with all pictures.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(folder, "draw_pictures", lambda *told: islice(draw_pictures(*told), 1))
        patch.setattr(folder, "make_folder", _make_once)
        patch.setattr(verifying, "make_folder", _make_once)
        yield


_MADE: dict[str, dict[str, bytes]] = {}


def _make_once(
    request: Request, options: geo.PublishOptions, brand: Path | None = None, feed: str | None = None
) -> dict[str, bytes]:
    asked = repr((request, options, brand, feed, describe_inputs(request, brand)))
    if asked not in _MADE:
        _MADE[asked] = make_folder(request, options, brand, feed)
    return dict(_MADE[asked])


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small folder."""
    site = tmp_path_factory.mktemp("site") / "map"
    geo.publish(site, FEW, feed="<feed/>")
    return site


class Renewed(NamedTuple):
    """A folder of one's own records and brand that was published again with a record more, and what it was before."""

    site: Path
    before: dict[str, tuple[int, bytes]]
    done: Published
    own: dict[str, Path]


@pytest.fixture(scope="module")
def renewed(tmp_path_factory: pytest.TempPathFactory, incidents: gpd.GeoDataFrame) -> Renewed:
    home = tmp_path_factory.mktemp("own")
    site, own = home / "site", {"incidents": home / "mine.geojson", "brand": home / "desk.toml"}
    (home / "sign.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>')
    own["brand"].write_text('name = "The <Desk>"\naccent = "#8A1538"\nlogo = "sign.svg"\n')
    records = incidents[incidents["goods"].eq("weapons")]
    write_incidents(records.iloc[:-1], own["incidents"])
    geo.publish(site, **own, feed="<feed/>")
    before = content(site)
    write_incidents(records, own["incidents"])
    return Renewed(site, before, geo.publish(site, **own, feed="<feed/>"), own)


def content(site: Path) -> dict[str, tuple[int, bytes]]:
    return {file.name: (file.stat().st_mtime_ns, file.read_bytes()) for file in site.iterdir()}


def test_a_second_run_changes_no_byte_and_touches_no_file(published: Path) -> None:
    before = content(published)
    _MADE.clear()
    done = geo.publish(published, FEW, feed="<feed/>")
    assert done.written == done.removed == ()
    assert content(published) == before
    assert set(done.files) == set(before)


def test_what_was_published_comes_out_anew(published: Path) -> None:
    assert geo.verify(published) == []


def test_a_record_more_changes_only_the_files_that_it_touches(renewed: Renewed) -> None:
    before, after = renewed.before, content(renewed.site)
    changed = {name for name in after if after[name][1] != before.get(name, (0, b""))[1]}
    assert set(renewed.done.written) == changed
    assert {"records.csv", "records.geojson", "entities.ftm.json", "index.html", "datapackage.json"} <= changed
    assert "feed.xml" not in changed
    assert all(after[name] == before[name] for name in after if name not in changed)
    assert geo.verify(renewed.site, **renewed.own) == []


def test_a_file_that_is_no_longer_made_is_taken_away_and_no_other(published: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(published, site)
    descriptor = site / "datapackage.json"
    told = json.loads(descriptor.read_text(encoding="utf-8"))
    told["resources"].append({"path": "old.csv"})
    descriptor.write_text(json.dumps(told))
    for name in ("old.csv", "notes.csv"):
        (site / name).write_text("mine")
    done = geo.publish(site, FEW, feed="<feed/>")
    assert (done.removed, done.written) == (("old.csv",), ("datapackage.json",))
    assert {file.name for file in site.iterdir()} == {*done.files, "notes.csv"}


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
        geo.publish(tmp_path / "site", FEW, feed="<feed/>")
    monkeypatch.setattr(folder, "whole_file", real)
    told = json.loads((tmp_path / "site" / "datapackage.json").read_text(encoding="utf-8"))
    there = {file.name for file in (tmp_path / "site").iterdir()}
    assert there < {resource["path"] for resource in told["resources"]} | {"datapackage.json"}
    geo.publish(tmp_path / "site", FEW, feed="<feed/>")
    assert geo.verify(tmp_path / "site") == []


def test_a_folder_with_but_what_a_killed_run_left_of_its_first_file_is_published_into(tmp_path: Path) -> None:
    (tmp_path / f"{DRAFT}datapackage-x1.json").write_text("{", encoding="utf-8")
    geo.publish(tmp_path, FEW, feed="<feed/>")
    assert geo.verify(tmp_path) == []
    assert not list(tmp_path.glob(f"{DRAFT}*"))


def test_a_folder_of_other_things_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    code, _, err = run("publish", str(tmp_path), capsys=capsys)
    assert code == 2
    assert "holds other things" in err
    assert [file.name for file in tmp_path.iterdir()] == ["thesis.txt"]


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
    (listed,) = (one for one in told["resources"] if one["path"] == "records.csv")
    listed["hash"] = "sha256:0"
    descriptor.write_text(json.dumps(told))
    assert "records.csv: comes out otherwise" in run("verify", str(published), capsys=capsys)[1]
    told["resources"] = json.loads(said)["resources"]
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


def test_verify_asks_for_inputs_of_ones_own(renewed: Renewed) -> None:
    with pytest.raises(geo.InputError, match="--incidents"):
        geo.verify(renewed.site)
    assert str(renewed.site.parent) not in (renewed.site / "datapackage.json").read_text(encoding="utf-8")


def test_filters_and_days_come_back_from_the_descriptor() -> None:
    from datetime import date  # noqa: PLC0415

    from geo.publishing.folder import _filters, selection_of  # noqa: PLC0415

    chosen = geo.Selection(
        goods=("tobacco", "food"), neighbour="KG", since=date(2020, 1, 1), min_quantity=(2.5, "t"), include_refused=True
    )
    assert selection_of(json.loads(json.dumps(_filters(chosen)))) == chosen


def test_a_brand_stands_on_the_page_and_one_that_cannot_be_read_is_refused(renewed: Renewed, tmp_path: Path) -> None:
    from geo.view.brand import _contrast, read_brand  # noqa: PLC0415

    page = (renewed.site / "index.html").read_text(encoding="utf-8")
    assert '<div class="brand"><img src="data:image/svg+xml;base64,' in page
    assert "The &lt;Desk&gt;</div>" in page
    assert ".shekara{--accent:#8a1538}" in page
    brand = read_brand(renewed.own["brand"])
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
