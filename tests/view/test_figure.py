"""The figure for print: equal bytes, true words, and nothing over anything else."""

from __future__ import annotations

import sys
from dataclasses import replace
from itertools import combinations
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from products import one_quick_in

from geo.errors import ShekaraError, UnknownValueError
from geo.estimate.estimating import estimate_risk
from geo.incidents.selection import Selection, select
from geo.language.catalogue import LANGUAGES, read_words, say
from geo.view.drawing import NONE
from geo.view.figure import FIGURE_KINDS, legend, write_figure
from geo.view.figure.axis import LEFT, find_peaks, lay_peaks, unroll
from geo.view.figure.content import REFUSED, make_content
from geo.view.figure.marks import place_marks
from geo.view.figure.names import place_names
from geo.view.figure.occupied import Room
from geo.view.figure.pen import Box, Pen, read_ink
from geo.view.figure.projection import fit_view, stretches_of
from geo.view.figure.typeface import Run, measure, wrap
from geo.view.sites import kinds_of

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd

    import geo
    from geo.estimate.risk import Risk
    from geo.view.figure.content import Content


@pytest.fixture(scope="module")
def shown(incidents: gpd.GeoDataFrame, located: geo.Located) -> geo.Located:
    """What the built-in map shows: all but the refused."""
    return located.take(select(incidents, Selection()).index)


@pytest.fixture(scope="module")
def risk(shown: geo.Located, frontier: geo.Frontier) -> Risk:
    return estimate_risk(shown, frontier, draws=100)


@pytest.fixture(scope="module")
def content(shown: geo.Located, frontier: geo.Frontier) -> Content:
    return make_content(shown, frontier, None, None)


@pytest.mark.parametrize("kind", one_quick_in(3, sorted(FIGURE_KINDS, reverse=True)))
def test_equal_inputs_give_equal_bytes(
    kind: str, shown: geo.Located, frontier: geo.Frontier, risk: Risk, tmp_path: Path
) -> None:
    few = shown.take(shown.incidents.index[:40])
    paths = [write_figure(tmp_path / f"{name}{kind}", few, frontier, risk, lang="kk") for name in "ab"]
    first, second = (path.read_bytes() for path in paths)
    assert first == second
    assert len(first) > 20_000
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"a{kind}", f"b{kind}"]


@pytest.mark.parametrize("lang", one_quick_in(3, LANGUAGES[::-1]))
def test_the_figure_speaks_the_language(lang: str, shown: geo.Located, frontier: geo.Frontier, tmp_path: Path) -> None:
    text = write_figure(tmp_path / "a.svg", shown, frontier, lang=lang, selection="goods: drugs").read_text("utf-8")
    for key in ("title", "caveat", "unrolled", "how-often", "m-crossing", "goods", "family.D", "no-interval"):
        assert " ".join(say(lang, key).split()[:2]) in text
    assert "goods: drugs" in text
    assert "48°" in text
    assert say(lang, "unit").split()[0] in text
    for name in frontier.borders[f"name_{lang}"]:
        assert name.split()[0].upper() in text


def test_an_estimate_is_told_apart(
    shown: geo.Located, frontier: geo.Frontier, risk: Risk, content: Content, tmp_path: Path
) -> None:
    text = write_figure(tmp_path / "a.svg", shown, frontier, risk).read_text("utf-8")
    assert "Unsure (hollow)" in text
    assert "Estimated for" in text
    assert "50\xa0%" in text or "50 %" in text
    estimated = make_content(shown, frontier, risk, None).rates
    assert estimated.interval is not None
    land = frontier.cells["land"].to_numpy()
    assert (estimated.interval[land, 0] <= estimated.value[land]).all()
    assert np.isnan(estimated.interval[~land]).all()
    assert not estimated.unsure[~land].any()
    assert not (estimated.unsure & (estimated.step <= 0)).any()
    assert not content.rates.unsure.any()


@pytest.mark.parametrize("count", [0, 1])
def test_few_records_are_no_trouble(count: int, shown: geo.Located, frontier: geo.Frontier, tmp_path: Path) -> None:
    few = shown.take(shown.incidents.index[:count])
    text = write_figure(tmp_path / "a.svg", few, frontier).read_text("utf-8")
    assert (say("en", "empty") in text) == (count == 0)
    assert "<!-- Newest record" not in text or count
    content = make_content(few, frontier, None, None)
    assert content.rates.breaks == ()
    land = frontier.cells["land"].to_numpy()
    assert (content.rates.step[land] == 0).all()
    assert (content.rates.step[~land] == NONE).all()


def test_a_record_with_an_estimate_says_how_little_it_says(
    shown: geo.Located, frontier: geo.Frontier, risk: Risk, tmp_path: Path
) -> None:
    one = shown.take(shown.incidents.index[:1])
    assert say("en", "one").split()[0] in write_figure(tmp_path / "a.svg", one, frontier, risk).read_text("utf-8")


def test_what_cannot_be_drawn_is_refused(shown: geo.Located, frontier: geo.Frontier, tmp_path: Path) -> None:
    for name in ("a.jpg", "a", "a.svg.gz"):
        with pytest.raises(UnknownValueError, match=r"\.png, \.svg, \.pdf"):
            write_figure(tmp_path / name, shown, frontier)
    with pytest.raises(UnknownValueError, match="en, ru, kk"):
        write_figure(tmp_path / "a.svg", shown, frontier, lang="de")
    with pytest.raises(ShekaraError, match="120 to 1200"):
        write_figure(tmp_path / "a.svg", shown, frontier, width_mm=50)
    with pytest.raises(ShekaraError, match="no folder"):
        write_figure(tmp_path / "no" / "a.svg", shown.take(shown.incidents.index[:0]), frontier)
    assert not list(tmp_path.iterdir())


def test_a_missing_library_is_named_with_the_command(
    shown: geo.Located, frontier: geo.Frontier, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.startswith("geo.view.figure.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ShekaraError, match=r"pip install 'shekara\[figure\]'"):
        write_figure(tmp_path / "a.svg", shown, frontier)


def test_a_title_is_only_a_text(shown: geo.Located, frontier: geo.Frontier, tmp_path: Path) -> None:
    few = shown.take(shown.incidents.index[:0])
    title = "Cost in $x^2$ & <b>\n\u202e漢 --> Қ\x00"
    text = write_figure(tmp_path / "a.svg", few, frontier, title=title, selection="a $ b").read_text("utf-8")
    assert "Cost in $x^2$ &amp; &lt;b&gt; 漢" in text  # the file's own title
    assert "\u202e" not in text


def test_wider_is_larger_and_drawing_leaves_no_trace(
    shown: geo.Located, frontier: geo.Frontier, tmp_path: Path
) -> None:
    before = dict(mpl.rcParams)
    few = shown.take(shown.incidents.index[:60])
    wide, plain = (write_figure(tmp_path / f"{mm}.png", few, frontier, width_mm=mm).read_bytes() for mm in (240, 180))
    assert int.from_bytes(plain[16:20]) == round(180 / 25.4 * 300)
    assert int.from_bytes(wide[16:20]) == round(240 / 25.4 * 300)
    assert dict(mpl.rcParams) == before


def test_every_record_is_in_one_part(content: Content, shown: geo.Located) -> None:
    assert sum(content.parts[name] for name in ("place", "region", "border", "none")) == content.n
    assert sum(place.n for place in content.places) == content.parts["place"] + content.parts["region"]
    kind = kinds_of(shown)
    assert kind.isin(["crossing", "town", "district", "region", "border", "air", "none"]).all()
    off = shown.incidents["border"].isin(["AIR", "POST", "UNKNOWN"])
    assert not kind[off].isin(["crossing", "region", "border"]).any()
    assert content.counts["RU"][0] == (shown.incidents["border"] == "RU").sum()


def test_the_plain_rate_is_that_of_the_stretch(content: Content, shown: geo.Located, frontier: geo.Frontier) -> None:
    since, until = content.period
    inside = shown.incidents["date_start"].ge(str(since)) & shown.incidents["date_end"].le(str(until))
    years = ((until - since).days + 1) / 365.25
    rate = content.rates.value * frontier.cells["length_km"] / 100 * years
    placed = shown.incidents["placement"].ge(0)
    assert rate.sum() == pytest.approx((inside & placed).sum())
    assert rate.groupby(frontier.cells["segment"]).nunique().max() <= 40
    assert (content.rates.value[~content.rates.near] < 0.2).all()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("width", [360.0, 500.0])
def test_nothing_on_the_map_lies_over_anything_else(lang: str, width: float, content: Content) -> None:
    view = fit_view(content, 0, 0, width)
    room = Room(view, stretches_of(content), [Box(5, view.frame.h - 17, 100, 12)])
    marks, outside = place_marks(content, view, room)
    assert outside == 0
    assert sum(mark.n for mark in marks) == sum(place.n for place in content.places)
    solid = [mark for mark in marks if mark.kind != "district"]
    for a, b in combinations(solid, 2):
        assert np.hypot(a.x - b.x, a.y - b.y) > a.r + b.r - 0.01, (a.key, b.key)
    names = place_names(content, view, room, marks, lang)
    for first, second in combinations(names, 2):
        assert not first.box.meets(second.box), (first.key, second.key)
    for name in names:
        assert view.frame.holds(name.box)
        assert all(line.size >= 6 for line in name.lines)
        for mark in solid:
            across = max(name.box.x - mark.x, 0, mark.x - name.box.x - name.box.w)
            down = max(name.box.y - mark.y, 0, mark.y - name.box.y - name.box.h)
            assert np.hypot(across, down) > mark.r, (name.key, mark.key)
        if name.key.startswith("border:"):
            x, y, w, h = name.box
            assert not view.country.intersects(shapely.box(x, y, x + w, y + h)), name.key
    named = {name.key for name in names}
    # Where it is narrow, no room is no name.
    assert {f"border:{code}" for code in ("RU", "CN", "UZ", "KG") if width > 400 or code != "KG"} <= named


@pytest.mark.parametrize("lang", LANGUAGES)
def test_peaks_are_named_without_touching(lang: str, content: Content) -> None:
    axis = unroll(content, 500)
    tops = find_peaks(content, axis, lang)
    assert [top.rate for top in tops] == sorted((top.rate for top in tops), reverse=True)
    assert min(top.rate for top in tops) >= 0.2
    for first in (0.0, axis.span):
        peaks = lay_peaks(axis, tops, first, 500)
        assert peaks
        for a, b in combinations(peaks, 2):
            apart = a.left + a.width < b.left or b.left + b.width < a.left
            assert apart or a.lane != b.lane
        assert all(peak.left >= LEFT and peak.left + peak.width <= 500 for peak in peaks)
        assert all(peak.width == measure(peak.name, 6.3, bold=True) for peak in peaks)


def test_paragraphs_keep_their_words_and_their_width() -> None:
    runs = [Run("309", bold=True), Run(" records, of which "), Run("203", bold=True), Run(". And a longer tail of it")]
    lines = wrap(runs, 60, 6.5)
    whole = "".join(run.text for line in lines for run in line)
    assert whole == "".join(run.text for run in runs)
    assert len(lines) > 2
    assert not any(line[0].text.startswith(".") for line in lines)
    for line in lines:
        assert sum(measure(run.text.rstrip(), 6.5, bold=run.bold) for run in line) <= 60 + 1


def test_words_and_colours_are_complete() -> None:
    said = [frozenset(key for key in read_words(lang) if key.startswith("figure.")) for lang in LANGUAGES]
    assert len(set(said)) == 1
    assert said[0]
    ink = read_ink()
    assert ink["land"] == ink["page"] == ink["casing"] == "#ffffff"
    assert ink["abroad"] == "#edebe6"
    assert {f"goods-{letter}" for letter in "DMTFWRVO"} | {f"ramp-{k}" for k in range(5)} <= set(ink)


def test_what_lies_far_away_is_counted_not_lost(content: Content) -> None:
    far = replace(content.places[0], kind="town", lonlat=(2.35, 48.85), key="town:far")
    other = replace(content, places=[*content.places, far])
    view = fit_view(other, 0, 0, 500)
    marks, outside = place_marks(other, view, Room(view, stretches_of(other), []))
    assert outside == far.n
    assert sum(mark.n for mark in marks) == sum(place.n for place in content.places)


def test_a_pen_draws_only_inside_its_box() -> None:
    pen = Pen(180)
    with pytest.raises(ZeroDivisionError), pen.inside(Box(0, 0, 10, 10)):
        _ = 1 / 0
    assert pen._clip is None


def test_what_was_only_turned_back_is_drawn_apart_and_named(
    shown: geo.Located, located: geo.Located, frontier: geo.Frontier, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    everything = make_content(located, frontier, None, None)
    goods = [item for place in everything.places for item in place.goods]
    refused = located.incidents["outcome_class"].eq("refused_entry") & kinds_of(located).isin(
        ["crossing", "town", "district", "region", "air"]
    )
    assert sum(n for letter, n in goods if letter == REFUSED) == refused.sum() > 0
    named: list[str] = []
    monkeypatch.setattr(legend._Column, "item", lambda _column, key, *_: named.append(key))
    write_figure(tmp_path / "all.svg", located.take(located.incidents.index[refused][:9]), frontier, None)
    assert "m-refused" in named
    named.clear()
    write_figure(tmp_path / "shown.svg", shown.take(shown.incidents.index[:9]), frontier, None)
    assert "m-refused" not in named


def test_of_somebodys_own_records_their_own_licence_is_told_or_none(
    shown: geo.Located, frontier: geo.Frontier, tmp_path: Path
) -> None:
    few = shown.take(shown.incidents.index[:9])
    ours, silent, named = (
        write_figure(tmp_path / "a.svg", few, frontier, licence=each).read_text("utf-8")
        for each in (None, "", "ODC-By 1.0")
    )
    licence = say("en", "credits.records").split(",")[0]
    assert licence in ours
    assert licence not in silent + named
    assert "ODC-By 1.0" in named
    assert "Natural Earth" in silent
