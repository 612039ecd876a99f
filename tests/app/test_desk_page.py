"""The desk's page: written, warned of a double, placed, reviewed, corrected, undone; two sessions at one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from products import one_quick_in
from streamlit.testing.v1 import AppTest

import geo
from geo.app.link import PAGES
from geo.builtin.dataset import estimate
from geo.desk import create_desk, open_desk, read_desk, start_desk
from geo.desk.store import count_states, find_entry, list_entries, save
from geo.estimate.estimating import estimate_selection, learn_hyper
from geo.incidents.selection import rate_period
from geo.view import read_words

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

WORDS = read_words("en")


def at_desk(lang: str) -> None:
    """The app at its desk; a script of its own, so it imports what it needs."""
    import streamlit as st  # noqa: PLC0415

    from geo.app.main import main  # noqa: PLC0415

    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        st.query_params.update({"page": "desk", "lang": lang})
    main()


@pytest.fixture
def desk_path(tmp_path: Path, incidents: gpd.GeoDataFrame, monkeypatch: pytest.MonkeyPatch) -> Path:
    start_desk(tmp_path / "news.desk", incidents.iloc[:40], geo.read_claims().iloc[:3], by="start").close()
    monkeypatch.setenv("SHEKARA_DESK", str(tmp_path / "news.desk"))
    return tmp_path / "news.desk"


def opened(lang: str = "en", name: str = "Aigul") -> AppTest:
    app = AppTest.from_function(at_desk, args=(lang,), default_timeout=120)
    app.run()
    assert not app.exception
    if name:
        app.text_input(key="desk-name").set_value(name).run()
    return app


def click(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def fill(app: AppTest, like: gpd.GeoDataFrame) -> None:
    """Write what one of the records says."""
    row = like.iloc[0]
    app.text_area(key="desk.title").set_value("Told once more")
    app.text_input(key="desk.date").set_value(row["date"])
    for field in ("goods", "direction", "mode", "neighbour", "outcome_class", "confidence", "unit"):
        app.selectbox(key=f"desk.{field}").set_value(row[field])
    app.number_input(key="desk.quantity").set_value(row["quantity"])
    app.text_input(key="desk-source-0-address").set_value("https://example.org/a")
    app.selectbox(key="desk.location_precision").set_value("border")
    app.run()
    assert not app.exception


@pytest.fixture
def like(incidents: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    first = incidents.iloc[:40]
    return first[first["date_precision"].eq("day") & first["quantity"].notna() & first["neighbour"].ne("")].iloc[:1]


def test_a_record_is_written_warned_of_reviewed_published_corrected_and_undone(
    desk_path: Path, like: gpd.GeoDataFrame
) -> None:
    app = opened()
    click(app, "desk-new")
    fill(app, like)
    assert like.index[0] in " ".join(text.value for text in app.markdown).replace("\\", "")
    click(app, "desk-save")
    desk = open_desk(desk_path)
    (draft,) = list_entries(desk, states=["draft"])
    assert draft.cells["title"] == "Told once more"
    click(app, "desk-to-ready")
    click(app, "desk-to-published")
    assert read_desk(desk).loc[draft.id, "quantity"] == like["quantity"].iloc[0]
    app.text_area(key="desk.title").set_value("Corrected").run()
    click(app, "desk-save")
    assert read_desk(desk).loc[draft.id, "title"] == "Corrected"
    click(app, "desk-undo")
    assert read_desk(desk).loc[draft.id, "title"] == "Told once more"
    desk.close()


def test_what_is_missing_is_listed_and_not_published(desk_path: Path) -> None:
    app = opened()
    click(app, "desk-new")
    app.text_area(key="desk.title").set_value("Half a record").run()
    missing = " ".join(text.value for text in app.markdown)
    assert "Goods" in missing
    click(app, "desk-to-ready")
    assert "stays where it is" in app.error[0].value
    assert len(app.error) == 1
    desk = open_desk(desk_path)
    assert count_states(desk) == {"draft": 1, "ready": 0, "published": 40, "rejected": 0}
    desk.close()


def test_the_later_of_two_sessions_is_shown_both_and_overwrites_nothing(
    desk_path: Path, like: gpd.GeoDataFrame
) -> None:
    desk, key = open_desk(desk_path), str(like.index[0])
    entry = find_entry(desk, key)
    assert entry is not None
    app = AppTest.from_function(opened_at, args=(key,), default_timeout=120)
    app.run()
    app.text_area(key="desk.title").set_value("Mine").run()
    save(desk, key, {"title": "Theirs"}, by="Boris", revision=entry.revision)
    click(app, "desk-save")
    stands = find_entry(desk, key)
    assert stands is not None
    assert stands.cells["title"] == "Theirs"
    assert any("Boris" in error.value for error in app.error)
    shown = " ".join(str(frame.value.to_dict()) for frame in app.dataframe)
    assert "Theirs" in shown
    assert "Mine" in shown
    click(app, "desk-mine")
    click(app, "desk-save")
    stands = find_entry(desk, key)
    assert stands is not None
    assert (stands.cells["title"], stands.revision) == ("Mine", 3)
    desk.close()


def opened_at(key: str) -> None:
    """The desk's page with one record open; a script of its own."""
    import streamlit as st  # noqa: PLC0415

    from geo.app.desk_session import server_desk  # noqa: PLC0415
    from geo.app.main import main  # noqa: PLC0415
    from geo.app.pages.desk_form import open_entry  # noqa: PLC0415

    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        st.session_state["desk-name"] = "Aigul"
        st.query_params.update({"page": "desk", "lang": "en"})
        desk = server_desk()
        assert desk is not None
        open_entry(desk, "records", key)
    main()


@pytest.mark.parametrize("lang", one_quick_in(3, ["kk", "ru", "en"]))
def test_a_statement_is_written_in_each_language(desk_path: Path, lang: str) -> None:
    app = opened(lang)
    app.segmented_control(key="desk-kind").set_value("statements").run()
    click(app, "desk-new")
    app.text_input(key="desk.agency").set_value("KNB Border Service")
    app.text_area(key="desk.claim").set_value("Nothing was found")
    app.selectbox(key="desk.claim_type").set_value("none")
    app.multiselect(key="desk.goods").set_value(["drugs", "tobacco"])
    app.multiselect(key="desk.neighbour").set_value(["KG"])
    app.text_input(key="desk.stated_on").set_value("2026-11-20")
    app.text_input(key="desk.legal_scope").set_value("unknown")
    app.text_input(key="desk.source_url").set_value("https://example.org/said").run()
    for step in ("save", "to-ready", "to-published"):
        click(app, f"desk-{step}")
    desk = open_desk(desk_path)
    assert count_states(desk, "statements")["published"] == 4
    cells = list_entries(desk, kind="statements", words="Nothing was found")[0].cells
    assert (cells["goods"], cells["neighbour"]) == ("drugs; tobacco", "KG")
    desk.close()


def test_who_opens_a_record_without_a_name_is_asked_for_it_there(desk_path: Path) -> None:
    app = opened(name="")
    app.session_state["desk-open"] = ("records", "another", 0)
    app.run()
    assert WORDS["desk.name.first"] in [one.value for one in app.info]
    app.text_input(key="desk-name").set_value("Aigul").run()
    click(app, "desk-save")
    assert desk_path.is_file()


def test_nobody_writes_before_saying_a_name(desk_path: Path) -> None:
    app = opened(name="")
    click(app, "desk-new")
    assert "desk.title" not in {box.key for box in app.text_area}
    assert desk_path.is_file()


def test_a_proxys_header_names_who_writes_and_no_name_is_asked(
    desk_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SHEKARA_USER_HEADER", "X-Remote-User")
    app = opened(name="")
    assert "desk-name" not in {box.key for box in app.text_input}
    click(app, "desk-new")  # the test's request has no such header
    assert "desk.title" not in {box.key for box in app.text_area}
    assert desk_path.is_file()


def test_private_records_are_marked_on_every_page(desk_path: Path, like: gpd.GeoDataFrame) -> None:
    desk = open_desk(desk_path)
    save(desk, str(like.index[0]), {"private": "yes"}, by="a", revision=1)
    desk.close()
    app = opened()
    for page in ("map", "incidents", "borders"):
        app.segmented_control(key="page").set_value(page).run()
        assert not app.exception
        assert [text.value for text in app.warning] == ["1 record here, private: not for publication"]
    assert desk_path.is_file()


def test_views_show_the_desks_records_the_built_in_ones_or_both(desk_path: Path, incidents: gpd.GeoDataFrame) -> None:
    app = opened()
    app.segmented_control(key="page").set_value("incidents").run()
    for scope, number in (("desk", 40), ("both", len(incidents)), ("builtin", len(incidents))):
        app.segmented_control(key="scope").set_value(scope).run()
        assert not app.exception
        table = app.dataframe[0].value
        shown = geo.select(incidents.iloc[:number], geo.Selection())
        assert len(table) == len(shown)
        assert ("from" in table) == (scope == "both")
    assert desk_path.is_file()


def test_each_view_has_the_estimate_of_its_own_records(
    desk_path: Path, located: geo.Located, frontier: geo.Frontier
) -> None:
    """Of the desk's records, of the built-in ones, of the desk's again: never one under the name of another."""
    own = geo.locate(read_desk(desk_path), frontier)
    wanted = {}
    for scope, records, risk in (
        ("desk", own, estimate_selection(own, geo.Selection(), learn_hyper(own))),
        ("builtin", located, estimate(located)),
    ):
        period = rate_period(records.incidents, geo.Selection())
        table = geo.summarize(records.select(geo.Selection()), risk, by="border", period=period)
        wanted[scope] = table["estimate"].tolist()
    app = opened()
    app.segmented_control(key="page").set_value("borders").run()
    for scope in ("desk", "builtin", "desk"):
        app.segmented_control(key="scope").set_value(scope).run()
        assert not app.exception
        assert app.dataframe[0].value["estimate"].tolist() == pytest.approx(wanted[scope], nan_ok=True)


def test_what_is_published_is_shown_without_a_new_start(desk_path: Path) -> None:
    app = opened()
    app.segmented_control(key="page").set_value("incidents").run()
    before = set(app.dataframe[0].value.index)
    gone = min(before)
    desk = open_desk(desk_path)
    save(desk, gone, {"state": "rejected", "reason": "not so"}, by="a", revision=1)
    desk.close()
    app.run()
    assert set(app.dataframe[0].value.index) == before - {gone}


def test_an_empty_desk_is_explored_and_said_to_be_empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    create_desk(tmp_path / "empty.desk").close()
    monkeypatch.setenv("SHEKARA_DESK", str(tmp_path / "empty.desk"))
    app = opened()
    app.segmented_control(key="page").set_value("map").run()
    assert not app.exception
    assert WORDS["desk.nothing"] in [text.value for text in app.info]


def test_without_a_desk_a_link_to_it_says_how_to_begin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHEKARA_DESK", raising=False)
    app = opened(name="")
    assert "shekara desk new newsroom.desk" in app.code[0].value
    assert "desk" in PAGES
