from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

import geo
from geo.desk import (
    add_drafts,
    check_entry,
    fall_of,
    feed,
    find_doubles,
    log,
    move,
    news,
    open_desk,
    read_desk,
    start_desk,
    take_waiting,
    update,
    waiting,
    write,
)
from geo.desk.bringing import leave_waiting
from geo.desk.file import back_up, restore
from geo.desk.store import STATES, blank_values, find_entry, go_back
from geo.errors import InputError, ShekaraError, UnknownValueError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from geo.desk import Desk

WHOLE: dict[str, Any] = {
    "title": "Cigarettes found in a lorry", "date": "2026-11-20", "goods": "tobacco", "quantity": 500.0, "unit": "pack",
    "direction": "inbound", "neighbour": "KG", "mode": "road", "place_name": "Korday", "crossing_id": "kordai",
    "location_precision": "crossing", "location_radius_km": 5.0, "lon": 74.71, "lat": 43.04,
    "agency": "KNB Border Service", "outcome_class": "seized", "confidence": "high",
    "sources": [{"address": "https://example.org/korday"}],
}  # fmt: skip


@pytest.fixture(scope="module")
def built_in(tmp_path_factory: pytest.TempPathFactory, incidents: gpd.GeoDataFrame) -> Path:
    """A desk of the built-in records, to be copied."""
    path = tmp_path_factory.mktemp("built-in") / "a.desk"
    start_desk(path, incidents, geo.read_claims(), by="me", built_in=True).close()
    return path


@pytest.fixture
def desk(tmp_path: Path, built_in: Path) -> Iterator[Desk]:
    opened = open_desk(shutil.copy(built_in, tmp_path / "a.desk"))
    yield opened
    opened.close()


@pytest.fixture
def whole(frontier: geo.Frontier) -> dict[str, Any]:
    crossing = frontier.crossings[
        frontier.crossings["neighbour"].eq("KG") & frontier.crossings["mode"].eq("road")
    ].iloc[0]
    place = {"crossing_id": str(crossing.name), "lon": crossing.geometry.x, "lat": crossing.geometry.y}
    return {**blank_values(), **WHOLE, **place}


def publish(desk: Desk, key: str, cells: dict[str, Any], frontier: geo.Frontier) -> int:
    revision = write(desk, key, cells, by="Aigul", revision=0, frontier=frontier).revision
    for state in ("ready", "published"):
        revision = move(desk, key, state, by="Boris", revision=revision, frontier=frontier).revision
    return revision


def test_a_draft_may_lack_what_a_ready_record_needs(desk: Desk, frontier: geo.Frontier) -> None:
    write(desk, "one", {"title": "Something"}, by="a", revision=0, frontier=frontier)
    with pytest.raises(InputError) as refused:
        move(desk, "one", "ready", by="a", revision=1, frontier=frontier)
    fields = {fault.field for fault in refused.value.faults}
    assert {"goods", "source_url", "direction", "mode", "location_precision", "outcome_class", "confidence"} <= fields
    stands = find_entry(desk, "one")
    assert stands is not None
    assert stands.cells["state"] == "draft"


def test_every_built_in_record_is_without_fault_at_the_desk(desk: Desk, frontier: geo.Frontier) -> None:
    for key in read_desk(desk).index[::60]:
        entry = find_entry(desk, key)
        assert entry is not None
        assert check_entry(key, entry.cells, frontier) == []


def test_a_published_record_cannot_be_made_faulty(desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]) -> None:
    revision = publish(desk, "one", whole, frontier)
    with pytest.raises(InputError, match="goods"):
        write(desk, "one", {"goods": "gold"}, by="a", revision=revision, frontier=frontier)
    assert "one" in read_desk(desk).index


@pytest.mark.parametrize(
    ("path", "wrong"), [((), "published"), (("ready",), "ready"), (("ready", "published"), "ready")]
)
def test_no_step_of_the_review_is_left_out(
    path: tuple[str, ...], wrong: str, desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]
) -> None:
    revision = write(desk, "one", whole, by="a", revision=0, frontier=frontier).revision
    for state in path:
        revision = move(desk, "one", state, by="a", revision=revision, frontier=frontier).revision
    with pytest.raises(UnknownValueError, match="step from"):
        move(desk, "one", wrong, by="a", revision=revision, frontier=frontier)


def test_a_rejection_gives_its_reason(desk: Desk, frontier: geo.Frontier) -> None:
    write(desk, "one", {"title": "x"}, by="a", revision=0, frontier=frontier)
    with pytest.raises(ShekaraError, match="why"):
        move(desk, "one", "rejected", by="a", revision=1, frontier=frontier, reason="  ")
    entry = move(desk, "one", "rejected", by="a", revision=1, frontier=frontier, reason="told twice")
    assert entry.cells["reason"] == "told twice"
    assert move(desk, "one", "draft", by="a", revision=2, frontier=frontier).cells["reason"] == ""
    assert set(STATES) == {"draft", "ready", "published", "rejected"}


def test_only_what_is_published_is_read(desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]) -> None:
    revision = write(desk, "one", whole, by="a", revision=0, frontier=frontier).revision
    assert "one" not in read_desk(desk).index
    revision = move(desk, "one", "ready", by="a", revision=revision, frontier=frontier).revision
    assert "one" not in read_desk(desk).index
    move(desk, "one", "published", by="a", revision=revision, frontier=frontier)
    assert read_desk(desk).loc["one", "recording_side"] == "home"
    assert read_desk(desk).loc["one", "date_precision"] == "day"


def test_a_record_at_a_crossing_falls_in_its_segment(frontier: geo.Frontier, whole: dict[str, Any]) -> None:
    fall = fall_of("one", whole, frontier)
    assert fall is not None
    assert (fall.border, fall.spread) == ("KG", "crossing")
    assert fall.segments == ((frontier.crossings.loc[whole["crossing_id"], "segment"], 1.0),)
    spread = fall_of("one", {**whole, "location_precision": "border", "crossing_id": "", "lon": None, "lat": None,
                             "location_radius_km": None}, frontier)  # fmt: skip
    assert spread is not None
    assert sum(weight for _, weight in spread.segments) == pytest.approx(1)
    assert len(spread.segments) > 10
    assert fall_of("one", {**whole, "neighbour": "nowhere"}, frontier) is None


def test_a_copy_of_a_record_is_told_as_a_likely_double(desk: Desk, incidents: gpd.GeoDataFrame) -> None:
    keys = incidents.index[incidents["date_precision"].eq("day") & incidents["quantity"].notna()][::20]
    assert len(keys) > 8
    for key in keys:
        entry = find_entry(desk, key)
        assert entry is not None
        assert key in {one.id for one in find_doubles(desk, "another", entry.cells)}
        assert key not in {one.id for one in find_doubles(desk, key, entry.cells)}
    assert find_doubles(desk, "another", blank_values()) == []


def test_a_private_record_needs_no_source_and_is_marked(
    desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]
) -> None:
    with pytest.raises(InputError, match="source_url"):
        publish(desk, "open", {**whole, "sources": []}, frontier)
    publish(desk, "secret", {**whole, "sources": [], "private": "yes"}, frontier)
    read = read_desk(desk)
    assert read.index[read["private"].eq("yes")].tolist() == ["secret"]
    assert "private" not in read_desk(desk, private=False)


def test_the_feed_of_a_desk_with_private_rows_is_that_of_the_desk_without(
    desk: Desk, frontier: geo.Frontier, whole: dict[str, Any], tmp_path: Path
) -> None:
    publish(desk, "open", whole, frontier)
    back_up(desk, tmp_path / "before.desk")
    publish(desk, "secret", {**whole, "title": "Hidden", "private": "yes"}, frontier)
    without = open_desk(tmp_path / "before.desk")
    assert feed(desk) == feed(without)
    assert read_desk(desk, private=False).equals(read_desk(without))
    without.close()


def test_the_news_are_what_became_public_was_corrected_or_withdrawn(
    desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]
) -> None:
    assert news(desk) == []
    revision = publish(desk, "one", whole, frontier)
    revision = write(desk, "one", {"quantity": 700.0}, by="Dana", revision=revision, frontier=frontier).revision
    assert [(one.what, one.id, one.fields) for one in news(desk)] == [
        ("corrected", "one", (("quantity", 500.0, 700.0),)),
        ("new", "one", ()),
    ]
    assert [one.name for one in log(desk) if one.id == "one"] == ["Aigul", "Boris", "Boris", "Dana"]
    assert log(desk, "2999-01-01") == []
    move(desk, "one", "draft", by="Dana", revision=revision, frontier=frontier)
    assert next((one.what, one.title) for one in news(desk)) == ("withdrawn", "")


def test_the_feed_is_an_atom_feed_that_names_nobody(desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]) -> None:
    publish(desk, "one", {**whole, "title": "<script>alert(1)</script> & more"}, frontier)
    text = feed(desk, address="https://example.org/map.html", lang="ru")
    root = ET.fromstring(text)  # noqa: S314  (our own)
    atom = "{http://www.w3.org/2005/Atom}"
    entry = root.find(f"{atom}entry")
    assert entry is not None
    title, link = entry.findtext(f"{atom}title"), entry.find(f"{atom}link")
    assert title is not None
    assert link is not None
    assert "<script>alert(1)</script> & more" in title
    assert link.get("href") == "https://example.org/map.html#at=record:one"
    assert b"Aigul" not in text
    assert b"Boris" not in text
    for needed in ("id", "updated", "title"):
        assert root.findtext(f"{atom}{needed}")
        assert entry.findtext(f"{atom}{needed}")


def test_an_update_never_goes_over_an_edit(desk: Desk, frontier: geo.Frontier, incidents: gpd.GeoDataFrame) -> None:
    edited, plain, fresh = incidents.index[10], incidents.index[11], "fresh-record"
    write(desk, edited, {"title": "Our own words"}, by="a", revision=1, frontier=frontier)
    today = incidents.rename(index={incidents.index[12]: fresh})
    today.loc[edited, "title"] = "Their new words"
    today.loc[plain, "place_name"] = "Another place"
    assert update(desk, today, by="update") == ([fresh], [edited, plain])
    assert waiting(desk) == {
        edited: {"title": ("Our own words", "Their new words")},
        plain: {"place_name": (incidents.loc[plain, "place_name"], "Another place")},
    }
    stands = read_desk(desk)
    assert (stands.loc[edited, "title"], fresh in stands.index) == ("Our own words", False)
    assert update(desk, today, by="update").new == []
    take_waiting(desk, plain, by="b", revision=1, frontier=frontier)
    leave_waiting(desk, edited)
    assert waiting(desk) == {}
    assert update(desk, today, by="update") == ([], [])
    stands = read_desk(desk)
    assert (stands.loc[edited, "title"], stands.loc[plain, "place_name"]) == ("Our own words", "Another place")


def test_drafts_are_handed_over_once(desk: Desk, incidents: gpd.GeoDataFrame) -> None:
    brought = incidents.iloc[:2].rename(index={incidents.index[0]: "drafted-1"})
    assert add_drafts(desk, brought, "drafting") == ["drafted-1"]
    assert add_drafts(desk, brought, "drafting") == []
    entry = find_entry(desk, "drafted-1")
    assert entry is not None
    assert entry.cells["state"] == "draft"


def test_an_undone_change_stands_in_the_history(desk: Desk, frontier: geo.Frontier, whole: dict[str, Any]) -> None:
    revision = publish(desk, "one", whole, frontier)
    revision = write(desk, "one", {"title": "Wrong"}, by="a", revision=revision, frontier=frontier).revision
    back = go_back(desk, "one", revision - 1, by="b", revision=revision)
    assert back.cells["title"] == whole["title"]
    assert [(one.name, one.new) for one in log(desk) if one.id == "one"][-2:] == [("a", "Wrong"), ("b", whole["title"])]


def test_a_backup_makes_the_same_desk_and_never_over_another(desk: Desk, tmp_path: Path) -> None:
    back_up(desk, tmp_path / "kept.desk")
    restore(tmp_path / "kept.desk", tmp_path / "again.desk")
    assert read_desk(tmp_path / "again.desk").equals(read_desk(desk))
    with pytest.raises(ShekaraError, match="move it away"):
        restore(tmp_path / "kept.desk", desk.path)
    broken = tmp_path / "broken.desk"
    shutil.copy(tmp_path / "kept.desk", broken)
    content = bytearray(broken.read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    broken.write_bytes(content)
    with pytest.raises(ShekaraError, match=r"damaged|malformed"):
        restore(broken, tmp_path / "never.desk")
    assert not (tmp_path / "never.desk").exists()
