"""What is shipped: a wheel that stands alone, a lock that names no host, an import that stays light."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import geo
import geo.intake

if TYPE_CHECKING:
    from types import ModuleType

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
        *ROOT.glob("docs/method.md"),
        *ROOT.glob("geo/**/*.*"),
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


@pytest.mark.parametrize("name", geo.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    assert getattr(geo, name).__doc__


@pytest.mark.parametrize("name", geo.intake.__all__)
def test_every_public_name_of_the_intake_is_there_and_documented(name: str) -> None:
    assert getattr(geo.intake, name).__doc__


@pytest.mark.parametrize("package", [geo, geo.intake])
def test_type_checkers_and_stars_see_the_same_public_names(package: ModuleType) -> None:
    stub = ast.parse(Path(package.__file__).with_suffix(".pyi").read_text(encoding="utf-8"))
    (listed,) = [ast.literal_eval(node.value) for node in stub.body if isinstance(node, ast.Assign)]
    imported = [alias.name for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names]
    assert sorted(listed) == sorted(imported) == sorted(package.__all__)


def test_a_name_that_is_not_there_is_said_to_be_missing() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        _ = geo.no_such_name


def test_the_version_is_that_of_the_installed_package() -> None:
    assert geo.__version__ == version("shekara")
    assert re.match(r"\d+\.\d+", geo.__version__)


def test_a_folder_that_was_never_installed_says_so(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "geo", tmp_path / "geo", ignore=shutil.ignore_patterns("__pycache__"))
    hide = (
        "import importlib.metadata as m; m.version = lambda name: (_ for _ in ()).throw(m.PackageNotFoundError(name))"
    )
    assert python("-c", f"{hide}; import geo; print(geo.__version__)", cwd=tmp_path) == "0+not.installed\n"


def test_every_library_that_is_asked_for_stands_with_its_licence() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = [*project["dependencies"], *(one for name in extras if name not in {"dev", "docs"} for one in extras[name])]
    names = {re.split(r"[\[<>=]", one)[0] for one in asked} - {"shekara"}
    assert sorted(names - {*licences()}) == []


def test_each_licence_is_that_of_the_librarys_own_metadata() -> None:
    wrong = []
    for library, licence in licences().items():
        try:
            about = metadata(library)
        except PackageNotFoundError:  # of an extra that is not installed here, or the script itself
            continue
        kinds = [kind for kind in about.get_all("Classifier", []) if kind.startswith("License")]
        said = " ".join([about.get("License-Expression", ""), about.get("License", ""), *kinds]).lower()
        family = {"its": "python software foundation", "none": ""}.get(licence.split()[0], licence.split("-")[0])
        if family not in said or (not family and said.strip()):
            wrong.append(f"{library}: {licence} for {said[:80]}")
    assert wrong == []


def licences() -> dict[str, str]:
    """Library → licence, as the table says, in small letters."""
    table = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8").split("| library | licence |")[1].split("\n\n")[0]
    rows = [line.strip("|").split("|") for line in table.lower().splitlines()[2:]]
    return {
        name: licence.strip()
        for names, licence in rows
        for name in re.sub(r"\(.*?\)", "", names).split(", ")
        for name in [name.strip()]
    }
