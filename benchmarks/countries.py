"""Can every country of the pinned map be drawn, checked, summed up and shown? With made-up crossings and incidents.

Run it as ``python -m benchmarks.countries --cache DIR --outcomes FILE [ISO3 …]``. Each outcome is kept in the file as
soon as it is known, and a country that is in it is not tried again; the table is that of all that the file holds.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections import Counter
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import geo
from geo.country import sources
from geo.country.building import new_country
from geo.country.checking import check_country
from geo.errors import InputError
from geo.paths import data_path, use_country

if TYPE_CHECKING:
    from geo.country.topology import World

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / "tests")]
from country_files import fill  # noqa: E402  (beside the tests)

WITHOUT = "no land border"


def main() -> None:
    """Try the countries and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("iso3", nargs="*", help="only these countries")
    parser.add_argument("--cache", type=Path, required=True, help="folder that keeps the pinned packages")
    parser.add_argument("--outcomes", type=Path, required=True, help="file that keeps what came out")
    parser.add_argument("--minutes", type=float, default=25, help="begin no country after so long")
    wanted = parser.parse_args()
    world = sources.read_world(wanted.cache)
    rows = sources.read_geonames("countries.json").values()
    names = {row["iso3"]: row["name"] for row in rows if row["iso"] in world.codes}
    sources.read_geonames("cities500.json")
    kept = wanted.outcomes.read_text(encoding="utf-8").splitlines() if wanted.outcomes.exists() else []
    outcomes = dict(line.split("\t") for line in kept)
    until = time.monotonic() + 60 * wanted.minutes
    check_country(data_path())  # what is imported once here is not imported again for each country
    for module in ("babel.numbers", "geo.view.page"):
        import_module(module)
    for iso3 in wanted.iso3 or sorted(names):
        if iso3 not in outcomes and time.monotonic() < until:
            outcomes[iso3] = outcome(iso3, world, wanted.cache)
            with wanted.outcomes.open("a", encoding="utf-8") as file:
                file.write(f"{iso3}\t{outcomes[iso3]}\n")
    count = Counter(outcomes.values())
    bordered = len(outcomes) - count[WITHOUT]
    print(f"{len(outcomes)} of {len(names)} countries, {count[WITHOUT]} without a land border; "
          f"of the {bordered} others {count['ok']} succeed ({count['ok'] / max(bordered, 1):.1%})")  # fmt: skip
    for iso3, told in sorted(outcomes.items()):
        if told not in ("ok", WITHOUT):
            print(f"| {iso3} | {names.get(iso3, '')} | {told} |")


def outcome(iso3: str, world: World, cache: Path) -> str:
    """Say how it went: ok, no land border, or why it failed; in a process of its own, for words once read are kept."""
    with tempfile.TemporaryDirectory() as scratch:
        told = Path(scratch, "told")
        child = os.fork()
        if not child:
            try:
                told.write_text(attempt(iso3, Path(scratch, "country"), world, cache), encoding="utf-8")
            finally:
                os._exit(0)
        status = os.waitpid(child, 0)[1]
        return told.read_text(encoding="utf-8") if told.exists() else f"failed: ended with {status}"


def attempt(iso3: str, folder: Path, world: World, cache: Path) -> str:
    """Draw, fill, check, sum up, estimate and show one country."""
    sources.read_world = lambda _: world  # decoded once
    try:
        new_country(iso3, folder, cache=cache)
        fill(folder, 60)
        faults = check_country(folder)
        if faults:
            return f"check: {faults[0]}"[:200]
        use_country(folder)
        located = geo.locate(geo.read_incidents(), geo.read_frontier())
        geo.summarize(located, by="border")
        risk = geo.estimate_risk(located.select(geo.Selection()), located.frontier)
        geo.write_page(folder / "page.html", located, located.frontier, risk)
    except InputError as error:
        return WITHOUT if "without a land border" in str(error) else f"refused: {error}"[:200]
    except Exception as error:  # noqa: BLE001  (whatever it is, it is the country's outcome)
        return f"failed: {type(error).__name__}: {error}"[:200].replace("\n", " ")
    return "ok"


if __name__ == "__main__":
    main()
