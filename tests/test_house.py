"""The house: the picture of its rooms in the README is the folder, and nothing in it outgrows what one can read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import geo

ROOT = Path(__file__).parent.parent
HOUSE = ROOT / "geo"
MODULES_FLAT, LINES_OF_A_MODULE = 10, 400
LINES_OF_THE_HOUSE = 41_135  # 31,000 was wanted: docs/architecture.md says what stands against it

FOLDERS = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
MODULES = sorted(HOUSE.rglob("*.py"))


def drawn_rooms() -> list[str]:
    """The rooms that the README's picture draws, from top to bottom."""
    return re.findall(r"^[├└]── (\w+)/ ", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE)


def layers() -> list[set[str]]:
    """The layers that the import linter holds apart, the highest first."""
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    (contract,) = [contract for contract in configured["contracts"] if contract["type"] == "layers"]
    return [set(re.findall(r"\w+", layer)) for layer in contract["layers"]]


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_the_readme_draws_each_room_once_and_no_other() -> None:
    drawn = drawn_rooms()
    assert len(drawn) == len(set(drawn))
    assert set(drawn) == FOLDERS


def test_the_readme_draws_no_room_above_one_that_it_rests_on() -> None:
    height = {name: -number for number, layer in enumerate(layers()) for name in layer}
    heights = [height[room] for room in drawn_rooms()]
    assert heights == sorted(heights)


def test_few_modules_lie_flat() -> None:
    flat = [path.name for path in HOUSE.glob("*.py") if path.stem not in ("__init__", "__main__")]
    assert len(flat) <= MODULES_FLAT


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(HOUSE).as_posix())
def test_a_module_is_short_enough_to_read(path: Path) -> None:
    assert lines(path) <= LINES_OF_A_MODULE


def test_the_house_is_no_larger_than_it_needs_to_be() -> None:
    assert sum(map(lines, MODULES)) <= LINES_OF_THE_HOUSE


def test_the_architecture_draws_the_layers_that_are_checked() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8").partition("| from above to below |")[2]
    drawn = [set(re.findall(r"`(\w+)`", row)) for row in re.findall(r"^\| (`.*) \|$", text, re.MULTILINE)]
    there = FOLDERS | {path.stem for path in HOUSE.glob("*.py")} - {"__init__", "__main__"}
    assert drawn == [layer & there for layer in layers() if layer & there]


def test_each_room_has_a_page_of_reference() -> None:
    site = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    for room in FOLDERS:
        assert f"::: geo.{room}\n" in (ROOT / "docs" / "api" / f"{room}.md").read_text(encoding="utf-8")
        assert f"- api/{room}.md\n" in site


@pytest.mark.parametrize("name", geo.__all__)
def test_the_reference_leads_to_each_public_name(name: str) -> None:
    assert f"[`geo.{name}`]" in (ROOT / "docs" / "api" / "index.md").read_text(encoding="utf-8")
