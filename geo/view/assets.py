"""The files that the browser needs: Leaflet's own, and the scripts and styles of this package."""

from __future__ import annotations

import base64
import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["FRAME_SCRIPT", "LOADER_SCRIPT", "PAGE_SCRIPT", "Assets", "pack", "read_asset", "serve_assets"]

# Bundles of the modules in geo/view/web/; `make bundle` builds them.
FRAME_SCRIPT = "bundle/frame.js"
PAGE_SCRIPT = "bundle/page.js"
LOADER_SCRIPT = "bundle/load.js"  # what a page starts with; its other scripts come packed
FRAME_STYLES: tuple[str, ...] = ("tokens.css", "map.css", "chart.css")
PAGE_STYLES: tuple[str, ...] = (*FRAME_STYLES, "page.css", "answers.css")

_LARGE = 4_000_000  # bytes; beyond, the highest level costs seconds for a hundredth

_LEAFLET = ("leaflet.js", "leaflet.css")


@dataclass(frozen=True)
class Assets:
    """Addresses of the files, in the order in which they have to be read."""

    scripts: tuple[tuple[str, str], ...]  # name and URL, as folium takes them
    styles: tuple[str, ...]


@cache
def read_asset(name: str) -> str:
    """Read a script or style, Leaflet's or ours, as text.

    Examples
    --------
    >>> "L.version" in read_asset("leaflet.js") or "version" in read_asset("leaflet.js")
    True
    """
    text = (_folder(name) / name).read_text(encoding="utf-8")
    # Source maps and images are files of their own, which a single page does not have.
    return text.replace("//# sourceMappingURL=leaflet.js.map", "") if name in _LEAFLET else text


def pack(content: bytes) -> str:
    """Gzip something and write it in base64; equal content gives an equal text.

    Examples
    --------
    >>> gzip.decompress(base64.b64decode(pack(b"border"))).decode()
    'border'
    """
    level = 9 if len(content) < _LARGE else 6
    return base64.b64encode(gzip.compress(content, compresslevel=level, mtime=0)).decode()


def serve_assets(declare: Callable[..., Any]) -> Assets:
    """Let a Streamlit server hand out the files, so that a map needs no other host.

    ``declare`` is ``streamlit.components.v1.declare_component``, called from here because Streamlit names a component
    after the module that declares it. Addresses are relative, seen from the frame of ``st_folium``, and hold under any
    base path of the server; a file's changes with its content, so no browser keeps an old one.
    """
    folders = {"leaflet": _folder(_LEAFLET[0]), "view": _folder("map.css")}
    for name, folder in folders.items():
        declare(name, path=str(folder))

    def address(name: str) -> tuple[str, str]:
        kind = "leaflet" if name in _LEAFLET else "view"
        digest = hashlib.sha256(read_asset(name).encode()).hexdigest()[:10]
        return name, f"../{__name__}.{kind}/{name}?{digest}"

    return Assets(
        tuple(address(name) for name in ("leaflet.js", FRAME_SCRIPT)),
        tuple(address(name)[1] for name in ("leaflet.css", *FRAME_STYLES)),
    )


def _folder(name: str) -> Path:
    """The folder on disk that holds a file; a server needs a real one."""
    package = resources.files("js_lib_leaflet" if name in _LEAFLET else "geo.view")
    folder = package / "static" / "js_lib_leaflet" if name in _LEAFLET else package / "web"
    return Path(str(folder))
