"""Made-up crossings and incidents for a country's folder, seeded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import synthetic

from geo.border.frontier import read_frontier
from geo.incidents.reading import write_incidents

if TYPE_CHECKING:
    from pathlib import Path

EVERY = 8  # cells from one made-up crossing to the next


def fill(folder: Path, n: int = 150, *, crossings: bool = True, seed: int = 1) -> None:
    """Put made-up crossings and incidents into a country's folder."""
    cells = read_frontier(folder / "borders").land_cells.iloc[::EVERY]
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": f"made-up-{number}",
                **{f"name_{lang}": f"Crossing {number}" for lang in ("en", "ru", "kk")},
                "other_side_name": "",
                "neighbour": row.neighbour,
                "mode": "rail" if number % 5 == 0 else "road",
                "region_code": row.region_code,
                "coord_source": "made up",
                "status": "open",
                "status_source": "made up",
                "notes": "",
                "position": "",
                "off_line_km": 0.0,
            },
            "geometry": {"type": "Point", "coordinates": [row.lon, row.lat]},
        }
        for number, row in enumerate(cells.itertuples())
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    (folder / "borders" / "crossings.geojson").write_text(text, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        # Agencies are a country's own, and this one has none yet.
        patch.setattr(synthetic, "_AGENCIES", dict.fromkeys(synthetic._AGENCIES, ""))
        incidents = synthetic.synthetic_incidents(n, read_frontier(folder / "borders"), seed)
    if not crossings:
        (folder / "borders" / "crossings.geojson").write_text('{"type": "FeatureCollection", "features": []}')
        at = incidents["crossing_id"].ne("")
        incidents.loc[at, ["crossing_id", "location_precision"]] = ["", "locality"]
    write_incidents(incidents, folder / "incidents.geojson")
