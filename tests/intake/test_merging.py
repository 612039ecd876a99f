"""Two files as one: nothing lost, nothing joined that nobody decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples
from synthetic import synthetic_incidents

import geo
from geo import intake
from geo.files.tables import format_table
from geo.incidents.cells import date_spans
from geo.intake.likely_pairs import LIKELY, likely_pairs

if TYPE_CHECKING:
    from pathlib import Path

    import geopandas as gpd


def told_again(incidents: gpd.GeoDataFrame, prefix: str = "b-") -> gpd.GeoDataFrame:
    """The same events as another newsroom has them: other ids, titles and sources."""
    other = incidents.rename(index=lambda key: f"{prefix}{key}")
    return other.assign(title="Told again", source_url=[f"https://example.org/{key}" for key in other.index])


def adds_up(merged: intake.Merged) -> bool:
    count = merged.counts
    rest = count["first"] + count["second"] - count["identical"] - count["updated"] - count["joined"]
    return count["merged"] == rest == len(merged.incidents)


def test_a_file_merged_with_itself_is_itself(incidents: gpd.GeoDataFrame) -> None:
    merged = intake.merge_incidents(incidents, incidents)
    assert_geodataframe_equal(merged.incidents, incidents)
    assert merged.pairs.empty
    assert merged.counts["identical"] == len(incidents)


def test_files_with_nothing_in_common_are_put_one_after_the_other(incidents: gpd.GeoDataFrame) -> None:
    made_up = synthetic_incidents(30, None, 5).assign(goods="weapons", quantity=9e9, unit="wagon")
    merged = intake.merge_incidents(incidents.head(50), made_up)
    assert merged.incidents.index.tolist() == [*incidents.index[:50], *made_up.index]
    assert adds_up(merged)


def test_an_event_told_twice_is_listed_and_both_stay_until_somebody_decides(incidents: gpd.GeoDataFrame) -> None:
    dated = incidents[(incidents["date_precision"] == "day") & incidents["crossing_id"].ne("")].head(40)
    again = told_again(dated)
    merged = intake.merge_incidents(dated, again)
    twins = {(key, f"b-{key}") for key in dated.index}
    assert twins <= set(zip(merged.pairs["id_a"], merged.pairs["id_b"], strict=True))
    assert len(merged.incidents) == 80
    one = dated.index[0]
    assert f"b-{one}" in merged.incidents.loc[one, "possible_same_as"].split("; ")
    assert adds_up(merged)


@pytest.mark.parametrize(("keep", "left"), [("first", "a"), ("second", "b"), ("both", "ab")])
def test_what_is_decided_is_done(keep: str, left: str, incidents: gpd.GeoDataFrame) -> None:
    one = incidents.head(1)
    again = told_again(one)
    decisions = pd.DataFrame({"id_a": one.index, "id_b": again.index, "keep": keep})
    merged = intake.merge_incidents(one, again, decisions)
    expected = {"a": [*one.index], "b": [*again.index], "ab": [*one.index, *again.index]}[left]
    assert merged.incidents.index.tolist() == expected
    assert merged.counts["undecided"] == 0
    assert adds_up(merged)
    if left != "ab":
        # The other's source is not lost.
        stays, gone = (one, again) if left == "a" else (again, one)
        assert gone["source_url"].iloc[0] in merged.incidents["other_urls"].iloc[0]
        assert merged.incidents["source_url"].iloc[0] == stays["source_url"].iloc[0]


def test_of_one_id_the_later_version_stands_and_the_change_is_listed(incidents: gpd.GeoDataFrame) -> None:
    changed = incidents.copy()
    key = incidents.index[7]
    changed.loc[key, "quantity"] = 999.0
    merged = intake.merge_incidents(incidents, changed)
    assert merged.incidents.loc[key, "quantity"] == 999.0
    assert merged.incidents.index.tolist() == incidents.index.tolist()
    assert merged.pairs[["id_a", "id_b", "why"]].to_numpy().tolist() == [[key, key, "one id, other quantity"]]
    assert merged.counts["updated"] == 1
    for keep, value in (("first", incidents.loc[key, "quantity"]), ("second", 999.0)):
        decisions = pd.DataFrame({"id_a": [key], "id_b": [key], "keep": [keep]})
        assert intake.merge_incidents(incidents, changed, decisions).incidents.loc[key, "quantity"] == value
    both = intake.merge_incidents(incidents, changed, decisions.assign(keep="both"))
    assert both.incidents.loc[f"{key}-2", "quantity"] == 999.0
    assert adds_up(both)


def test_merging_again_changes_nothing(incidents: gpd.GeoDataFrame) -> None:
    a, b = incidents.head(60), told_again(incidents.tail(300).head(60))
    once = intake.merge_incidents(a, b)
    again = intake.merge_incidents(a, b)
    assert_geodataframe_equal(once.incidents, again.incidents)
    pd.testing.assert_frame_equal(once.pairs, again.pairs)
    # What is already in the file is not brought in anew.
    assert intake.merge_incidents(once.incidents, once.incidents).counts["identical"] == len(once.incidents)


def test_what_another_newsroom_tells_a_little_otherwise_is_found(incidents: gpd.GeoDataFrame) -> None:
    """A day off or only the month, a quantity rounded, a place that is known to a town instead of a crossing."""
    rng = np.random.default_rng(7)
    told = incidents[(incidents["date_precision"] == "day") & incidents["quantity"].gt(1)]
    other = told_again(told)
    days = pd.to_datetime(told["date"]) + pd.to_timedelta(rng.integers(-1, 2, len(told)), unit="D")
    other["date"] = np.where(rng.random(len(told)) < 0.3, told["date"].str[:7], days.dt.strftime("%Y-%m-%d"))
    other["quantity"] = (told["quantity"] * rng.uniform(0.95, 1.05, len(told))).round(1).to_numpy()
    vague = (rng.random(len(told)) < 0.3) & told["location_precision"].eq("crossing").to_numpy()
    other.loc[vague, ["location_precision", "crossing_id"]] = ["locality", ""]
    other[["date_start", "date_end"]] = date_spans(other["date"])
    pairs = likely_pairs(told, other)
    found = {one for one, twin, _, _ in pairs if twin == f"b-{one}"}
    assert len(found) >= 0.9 * len(told)
    assert len(pairs) <= 1.5 * len(told)


def test_no_two_of_the_real_records_are_taken_for_one(incidents: gpd.GeoDataFrame) -> None:
    """They are all different events, though one article tells of several, and posts and goods come again."""
    rng = np.random.default_rng(1)
    for _ in range(3):
        first = rng.random(len(incidents)) < 0.5
        assert not likely_pairs(incidents[first], incidents[~first])


def test_a_pair_that_is_listed_is_likely(incidents: gpd.GeoDataFrame) -> None:
    pairs = likely_pairs(incidents.head(60), told_again(incidents.head(60)))
    assert len(pairs) > 30
    assert all(score >= LIKELY for *_, score, _ in pairs)


def test_of_one_article_only_what_does_not_differ_may_be_one_event(incidents: gpd.GeoDataFrame) -> None:
    one = incidents[incidents["quantity"].gt(1) & incidents["place_name"].ne("")].head(1)
    other = one.rename(index=lambda key: f"b-{key}")
    assert likely_pairs(one, other)
    assert not likely_pairs(one, other.assign(quantity=one["quantity"].iloc[0] * 0.93))
    assert not likely_pairs(one, other.assign(place_name="Zzyzx post", crossing_id="", location_precision="border"))


@given(seed=st.integers(0, 1000))
@settings(max_examples=examples(15))
def test_whatever_is_merged_adds_up(seed: int) -> None:
    a, b = synthetic_incidents(20, None, seed), synthetic_incidents(25, None, seed + 1)
    merged = intake.merge_incidents(a, b)
    assert adds_up(merged)
    assert set(merged.incidents.index) == set(a.index) | set(b.index)


def test_decisions_are_read_from_the_table_that_was_written(incidents: gpd.GeoDataFrame, tmp_path: Path) -> None:
    a = incidents.head(3)
    merged = intake.merge_incidents(a, told_again(a))
    pairs = merged.pairs.assign(keep=["First", "both", ""])
    for name, text in (("a.csv", format_table(pairs, "csv")), ("b.csv", pairs.to_csv(index=False, sep=";"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        decisions = intake.read_decisions(tmp_path / name)
        assert decisions["keep"].tolist() == ["first", "both", ""]
    assert intake.merge_incidents(a, told_again(a), decisions).counts["joined"] == 1
    (tmp_path / "a.csv").write_text("id_a,id_b,keep\na,b,perhaps\na,c,first\na,c,second\n", encoding="utf-8")
    with pytest.raises(geo.InputError) as error:
        intake.read_decisions(tmp_path / "a.csv")
    assert len(error.value.faults) == 2
    (tmp_path / "a.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(geo.InputError, match="a column of the table that a merge wrote"):
        intake.read_decisions(tmp_path / "a.csv")
