"""Paths of the data that come with the package."""

from __future__ import annotations

from pathlib import Path

__all__ = ["data_path", "docs_path"]

_PACKAGE = Path(__file__).resolve().parent


def data_path(*parts: str) -> Path:
    """Path of a file among the built-in data.

    Installed, the data lie inside the package (``geo/data``); in a checkout, beside it (``data``).

    Parameters
    ----------
    *parts
        Names below the data folder, outermost first.

    Returns
    -------
    pathlib.Path
        The path; whether the file exists is not checked.

    Examples
    --------
    >>> data_path("borders", "borders.geojson").name
    'borders.geojson'
    """
    return _folder("data").joinpath(*parts)


def docs_path(*parts: str) -> Path:
    """Path of a file among the documentation, which lies where the data lie."""
    return _folder("docs").joinpath(*parts)


def _folder(name: str) -> Path:
    packaged = _PACKAGE / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name
