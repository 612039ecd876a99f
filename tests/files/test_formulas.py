"""Texts that a spreadsheet would run: guarded on the way out, the same again on the way in, all others untouched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.tables import escape_formula, unescape_formula


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+7 701", "'+7 701"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("'=1", "''=1"),
        ("''@x", "'''@x"),
    ],
)
def test_what_begins_a_formula_gets_an_apostrophe_and_loses_it_again(text: str, guarded: str) -> None:
    assert escape_formula(text) == guarded
    assert unescape_formula(guarded) == text


@pytest.mark.parametrize("text", ["", "text", "1-2", "a=b", "'tis", "''", "«=»"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert escape_formula(text) == text
    assert unescape_formula(text) == text


@pytest.mark.parametrize("value", [None, 3, -2.5, True])
def test_what_is_no_text_stays_as_it_is(value: object) -> None:
    assert escape_formula(value) is value


@given(st.text(alphabet="'=+-@\t\r a1", max_size=8) | st.text(max_size=20))
def test_every_text_comes_back_the_same(text: str) -> None:
    assert unescape_formula(escape_formula(text)) == text
    assert not escape_formula(text).startswith(("=", "+", "-", "@", "\t", "\r"))
