"""Shekara in the browser: widgets and layout on Streamlit; what they show is made in ``geo``."""

from __future__ import annotations

__all__: list[str] = []
