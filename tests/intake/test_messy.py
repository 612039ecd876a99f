"""Sixty rows as people write them, in three languages, beside what a careful reader takes from them.

The sheets and the answers were made by hand. Nothing in them is a real record.
"""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

import geo
from geo import intake
from geo.geometry.geodesy import distance_km
from geo.incidents.schema import IncidentSchema

if TYPE_CHECKING:
    from geo.intake.importing import Imported

FIXTURES = Path(__file__).parent / "fixtures"
TEXTS = (
    "date", "date_not_after", "goods", "unit", "direction", "neighbour", "mode", "agency", "outcome_class",
    "region_code", "crossing_id", "source_url",
)  # fmt: skip
NUMBERS = ("quantity", "value_home")
FIELDS = (*TEXTS, *NUMBERS, "place")
# Fields that are read from one cell, and so are reported together.
TOLD_UNDER = {
    "unit": "quantity", "date_not_after": "date", "place": "place_name", "crossing_id": "place_name",
    "region_code": "place_name",
}  # fmt: skip
SAME_PLACE_KM = 15.0


@pytest.fixture(scope="module")
def answers() -> pd.DataFrame:
    return pd.read_csv(FIXTURES / "messy_answers.csv", dtype=str, keep_default_na=False)


@pytest.fixture(scope="module")
def imported(frontier: geo.Frontier) -> dict[str, Imported]:
    gazetteer = intake.read_gazetteer(frontier)
    return {
        name: intake.import_incidents(
            intake.read_sheet(FIXTURES / f"messy_{name}.csv"), frontier=frontier, gazetteer=gazetteer
        )
        for name in ("ru", "kk", "en")
    }


def record(done: Imported, row: int) -> pd.Series | None:
    found = done.places.set_index("row")["id"].get(row)
    return done.incidents.loc[found] if found in done.incidents.index else None


def is_right(field: str, answer: pd.Series, found: pd.Series) -> bool:
    if field in NUMBERS:
        wanted = float(answer[field]) if answer[field] else math.nan
        return found[field] == pytest.approx(wanted, nan_ok=True)
    if field == "place":
        point = found["geometry"]
        if not answer["lon"]:
            return point is None
        gap = distance_km(float(answer["lon"]), float(answer["lat"]), point.x, point.y) if point else math.inf
        return bool(gap <= SAME_PLACE_KM)
    return bool(found[field] == answer[field])


def compared(imported: dict[str, Imported], answers: pd.DataFrame) -> list[dict[str, Any]]:
    rows = []
    for _, answer in answers[answers["imported"] == "yes"].iterrows():
        done, row = imported[answer["file"]], int(answer["row"])
        found = record(done, row)
        told = set(done.problems.loc[done.problems["row"] == row, "field"])
        rows += [
            {
                "row": f"{answer['file']} {row}",
                "field": field,
                "right": found is not None and is_right(field, answer, found),
                "told": TOLD_UNDER.get(field, field) in told,
            }
            for field in FIELDS
        ]
    return rows


def test_there_are_sixty_rows_in_three_languages(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    assert len(answers) == 60
    assert answers["file"].value_counts().min() >= 15
    # Two sheets end with a total, which is read and is no record.
    assert sum(done.counts["read"] for done in imported.values()) == len(answers) + 2


def test_at_least_95_percent_of_the_fields_are_right(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    rows = compared(imported, answers)
    share = sum(row["right"] for row in rows) / len(rows)
    assert share >= 0.95, [row for row in rows if not row["right"]]


def test_whatever_is_not_right_is_reported(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    assert [row for row in compared(imported, answers) if not row["right"] and not row["told"]] == []


def test_no_date_and_no_quantity_is_silently_wrong(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    for row in compared(imported, answers):
        if row["field"] in ("date", "date_not_after", "quantity", "unit"):
            assert row["right"] or row["told"], row


def test_what_a_reader_could_not_know_is_reported(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    for _, answer in answers[answers["report"] != ""].iterrows():
        problems = imported[answer["file"]].problems
        told = problems.loc[problems["row"] == int(answer["row"]), "field"]
        assert answer["report"] in set(told), dict(answer)


def test_what_is_reported_deserves_it(imported: dict[str, Imported], answers: pd.DataFrame) -> None:
    """A report that cries wolf is read by nobody: at most one cell in thirty is named."""
    problems = sum(len(done.problems) for done in imported.values())
    assert problems <= len(answers) * len(FIELDS) / 30


def test_rows_that_are_no_records_are_named_and_counts_add_up(imported: dict[str, Imported]) -> None:
    for name, row in (("ru", 29), ("en", 21)):
        problems = imported[name].problems
        assert problems.loc[problems["row"] == row, ["reason", "done"]].to_numpy().tolist() == [
            ["a total, not a record", "row not imported"]
        ]
    for done in imported.values():
        count = done.counts
        assert count["read"] == count["imported"] + count["not_imported"]
        levels = ("crossing", "locality", "district", "region", "border", "country")
        assert count["imported"] == len(done.incidents) == sum(count[level] for level in levels)
        out = done.problems.loc[done.problems["done"] == "row not imported", "row"].nunique()
        assert out == count["not_imported"]


def test_the_result_passes_every_check(imported: dict[str, Imported], tmp_path: Path) -> None:
    for name, done in imported.items():
        for ending in ("geojson", "parquet", "csv"):
            file = tmp_path / f"{name}.{ending}"
            geo.incidents.reading.write_incidents(done.incidents, file)
            assert geo.check_incidents(file) == []
            pd.testing.assert_frame_equal(
                pd.DataFrame(geo.read_incidents(file)), pd.DataFrame(done.incidents), check_column_type=False
            )
        table = done.incidents.reset_index().assign(lon=done.incidents.geometry.x.to_numpy())
        IncidentSchema.validate(table.assign(lat=done.incidents.geometry.y.to_numpy()), lazy=True)
