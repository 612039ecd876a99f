"""A million points: nearest segment and exact distance, beside what others do; then whole registers, and memory."""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np

import geo
from benchmarks.peers import PEERS, PROJECTION, installed
from benchmarks.points import draw_points, write_register
from benchmarks.timing import cpu_seconds
from geo.geometry.nearest import NearestTable
from tests.brute_force import brute_force

POINTS, CHECKED, RUNS, QUERIES = 1_000_000, 20_000, 3, 25
_WIDTH = 46
_PEER = """
import sys, geopandas as gpd
folder, plane = sys.argv[1:]
points = gpd.read_parquet(f"{folder}/in.parquet")
segments = gpd.read_parquet(f"{folder}/segments.parquet").to_crs(plane)
found = gpd.sjoin_nearest(points[["geometry"]].to_crs(plane), segments, distance_col="metres")
found = found[~found.index.duplicated()]
points.assign(segment=found["segment"], distance_km=found["metres"] / 1000).to_parquet(f"{folder}/peer.parquet")
"""


def main() -> None:
    """Print the tables."""
    frontier = geo.read_frontier()
    points_table(frontier)
    print()
    register_table(frontier)
    print()
    end_to_end_table(frontier)
    print()
    query_table(frontier)


def points_table(frontier: geo.Frontier) -> None:
    """The nearest of the segments for points in memory."""
    lon, lat = draw_points(POINTS, frontier)
    codes, names = frontier.segments.index.get_indexer(frontier.cells["segment"]), frontier.segments.index.to_numpy()
    table = NearestTable(frontier.cell_index, rows=POINTS)
    grouping = table.group(codes)
    truth = Truth(frontier, lon[:CHECKED], lat[:CHECKED])

    def both() -> tuple[np.ndarray, np.ndarray]:
        line, gap = table.nearest(lon, lat)
        return names[codes[line]], gap

    def alone() -> np.ndarray:
        return names[table.label(lon, lat, grouping)]

    made = cpu_seconds(lambda: NearestTable(frontier.cell_index, rows=POINTS).group(codes), RUNS)
    seconds, quick = cpu_seconds(both, RUNS), cpu_seconds(alone, RUNS)
    print(f"{POINTS:,} points, half inside the country, half within 200 km of the border: nearest segment")
    print(f"CPU seconds, median of {RUNS}; {CHECKED:,} of the points checked by geodesics to every piece of the border")
    print(f"{'':{_WIDTH}}{'seconds':>9}{'× ours':>8}{'× alone':>9}{'wrong':>8}{'largest error':>15}")
    said = [("ours: segment and exact distance", seconds, *truth.of(*both()))]
    said += [("ours: segment alone", quick, truth.of(alone(), None)[0], None)]
    said += [("the map of tiles, made once a border", made, None, None)]
    planar = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat, crs=4326)).to_crs(PROJECTION)
    segments = frontier.segments[["geometry"]].to_crs(PROJECTION)
    for name, (peer, needed) in PEERS.items():
        if installed(needed):
            taken = cpu_seconds(lambda peer=peer: peer(planar, segments), RUNS, warm_up=False)
            said.append((name, taken, *truth.of(*peer(planar.head(CHECKED), segments))))
        else:
            print(f"{name:{_WIDTH}}{'not installed':>15}")
    for name, taken, wrong, error in said:
        line = f"{name:{_WIDTH}}{taken:9.2f}{taken / seconds:8.1f}{taken / quick:9.1f}"
        print(line + ("" if wrong is None else f"{wrong:8d}") + ("" if error is None else f"{error:13.2f} m"))


class Truth:
    """What brute force says of some points."""

    def __init__(self, frontier: geo.Frontier, lon: np.ndarray, lat: np.ndarray) -> None:
        codes = frontier.segments.index.get_indexer(frontier.cells["segment"])
        first = np.flatnonzero(np.diff(codes, prepend=-1))  # the cells of a segment stand together
        self.gap = np.minimum.reduceat(brute_force(frontier.cell_index, lon, lat), first, axis=1)
        self.names = frontier.segments.index[codes[first]]

    def of(self, segment: np.ndarray, gap: np.ndarray | None) -> tuple[int, float | None]:
        """How many segments are wrong (farther than the nearest by a millimetre), and the largest error in metres."""
        number = len(self.gap)
        least = self.gap.min(axis=1)
        chosen = self.gap[np.arange(number), self.names.get_indexer(segment[:number])]
        error = None if gap is None else float(np.abs(gap[:number] - least).max() * 1000)
        return int((chosen > least + 1e-6).sum()), error


def register_table(frontier: geo.Frontier) -> None:
    """``shekara register locate`` on files: cost a row and peak memory."""
    print("shekara register locate on GeoParquet, all columns added, start and border included")
    print(f"{'rows':>12}{'CPU seconds':>13}{'µs a row':>10}{'peak memory':>14}")
    with tempfile.TemporaryDirectory() as folder:
        for rows in (1_000_000, 10_000_000):
            path = Path(folder) / f"{rows}.parquet"
            write_register(path, rows, frontier)
            seconds, peak = _run(locate(path, f"{folder}/out.parquet"))
            print(f"{rows:12,}{seconds:13.1f}{1e6 * seconds / rows:10.2f}{peak:11.2f} GB")


def end_to_end_table(frontier: geo.Frontier) -> None:
    """A file of a million rows to a file, each a process of its own, in turn, beside the fastest peer."""
    print(f"{POINTS:,} rows, file to file, start included: CPU seconds, median of {RUNS}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "in.parquet"
        write_register(path, POINTS, frontier)
        frontier.segments[["geometry"]].reset_index().to_parquet(Path(folder) / "segments.parquet")
        ours = locate(path, f"{folder}/out.parquet")
        peer = [sys.executable, "-c", _PEER, folder, PROJECTION]
        runs = [[_run(command)[0] for command in (ours, peer)] for _ in range(RUNS)]
    mine, its = (statistics.median(column) for column in zip(*runs, strict=True))
    print(f"{'shekara register locate, all columns':{_WIDTH}}{mine:9.2f}")
    print(f"{'GeoPandas: read, project, sjoin_nearest, write':{_WIDTH}}{its:9.2f}{its / mine:8.1f} × ours")


def query_table(frontier: geo.Frontier) -> None:
    """The query of docs/scale.md asked of DuckDB: rows as they came, and in the order of the border."""
    text = (Path(__file__).parents[1] / "docs" / "scale.md").read_text(encoding="utf-8")
    query = re.findall(r"```sql\n(.*?);\n```", text, re.DOTALL)[0]
    print(f"DuckDB, the query of docs/scale.md of {POINTS:,} rows: CPU milliseconds, median of {QUERIES}")
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as base:
        path, placed = Path(folder) / "in.parquet", Path(folder) / "placed.parquet"
        write_register(path, POINTS, frontier)
        for name, order in (("as they came", "--no-sort"), ("along the border", "--sort")):
            _run([*locate(path, placed), order])
            asked = query.replace("placed.parquet/*.parquet", str(placed))
            answer = base.execute(asked).fetchall()
            seconds = cpu_seconds(lambda asked=asked: base.execute(asked).fetchall(), QUERIES)
            size = placed.stat().st_size / 1e6
            print(f"{name:{_WIDTH}}{1000 * seconds:9.1f}{size:8.1f} MB   first of {len(answer)}: {answer[0]}")


def locate(register: Path | str, output: Path | str) -> list[str]:
    """The command."""
    return [sys.executable, "-m", "geo", "register", "locate", str(register), "-o", str(output)]


def _run(command: list[str]) -> tuple[float, float]:
    """CPU seconds and peak memory (GB) of a command."""
    child = "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
    child += "used = resource.getrusage(resource.RUSAGE_CHILDREN); "
    child += "print(used.ru_utime + used.ru_stime, used.ru_maxrss)"
    told = subprocess.run([sys.executable, "-c", child, *command], check=True, capture_output=True, text=True).stdout
    seconds, kilobytes = map(float, told.split())
    return seconds, kilobytes / 1e6


if __name__ == "__main__":
    main()
