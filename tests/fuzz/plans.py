"""What is tried: a kind of hostile file, and the command that reads it."""

# ruff: noqa: E501
from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import corpus
import folders

if TYPE_CHECKING:
    from collections.abc import Callable

Files = dict[str, bytes]


@dataclass(frozen=True)
class Plan:
    """A kind of file; the words of the command, FILE its path; good files beside it; how its rows are counted.

    ``seconds`` is the most of the processor that it may take: five, and for what draws a whole folder that much more.
    """

    kind: str
    words: tuple[str, ...]
    beside: Callable[[], Files] = field(default=dict)
    rows: str = ""
    refused_writes_nothing: bool = True
    seconds: float = 5


@cache
def few() -> Files:
    """A few records."""
    return {"few.geojson": corpus.text(corpus.incidents())}


@cache
def table() -> Files:
    """A small table of one's own."""
    return {"table.csv": "\n".join(";".join(row) for row in corpus.TABLE).encode()}


def desk() -> Files:
    """A desk."""
    return {"good.desk": folders.desk_bytes()}


def _plan(kind: str, words: str, beside: Callable[[], Files] = dict, **more: object) -> Plan:
    return Plan(kind, tuple(words.split()), beside, **more)  # type: ignore[arg-type]


PLANS: dict[str, Plan] = {
    "import layer": _plan("layer", "import FILE -o out.geojson", rows="imported"),
    "import table": _plan("table", "import FILE -o out.geojson", rows="imported"),
    "import json": _plan("json", "import FILE -o out.geojson", rows="imported"),
    "import parquet": _plan("table-parquet", "import FILE -o out.geojson", rows="imported"),
    "import workbook": _plan("workbook", "import FILE -o out.parquet", rows="imported"),
    "import packed": _plan("packed", "import FILE -o out.csv", rows="imported"),
    "import case": _plan("case", "import FILE -o out.geojson", rows="imported"),
    "import mapping": _plan("mapping", "import table.csv --mapping FILE -o out.geojson", table, rows="imported"),
    "check geojson": _plan("geojson", "check FILE"),
    "check csv": _plan("csv", "check FILE"),
    "check parquet": _plan("parquet", "check FILE"),
    "check claims": _plan("claims", "check FILE"),
    "check borders": _plan("borders", "check few.geojson --borders FILE", few),
    "check country": _plan("country", "check --country FILE"),
    "check small country": _plan("small-country", "check --country FILE"),
    "summary geojson": _plan("geojson", "summary --incidents FILE"),
    "summary parquet": _plan("parquet", "summary --incidents FILE"),
    "summary csv": _plan("csv", "summary --incidents FILE --by goods"),
    "summary totals": _plan("totals", "summary --incidents FILE"),
    "summary desk": _plan("desk", "summary --desk FILE --by goods", refused_writes_nothing=False),
    "summary borders": _plan("borders", "summary --incidents few.geojson --borders FILE", few),
    "summary country": _plan("country", "summary --country FILE"),
    "summary small country": _plan("small-country", "summary --country FILE"),
    "claims": _plan("claims", "claims --statements FILE --incidents few.geojson -o out.csv", few),
    "compare": _plan("geojson", "compare --incidents FILE"),
    "quote": _plan("geojson", "quote --incidents FILE"),
    "risk": _plan("geojson", "risk --incidents FILE --format geojson -o out.geojson"),
    "backtest": _plan("geojson", "backtest --incidents FILE"),
    "export": _plan("geojson", "export out.html --incidents FILE"),
    "figure": _plan("geojson", "figure out.svg --incidents FILE"),
    "publish": _plan("geojson", "publish out --incidents FILE", seconds=15),
    "publish brand": _plan("brand", "publish out --incidents few.geojson --brand FILE", few, seconds=15),
    "verify": _plan("published", "verify FILE --incidents few.geojson", few, seconds=15),
    "locate geojson": _plan("geojson", "locate FILE -o out.geojson --include-refused", rows="features"),
    "locate parquet": _plan("parquet", "locate FILE -o out.csv --include-refused", rows="parquet to csv"),
    "register locate": _plan("register", "register locate FILE -o out.parquet", rows="register"),
    "register folder": _plan("register-folder", "register locate FILE -o out.csv", rows="register"),
    "register count": _plan("located", "register count FILE -o out.csv --goods-column goods --date-column date"),
    "merge": _plan("geojson", "merge FILE few.geojson -o out.geojson", few, rows="merged"),
    "merge decisions": _plan("pairs", "merge few.geojson few2.geojson -o out.geojson --decisions FILE", lambda: few() | {"few2.geojson": _changed()}, rows="merged"),
    "draft": _plan("article", "draft FILE -o out.geojson"),
    "desk new": _plan("geojson", "desk new out.desk --from FILE", rows="desk"),
    "desk import": _plan("table", "desk import good.desk FILE", desk, refused_writes_nothing=False),
    "desk log": _plan("desk", "desk log FILE", refused_writes_nothing=False),
    "desk export": _plan("desk", "desk export FILE -o out.geojson", refused_writes_nothing=False),
    "desk restore": _plan("desk", "desk restore FILE out.desk", refused_writes_nothing=False),
    "desk update": _plan("desk", "desk update FILE", refused_writes_nothing=False),
}  # fmt: skip

CI: dict[str, int] = {
    **dict.fromkeys(("locate geojson", "locate parquet", "register locate", "register folder", "register count", "merge", "merge decisions", "draft", "desk new", "desk log", "desk export", "desk restore", "desk update"), 4),
    **dict.fromkeys(("import json", "import parquet", "import workbook", "import case", "check borders", "verify"), 8),
    **dict.fromkeys(("summary borders", "check small country", "summary small country", "export", "figure"), 16),
    **dict.fromkeys(("import layer", "desk import"), 20),
    **dict.fromkeys(("check country", "summary country"), 40),
    **dict.fromkeys(("publish brand", "publish"), 200),
}  # fmt: skip
"""What takes longer, or was not tried on so many yet, and the share that continuous integration tries of it."""


@cache
def _changed() -> bytes:
    whole = corpus.incidents()
    for at, one in enumerate(whole["features"]):
        one["properties"]["title"] += " again"
        one["properties"]["id"] += "x" if at % 2 else ""
    return json.dumps(whole).encode()
