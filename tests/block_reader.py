"""Reads a packed atlas back, as static/unpack.js does."""

from __future__ import annotations

import base64
import gzip
import json
from typing import Any

import numpy as np

from geo.view.atlas.block import LEAST_RATE, NONE, RATE, RATE_STEP, SIGNED, STEPS


def read_packed(text: str) -> Any:
    return read_block(gzip.decompress(base64.b64decode(text)))


def read_block(block: bytes) -> Any:
    length = int.from_bytes(block[:4], "little")
    behind = block[4 + length :]

    def numbers(value: dict[str, Any]) -> Any:
        if "$" not in value:
            return value
        start, count, width, how, digits = value["$"]
        planes = np.frombuffer(behind, np.uint8, count * width, start).reshape(width, count).astype(np.int64)
        whole = (planes << 8 * np.arange(width)[:, None]).sum(axis=0)
        known = whole > 0
        if how & NONE:
            whole = whole - 1
        if how & SIGNED:
            whole = np.where(whole % 2, -(whole + 1) // 2, whole // 2)
        if how & STEPS:
            whole = whole.cumsum()
        if how & RATE:
            return (LEAST_RATE * RATE_STEP**whole).tolist()
        out = (whole / 10**digits).tolist() if digits else whole.tolist()
        return [one if is_known else None for one, is_known in zip(out, known, strict=True)] if how & NONE else out

    return json.loads(block[4 : 4 + length], object_hook=numbers)
