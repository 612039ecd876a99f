"""The folder said to machines: a Data Package, a Dataset of schema.org, and what a link shows of the page.

`datapackage.json` follows https://specs.frictionlessdata.io; its key ``shekara`` holds what `verify` needs.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from html import escape
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.claims.reading import CLAIM_FIELDS
from geo.incidents.reading import read_incidents
from geo.paths import data_path
from geo.version import __version__
from geo.view.headings import TRANSLATED
from geo.vocabulary import FIELDS, NUMBER_FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from geo.publishing.request import Request

__all__ = ["DESCRIPTOR", "SEED", "describe_folder", "describe_inputs", "describe_versions", "digest_of", "write_head"]

DESCRIPTOR = "datapackage.json"
SEED = 0
"""Where the random draws of the estimate begin."""

_LIBRARIES = ("folium", "geopandas", "matplotlib", "numpy", "pandas", "pyogrio", "scipy", "shapely")
_TYPES = {
    ".html": "text/html",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".gpkg": "application/geopackage+sqlite3",
    ".json": "application/json",
    ".md": "text/markdown",
    ".xml": "application/atom+xml",
}
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_COLUMNS = {"records.csv": (*FIELDS, *TRANSLATED, "lon", "lat", "about"), "statements.csv": (*CLAIM_FIELDS, "about")}
_NUMBERS = {"records.csv": {*NUMBER_FIELDS, "lon", "lat"}, "statements.csv": {"value"}}


def digest_of(content: bytes) -> str:
    """Digest of a file's content, as a Data Package writes it."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def describe_inputs(request: Request, brand: Path | None) -> list[dict[str, Any]]:
    """Name and digest of each file that the folder is made from; of one's own never the path."""
    borders = Path(request.borders_path or data_path("borders"))
    incidents = Path(request.incidents_path or data_path("incidents.geojson"))
    data = [data_path(name) for name in ("agencies.csv", "claims.csv", "possible_same_as.csv")]
    known = [incidents, *sorted(borders.glob("*.geojson")), *data, *([brand] if brand else [])]
    files = [file for file in known if file.is_file()]
    own: dict[Path | None, Path | None] = {
        incidents: request.incidents_path,
        **dict.fromkeys(borders.glob("*"), request.borders_path),
        brand: brand,
    }
    return [
        {"name": file.name, "own": own.get(file) is not None, "hash": digest_of(file.read_bytes())} for file in files
    ]


def describe_versions() -> dict[str, str]:
    """Versions of what the bytes of a folder depend on."""
    return {"shekara": __version__, "python": platform.python_version(), **{name: version(name) for name in _LIBRARIES}}


def describe_folder(
    request: Request, files: Mapping[str, bytes], title: str, lead: str, made: Mapping[str, Any]
) -> dict[str, Any]:
    """Descriptor of a folder."""
    return {
        "profile": "data-package",
        "name": "shekara",
        "title": title,
        "description": lead,
        "homepage": made["options"]["url"] or None,
        "image": "preview.png",
        "licenses": _licences(request),
        "resources": [_resource(name, content) for name, content in files.items()],
        "shekara": made,
    }


def _licences(request: Request) -> list[dict[str, str]] | None:
    """Licence of the records: ours, and the publisher's own, whose address may stand in its name."""
    if not request.own:
        return [_LICENCE]
    if not request.licence:
        return None
    address = re.search(r"https?://\S+", request.licence)
    path = {"path": address[0]} if address else {}
    from_us = request.desk is not None and len(request.incidents.index.intersection(read_incidents().index))
    return [{"name": request.licence, **path}, *([_LICENCE] if from_us else [])]


def _resource(name: str, content: bytes) -> dict[str, Any]:
    path = Path(name)
    resource: dict[str, Any] = {
        "name": name.lower().replace(".", "-"),
        "path": name,
        "format": path.suffix[1:],
        "mediatype": "application/json+ftm" if name.endswith(".ftm.json") else _TYPES[path.suffix],
        "bytes": len(content),
        "hash": digest_of(content),
    }
    if name in _COLUMNS:
        kind = {True: "number", False: "string"}
        fields = [{"name": column, "type": kind[column in _NUMBERS[name]]} for column in _COLUMNS[name]]
        schema = {"fields": fields, "primaryKey": "id", "missingValues": [""]}
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": schema}
    return resource


def write_head(
    request: Request, data: Mapping[str, bytes], title: str, lead: str, *, url: str, image: tuple[int, int], lang: str
) -> str:
    """Link previews (Open Graph) and the Dataset (JSON-LD) for the head of the page; nothing that runs."""
    tags = {
        "og:type": "website",
        "og:title": title,
        "og:description": lead,
        "og:locale": lang,
        "og:url": url,
        "og:image": f"{url}preview.png",
        "og:image:width": str(image[0]),
        "og:image:height": str(image[1]),
        "og:image:alt": title,
    }
    lines = [f'<meta property="{name}" content="{escape(text)}">' for name, text in tags.items() if text]
    lines.append('<meta name="twitter:card" content="summary_large_image">')
    lines.append('<link rel="describedby" type="application/json" href="datapackage.json">')
    if "feed.xml" in data:
        lines.append('<link rel="alternate" type="application/atom+xml" href="feed.xml">')
    text = json.dumps(_dataset(request, data, title, lead, url=url, lang=lang), ensure_ascii=False, indent=1)
    safe = text.replace("<", "\\u003c")  # no text ends the element
    return "\n".join([*lines, f'<script type="application/ld+json">\n{safe}\n</script>'])


def _dataset(
    request: Request, data: Mapping[str, bytes], title: str, lead: str, *, url: str, lang: str
) -> dict[str, Any]:
    incidents = request.located.incidents
    west, south, east, north = request.frontier.borders.total_bounds
    days = incidents[["date_start", "date_end"]].dropna()
    licences = _licences(request) or [{}]
    dataset = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": url,
        "url": url,
        "name": title,
        "description": lead,
        "inLanguage": lang,
        "license": licences[0].get("path", licences[0].get("name", "")),
        "creator": None if request.own else {"@type": "Organization", "name": "Shekara"},
        "isAccessibleForFree": True,
        "temporalCoverage": f"{days['date_start'].min():%Y-%m-%d}/{days['date_end'].max():%Y-%m-%d}"
        if len(days)
        else "",
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{south:.2f} {west:.2f} {north:.2f} {east:.2f}"},
        },
        "variableMeasured": [name for name in FIELDS if name in incidents],
        "size": f"{len(incidents)} records",
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": _TYPES[Path(name).suffix],
                "contentUrl": f"{url}{name}",
                "sha256": digest_of(content).removeprefix("sha256:"),
            }
            for name, content in data.items()
        ],
    }
    return {name: value for name, value in dataset.items() if value}
