"""Shekara in the browser; its pages are in ``shekara_app``."""

from __future__ import annotations

from shekara_app.main import main

main()
