from __future__ import annotations

import math

import numpy as np
import pytest
from block_reader import read_block
from hypothesis import given
from hypothesis import strategies as st

from geo.view.atlas.basemap import pack_line
from geo.view.atlas.block import Block

WHOLE = st.integers(-(2**50), 2**50)


def read_back(fill: str, values: object) -> object:
    block = Block()
    block.whole([3, 1, 4])
    return read_block(block.bytes({"a": getattr(block, fill)(values)}))["a"]


@given(st.lists(WHOLE))
def test_whole_numbers_read_back(values: list[int]) -> None:
    assert read_back("whole", values) == values


@given(st.lists(st.none() | st.integers(-(10**9), 10**9).map(lambda n: n / 10**4)))
def test_decimal_numbers_read_back_and_none_stays_none(values: list[float | None]) -> None:
    assert read_back("decimal", values) == values


def test_a_number_that_would_lose_something_is_refused() -> None:
    with pytest.raises(ValueError, match="six decimal places"):
        read_back("decimal", [math.pi])


@given(st.lists(st.floats(2e-4, 1e4), min_size=1))
def test_rates_read_back_to_a_quarter_of_a_per_cent(values: list[float]) -> None:
    assert np.allclose(read_back("rates", values), values, rtol=2.6e-3)


def test_a_rate_of_nothing_is_next_to_nothing() -> None:
    assert read_back("rates", [0.0, 1e-9]) == [1e-4, 1e-4]


@given(st.lists(st.lists(st.tuples(st.floats(40, 90), st.floats(35, 60)), min_size=2, max_size=9)))
def test_lines_read_back(lines: list[list[tuple[float, float]]]) -> None:
    packed = [pack_line(np.array(line)) for line in lines]
    back = read_back("lines", packed)
    points = [np.reshape(line, (-1, 2)).cumsum(axis=0).tolist() for line in packed]
    assert back["n"] == [len(line) for line in points]
    assert [list(pair) for pair in zip(back["x"], back["y"], strict=True)] == [pair for line in points for pair in line]


def test_what_runs_on_is_written_as_steps() -> None:
    block = Block()
    assert block.whole(range(50_000, 60_000))["$"][3] == 1
    assert block.whole(list(range(256)))["$"][2] == 1
