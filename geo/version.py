"""The version: the git tag's, as it was when the package was installed."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

__all__ = ["__version__"]

try:
    __version__ = version("shekara")
except PackageNotFoundError:  # read from a folder on the path, never installed
    __version__ = "0+not.installed"
