"""Cases that Python and the scripts both have to answer alike: ``tests/vectors/*.json``."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["read_cases"]


def read_cases(name: str) -> list[dict[str, Any]]:
    """The cases of one file."""
    text = (Path(__file__).parent / "vectors" / f"{name}.json").read_text(encoding="utf-8")
    cases: list[dict[str, Any]] = json.loads(text)["cases"]
    assert cases
    return cases
