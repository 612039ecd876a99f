"""Data that a reader brings: kept in memory, and however few, explored without an error."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from products import each_value_quick
from starlette.datastructures import Headers, UploadFile
from starlette.formparsers import MultiPartParser
from streamlit.testing.v1 import AppTest

from geo.app.data import Data
from geo.app.upload import MOST_MB

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    import geopandas as gpd

    import geo

HEAD = b'--x\r\nContent-Disposition: form-data; name="f"; filename="a.csv"\r\n\r\n'


def test_an_upload_of_the_largest_size_is_never_put_on_disk() -> None:
    async def body() -> AsyncGenerator[bytes, None]:
        yield HEAD
        for _ in range(MOST_MB):
            yield b"a" * 1024 * 1024
        yield b"\r\n--x--\r\n"

    async def parse() -> Any:
        return await MultiPartParser(Headers({"content-type": "multipart/form-data; boundary=x"}), body()).parse()

    (file,) = asyncio.run(parse()).values()
    assert isinstance(file, UploadFile)
    assert file.size == MOST_MB * 1024 * 1024
    assert not file.file._rolled
    file.file.close()


def few(located: geo.Located, which: str) -> geo.Located:
    incidents = located.incidents
    ids: dict[str, Any] = {
        "one": incidents.index[:1],
        "undated": incidents.index[incidents["date"].eq("")][:3],
        "by post": incidents.index[incidents["border"].eq("POST")],
        "at sea": incidents.index[incidents["border"].eq("CASPIAN")],
    }
    return located.take(ids[which])


def explore(page: str, which: str) -> None:
    """The app as it runs on data of one's own; a script of its own, so it imports what it needs."""
    import sys  # noqa: PLC0415
    from pathlib import Path  # noqa: PLC0415

    import streamlit as st  # noqa: PLC0415

    sys.path.insert(0, str(Path.cwd() / "tests"))
    from test_own_data import few  # noqa: PLC0415

    from geo.app.data import built_in, open_own  # noqa: PLC0415
    from geo.app.main import main  # noqa: PLC0415

    if "opened" not in st.session_state:
        st.session_state["opened"] = True
        open_own(few(built_in().located, which).incidents, "mine.csv")
        st.query_params["page"] = page
    main()


@pytest.mark.parametrize(
    ("which", "page"), each_value_quick(["one", "undated", "by post", "at sea"], ["map", "borders"])
)
def test_few_records_of_ones_own_are_explored(page: str, which: str, located: geo.Located) -> None:
    app = AppTest.from_function(explore, args=(page, which), default_timeout=120)
    app.run()
    assert not app.exception
    assert any("mine\\.csv" in text.value for text in app.markdown)
    assert len(few(located, which).incidents) >= 1


def test_ones_own_months_do_not_stay_as_a_filter() -> None:
    app = AppTest.from_function(explore, args=("incidents", "at sea"), default_timeout=120)
    app.run()
    months = app.sidebar.select_slider[0].value
    app.button(key="own-close").click().run()
    assert not app.exception
    assert app.sidebar.select_slider[0].value != months
    assert not {"since", "until"} & set(app.query_params)


def test_two_tables_are_never_taken_for_one_another(located: geo.Located, incidents: gpd.GeoDataFrame) -> None:
    one, two = (Data(located.take(incidents.index[:5]), name="a.csv") for _ in range(2))
    assert one.serial != two.serial


def test_the_licence_that_a_reader_names_is_that_of_the_files_of_those_records() -> None:
    licensed = """
import streamlit as st
import geo
from geo.app.data import built_in, current, open_own

st.text(repr(built_in().licence))
for licence in ("", "ODC-By 1.0"):
    open_own(geo.read_incidents()[:3], "mine.csv", licence)
    st.text(repr(current().licence))
"""
    app = AppTest.from_string(licensed, default_timeout=120).run()
    assert not app.exception
    assert [text.value for text in app.text] == ["None", "''", "'ODC-By 1.0'"]
