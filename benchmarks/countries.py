"""Can every country of the pinned map be drawn, checked, summed up and shown? With made-up crossings and incidents.

Run it as ``python -m benchmarks.countries --cache DIR [ISO3 …]``; it prints a table, failures with their reason.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from geo.country import sources

ROOT = Path(__file__).resolve().parents[1]
STEPS = """
import sys
from pathlib import Path
sys.path[:0] = ["tests"]
from geo.country.building import new_country
from geo.country.checking import check_country
from geo.errors import InputError
from geo.paths import use_country
from country_files import fill
iso3, folder, cache = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
try:
    new_country(iso3, folder, cache=cache)
except InputError as error:
    sys.exit(str(error))
fill(folder, 60)
faults = check_country(folder)
if faults:
    sys.exit(f"check: {faults[0]}")
use_country(folder)
import geo
located = geo.locate(geo.read_incidents(), geo.read_frontier())
geo.summarize(located, by="border")
risk = geo.estimate_risk(located.select(geo.Selection()), located.frontier)
geo.write_page(folder / "page.html", located, located.frontier, risk)
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("iso3", nargs="*", help="only these countries")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the pinned packages")
    wanted = parser.parse_args()
    world = sources.read_member(sources.WORLD, "countries-10m.json", wanted.cache)
    on_map = {item.get("id") for item in world["objects"]["countries"]["geometries"]}
    countries = sources.read_geonames("countries.json").values()
    names = {row["iso3"]: row["name"] for row in countries if f"{int(row['isonumeric']):03d}" in on_map}
    chosen = wanted.iso3 or sorted(names)
    with ThreadPoolExecutor(2) as pool:
        outcomes = dict(zip(chosen, pool.map(partial(outcome, cache=wanted.cache), chosen), strict=True))
    count = Counter(told.partition(":")[0] for told in outcomes.values())
    bordered = len(outcomes) - count["no land border"]
    print(f"{len(outcomes)} countries, {count['no land border']} without a land border; "
          f"of the {bordered} others {count['ok']} succeed ({count['ok'] / max(bordered, 1):.1%})")  # fmt: skip
    for iso3, told in outcomes.items():
        if told not in ("ok", "no land border"):
            print(f"| {iso3} | {names.get(iso3, '')} | {told} |")


def outcome(iso3: str, cache: Path) -> str:
    """Say how it went: ok, no land border, or why it failed."""
    with tempfile.TemporaryDirectory() as scratch:
        command = [sys.executable, "-c", STEPS, iso3, str(Path(scratch, "country")), str(cache)]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if ended.returncode == 0:
        return "ok"
    last = ended.stderr.strip().splitlines()[-1]
    return "no land border" if "without a land border" in last else f"failed: {last[:160]}"


if __name__ == "__main__":
    main()
