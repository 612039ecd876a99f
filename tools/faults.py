"""Deliberate faults, each put into a copy of the code: a quick test must see it.

Each would be wrong in silence; once such faults passed all tests but those in a browser. ``tools/faults.py`` tries
all, or those that have one of the words given in their names. It ends with 1 where a fault goes unnoticed, and with 2
where one no longer fits the code: then it is to be said anew, here.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_COPIED = (
    "geo",
    "tests",
    "data",
    "docs",
    "tools",
    "pyproject.toml",
    "package.json",
    "README.md",
    "mkdocs.yml",
    "app.py",
    ".streamlit",
)
_FAILED = 1  # what pytest ends with where a test fails; more means that it could not run them
_PYTEST = (sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", "-m", "not browser and not thorough")


@dataclass(frozen=True)
class Change:
    """A fault: a piece of a file that stands there once, and what is put in its place.

    Attributes
    ----------
    name
        What is wrong.
    path
        File below the project's folder.
    old, new
        The piece, and its replacement.
    tests
        Tests that are quick and should see it.
    """

    name: str
    path: str
    old: str
    new: str
    tests: tuple[str, ...]


_KNOWN = ("tests/estimate/test_known_intervals.py",)
_SHARES = ("tests/incidents/test_known_shares.py",)
_SELECTION = ("tests/incidents/test_selection.py",)
_FORMULAS = ("tests/files/test_formulas.py",)
_VECTORS = ("tests/view/test_vectors.py", "tests/test_facets.py")
_SCRIPTS = ("tests/view/test_bundle.py::test_the_scripts_pass_their_own_tests",)
_TOTALS = ("tests/register/test_total_edges.py",)

FAULTS = (
    Change(
        "the interval's quantile .05 as .04",
        "geo/estimate/risk.py",
        '"low90": 0.05',
        '"low90": 0.04',
        _KNOWN,
    ),
    Change(
        "the interval's quantile .95 as .96",
        "geo/estimate/risk.py",
        '"high90": 0.95',
        '"high90": 0.96',
        _KNOWN,
    ),
    Change(
        "the rank's quantile .05 as .04",
        "geo/estimate/risk.py",
        '"rank_low90": 0.05',
        '"rank_low90": 0.04',
        _KNOWN,
    ),
    Change(
        "the backtest's interval of 91 %",
        "geo/estimate/backtest.py",
        "np.quantile(drawn, [0.05, 0.95]",
        "np.quantile(drawn, [0.045, 0.955]",
        _KNOWN,
    ),
    Change(
        "another break for the lightest",
        "geo/summaries/breaks.py",
        "half = highest / 2",
        "half = highest / 3",
        ("tests/summaries/test_breaks.py",),
    ),
    Change(
        "other nearness of a stretch",
        "geo/view/drawing.py",
        "NEAR = 0.05",
        "NEAR = 0.06",
        _VECTORS,
    ),
    Change(
        "a break counted from the other side, in the script",
        "geo/view/web/data/breaks.js",
        "(value >= limit ? 1 : 0)",
        "(value > limit ? 1 : 0)",
        _SCRIPTS,
    ),
    Change(
        "nearness not asked, in the script",
        "geo/view/web/data/values.js",
        ">= drawing.near ?",
        "> 0 ?",
        _SCRIPTS,
    ),
    Change(
        "nearness of 20 km",
        "geo/estimate/estimating.py",
        "NEAR_KM, NEAR_INCIDENTS = 25.0, 0.5",
        "NEAR_KM, NEAR_INCIDENTS = 20.0, 0.5",
        _KNOWN,
    ),
    Change(
        "nearness of 0.4 records",
        "geo/estimate/estimating.py",
        "NEAR_KM, NEAR_INCIDENTS = 25.0, 0.5",
        "NEAR_KM, NEAR_INCIDENTS = 25.0, 0.4",
        _KNOWN,
    ),
    Change(
        "the end of a date's span read as its begin, in a selection",
        "geo/incidents/selection.py",
        'inside &= incidents["date_end"] <= pd.Timestamp(selection.until)',
        'inside &= incidents["date_start"] <= pd.Timestamp(selection.until)',
        _SELECTION,
    ),
    Change(
        "the end of a date's span read as its begin, in the script",
        "geo/view/web/data/select.js",
        "|| to[i] > days[1]",
        "|| from[i] > days[1]",
        _SCRIPTS,
    ),
    Change(
        "the last day of a month read as its first, in a link",
        "geo/incidents/months.py",
        "return day if len(text) > _MONTH else",
        "return day if len(text) >= _MONTH else",
        _VECTORS,
    ),
    Change(
        "the last day of a month read as its first, in the script",
        "geo/view/web/data/period.js",
        "at(Number(year), Number(month), 1)",
        "at(Number(year), Number(month) - 1, 2)",
        _SCRIPTS,
    ),
    Change(
        "a field dropped from the search",
        "geo/facets.py",
        '"outcome", "value_text",',
        '"outcome",',
        _VECTORS,
    ),
    Change(
        "texts dropped from the search, in the script",
        "geo/view/web/data/search.js",
        "...searched.map(",
        "...searched.slice(1).map(",
        _SCRIPTS,
    ),
    Change(
        "the heading dropped from the search, in the script",
        "geo/view/web/data/search.js",
        " writeHeading(ready, t, i),",
        "",
        _SCRIPTS,
    ),
    Change(
        "the words of the goods dropped from the search",
        "geo/view/search.py",
        "if one.searched]",
        'if one.searched and one.field != "goods"]',
        _VECTORS,
    ),
    Change(
        "an old name in a link forgotten",
        "geo/facets.py",
        'old=("q",)',
        "old=()",
        _VECTORS,
    ),
    Change(
        "no guard against formulas, in the script",
        "geo/view/web/data/csv.js",
        """? "'" + value : value""",
        "? value : value",
        _SCRIPTS,
    ),
    Change(
        "no guard against formulas",
        "geo/files/tables.py",
        """return f"'{value}" if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA) else value""",
        "return value",
        _FORMULAS,
    ),
    Change(
        "the guard against formulas without @",
        "geo/files/tables.py",
        '"@", ',
        "",
        _FORMULAS,
    ),
    Change(
        "the guard against formulas not taken away again",
        "geo/files/tables.py",
        """return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text""",
        "return text",
        _FORMULAS,
    ),
    Change(
        "any ' taken away",
        "geo/files/tables.py",
        """return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_FORMULA) else text""",
        """return text.removeprefix("'")""",
        _FORMULAS,
    ),
    Change(
        "the tiles' margin × 0.1",
        "geo/geometry/tiles.py",
        "return np.asarray(2 * epsilon[owner]",
        "return 0.1 * np.asarray(2 * epsilon[owner]",
        ("tests/geometry/test_tile_margin.py",),
    ),
    Change(
        "a stretch shared by cell, not by length",
        "geo/incidents/placing.py",
        'frontier.cells["length_km"].to_numpy() * chosen',
        "np.ones(len(frontier.cells)) * chosen",
        _SHARES,
    ),
    Change(
        "a stretch shared by the root of the length",
        "geo/incidents/placing.py",
        'frontier.cells["length_km"].to_numpy() * chosen',
        'np.sqrt(frontier.cells["length_km"].to_numpy()) * chosen',
        _SHARES,
    ),
    Change(
        "weights as the roots of the shares",
        "geo/incidents/placing.py",
        "return np.asarray(share / share.sum())",
        "return np.asarray(np.sqrt(share / share.sum()))",
        _SHARES,
    ),
    Change(
        "two figures of a year from 30 on of the last century",
        "geo/intake/words/days.py",
        "_PIVOT = 70",
        "_PIVOT = 30",
        ("tests/intake/words/test_short_years.py",),
    ),
    Change(
        "a row at just the distance counted for no border",
        "geo/register/totals.py",
        "pc.less_equal(gap, within_km)",
        "pc.less(gap, within_km)",
        _TOTALS,
    ),
    Change(
        "undated counted twice, among the months",
        "geo/incidents/months.py",
        "len(incidents) - int(within.sum()) - undated, undated",
        "len(incidents) - int(within.sum()), undated",
        ("tests/incidents/test_months.py",),
    ),
    Change(
        "undated counted twice, in the notes",
        "geo/summaries/notes.py",
        "outside = int(records.sum()) - undated - int(",
        "outside = int(records.sum()) - int(",
        ("tests/summaries/test_counted_not_rated.py",),
    ),
    Change(
        "undated counted twice, among a register's totals",
        "geo/register/totals.py",
        'undated = int(table.loc[table["date"] == "", "rows"].sum())',
        'undated = 2 * int(table.loc[table["date"] == "", "rows"].sum())',
        _TOTALS,
    ),
)


def main() -> int:
    """Put each fault in and run its tests; 0 where all are seen."""
    asked = [fault for fault in FAULTS if not sys.argv[1:] or any(word in fault.name for word in sys.argv[1:])]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in _COPIED:
            source = ROOT / name
            if source.is_dir():
                shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / name)
        sound = dict.fromkeys(test for fault in asked for test in fault.tests)
        code, said = _run(copy, tuple(sound))
        if code:
            print(f"{said}\nThe tests fail without any fault: nothing can be said.")
            return 2
        ends = [_try(copy, fault) for fault in asked]
    print(f"{ends.count(0)} of {len(ends)} faults are seen.")
    return max(ends)


def _try(copy: Path, fault: Change) -> int:
    """Put one fault in, run its tests and take it out again: 0 seen, 1 not seen, 2 it can't be told."""
    path = copy / fault.path
    text = path.read_text(encoding="utf-8")
    if text.count(fault.old) != 1:
        print(f"no longer fits  {fault.name}: {fault.path} has {fault.old!r} {text.count(fault.old)} times, not once")
        return 2
    path.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
    code, _ = _run(copy, fault.tests)
    path.write_text(text, encoding="utf-8")
    end = {_FAILED: 0, 0: 1}.get(code, 2)
    print(f"{('seen', 'NOT SEEN', f'pytest ended with {code}')[end]:15} {fault.name}", flush=True)
    return end


def _run(copy: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Run tests of the copy and return pytest's exit code and what it says."""
    # Bytecode is known by a file's time and size, which a fault may leave as they were.
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603  (our own tests)
        [*_PYTEST, *tests], cwd=copy, env=environment, check=False, capture_output=True, text=True
    )
    return done.returncode, done.stdout + done.stderr


if __name__ == "__main__":
    sys.exit(main())
