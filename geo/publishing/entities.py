"""Incidents as FollowTheMoney entities, which Aleph and its relatives read: events and the documents that prove them.

Schema: https://followthemoney.tech. Persons have no entity and no property: the records name none.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    import geopandas as gpd

    from geo.border.frontier import Frontier

__all__ = ["country_of", "write_entities"]


def write_entities(incidents: gpd.GeoDataFrame, country: str) -> str:
    """Write an ``Event`` for each incident and a ``Document`` for each source, once."""
    entities = {
        entity["id"]: entity for key, row in incidents.iterrows() for entity in _entities(str(key), row, country)
    }
    return "".join(json.dumps(entity, ensure_ascii=False) + "\n" for entity in entities.values())


def country_of(frontier: Frontier) -> str:
    """ISO 3166 code of the country whose border it is, from its regions' codes; blank where they don't tell."""
    codes = {str(code).partition("-")[0].lower() for code in frontier.regions.index}
    return codes.pop() if len(codes) == 1 else ""


def _entities(key: str, row: Any, country: str) -> Iterator[dict[str, Any]]:
    urls = [row["source_url"], *filter(None, row["other_urls"].split(" | "))]
    for url in urls:
        first = url == row["source_url"]
        publisher, day = (row["source_publisher"], row["source_date"]) if first else ("", "")
        title = row["title"] if first else url
        yield _entity(_document(url), "Document", title=title, sourceUrl=url, publisher=publisher, date=day)
    yield _entity(
        f"shekara-{key}",
        "Event",
        name=row["title"],
        date=row["date"] if row["date_precision"] != "unknown" else "",
        country=[country, row["neighbour"].lower() if len(row["neighbour"]) == 2 else ""],  # noqa: PLR2004
        summary="; ".join(filter(None, (row["goods_description"], row["outcome"]))),
        address=row["place_name"],
        recordId=key,
        proof=[_document(url) for url in urls],
        sourceUrl=row["source_url"],
        publisher=row["source_publisher"],
        keywords=[row["goods"]],
    )


def _document(url: str) -> str:
    return f"shekara-source-{hashlib.sha256(url.encode()).hexdigest()[:20]}"


def _entity(key: str, schema: str, **properties: str | list[str]) -> dict[str, Any]:
    values = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    filled = {name: present for name, texts in values.items() if (present := [text for text in texts if text])}
    return {"id": key, "schema": schema, "properties": filled}
