"""Files for a reader to take away: records and tables that say where they come from.

Every file carries its sources, its licence and the filter that made it, where its kind has room for that: a last
column ``about`` in CSV (no comment lines, which most readers trip over), a sheet in Excel, a member of the
collection in GeoJSON, the file's metadata in GeoParquet. The records' files read back with
:func:`geo.read_incidents`.
"""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import pandas as pd

from geo.errors import UnknownValueError
from geo.files.excel import write_workbook
from geo.files.plain_tables import PRIVATE
from geo.files.tables import format_table
from geo.vocabulary import FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import geopandas as gpd

__all__ = ["RECORD_KINDS", "TABLE_KINDS", "About", "pack_records", "pack_table"]


@dataclass(frozen=True)
class About:
    """Origin of a file."""

    data: str  # which records these are
    filter: str  # that made the file, in words; blank: none
    meaning: str  # of the numbers
    licence: str
    sources: str  # whom to credit
    link: str = ""  # the query of the view that it was taken from

    @property
    def line(self) -> str:
        """Everything in one line."""
        return " · ".join(f"{name}: {text}" for name, text in asdict(self).items() if text)


def pack_records(incidents: gpd.GeoDataFrame, kind: str, about: About, words: pd.DataFrame | None = None) -> bytes:
    """Make a file of records of one of :data:`RECORD_KINDS`, or ``gpkg``: the same arguments give the same bytes.

    ``words`` are more columns for a table that people read, as :func:`geo.view.headings.translate_records` has them.
    """
    if kind not in _RECORDS:
        raise UnknownValueError("kind of file", kind, RECORD_KINDS)
    fields = [name for name in (*FIELDS, PRIVATE) if name != "id" and name in incidents]
    records = incidents[[*fields, "geometry"]].rename_axis("id")
    if words is not None and kind in TABLE_KINDS:
        records = records.join(words)
    return _RECORDS[kind](records, about)


def pack_table(table: pd.DataFrame, kind: str, about: About, *, heads: Mapping[str, str] | None = None) -> bytes:
    """Make a file of a table; ``heads`` say what its columns mean."""
    if kind == "csv":
        return _csv(table, about)
    if kind == "xlsx":
        return _xlsx(table, about, heads or {})
    raise UnknownValueError("kind of file", kind, TABLE_KINDS)


def _csv(table: pd.DataFrame, about: About) -> bytes:
    # The mark at the beginning tells Excel that this is UTF-8.
    return format_table(table.assign(about=about.line), "csv").encode("utf-8-sig")


def _flat(incidents: gpd.GeoDataFrame) -> pd.DataFrame:
    place = {"lon": incidents.geometry.x, "lat": incidents.geometry.y}
    return pd.DataFrame(incidents.drop(columns="geometry")).assign(**place)


def _geojson(incidents: gpd.GeoDataFrame, about: About) -> bytes:
    collection = incidents.reset_index().to_geo_dict(na="null", drop_id=True)
    lines = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in collection["features"])
    head = json.dumps(asdict(about), ensure_ascii=False)
    return f'{{"type":"FeatureCollection","about":{head},"features":[\n{lines}\n]}}\n'.encode()


def _parquet(incidents: gpd.GeoDataFrame, about: About) -> bytes:
    import pyarrow.parquet as pq  # noqa: PLC0415  (only where it is asked for)

    draft, file = io.BytesIO(), io.BytesIO()
    incidents.reset_index().to_parquet(draft, index=False)
    draft.seek(0)
    table = pq.read_table(draft)
    metadata = {b"about": json.dumps(asdict(about), ensure_ascii=False).encode()}
    pq.write_table(table.replace_schema_metadata({**(table.schema.metadata or {}), **metadata}), file)
    return file.getvalue()


def _gpkg(incidents: gpd.GeoDataFrame, about: About) -> bytes:
    """A GeoPackage, whose layer says where it comes from; its time is fixed, so that equal records are equal files."""
    import pyogrio  # noqa: PLC0415  (only where it is asked for)

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": "2000-01-01T00:00:00Z"})
    try:
        file = io.BytesIO()
        table = incidents.reset_index()
        pyogrio.write_dataframe(table, file, driver="GPKG", layer="incidents", layer_metadata=asdict(about))
        return file.getvalue()
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _xlsx(table: pd.DataFrame, about: About, heads: Mapping[str, str]) -> bytes:
    return write_workbook(table, [*asdict(about).items(), *((f"column {name}", text) for name, text in heads.items())])


_RECORDS: dict[str, Callable[[gpd.GeoDataFrame, About], bytes]] = {
    "csv": lambda incidents, about: _csv(_flat(incidents), about),
    "xlsx": lambda incidents, about: _xlsx(_flat(incidents), about, {}),
    "geojson": _geojson,
    "parquet": _parquet,
    "gpkg": _gpkg,
}
RECORD_KINDS = tuple(_RECORDS)[:-1]
"""The kinds of files that records come in and read back from."""
TABLE_KINDS = ("csv", "xlsx")
"""The kinds of files that tables come in."""
