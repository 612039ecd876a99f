"""What is shipped: a wheel that stands alone, a lock that names no host, an import that stays light."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import geo

ROOT = Path(__file__).parent.parent


def python(*words: str, cwd: Path | None = None) -> str:
    """Run Python in a process of its own and return what it prints."""
    done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_works_in_an_empty_folder(tmp_path: Path) -> None:
    python(
        "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps",
        "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT),
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as files:
        names = set(files.namelist())
        files.extractall(tmp_path / "site")
    for source in [
        *ROOT.glob("data/**/*"),
        *ROOT.glob("docs/*.md"),
        *ROOT.glob("geo/**/*.*"),
        *ROOT.glob("shekara_app/*"),
    ]:
        if source.is_file() and "__pycache__" not in source.parts:
            inside = source.relative_to(ROOT).as_posix()
            assert inside in names or f"geo/{inside}" in names, inside
    code = "import sys; sys.path.insert(0, 'site'); import geo; print(geo.__file__, len(geo.read_incidents()))"
    where, count = python("-c", code, cwd=tmp_path).split()
    assert Path(where).is_relative_to(tmp_path)
    assert int(count) == len(geo.read_incidents())


def test_the_lock_has_a_hash_for_every_package_and_names_no_host() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "//" not in text
    assert "index-url" not in text
    packages = re.split(r"\n(?=[a-z0-9])", re.sub(r"^(#.*\n)+", "", text))
    assert len(packages) > 50
    for package in packages:
        assert "--hash=sha256:" in package, package.splitlines()[0]
    named = {re.match(r"[a-z0-9._-]+", package)[0] for package in packages}  # type: ignore[index]
    assert {"geopandas", "folium", "streamlit", "hatchling", "pytest", "ruff", "mypy"} <= named


def test_import_geo_stays_light() -> None:
    loaded = python("-c", "import sys, geo; print(*sys.modules)").split()
    for heavy in ("geopandas", "scipy", "pandera", "folium", "streamlit"):
        assert heavy not in loaded


def test_only_the_app_imports_streamlit_and_only_view_imports_folium() -> None:
    for source in ROOT.glob("geo/**/*.py"):
        text = source.read_text(encoding="utf-8")
        if "app" not in source.parts:
            assert not re.search(r"^\s*(import|from) streamlit", text, re.MULTILINE), source
        if "view" not in source.parts:
            assert not re.search(r"^\s*(import|from) folium", text, re.MULTILINE), source


@pytest.mark.parametrize("name", geo.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(geo, name).__doc__
