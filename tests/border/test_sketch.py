"""What a notebook shows: a short text, a small map and a table."""

from __future__ import annotations

import geo
from geo.builtin import dataset


def test_a_notebook_shows_a_map_and_a_table_not_pages_of_text() -> None:
    everything = dataset.place()
    risk = dataset.estimate(everything)
    for shown, lines in (
        (everything.frontier, len(everything.frontier.borders)),
        (everything, len(everything.frontier.borders)),
        (risk, len(geo.aggregate(risk, by="segment"))),
    ):
        assert len(repr(shown)) < 100
        html = shown._repr_html_()
        assert "<table" in html
        assert len(html) < 60_000
        assert html.count("<path") == lines
        assert html.count("<svg") == html.count("</svg>") == 1
    assert "not flows" in risk._repr_html_()
    assert everything._repr_html_().count("<circle") > 50
