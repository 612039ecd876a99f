"""Records made for the tests of the map and the page, from the built-in ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    import geopandas as gpd

TUNNEL = "2024-07-saryagash-tunnel-medicines"
PACKS = "seed-wko-cigarettes-336k"
FALCONS = "seed-kg-falcons-car-upholstery"
DIAMONDS = "seed-usa-diamonds-toys-parcel"

MARKUP = (
    '<img src=x onerror="window.hacked=1">'
    "</script><script>window.hacked=2</script>"
    "${window.hacked=3}`{{ 7*7 }}{% raw %}{#"
    "\u202e\u2028]]>"
)


FREE_TEXT = (
    "title", "goods_description", "value_text", "place_name", "region_name", "coord_basis", "concealment",
    "agency", "outcome", "legal_scope", "source_publisher", "support_note", "verify_note",
)  # fmt: skip


def hostile(incidents: gpd.GeoDataFrame, *, rows: int = 40) -> gpd.GeoDataFrame:
    """Some records whose every free text is markup and whose links are scripts; a few are very long, too.

    The long ones are one word without a gap, and many words.
    """
    frame = incidents.head(rows).copy()
    tails = ["x" * 10_000, "слово \u202e" * 1_700, *[""] * 8]
    for field in FREE_TEXT:
        frame[field] = [f"{field} {MARKUP}{tails[row % len(tails)]}" for row in range(len(frame))]
    frame["source_url"] = "javascript:window.hacked=4"
    frame["other_urls"] = "data:text/html,<script>window.hacked=5</script> | https://example.org/<b>"
    frame["region_code"] = ""
    frame.index = pd.Index([f"{record}{MARKUP}" for record in frame.index], name="id")
    frame["possible_same_as"] = [frame.index[-1 - row] for row in range(len(frame))]
    return frame


def underscored(incidents: gpd.GeoDataFrame, suffix: str, *, rows: int = 12) -> gpd.GeoDataFrame:
    """Records whose ids are the same up to an underscore."""
    frame = incidents[incidents["location_precision"].eq("crossing")].head(rows).copy()
    frame.index = pd.Index([f"case-{number}_{suffix}" for number in range(len(frame))], name="id")
    return frame
