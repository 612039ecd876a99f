"""From an article: what is marked in a text, what is confirmed, and what a person must still say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import sql
from streamlit.testing.v1 import AppTest

import geo
from geo.app.pages.article_draft import marked_text
from geo.desk.bringing import start_desk
from geo.desk.file import open_desk
from geo.desk.store import find_entry
from geo.drafting import draft_article, read_text
from geo.drafting.confirming import complete, confirmed_records, faults_of
from geo.drafting.writing import incident_fields
from geo.incidents.reading import write_incidents
from geo.intake import read_gazetteer
from geo.view import read_words

if TYPE_CHECKING:
    from geo.drafting import Drafting

# ruff: noqa: RUF001
TEXT = (
    "2023-04-22 · Пример\nЗерно\n\nВчера на пункте пропуска «Кайрак» пограничники изъяли 60 тонн <b>пшеницы</b>, "
    "которую везли из России."
)


@pytest.fixture(scope="module")
def drafting(frontier: geo.Frontier) -> Drafting:
    return draft_article(read_text(TEXT, page=False), read_gazetteer(frontier))


def test_the_words_of_each_field_are_marked_and_the_rest_stays_text(drafting: Drafting) -> None:
    shown = marked_text(drafting.article, drafting.drafts[0], {"date": "Date", "quantity": "Quantity"})
    assert '<mark title="Date">Вчера</mark><sup>Date</sup>' in shown
    assert '<mark title="Quantity">60 тонн</mark><sup>Quantity</sup>' in shown
    assert "&lt;b&gt;" in shown
    assert "<b>" not in shown


def test_a_confirmed_draft_is_a_sound_record(drafting: Drafting, frontier: geo.Frontier, tmp_path: Path) -> None:
    (fields,) = incident_fields(drafting)
    record = complete(fields | {"confidence": "low", "source_url": "https://example.org/a"}, frontier)
    assert faults_of(record, frontier) == []
    file = tmp_path / "confirmed.geojson"
    write_incidents(confirmed_records([record]), file)
    (identifier,) = geo.read_incidents(file).index
    assert identifier == fields["id"]
    assert "status" not in json.loads(file.read_text(encoding="utf-8"))["features"][0]["properties"]


def test_what_a_record_lacks_is_told_before_it_is_one(drafting: Drafting, frontier: geo.Frontier) -> None:
    (fields,) = incident_fields(drafting)
    assert {fault.field for fault in faults_of(complete(fields, frontier), frontier)} >= {"confidence", "source_url"}


def test_a_place_that_is_taken_away_leaves_the_border(drafting: Drafting, frontier: geo.Frontier) -> None:
    (fields,) = incident_fields(drafting)
    record = complete(fields | {"crossing_id": "", "location_precision": "", "lon": None, "lat": None}, frontier)
    assert (record["location_precision"], record["lon"]) == ("border", None)


def open_page(lang: str) -> AppTest:
    """The page in a language."""
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=120)
    app.query_params["page"], app.query_params["lang"] = "article", lang
    return app.run()


def read(app: AppTest, text: str, **boxes: str) -> None:
    """Paste a text, fill the boxes beside it, and have it read."""
    app.text_area(key="article-words").set_value(text.replace("<b>", "").replace("</b>", ""))
    for name, value in boxes.items():
        app.text_input(key=f"article-{name}").set_value(value)
    next(button for button in app.button if "article-text" in str(button.form_id)).click().run()
    assert not app.exception


def confirm(app: AppTest) -> None:
    """Say what the first draft lacks, and confirm it."""
    app.selectbox(key="draft-0.confidence").set_value("low")
    app.text_input(key="draft-0.source_url").set_value("https://example.org/b")
    app.button(key="confirm-0").click().run()
    assert not app.exception


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_a_text_is_read_and_a_proposal_rejected(lang: str) -> None:
    app = open_page(lang)
    read(app, TEXT)
    assert app.number_input(key="draft-0.quantity").value == 60
    assert app.selectbox(key="draft-0.goods").value == "food"
    assert app.text_input(key="draft-0.date").value == "2023-04-21"
    assert app.text_area(key="draft-0.title").value.startswith(read_words(lang)["goods.food"])
    assert not any("{n|" in option for option in app.selectbox(key="draft-0.unit").options)
    app.button(key="reject-0").click().run()
    assert not app.exception
    app.button(key="again-0").click().run()
    assert app.number_input(key="draft-0.quantity").value == 60


def test_a_second_article_leaves_nothing_of_the_first_in_the_boxes_and_loses_no_confirmed_record() -> None:
    app = open_page("ru")
    other = TEXT.replace("60 тонн <b>пшеницы</b>", "500 пачек сигарет").replace("2023-04-22", "2024-05-03")
    read(app, TEXT)
    confirm(app)
    read(app, other.replace("которую", "которые"))
    assert app.number_input(key="draft-0.quantity").value == 500
    assert app.selectbox(key="draft-0.goods").value == "tobacco"
    assert app.text_input(key="draft-0.date").value == "2024-05-02"
    app.text_input(key="draft-0.source_url").set_value("")
    app.selectbox(key="draft-0.confidence").set_value("")
    app.button(key="confirm-0").click().run()
    assert read_words("ru")["app.article.faults"] in app.error[0].value
    confirm(app)
    (record,) = app.session_state["_article_decided"].values()
    assert (record["goods"], record["quantity"], record["date"]) == ("tobacco", 500, "2024-05-02")
    assert record["agency"]
    assert [one["goods"] for one in app.session_state["_article_confirmed"]] == ["food"]
    app.button(key="drop-0").click().run()
    assert not app.exception
    assert app.session_state["_article_confirmed"] == []


def test_a_title_follows_the_fields_unless_a_person_wrote_it() -> None:
    app = open_page("en")
    read(app, TEXT)
    app.number_input(key="draft-0.quantity").set_value(61.0)
    confirm(app)
    assert "61 t" in app.session_state["_article_decided"][0]["title"]
    app.button(key="again-0").click().run()
    app.text_area(key="draft-0.title").set_value("Grain at Kayrak")
    confirm(app)
    assert app.session_state["_article_decided"][0]["title"] == "Grain at Kayrak"


def test_another_language_keeps_the_fields_and_says_the_title_in_it() -> None:
    app = open_page("ru")
    read(app, TEXT)
    app.session_state["lang"] = "en"
    app.run()
    assert not app.exception
    assert app.selectbox(key="draft-0.goods").value == "food"
    assert app.text_area(key="draft-0.title").value.startswith(read_words("en")["goods.food"])


def test_what_cannot_be_read_is_said_at_once_and_leaves_what_was_read() -> None:
    app = open_page("kk")
    read(app, TEXT)
    read(app, "", date="yesterday", url="ftp:/bad")
    words = read_words("kk")
    said = app.error[0].value.replace("\\", "")
    assert all(words[f"app.article.{name}"] in said for name in ("date.wrong", "address.wrong", "empty"))
    assert app.number_input(key="draft-0.quantity").value == 60
    read(app, "а" * 2000, date="", url="")
    assert "1000" in app.error[0].value
    assert "letters" not in app.error[0].value


def test_a_date_beside_a_text_without_one_counts_its_days() -> None:
    app = open_page("en")
    read(app, TEXT.partition("\n")[2], date="2023-04-22", url="https://example.org/c")
    assert app.text_input(key="draft-0.date").value == "2023-04-21"
    assert app.text_input(key="draft-0.source_url").value == "https://example.org/c"
    assert (app.text_input(key="article-date").value, app.text_input(key="article-url").value) == ("", "")


def test_what_follows_from_a_field_goes_when_it_is_changed() -> None:
    app = open_page("en")
    read(app, TEXT.replace("Вчера на", "На"))
    assert read_words("en")["app.article.of-publication"] in {one.value for one in app.caption}
    app.text_input(key="draft-0.date").set_value("2023-04-20")
    app.selectbox(key="draft-0.crossing_id").set_value("")
    app.text_input(key="draft-0.place_name").set_value("Troitsk")
    app.selectbox(key="draft-0.goods").set_value("fuel")
    confirm(app)
    (record,) = app.session_state["_article_decided"].values()
    assert (record["date_basis"], record["goods_description"]) == ("event", "")
    assert (record["location_precision"], record["lon"], record["coord_basis"]) == ("border", None, "")


def test_a_confirmed_draft_goes_to_the_desk(
    drafting: Drafting, frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "news.desk"
    start_desk(file, geo.read_incidents().iloc[:3], geo.read_claims().iloc[:1], by="start").close()
    monkeypatch.setenv("SHEKARA_DESK", str(file))
    (fields,) = incident_fields(drafting)
    record = complete(fields | {"confidence": "low", "source_url": "https://example.org/a"}, frontier)
    app = AppTest.from_file(str(Path(__file__).parents[2] / "app.py"), default_timeout=120)
    app.query_params["page"], app.query_params["lang"] = "article", "en"
    app.session_state["_article"], app.session_state["_article_decided"] = drafting, {0: record}
    app.run()
    assert app.button(key="article-desk").disabled
    app.text_input(key="desk-name").set_value("Aigul").run()
    app.button(key="article-desk").click().run()
    assert not app.exception
    assert "1 handed to the desk as a draft" in app.success[0].value
    desk = open_desk(file)
    entry = find_entry(desk, record["id"])
    desk.close()
    assert entry is not None
    assert entry.cells["state"] == "draft"


def test_statements_go_to_the_desk_as_drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "news.desk"
    start_desk(file, geo.read_incidents().iloc[:3], geo.read_claims().iloc[:1], by="start").close()
    monkeypatch.setenv("SHEKARA_DESK", str(file))
    app = open_page("en")
    read(app, "2025-02-14 · Example\nCounted\n\nThe Border Service has recorded 35 attempts to smuggle fuel since the "
              "beginning of 2025.")  # fmt: skip
    assert any("35 cases" in one.value.replace("\\", "") for one in app.markdown)
    app.text_input(key="desk-name").set_value("Aigul").run()
    app.button(key="article-desk-statements").click().run()
    assert not app.exception
    assert "1 handed to the desk as a draft" in app.success[0].value
    with open_desk(file).reading() as connection:
        rows = connection.execute(sql.text("SELECT state, value FROM statements WHERE agency = 'KNB Border Service'"))
        assert ("draft", 35) in [(row.state, float(row.value or 0)) for row in rows]
