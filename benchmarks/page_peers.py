"""The pages that others would make of the same incidents, and the files that stock folium asks its hosts for."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import folium
import pandas as pd
import pydeck
from folium.plugins import MarkerCluster

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["folium_page", "peer_files", "pydeck_page"]

# By package of the npm registry, the files that a stock folium page with MarkerCluster loads.
_PACKAGES = {
    "leaflet@1.9.3": ("dist/leaflet.js", "dist/leaflet.css"),
    "jquery@3.7.1": ("dist/jquery.min.js",),
    "bootstrap@5.2.2": ("dist/js/bootstrap.bundle.min.js", "dist/css/bootstrap.min.css"),
    "leaflet.markercluster@1.1.0": (
        "dist/leaflet.markercluster.js", "dist/MarkerCluster.css", "dist/MarkerCluster.Default.css",
    ),
    "@fortawesome/fontawesome-free@6.2.0": ("css/all.min.css",),
    "leaflet.awesome-markers@2.0.5": ("dist/leaflet.awesome-markers.js", "dist/leaflet.awesome-markers.css"),
}  # fmt: skip
_CACHE = Path("build") / "bench-peers"


def peer_files() -> dict[str, str] | None:
    """Text of each file by its lower-case name, fetched once through npm; None where npm or a network is missing."""
    if shutil.which("npm") is None:
        return None
    files = {}
    for package, names in _PACKAGES.items():
        folder = _CACHE / package.strip("@").replace("/", "-").replace("@", "-")
        if not folder.is_dir():
            folder.mkdir(parents=True)
            fetched = subprocess.run(
                ["npm", "pack", "--silent", "--pack-destination", str(folder), package],  # noqa: S607
                capture_output=True,
                check=False,
            )
            if fetched.returncode:
                shutil.rmtree(folder)
                return None
        with tarfile.open(next(folder.glob("*.tgz"))) as packed:
            for name in names:
                member = packed.extractfile(f"package/{name}")
                assert member is not None, name  # noqa: S101
                files[Path(name).name.lower()] = member.read().decode()
    # jQuery's host has it under a name with its version.
    files["jquery-3.7.1.min.js"] = files["jquery.min.js"]
    return files


def file_of(files: dict[str, str], url: str) -> str:
    """What a host would answer; two small style sheets are in no package and come out empty."""
    return files.get(Path(urlsplit(url).path).name.lower(), "")


def folium_page(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """Stock folium: one Marker with a popup each, in a MarkerCluster."""
    drawn = folium.Map(location=[48, 67], zoom_start=4)
    cluster = MarkerCluster().add_to(drawn)
    placed = incidents[~(incidents.geometry.isna() | incidents.geometry.is_empty)]
    for x, y, title in zip(placed.geometry.x, placed.geometry.y, placed["title"], strict=True):
        folium.Marker([y, x], popup=title).add_to(cluster)
    drawn.save(path)


def pydeck_page(incidents: gpd.GeoDataFrame, path: Path) -> None:
    """The offline export of pydeck: a scatter plot on the graphics card, no ground beneath it."""
    placed = incidents[~(incidents.geometry.isna() | incidents.geometry.is_empty)]
    table = pd.DataFrame({"lon": placed.geometry.x, "lat": placed.geometry.y, "title": placed["title"]})
    layer = pydeck.Layer(
        "ScatterplotLayer",
        table,
        get_position="[lon, lat]",
        get_radius=8000,
        get_fill_color=[194, 37, 107],
        pickable=True,
    )
    view = pydeck.ViewState(latitude=48, longitude=67, zoom=3.5)
    html = pydeck.Deck(layers=[layer], initial_view_state=view, map_provider=None).to_html(as_string=True, offline=True)
    path.write_text(html, encoding="utf-8")
