"""The app's filters and pages; what the map draws is the browser tests' business."""

from __future__ import annotations

import runpy
import subprocess
import sys
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from products import each_value_quick, one_quick_in
from streamlit.testing.v1 import AppTest

import geo
from geo.app.link import PAGES
from geo.app.safe_text import plain
from geo.incidents.selection import left_out
from geo.summaries.grouping import KINDS
from geo.view import LANGUAGES, read_words, say
from geo.view.table_heads import name_rows

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

APP = Path(__file__).parents[2] / "app.py"
PILLS = {
    "goods": "tobacco",
    "neighbour": "POST",
    "direction": "transit",
    "mode": "rail",
    "recording_side": "neighbour",
    "confidence": "low",
}


def open_app(**query: str | list[str]) -> AppTest:
    """The app as a link opens it."""
    app = AppTest.from_file(str(APP), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    return run(app)


def run(app: AppTest) -> AppTest:
    """Run once more, without an error."""
    app.run()
    assert not app.exception
    return app


def with_key(elements: Any, key: str) -> Any:
    return next(element for element in elements if element.key == key)


def fold_more(app: AppTest, *, opened: bool) -> None:
    """Open or close the filters that few need; they are laid out only while open."""
    app.session_state["more"] = opened
    run(app)


def set_pills(app: AppTest, key: str, *values: str) -> None:
    """Choose values of one filter."""
    with_key(app.sidebar.button_group, key).set_value(list(values))
    run(app)


def records(app: AppTest) -> pd.DataFrame:
    """The table of records as shown."""
    return app.dataframe[0].value


def query(app: AppTest) -> dict[str, list[str]]:
    return {name: [value] if isinstance(value, str) else list(value) for name, value in app.query_params.items()}


@pytest.fixture
def app() -> AppTest:
    """The app on its incidents page."""
    return open_app(page="incidents")


# Filters, and the link that holds them


@pytest.mark.parametrize(("field", "value"), PILLS.items())
def test_each_filter_of_pills(app: AppTest, incidents: gpd.GeoDataFrame, field: str, value: str) -> None:
    if field not in {"goods", "neighbour"}:
        fold_more(app, opened=True)
    set_pills(app, field, value)
    chosen = geo.select(incidents, geo.Selection(**{field: (value,)}))
    assert set(records(app).index) == set(chosen.index)
    assert query(app)[field] == [value]
    again = open_app(**query(app))
    assert set(records(again).index) == set(chosen.index)


def test_goods_add_up_and_clear(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    everything = len(records(app))
    set_pills(app, "goods", "tobacco", "food")
    assert len(records(app)) == len(geo.select(incidents, geo.Selection(goods=("tobacco", "food"))))
    next(button for button in app.sidebar.button if button.label == "Clear all filters").click()
    run(app)
    assert len(records(app)) == everything
    assert query(app) == {"lang": ["en"], "page": ["incidents"]}


def test_agency(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    fold_more(app, opened=True)
    app.sidebar.multiselect[0].set_value(["Russian FSB"])
    run(app)
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection(agency=("Russian FSB",))).index)


def test_a_period_leaves_undated_records_out_and_says_how_many(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    last = app.sidebar.select_slider[0].value[1]
    app.sidebar.select_slider[0].set_range("2015-01", last)
    run(app)
    assert (incidents.loc[records(app).index, "date_start"] >= "2015-01-01").all()
    out = left_out(incidents, geo.Selection(since=date(2015, 1, 1)))
    told = say("en", "sum.undated-out", n=out["undated"] + out["partly_outside"])
    assert out["undated"] > 50
    assert any(caption.value == told for caption in app.sidebar.caption)
    assert query(app)["since"] == ["2015-01"]


def test_least_quantity(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    fold_more(app, opened=True)
    app.sidebar.number_input[0].set_value(100.0)
    run(app)
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection(min_quantity=(100.0, "kg"))).index)
    assert query(app)["min_quantity"] == ["100 kg"]
    with_key(app.sidebar.selectbox, "least_unit").set_value("piece")
    run(app)
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection(min_quantity=(100.0, "piece"))).index)


def test_filters_hold_while_they_are_folded_away(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    fold_more(app, opened=True)
    set_pills(app, "mode", "rail")
    app.sidebar.number_input[0].set_value(100.0)
    run(app)
    fold_more(app, opened=False)
    assert not app.sidebar.number_input
    set_pills(app, "neighbour", "RU")
    run(app)
    chosen = geo.Selection(mode=("rail",), neighbour=("RU",), min_quantity=(100.0, "kg"))
    assert set(records(app).index) == set(geo.select(incidents, chosen).index)
    assert query(app) == {
        "lang": ["en"],
        "page": ["incidents"],
        "mode": ["rail"],
        "neighbour": ["RU"],
        "min_quantity": ["100 kg"],
    }
    fold_more(app, opened=True)
    assert with_key(app.sidebar.button_group, "mode").value == ["rail"]
    assert app.sidebar.number_input[0].value == 100.0
    next(button for button in app.sidebar.button if button.label == "Clear all filters").click()
    run(app)
    assert query(app) == {"lang": ["en"], "page": ["incidents"]}


def test_what_a_page_sets_holds_on_the_others(app: AppTest) -> None:
    app.text_input[0].set_value("falcon")
    run(app)
    with_key(app.button_group, "page").set_value("borders")
    run(app)
    with_key(app.button_group, "by").set_value("agency")
    run(app)
    with_key(app.button_group, "page").set_value("map")
    run(app)
    with_key(app.button_group, "colour").set_value("rate")
    run(app)
    with_key(app.button_group, "page").set_value("method")
    for _ in range(3):
        run(app)
    assert query(app) == {"lang": ["en"], "page": ["method"], "words": ["falcon"], "by": ["agency"], "colour": ["rate"]}


def test_a_link_opens_the_filters_that_it_sets() -> None:
    assert with_key(open_app(page="incidents", mode="rail").sidebar.button_group, "mode").value == ["rail"]
    assert not open_app(page="incidents", goods="tobacco").sidebar.multiselect


def test_refused_entries_come_in_on_request(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    refused = set(incidents.index[incidents["outcome_class"].eq("refused_entry")])
    assert not refused & set(records(app).index)
    assert str(len(refused)) in app.sidebar.checkbox[0].label
    app.sidebar.checkbox[0].check()
    run(app)
    assert refused <= set(records(app).index)


def test_counts_beside_the_choices_follow_the_other_filters(app: AppTest, incidents: gpd.GeoDataFrame) -> None:
    set_pills(app, "neighbour", "KG")
    options = with_key(app.sidebar.button_group, "goods").options
    expected = len(geo.select(incidents, geo.Selection(goods=("tobacco",), neighbour=("KG",))))
    assert f"Tobacco {expected}" in options


def test_a_link_of_nonsense_opens_the_plain_view(incidents: gpd.GeoDataFrame) -> None:
    app = open_app(page="incidents", lang="xx", goods=["gold", "<b>"], since="2030", at="border:XX", least="=1", by="x")
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection()).index)
    assert "xx" not in str(query(app))
    told = plain(say("en", "app.link.unknown", what="goods=gold, goods=<b>, since=2030, min_quantity==1"))
    assert any(caption.value == told for caption in app.caption)
    set_pills(app, "goods", "tobacco")
    assert not any(caption.value == told for caption in app.caption)


@pytest.mark.parametrize("langs_each", [1, pytest.param(len(LANGUAGES), marks=pytest.mark.thorough)])
def test_filters_stay_over_every_page_and_language(app: AppTest, incidents: gpd.GeoDataFrame, langs_each: int) -> None:
    set_pills(app, "goods", "tobacco")
    langs = cycle(LANGUAGES)
    for page in (page for page in PAGES if page != "desk"):  # which is not to be chosen where there is none
        with_key(app.button_group, "page").set_value(page)
        for lang in islice(langs, langs_each):
            with_key(app.button_group, "lang").set_value(lang)
            run(app)
            assert query(app)["goods"] == ["tobacco"]
            assert query(app)["lang"] == [lang]
            assert query(app).get("page", ["map"]) == [page]
    with_key(app.button_group, "page").set_value("incidents")
    run(app)
    assert set(records(app).index) == set(geo.select(incidents, geo.Selection(goods=("tobacco",))).index)


# Pages


@pytest.mark.parametrize(("page", "lang"), each_value_quick(PAGES, LANGUAGES))
def test_every_page_in_every_language(page: str, lang: str) -> None:
    app = open_app(page=page, lang=lang)
    assert app.header[0].value
    words = read_words(lang)
    assert with_key(app.button_group, "page").options == [
        words[word]
        for word in (
            "nav.map",
            "nav.borders",
            "nav.records",
            "nav.claims",
            "app.own",
            *(["desk"] if page == "desk" else []),
            "app.article",
            "nav.method",
        )
    ]


@pytest.mark.parametrize("by", one_quick_in(2, KINDS))
def test_every_summary(by: str, located: geo.Located) -> None:
    app = open_app(page="borders", by=by)
    shown = app.dataframe[0].value
    chosen = located.take(geo.select(located.incidents, geo.Selection()).index)
    table = geo.summarize(chosen, by=by)
    assert shown["name"].tolist() == name_rows(table, by, located.frontier)["name"].tolist()
    assert shown["incidents"].tolist() == pytest.approx(table["incidents"].tolist())
    assert any("Recorded interceptions" in caption.value for caption in app.caption)


@pytest.mark.parametrize("page", one_quick_in(2, PAGES))
def test_nothing_matches(page: str) -> None:
    app = open_app(page=page, goods="electronics", neighbour="TM")
    if page in {"map", "borders", "incidents"}:
        assert any(read_words("en")["empty"] in text.value for text in app.markdown)
        with_key(app.button, "clear-empty").click()
        run(app)
        assert "goods" not in query(app)


def test_one_record_has_no_interval_and_none_is_spoken_of(incidents: gpd.GeoDataFrame) -> None:
    counts = geo.select(incidents, geo.Selection())["agency"].value_counts()
    app = open_app(page="incidents", agency=str(counts.index[counts.eq(1) & ~counts.index.str.contains(";")][0]))
    if len(records(app)) == 1:
        # An interval is spoken of only where there is one.
        assert not any(read_words("en")["one"] in caption.value for caption in app.caption)


@pytest.mark.parametrize("lang", one_quick_in(2, LANGUAGES))
def test_search_finds_in_the_data_and_in_the_words_of_the_language(lang: str, incidents: gpd.GeoDataFrame) -> None:
    app = open_app(page="incidents", lang=lang, q=read_words(lang)["goods.tobacco"])
    chosen = geo.select(incidents, geo.Selection())
    assert set(chosen.index[chosen["goods"].eq("tobacco")]) <= set(records(app).index)
    app.text_input[0].set_value("falcon")
    run(app)
    assert 0 < len(records(app)) < 40
    assert all("falcon" in str(row).lower() for row in incidents.loc[records(app).index].to_numpy().tolist())
    app.text_input[0].set_value("zzzz")
    run(app)
    assert any(say(lang, "app.search.none", text="zzzz") == text.value for text in app.text)


@pytest.mark.parametrize(("at", "lang"), each_value_quick(["crossing:kayrak", "border:RU", "region:KZ-27"], LANGUAGES))
def test_a_chosen_place_opens_its_card(at: str, lang: str) -> None:
    app = open_app(page="borders", at=at, lang=lang)
    kind = read_words(lang)[f"kind.{at.partition(':')[0]}"]
    assert any(caption.value == kind for caption in app.caption)
    interval = plain(say(lang, "interval-of", ends="§").split("§")[0])
    assert any(interval in text.value for text in app.markdown)
    with_key(app.button, "card-close").click()
    run(app)
    assert "at" not in query(app)


def test_a_record_opens_from_its_places_card_and_goes_back() -> None:
    app = open_app(page="map", at="crossing:kayrak")
    button = next(one for one in app.button if (one.key or "").startswith("card-open-"))
    record = button.key.removeprefix("card-open-")
    button.click()
    run(app)
    assert query(app)["at"] == [f"record:{record}", "crossing:kayrak"]
    assert any("](<http" in text.value for text in app.markdown)
    with_key(app.button, "card-place").click()
    run(app)
    assert query(app)["at"] == ["crossing:kayrak"]


def test_the_statements_page_shows_every_statement() -> None:
    app = open_app(page="statements")
    claims = geo.read_claims()
    assert any(f"{len(claims)} of {len(claims)}" in caption.value for caption in app.caption)
    verdict = with_key(app.button_group, "verdict")
    verdict.set_value(["not-comparable"])
    run(app)
    assert not any(f"{len(claims)} of {len(claims)}" in caption.value for caption in app.caption)


def test_what_the_map_draws_anew_gets_a_start_before_the_rest_of_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    waits: list[float] = []
    monkeypatch.setattr("geo.app.frame.sleep", waits.append)
    app = open_app()
    waits.clear()
    run(app)
    assert not waits
    set_pills(app, "goods", "tobacco")
    assert waits
    assert sum(waits) < 0.2


def test_the_map_page_says_what_it_shows() -> None:
    app = open_app()
    assert any("not flows" in text.value for text in app.markdown)
    assert len(app.get("component_instance")) == 1
    assert len(app.get("download_button")) == 7


def test_a_process_that_the_app_starts_does_not_run_it() -> None:
    runpy.run_path(str(APP), run_name="__mp_main__")


def test_python_alone_is_told_how_to_open_it() -> None:
    with pytest.raises(SystemExit, match=r"streamlit run app\.py"):
        runpy.run_path(str(APP), run_name="__main__")


@pytest.mark.thorough  # for the sake of a process: the test above says the same
def test_python_alone_ends_without_a_traceback() -> None:
    done = subprocess.run([sys.executable, str(APP)], capture_output=True, text=True, check=False, cwd=APP.parent)
    assert done.returncode == 1
    assert "streamlit run app.py" in done.stderr
    assert "Traceback" not in done.stderr
