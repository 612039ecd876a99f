from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from killed_writer import kill_while_writing
from pandas.testing import assert_frame_equal
from products import examples
from sqlalchemy.exc import DatabaseError

import geo
from geo.desk import ConflictError, create_desk, is_desk, open_desk, read_desk, read_statements, start_desk
from geo.desk import file as desk_file
from geo.desk.store import (
    OWN_FIELDS,
    STATEMENT_FIELDS,
    STATES,
    add_entries,
    changes_of,
    count_states,
    find_entry,
    go_back,
    list_entries,
    save,
)
from geo.errors import InputError, ShekaraError
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import geopandas as gpd

    from geo.desk import Desk

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
EDITS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "title": TEXTS,
            "place_name": TEXTS,
            "quantity": st.none() | st.floats(0, 1e12),
            "lon": st.none() | st.floats(-180, 180),
            "private": st.sampled_from(["", "yes"]),
            "state": st.sampled_from(STATES),
            "sources": st.lists(st.fixed_dictionaries({"address": TEXTS.map(str.strip).filter(bool)}), max_size=3),
        },
    ),
    min_size=1,
    max_size=6,
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = create_desk(tmp_path / "news.desk")
    yield made
    made.close()


def test_a_desk_of_the_built_in_records_gives_just_them(tmp_path: Path, incidents: gpd.GeoDataFrame) -> None:
    claims = geo.read_claims()
    made = start_desk(tmp_path / "a.desk", incidents, claims, by="me", built_in=True)
    assert_geodataframe_equal(read_desk(made), incidents)
    assert_frame_equal(read_statements(made), claims)
    made.close()
    assert_geodataframe_equal(read_desk(tmp_path / "a.desk"), incidents)


def test_the_tables_have_every_field_of_the_schema(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.path)) as file:
        columns = {
            table: {row[1] for row in file.execute(f"PRAGMA table_info({table})")}
            for table in ("records", "statements")
        }
    from_sources = {"source_url", "archive_url", "source_publisher", "source_date", "other_urls"}
    kept = {"number", "revision", "origin", "changed", "state", "reason", "private"}
    assert columns["records"] == {*FIELDS, "lon", "lat"} - from_sources | kept
    assert {*OWN_FIELDS, "id"} | from_sources == {*FIELDS}
    assert columns["statements"] == {"id", *STATEMENT_FIELDS} | kept


@given(EDITS)
@settings(max_examples=examples(30))
def test_what_is_saved_is_read_back_and_every_step_can_be_undone(edits: list[dict[str, Any]]) -> None:
    import tempfile  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        made = create_desk(Path(folder) / "a.desk")
        entry = save(made, "one", {}, by="me", revision=0)
        stood = {entry.revision: entry.cells}
        for edit in edits:
            entry = save(made, "one", edit, by="me", revision=entry.revision)
            stood[entry.revision] = entry.cells
            for field, value in edit.items():
                kept = entry.cells[field]
                assert (
                    [source["address"] for source in kept] == [source["address"] for source in value]
                    if field == "sources"
                    else kept == value
                )
        assert count_states(made) == {state: int(state == entry.cells["state"]) for state in STATES}
        for revision in range(1, entry.revision):
            now = find_entry(made, "one")
            assert now is not None
            assert go_back(made, "one", revision, by="me", revision=now.revision).cells == stood[revision]
        made.close()


def test_nothing_is_overwritten_unseen(desk: Desk) -> None:
    first = save(desk, "one", {"title": "first"}, by="Aigul", revision=0)
    save(desk, "one", {"title": "second"}, by="Boris", revision=first.revision)
    with pytest.raises(ConflictError, match="Boris changed title") as refused:
        save(desk, "one", {"title": "third", "mode": "rail"}, by="Aigul", revision=first.revision)
    assert refused.value.entry.cells["title"] == "second"
    assert [(one.name, one.old, one.new) for one in refused.value.changes] == [("Boris", "first", "second")]
    stands = find_entry(desk, "one")
    assert stands is not None
    assert (stands.cells["title"], stands.cells["mode"], stands.revision) == ("second", "", 2)
    with pytest.raises(ConflictError):
        save(desk, "one", {"title": "anew"}, by="Dana", revision=0)


def test_two_connections_see_what_the_other_wrote(desk: Desk) -> None:
    other = open_desk(desk.path)
    entry = save(desk, "one", {"title": "first"}, by="a", revision=0)
    save(other, "one", {"title": "second"}, by="b", revision=entry.revision)
    with pytest.raises(ConflictError):
        save(desk, "one", {"title": "third"}, by="a", revision=entry.revision)
    other.close()


def test_another_process_that_comes_and_goes_loses_nothing(desk: Desk) -> None:
    def elsewhere(code: str) -> str:
        command = [
            sys.executable,
            "-c",
            f"from geo.desk.store import *; from geo.desk import *; {code}",
            str(desk.path),
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    entry = save(desk, "one", {"title": "first"}, by="a", revision=0)
    # As a server does, whose pages look at the file again and again while others come and go.
    assert is_desk(desk.path)
    open_desk(desk.path).close()
    elsewhere("import sys; open_desk(sys.argv[1]).close()")
    save(desk, "one", {"title": "second"}, by="a", revision=entry.revision)
    told = elsewhere("import sys; print(find_entry(open_desk(sys.argv[1]), 'one').cells['title'])")
    assert told == "second\n"


def test_a_save_without_a_difference_writes_nothing(desk: Desk) -> None:
    entry = save(desk, "one", {"title": "first"}, by="a", revision=0)
    before = desk.version
    assert save(desk, "one", {"title": "first"}, by="b", revision=entry.revision).revision == entry.revision
    assert desk.version == before


def test_every_change_is_kept_with_name_time_and_both_values(desk: Desk) -> None:
    entry = save(desk, "one", {"title": "first"}, by="a", revision=0)
    save(desk, "one", {"title": "second", "quantity": 2.5}, by="b", revision=entry.revision)
    told = [(one.name, one.revision, one.field, one.old, one.new) for one in changes_of(desk, "one")]
    assert told == [
        ("a", 1, "state", "", "draft"),
        ("b", 2, "title", "first", "second"),
        ("b", 2, "quantity", None, 2.5),
    ]
    assert all(one.at.endswith("Z") for one in changes_of(desk, "one"))


def test_a_list_is_filtered_by_state_and_by_words_in_any_alphabet(desk: Desk) -> None:
    add_entries(
        desk,
        [
            ("one", {"title": "Сигареты на посту Сырым", "state": "published"}),
            ("two", {"title": "Cigarettes", "place_name": "Сырым"}),
            ("three", {"title": "Темекі"}),
        ],
        by="a",
    )
    assert {entry.id for entry in list_entries(desk, words="сырым")} == {"one", "two"}
    assert [entry.id for entry in list_entries(desk, words="сырым сигар")] == ["one"]
    assert list_entries(desk, words="сигар сырым") == []
    assert [entry.id for entry in list_entries(desk, states=["published"])] == ["one"]
    assert list_entries(desk, words='"; DROP TABLE records; --') == []
    assert len(list_entries(desk, most=2)) == 2
    assert len(list_entries(desk, start=2)) == 1
    save(desk, "three", {"title": "Көмір"}, by="a", revision=1)
    assert list_entries(desk, words="темекі") == []
    assert next(iter(list_entries(desk))).id == "three"


@pytest.mark.parametrize("identifier", ["", "a b", "a;b", "a\n"])
def test_an_id_with_spaces_is_refused(desk: Desk, identifier: str) -> None:
    with pytest.raises(ShekaraError, match="is no id"):
        save(desk, identifier, {}, by="a", revision=0)


def test_nobody_writes_without_a_name(desk: Desk) -> None:
    with pytest.raises(ShekaraError, match="who writes"):
        save(desk, "one", {}, by=" ", revision=0)
    assert find_entry(desk, "one") is None


def test_many_come_whole_or_not_at_all(desk: Desk) -> None:
    with pytest.raises(ShekaraError):
        add_entries(desk, [("one", {}), ("two words", {})], by="a")
    assert find_entry(desk, "one") is None
    assert add_entries(desk, [("one", {"title": "x"})], by="a") == ["one"]
    assert add_entries(desk, [("one", {"title": "y"}), ("two", {})], by="a") == ["two"]
    stands = find_entry(desk, "one")
    assert stands is not None
    assert stands.cells["title"] == "x"


def test_a_desk_is_never_made_over_a_file(tmp_path: Path) -> None:
    there = tmp_path / "a.desk"
    there.write_text("mine")
    with pytest.raises(ShekaraError, match="there already"):
        create_desk(there)
    assert there.read_text() == "mine"
    assert not is_desk(there)
    with pytest.raises(InputError, match="shekara desk new"):
        open_desk(there)
    with pytest.raises(InputError, match="no such file"):
        open_desk(tmp_path / "b.desk")


def test_an_older_desk_is_brought_up_to_date_and_a_later_one_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(desk, "one", {"title": "kept"}, by="a", revision=0)
    scripts = desk_file._migrations()
    later = "ALTER TABLE records ADD COLUMN lately TEXT NOT NULL DEFAULT 'new'; CREATE TABLE more (a TEXT) STRICT"
    monkeypatch.setattr(desk_file, "_migrations", lambda: [*scripts, later])
    again = open_desk(desk.path)
    with again.reading() as connection:
        assert connection.exec_driver_sql("SELECT title, lately FROM records").all() == [("kept", "new")]
    again.close()
    open_desk(desk.path).close()  # a script runs once
    monkeypatch.setattr(desk_file, "_migrations", lambda: scripts)
    with pytest.raises(InputError, match="a later Shekara made it"):
        open_desk(desk.path)


def test_a_migration_that_fails_leaves_the_desk_as_it_was(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    scripts = desk_file._migrations()
    monkeypatch.setattr(desk_file, "_migrations", lambda: [*scripts, "CREATE TABLE more (a TEXT); SELECT nothing"])
    with pytest.raises(ShekaraError, match='near "nothing"'):
        open_desk(desk.path)
    monkeypatch.setattr(desk_file, "_migrations", lambda: scripts)
    again = open_desk(desk.path)
    with again.reading() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all()
    assert "more" not in tables
    again.close()


def test_it_is_written_durably(desk: Desk) -> None:
    with desk.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2  # FULL
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_what_was_confirmed_survives_twenty_kills(tmp_path: Path) -> None:
    create_desk(tmp_path / "a.desk").close()
    confirmed, lost = kill_while_writing(tmp_path / "a.desk", kills=20, seed=7)
    assert lost == []
    assert confirmed > 20


def test_a_desk_loads_no_extension_of_sqlite(tmp_path: Path) -> None:
    desk = create_desk(tmp_path / "a.desk")
    with pytest.raises(DatabaseError, match="not authorized"), desk.engine.connect() as connection:
        connection.exec_driver_sql("SELECT load_extension('nothing')")
    desk.close()
