"""Lines whose nearest points are known by brute force."""

from __future__ import annotations

import shapely

LINES = [
    shapely.LineString([(50.0, 45.0), (52.0, 46.5), (51.0, 48.0)]),
    shapely.LineString([(70.0, 41.0), (75.0, 43.0), (75.5, 43.2), (80.0, 42.2)]),
    shapely.LineString([(80.0, 42.2), (82.0, 45.0)]),
]
