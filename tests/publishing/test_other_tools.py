"""Each published format in the hands of a tool that others wrote."""

from __future__ import annotations

import json
import re
import sqlite3
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import geopandas as gpd
import matplotlib.image
import pyogrio
import pytest
import shapely
from pyld import jsonld

import geo
from geo.publishing import request
from geo.publishing.descriptor import write_head
from geo.publishing.request import Request

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # of its own dependencies
    import frictionless

CHOSEN = geo.Selection(goods=("drugs", "weapons"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with each format."""
    folder = tmp_path_factory.mktemp("site") / "map"
    geo.publish(folder, CHOSEN, feed="<feed/>", options=geo.PublishOptions(url="https://example.org/map/"))
    return folder


@pytest.fixture(scope="module")
def records() -> gpd.GeoDataFrame:
    """What has to be in it."""
    return geo.select(geo.read_incidents(), CHOSEN)


def test_each_picture_has_the_size_that_it_is_for(published: Path) -> None:
    sizes = {
        name: matplotlib.image.imread(published / f"{name}.png").shape[1::-1] for name in ("wide", "preview", "square")
    }
    assert sizes == {"wide": (1200, 675), "preview": (1200, 630), "square": (1080, 1080)}
    assert (published / "border-RU.png").is_file()


@pytest.mark.filterwarnings("ignore")
def test_frictionless_finds_the_package_valid_with_its_digests(published: Path, records: gpd.GeoDataFrame) -> None:
    package = frictionless.Package(str(published / "datapackage.json"))
    report = package.validate()
    assert report.valid, report.flatten(["type", "note"])
    rows = package.get_resource("records-csv").read_rows()
    assert [row["id"] for row in rows] == records.index.tolist()
    assert [float(row["quantity"]) for row in rows if row["quantity"] is not None] == records[
        "quantity"
    ].dropna().tolist()


@pytest.mark.filterwarnings("ignore")
def test_frictionless_sees_by_its_digest_a_file_that_was_changed(published: Path, tmp_path: Path) -> None:
    told = json.loads((published / "datapackage.json").read_text(encoding="utf-8"))
    told["resources"] = [one for one in told["resources"] if one["path"] == "records.csv"]
    (tmp_path / "datapackage.json").write_text(json.dumps(told), encoding="utf-8")
    content = (published / "records.csv").read_bytes()
    for changed, errors in ((content, []), (content.replace(b",drugs,", b",dregs,", 1), [["hash-count"]])):
        (tmp_path / "records.csv").write_bytes(changed)
        assert frictionless.Package(str(tmp_path / "datapackage.json")).validate().flatten(["type"]) == errors


def test_duckdb_reads_records_statements_and_entities(published: Path, records: gpd.GeoDataFrame) -> None:
    with duckdb.connect() as base:
        csv = base.read_csv(str(published / "records.csv"))
        assert base.sql("SELECT count(*), count(DISTINCT id) FROM csv").fetchall() == [(len(records), len(records))]
        assert "lon" in csv.columns
        assert len(base.read_csv(str(published / "statements.csv"))) == len(geo.read_claims())
        found = base.read_json(str(published / "entities.ftm.json"), format="newline_delimited")
        assert found.columns == ["id", "schema", "properties"]
        assert len(found.filter("schema = 'Event'")) == len(records)


@pytest.mark.parametrize("name", ["records.geojson", "records.gpkg"])
def test_gdal_reads_the_places(published: Path, records: gpd.GeoDataFrame, name: str) -> None:
    info = pyogrio.read_info(published / name)
    assert (info["features"], info["crs"], info["geometry_type"]) == (len(records), "EPSG:4326", "Point")
    read = gpd.read_file(published / name).set_index("id")
    assert read.index.tolist() == records.index.tolist()
    assert read.geometry.geom_equals(records.geometry)[records.geometry.notna()].all()
    again = geo.select(geo.read_incidents(published / "records.geojson"), geo.Selection())
    assert again["title"].tolist() == records["title"].tolist()


def test_sqlite_reads_the_geopackage_as_its_specification_says(published: Path, records: gpd.GeoDataFrame) -> None:
    """Without GDAL: a GeoPackage is a database whose shapes have a head of eight bytes, an envelope, and WKB."""
    with closing(sqlite3.connect(published / "records.gpkg")) as base:
        ((table, srs),) = base.execute("SELECT table_name, srs_id FROM gpkg_contents WHERE data_type = 'features'")
        ((column,),) = base.execute("SELECT column_name FROM gpkg_geometry_columns WHERE table_name = ?", [table])
        rows = base.execute(f'SELECT id, title, "{column}" FROM "{table}"').fetchall()  # noqa: S608
    assert srs == 4326
    assert {row[0]: row[1] for row in rows} == records["title"].to_dict()
    sizes = (0, 32, 48, 48, 64)  # of the envelope, in bytes
    for identifier, _, blob in rows:
        place = records.geometry[identifier]
        assert (blob is None) == (place is None)
        if blob is not None:
            assert blob[:2] == b"GP"
            assert shapely.from_wkb(blob[8 + sizes[blob[3] >> 1 & 7] :]) == place


def test_a_json_ld_processor_understands_the_dataset(published: Path, records: gpd.GeoDataFrame) -> None:
    page = (published / "index.html").read_text(encoding="utf-8")
    (text,) = re.findall(r'<script type="application/ld\+json">\n(.*?)\n</script>', page, re.DOTALL)

    def load(url: str, _options: dict[str, Any]) -> dict[str, Any]:
        assert url == "https://schema.org/"
        document = {"@context": {"@vocab": "https://schema.org/", "url": {"@type": "@id"}}}
        return {"contentType": "application/ld+json", "contextUrl": None, "documentUrl": url, "document": document}

    (dataset,) = jsonld.expand(json.loads(text), {"documentLoader": load})
    assert dataset["@type"] == ["https://schema.org/Dataset"]
    assert dataset["@id"] == "https://example.org/map/"
    (name,) = dataset["https://schema.org/name"]
    assert f"{len(records)} records" in name["@value"]
    files = dataset["https://schema.org/distribution"]
    assert {one["https://schema.org/name"][0]["@value"] for one in files} >= {
        "records.csv",
        "records.gpkg",
        "statements.csv",
    }
    facts = jsonld.to_rdf(json.loads(text), {"documentLoader": load, "format": "application/n-quads"})
    assert "https://schema.org/DataDownload" in facts


def test_the_dataset_says_the_licence_of_built_in_records_and_of_no_others(monkeypatch: pytest.MonkeyPatch) -> None:
    def head() -> str:
        return write_head(Request(CHOSEN, None, None), {}, "Title", "Lead", url="", image=(1, 1), lang="en")

    assert "creativecommons.org" in head()
    monkeypatch.setattr(request, "country_folder", lambda: Path("another"))
    assert not re.search(r"creativecommons|\"creator\"", head())


def entities_of(site: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (site / "entities.ftm.json").read_text(encoding="utf-8").splitlines()]


def test_entities_are_what_the_schema_of_follow_the_money_says(published: Path, records: gpd.GeoDataFrame) -> None:
    # The part of its model, version 4.11, that tells the properties of these two; the whole needs a compiler.
    model = json.loads((Path(__file__).parent / "followthemoney.json").read_text(encoding="utf-8"))
    forms = {
        "date": r"\d{4}(-\d{2}(-\d{2})?)?", "country": "[a-z]{2}", "url": r"https?://\S+", "entity": r"shekara-\S+",
        "string": ".+", "name": ".+", "text": "(?s).+", "address": ".+", "identifier": ".+",
    }  # fmt: skip
    entities = entities_of(published)
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    for entity in entities:
        known = model[entity["schema"]]
        for name, values in entity["properties"].items():
            assert all(re.fullmatch(forms[known[name]], value) for value in values), (name, values)
        assert set(entity["properties"].get("proof", [])) <= ids
    events = {entity["properties"]["recordId"][0]: entity for entity in entities if entity["schema"] == "Event"}
    assert set(events) == set(records.index)
    assert all(entity["properties"]["country"][0] == "kz" for entity in events.values())
    assert all(entity["properties"]["proof"] for entity in events.values())


@pytest.mark.filterwarnings("ignore")
def test_follow_the_money_takes_every_entity_as_it_is(published: Path) -> None:
    library = pytest.importorskip(
        "followthemoney", reason="needs a compiler and ICU to install; its schema is checked above"
    )
    for entity in entities_of(published):
        library.model.get(entity["schema"]).validate(entity)
        proxy = library.model.make_entity(entity["schema"])
        proxy.id = entity["id"]
        for name, values in entity["properties"].items():
            for value in values:
                proxy.add(name, value)
            assert sorted(proxy.get(name)) == sorted(set(values)), (name, values)
