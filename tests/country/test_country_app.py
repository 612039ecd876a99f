"""The app and its desk under another country."""

from __future__ import annotations

import re
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from command_line import run
from google.protobuf.json_format import MessageToJson
from products import one_quick_in
from streamlit.testing.v1 import AppTest

from geo.border.frontier import read_frontier
from geo.desk import open_desk, read_desk
from geo.desk.store import list_entries
from geo.language.catalogue import LANGUAGES, read_words
from geo.language.texts import read_country
from geo.paths import use_country

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Kazakh is also a language, in which columns and articles may be.
OURS = re.compile(r"Kazakhstan|Caspian|Казахстан|Қазақстан|Каспи|\bKZT\b|₸|\btenge\b|тенге|теңге")
pytestmark = [
    pytest.mark.parametrize("country", ["THA"], indirect=True), pytest.mark.usefixtures("components_found_once"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _under_the_country(country: Path) -> Iterator[None]:
    """What the server read of another country is forgotten; Streamlit's runner leaves its script as ``__main__``."""
    main = sys.modules["__main__"]
    st.cache_resource.clear()
    use_country(country)
    yield
    use_country(None)
    st.cache_resource.clear()
    sys.modules["__main__"] = main


def at_page(page: str, lang: str) -> None:
    """The app at a page; a script of its own, so it imports what it needs."""
    import streamlit as st  # noqa: PLC0415

    from geo.app.main import main  # noqa: PLC0415

    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        st.query_params.update({"page": page, "lang": lang})
    main()


def open_app(page: str, lang: str = "en") -> AppTest:
    """The app, run once."""
    app = AppTest.from_function(at_page, args=(page, lang), default_timeout=120)
    app.run()
    assert not app.exception
    return app


def sent(app: AppTest) -> str:
    """All that the browser is sent: texts, labels, choices, tables, frames."""
    protos = (getattr(node, "proto", None) for node in app._tree)
    return "\n".join(MessageToJson(proto, ensure_ascii=False) for proto in protos if proto)


@pytest.mark.parametrize("lang", one_quick_in(3, LANGUAGES))
def test_the_map_speaks_of_the_country_alone(country: Path, lang: str) -> None:
    text = sent(open_app("map", lang))
    assert not OURS.search(text)
    assert read_country()["name"][lang] in text
    for name in read_frontier(country / "borders").borders[f"name_{lang}"]:
        assert name in text


@pytest.mark.parametrize("page", ["borders", "incidents", "statements", "data", "article", "method"])
def test_each_page_speaks_of_the_country_alone(page: str) -> None:
    text = sent(open_app(page))
    assert not OURS.search(text)
    assert len(text) > 1000


def test_a_record_is_written_and_published_at_the_countrys_desk(
    country: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "news.desk"
    assert run("desk", "new", str(path), "--from", "empty", "--country", str(country), capsys=capsys)[0] == 0
    monkeypatch.setenv("SHEKARA_DESK", str(path))
    app = open_app("desk")
    app.text_input(key="desk-name").set_value("Ann").run()
    app.button(key="desk-new").click().run()
    frontier, words = read_frontier(country / "borders"), read_words("en")
    border = str(frontier.borders.index[0])
    assert frontier.borders.loc[border, "name_en"] in app.selectbox(key="desk.neighbour").options
    app.text_area(key="desk.title").set_value("Cigarettes at the border")
    app.text_input(key="desk.date").set_value("2024-05-01")
    chosen = {
        "goods": "tobacco", "direction": "inbound", "mode": "road", "neighbour": border, "outcome_class": "seized",
        "confidence": "high", "location_precision": "border",
    }  # fmt: skip
    for field, value in chosen.items():
        app.selectbox(key=f"desk.{field}").set_value(value)
    app.text_input(key="desk-source-0-address").set_value("https://example.org/a").run()
    assert words["desk.whole"] in sent(app)
    for key in ("desk-save", "desk-to-ready", "desk-to-published"):
        app.button(key=key).click().run()
        assert not app.exception
    assert not OURS.search(sent(app))
    with closing(open_desk(path)) as desk:
        (entry,) = list_entries(desk, states=["published"])
        assert read_desk(desk).loc[entry.id, "neighbour"] == border
