"""Publish: page, pictures, data and the lines to paste, as one folder; a second run writes what has changed alone."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from datetime import date
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.claims.reading import CLAIM_FIELDS
from geo.errors import Fault, InputError, ShekaraError, UnknownValueError
from geo.files.tables import DRAFT, whole_file
from geo.files.takeaway import About, pack_records, pack_table
from geo.incidents.selection import Selection
from geo.language.catalogue import LANGUAGES, read_words, say
from geo.language.phrases import write_phrase
from geo.publishing.descriptor import DESCRIPTOR, SEED, describe_folder, describe_inputs, describe_versions, write_head
from geo.publishing.entities import country_of, write_entities
from geo.publishing.pages import page_of, said_in, views_of
from geo.publishing.pictures import Picture, data_date, draw_pictures
from geo.publishing.request import Request
from geo.summaries.notes import describe, name_licence, notes
from geo.summaries.titles import title_of_records
from geo.view.atlas.atlas import make_atlas
from geo.view.brand import Brand, read_brand
from geo.view.embed import embed_lines
from geo.view.figure.preview import PREVIEWS
from geo.view.headings import translate_records

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["PublishOptions", "Published", "make_folder", "publish", "read_descriptor", "selection_of"]


@dataclass(frozen=True, kw_only=True)
class PublishOptions:
    """Options of a folder.

    Attributes
    ----------
    lang
        Language of page, pictures and notes: ``en``, ``ru`` or ``kk``.
    title, lead
        Of the page, in place of its own; blank: its own.
    contact
        Where corrections may be sent.
    url
        Address where the folder will lie; without it, links that are shown elsewhere lack their picture.
    """

    lang: str = "en"
    title: str = ""
    lead: str = ""
    contact: str = ""
    url: str = ""
    licence: str = ""

    def __post_init__(self) -> None:
        if odd := [name for name, value in asdict(self).items() if not isinstance(value, str)]:
            raise ShekaraError(f"{', '.join(odd)}: text is expected")
        if self.lang not in LANGUAGES:
            raise UnknownValueError("--lang", self.lang, LANGUAGES)
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ShekaraError(f"--url {self.url!r}: the address of the folder is needed, as https://example.org/map/")
        object.__setattr__(self, "url", f"{self.url.rstrip('/')}/" if self.url else "")


class Published(NamedTuple):
    """Outcome of :func:`publish`: number of records; names of all files, of those written, of those taken away."""

    records: int
    files: tuple[str, ...]
    written: tuple[str, ...]
    removed: tuple[str, ...]


def publish(
    folder: str | Path,
    selection: Selection | None = None,
    *,
    incidents: str | Path | None = None,
    borders: str | Path | None = None,
    brand: str | Path | None = None,
    feed: str | None = None,
    options: PublishOptions | None = None,
) -> Published:
    """Write the one folder that a newsroom uploads.

    Parameters
    ----------
    folder
        Where; made if it isn't there. One that holds other things is refused.
    selection
        Which incidents; by default all but those merely refused entry.
    incidents, borders
        Files in place of the built-in ones; the first may be a desk. Rows marked private are left out.
    brand
        A TOML file with ``name``, ``accent`` and ``logo``.
    feed
        An Atom feed of what is new, which becomes ``feed.xml``; by default a desk's own.
    options
        Language, title and the like.

    Returns
    -------
    Published
        Each file is written whole or not at all, and only where its content has changed.

    Raises
    ------
    InputError
        When an input can't be used.
    ShekaraError
        When the folder holds other things, or matplotlib is missing.
    """
    target = Path(folder)
    old = _published_before(target)
    options = options or PublishOptions()
    terms = options.licence
    request = Request(selection or Selection(), _path(incidents), _path(borders), private=False, terms=terms)
    if feed is None and request.desk is not None:
        from geo.desk import feed as write_feed  # noqa: PLC0415  (only for a desk)
        from geo.desk import open_desk  # noqa: PLC0415

        feed = write_feed(open_desk(request.desk), address=options.url, lang=options.lang).decode()
    files = make_folder(request, options, _path(brand), feed)
    target.mkdir(exist_ok=True)
    removed = tuple(sorted(name for name in old - set(files) if (target / name).is_file()))
    for name in removed:
        (target / name).unlink()
    # What the folder holds is said first: a run that is stopped leaves one that the next run, or verify, knows.
    written = [
        name for name in sorted(files, key=lambda name: name != DESCRIPTOR) if _write(target / name, files[name])
    ]
    return Published(len(request.located.incidents), tuple(sorted(files)), tuple(sorted(written)), removed)


def make_folder(
    request: Request, options: PublishOptions, brand: Path | None = None, feed: str | None = None
) -> dict[str, bytes]:
    """Name and content of each file of a folder; the same arguments give the same bytes."""
    request.require_incidents("a folder to publish")
    sign = read_brand(brand) if brand else Brand()
    lang = options.lang
    title = options.title or write_phrase(lang, title_of_records(request.located, request.selection))
    lead = options.lead or say(lang, "caveat") + " " + say(lang, "caveat.rest")
    located = request.located
    words = read_words(lang)
    about = About(
        data=say(lang, "app.about.data", name="Shekara", n=len(located.incidents), m=len(request.incidents)),
        filter=describe(request.selection, request.frontier, lang) or words["app.about.no-filter"],
        meaning=" ".join(
            notes(request.incidents, request.selection, lang=lang, neighbours=request.frontier.borders.index)
        ),
        licence=name_licence(lang, request.licence),
        sources=words["credits"],
        link=options.url,
    )
    statements = None if request.own and request.desk is None else said_in(request)
    records = request.incidents.loc[located.incidents.index]
    translated = translate_records(records, make_atlas(located, request.frontier))
    kinds = ("csv", "geojson", "gpkg")
    files = {f"records.{kind}": pack_records(records, kind, about, translated) for kind in kinds}
    files["entities.ftm.json"] = write_entities(records, country_of(request.frontier)).encode()
    if statements is not None:
        files["statements.csv"] = pack_table(statements[list(CLAIM_FIELDS[1:])], "csv", about)
    if feed is not None:
        files["feed.xml"] = feed.encode()
    head = write_head(request, files, title, lead, url=options.url, image=PREVIEWS["preview"], lang=lang)
    views = views_of(request)
    pictures = list(draw_pictures(request, lang, views, sign))
    files |= {picture.name: picture.drawn for picture in pictures}
    files["index.html"] = page_of(
        request, views, statements, title=options.title or None, lead=options.lead or None, lang=lang,
        contact=options.contact, head=head, brand=sign,
    ).encode()  # fmt: skip
    files["README.md"] = _lines_to_paste(options, title, pictures, _credit(request, lang, sign)).encode()
    made = {
        "versions": describe_versions(),
        "seed": SEED,
        "filters": _filters(request.selection),
        "options": asdict(options),
        "inputs": describe_inputs(request, brand),
        "given": ["feed.xml"] if feed is not None else [],
    }
    text = json.dumps(describe_folder(request, files, title, lead, made), ensure_ascii=False, indent=1)
    return files | {DESCRIPTOR: f"{text}\n".encode()}


def read_descriptor(folder: Path) -> dict[str, Any]:
    """The descriptor of a folder that was published.

    Raises
    ------
    InputError
        When there is none, or it can't be read.
    """
    file = folder / DESCRIPTOR
    expected = "the descriptor of a folder that shekara publish wrote"
    try:
        descriptor = json.loads(file.read_text(encoding="utf-8"))
        names = [resource["path"] for resource in descriptor["resources"]]
        sound = all(Path(name).name == name for name in names) and {"options", "filters", "inputs"} <= set(
            descriptor["shekara"]
        )
    except OSError as reason:
        raise InputError([Fault(str(file), None, "", reason.strerror or str(reason), expected)]) from None
    except (ValueError, KeyError, TypeError) as reason:
        raise InputError([Fault(str(file), None, "", str(reason)[:80], expected)]) from None
    if not sound:
        raise InputError([Fault(str(file), None, "resources", "paths or keys of another's", expected)])
    return dict(descriptor)


def _published_before(folder: Path) -> set[str]:
    """Names of the files of a folder that was published before; none of an empty one or where there is none."""
    if not folder.parent.is_dir():
        raise ShekaraError(f"{folder}: there is no folder {folder.parent}, make it first")
    if folder.exists() and not folder.is_dir():
        raise ShekaraError(f"{folder} is a file: name a folder")
    # What a killed process left of its first file is swept with the next one.
    if not folder.exists() or all(one.name.startswith(DRAFT) for one in folder.iterdir()):
        return set()
    if not (folder / DESCRIPTOR).exists():
        raise ShekaraError(f"{folder} holds other things: name a folder that is empty, or was published before")
    return {resource["path"] for resource in read_descriptor(folder)["resources"]}


def _path(path: str | Path | None) -> Path | None:
    return None if path is None else Path(path)


def _write(path: Path, content: bytes) -> bool:
    """Write a file whole where it has changed; say whether it has."""
    if path.is_file() and path.read_bytes() == content:
        return False
    with whole_file(path) as draft:
        draft.write_bytes(content)
    return True


def _credit(request: Request, lang: str, brand: Brand) -> str:
    """What stands below a picture: whose it is, and of what day the data are."""
    credit = say(lang, "page.credit", date=data_date(request, lang))
    return f"{brand.name}. {credit}" if brand.name else credit


def _lines_to_paste(options: PublishOptions, title: str, pictures: list[Picture], credit: str) -> str:
    """The notes beside the files: what to paste where."""
    url, words = options.url, read_words(options.lang)
    shown = "\n\n".join(
        f"""`{one.name}`, {one.size[0]} × {one.size[1]}:

```html
<figure><a href="{url}index.html{one.view}"><img src="{url}{one.name}" width="{one.size[0]}" height="{one.size[1]}"
  style="max-width:100%;height:auto" alt="{escape(one.alt)}"></a><figcaption>{escape(credit)}</figcaption></figure>
```"""
        for one in pictures
        if any(one.size)
    )
    return f"""# {title}

{say(options.lang, "caveat")} {say(options.lang, "caveat.rest")}

Upload the whole folder. What it holds, with digests, stands in `{DESCRIPTOR}`; `shekara verify` works it out anew.

## The map in an article

The frame grows to the height of what stands in it. A view of the page, as *Copy link* gives it, goes after
`embed=1`: `index.html#embed=1&goods=tobacco&lang=ru`.

```html
{embed_lines(url + "index.html", title)}
```

## A picture in an article

{shown}

{words["credits"]}
"""


def _filters(selection: Selection) -> dict[str, Any]:
    """What is chosen, of each filter that is set."""
    filters = {one.name: getattr(selection, one.name) for one in fields(selection)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in filters.items()
        if value != getattr(Selection(), name)
    }


def selection_of(filters: Mapping[str, Any]) -> Selection:
    """The selection that a descriptor's filters tell."""
    days = {name: date.fromisoformat(filters[name]) for name in ("since", "until") if name in filters}
    least = {"min_quantity": tuple(filters["min_quantity"])} if "min_quantity" in filters else {}
    return Selection(**{**filters, **days, **least})
