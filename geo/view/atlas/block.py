"""The atlas as one compact block: JSON whose long runs of numbers stand beside it as bytes.

The block begins with the length of the JSON (four bytes, little-endian), then come the JSON and the bytes. Where the
JSON has ``{"$": [start, count, width, how, digits]}``, it means ``count`` whole numbers, written from ``start`` on as
``width`` planes: first the lowest byte of every number, then the next one of every number, for so they gzip best.
``how`` adds up from 1 (each is the step from the one before), 2 (signed: 0, −1, 1, −2 … are 0, 1, 2, 3 …), 4 (zero
is "none", all else one more than meant) and 8 (n stands for 0.0001 · 1.0025ⁿ). The numbers are ``digits`` decimal
places larger than meant. The reader is ``static/unpack.js``.
"""

from __future__ import annotations

import json
import zlib
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.language.numbers import round_rates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike, NDArray

__all__ = ["Block"]

STEPS, SIGNED, NONE, RATE = 1, 2, 4, 8
LEAST_RATE, RATE_STEP = 1e-4, 1.0025
_MOST_DIGITS = 6


class Block:
    """A block being written.

    Each method takes numbers and gives what stands for them in the JSON.
    """

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._length = 0

    def whole(self, values: ArrayLike) -> dict[str, list[int]]:
        """Whole numbers.

        Examples
        --------
        >>> Block().whole([7, 8, 9, 9])
        {'$': [0, 4, 1, 0, 0]}
        """
        return self._shorter(np.asarray(values, dtype=np.int64))

    def decimal(self, values: Sequence[float | None]) -> dict[str, list[int]]:
        """Numbers with a few decimal places, exactly; None where there is none.

        Raises
        ------
        ValueError
            When a number has more than six decimal places.
        """
        known = np.array([value is not None for value in values], dtype=bool)
        numbers = np.array([0 if value is None else value for value in values], dtype=float)
        for digits in range(_MOST_DIGITS + 1):
            scaled = np.rint(numbers * 10**digits)
            if np.array_equal(scaled / 10**digits, numbers):
                break
        else:
            raise ValueError("a number has more than six decimal places")
        whole = scaled.astype(np.int64)
        if known.all():
            return self._shorter(whole, digits)
        signed = bool((whole < 0).any())
        lifted = np.where(known, (_unsigned(whole) if signed else whole) + 1, 0)
        return self._write(lifted, NONE + SIGNED * signed, digits)

    def rates(self, values: ArrayLike) -> dict[str, list[int]]:
        """Rates to an eighth of a per cent, or a quarter where the nearer would be written otherwise.

        Neighbours along a border are alike, so their steps are short.
        """
        rates = np.asarray(values, dtype=float)
        steps = np.rint(np.log(np.maximum(rates / LEAST_RATE, 1)) / np.log(RATE_STEP))
        # What is written of a rate must not change by packing: then the step on its other side stands for it.
        near = LEAST_RATE * RATE_STEP**steps
        beside = steps + np.sign(rates - near)
        written = round_rates(rates)
        other = LEAST_RATE * RATE_STEP**beside
        better = (round_rates(near) != written).any(axis=0) & (round_rates(other) == written).all(axis=0)
        return self._shorter(np.where(better, beside, steps).astype(np.int64), more=RATE)

    def lines(self, packed: Sequence[Sequence[int]]) -> dict[str, Any]:
        """Lines as :func:`geo.view.atlas.basemap.pack_line` gives them: counts of points, then all x, then all y."""
        points = [np.cumsum(np.reshape(line, (-1, 2)), axis=0) for line in packed]
        together = np.concatenate([*points, np.empty((0, 2), np.int64)])
        return {
            "n": self.whole([len(line) for line in points]),
            "x": self.whole(together[:, 0]),
            "y": self.whole(together[:, 1]),
        }

    def bytes(self, tree: Any) -> bytes:
        """The block with its JSON."""
        text = json.dumps(tree, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        return b"".join([len(text).to_bytes(4, "little"), text, *self._parts])

    def _shorter(self, whole: NDArray[np.int64], digits: int = 0, more: int = 0) -> dict[str, list[int]]:
        """As they are or as steps, whichever is shorter when compressed."""
        ways = []
        for how, numbers in ((0, whole), (STEPS, np.diff(whole, prepend=0))):
            signed = bool((numbers < 0).any())
            unsigned = _unsigned(numbers) if signed else numbers
            ways.append((len(zlib.compress(_planes(unsigned), 6)), how + SIGNED * signed, unsigned))
        _, how, unsigned = min(ways, key=lambda way: way[:2])
        return self._write(unsigned, how + more, digits)

    def _write(self, unsigned: NDArray[np.int64], how: int, digits: int) -> dict[str, list[int]]:
        planes = _planes(unsigned)
        start, self._length = self._length, self._length + len(planes)
        self._parts.append(planes)
        return {"$": [start, len(unsigned), _width(unsigned), how, digits]}


def _unsigned(whole: NDArray[np.int64]) -> NDArray[np.int64]:
    return np.where(whole < 0, -2 * whole - 1, 2 * whole)


def _width(unsigned: NDArray[np.int64]) -> int:
    return max(1, (int(unsigned.max(initial=0)).bit_length() + 7) // 8)


def _planes(unsigned: NDArray[np.int64]) -> bytes:
    little = unsigned.astype("<u8").view(np.uint8).reshape(-1, 8)
    return little[:, : _width(unsigned)].T.tobytes()
