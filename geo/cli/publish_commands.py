"""``shekara publish`` and ``verify``: the folder that a newsroom uploads, and whether it still holds."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import Annotated

import typer

from geo.cli.arguments import BORDERS, Licence, WithBrand
from geo.cli.options import Request, filtered
from geo.cli.output import say_notes
from geo.language.plurals import many

__all__ = ["publish_folder", "verify_folder"]


@filtered
def publish_folder(
    request: Request,
    *,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to write.")],
    lang: Annotated[str, typer.Option(help="Language of page and pictures: en, ru or kk.")] = "en",
    title: Annotated[str, typer.Option(help="Heading in place of the built-in one.")] = "",
    lead: Annotated[str, typer.Option(help="Sentence beneath it.")] = "",
    contact: Annotated[str, typer.Option(help="Where corrections may be sent: an address or words.")] = "",
    url: Annotated[str, typer.Option(help="Address where the folder will lie.")] = "",
    licence: Licence = "",
    brand: WithBrand = None,
) -> None:
    """Write the one folder that a newsroom uploads: page, pictures, lines to paste, the data in open formats.

    A second run writes only what has changed.
    """
    from geo.publishing.folder import PublishOptions, publish  # noqa: PLC0415

    options = PublishOptions(lang=lang, title=title, lead=lead, contact=contact, url=url, licence=licence)
    done = publish(
        folder, request.selection, incidents=request.incidents_path, borders=request.borders_path, brand=brand,
        options=options,
    )  # fmt: skip
    contents = f"{many(done.records, 'record')} in {many(len(done.files), 'file')}"
    print(f"{folder}: {contents}, {len(done.written)} written anew")  # noqa: T201
    if done.removed:
        print(f"Taken away: {', '.join(done.removed)}")  # noqa: T201
    if not url:
        say_notes(["Without --url, a link to the page shows no picture: preview.png needs its whole address there."])


def verify_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder that shekara publish wrote.")],
    *,
    incidents: Annotated[Path | None, typer.Option(help="The incident file it was made from, if not built in.")] = None,
    borders: Annotated[Path | None, typer.Option(help=BORDERS)] = None,
    brand: WithBrand = None,
) -> None:
    """Work a published folder out anew and say what differs: exit code 1 if anything does."""
    from geo.publishing.verifying import verify  # noqa: PLC0415

    differences = verify(folder, incidents=incidents, borders=borders, brand=brand)
    print("\n".join(differences) or f"{folder}: as published, and the same when worked out anew")  # noqa: T201
    if differences:
        raise typer.Exit(1)
