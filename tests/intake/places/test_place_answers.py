"""What a text and the hints of its row are answered with: place, radius, how it was chosen, and what is left open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from geo.intake.places.place_text import Part, Said, parse_place
from geo.intake.places.resolving import Hints, resolve

if TYPE_CHECKING:
    from geo.intake.places.gazetteer import Gazetteer

FILE = Path(__file__).parents[1] / "fixtures" / "place_answers.csv"
ROWS = pd.read_csv(FILE, dtype=str, keep_default_na=False).to_dict("records")
HINTS = ("region_code", "neighbour", "district", "mode", "country")


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(filter(None, list(row.values())[:7])))
def test_the_answer_to_a_place(row: dict[str, str], gazetteer: Gazetteer) -> None:
    hints = Hints(**{name: row[name] for name in HINTS}, at_crossing=row["at_crossing"] == "yes")
    place = resolve(row["text"], gazetteer, hints)
    radius = "" if place.radius_km is None else f"{place.radius_km:g}"
    answer = (place.precision, place.crossing_id or place.name, place.region_code, radius, place.how, place.problem)
    assert answer == tuple(row[name] for name in ("precision", "place", "region", "radius_km", "how", "problem"))
    assert (place.lon is None) == (row["radius_km"] == "")


def part(name: str, kind: str = "", **more: Any) -> Part:
    return Part(name, kind, **({"near": False} | more))


PART_OFF = part("Кордая", near=True, off_km=12.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Аксу - Тобол", Said(parts=[part("Аксу - Тобол")])),
        ("Омская область, г. Омск", Said(abroad=True, parts=[part("Омск", "town")])),
        ("Жамбылская область, Кордай", Said("KZ-31", parts=[part("Кордай")])),
        ("Кордай, Жамбылская обл.", Said("KZ-31", parts=[part("Кордай")])),
        ("Россия, Омск", Said(country="RU", parts=[part("Омск")])),
        ("Кордай, граница с Кыргызстаном", Said(parts=[part("Кордай")])),
        ("Казахстан, Кордай", Said(country="KZ", parts=[part("Кордай")])),
        ("Кордай, 5 км", Said(parts=[part("Кордай")])),
        ("5,5 км от Кордая", Said(parts=[part("Кордая", near=True, off_km=5.5)])),
        (
            "12,5 км от Кордая, 3 км от реки",
            Said(parts=[part("Кордая", near=True, off_km=12.5), part("реки", near=True, off_km=3.0)]),
        ),
        ("около с. Кордай", Said(parts=[part("Кордай", "town", near=True)])),
        ("Кордай маңында", Said(parts=[part("Кордай", near=True)])),
        ("в районе Кордая", Said(parts=[part("Кордая", near=True)])),
        ("ЗКО, Сырым", Said("KZ-27", parts=[part("Сырым")])),
        ("Кордайский район", Said(parts=[part("Кордайский", "district")])),
        ("ж/д станция Достык", Said(parts=[part("Достык", "rail")])),
        ("", Said()),
    ],
)
def test_a_text_on_a_place_taken_apart(text: str, said: Said, gazetteer: Gazetteer) -> None:
    assert parse_place(text, gazetteer) == said
