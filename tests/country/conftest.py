"""Three countries of a small cut of the world map: landlocked, with two coasts, round another country."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from country_files import fill

from geo.country import sources
from geo.country.building import new_country
from geo.country.topology import decode_world

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.country.topology import World

HERE = Path(__file__).parent
CUT = {"KGZ": "landlocked", "THA": "two coasts", "ZAF": "a hole"}
HALVES = [("ZA-W", "Łódź", 15, 25), ("ZA-E", "Östlich", 25, 34)]


@pytest.fixture(scope="session")
def topology() -> dict[str, Any]:
    """The cut, TopoJSON as the pinned package has it."""
    content: dict[str, Any] = json.loads(gzip.decompress((HERE / "world.json.gz").read_bytes()))
    return content


@pytest.fixture(scope="session")
def world(topology: dict[str, Any]) -> World:
    """The cut, decoded."""
    return decode_world(topology, sources.country_codes())


@pytest.fixture(scope="session")
def packages(topology: dict[str, Any]) -> Iterator[None]:
    """The pinned packages, in place of what is fetched."""
    no_lakes = {"arcs": [], "transform": topology["transform"], "objects": {"lakes": {"geometries": []}}}
    halves = [
        {
            "properties": {"ISO": code, "NAME_1": name},
            "geometry": {"type": "Polygon", "coordinates": [[(w, -36), (e, -36), (e, -21), (w, -21), (w, -36)]]},
        }
        for code, name, w, e in HALVES
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sources, "read_member", lambda package, *_: topology if package is sources.WORLD else no_lakes)
        patch.setattr(sources, "read_units", lambda iso2, _: halves if iso2 == "ZA" else [])
        yield


@pytest.fixture(scope="session", params=CUT)
def country(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A country's folder with made-up crossings and incidents."""
    request.getfixturevalue("packages")
    folder = tmp_path_factory.mktemp("countries") / str(request.param)
    new_country(request.param, folder)
    fill(folder)
    return folder
