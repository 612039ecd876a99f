"""What the built-in data say to a reader: fair titles, classes that match the outcome, nothing of how it was read."""

from __future__ import annotations

import csv
import json
import re
from typing import TYPE_CHECKING

import pytest

from geo.paths import data_path

if TYPE_CHECKING:
    import geopandas as gpd

_NATION = (
    "Kazakh|Kazakhstani|Kyrgyz|Kyrgyzstani|Uzbek|Tajik|Turkmen|Russian|Chinese|Turk|Turkish|Afghan|Iranian|Ukrainian"
    "|German|Georgian|Azerbaijani|Armenian|Indian|Polish|Belgian|Belarusian|Mongolian|Pakistani|Korean|American|Uyghur"
)
_COUNTRY = "(?:Kazakhstan|Kyrgyzstan|Uzbekistan|Tajikistan|Turkmenistan|Russia|China|Turkey|Afghanistan|Iran)"
_PERSON = (
    "man|men|woman|women|person|people|citizens?|nationals?|driver|drivers|passenger|passengers|traveller|officer"
    "|officers|soldier|soldiers|resident|residents|family|brothers|couple|student|students|trader|traders|courier"
    "|couriers|group|gang|businessman|smugglers?|pedestrian|conductor|suspect|suspects|migrants?|herders?|owner|owners"
)
NATIONALITY = re.compile(
    rf"\b(?:{_NATION}) (?:\w+ )?(?:{_PERSON})\b|\b(?:{_NATION})s\b|\bforeigners?\b|"
    rf"\b(?:citizens?|nationals?|officers?) of {_COUNTRY}\b",
    re.IGNORECASE,
)
GUILT = re.compile(
    r"smuggl\w*|contraband|traffick\w*|\bcouriers? of drugs|\bdrug couriers?|\bgangs?\b|criminals?\b"
    r"|illegal\w*|illicit\w*|poach\w*|\bthie(?:f|ves)\b|stolen|\bguilty\b|\bring\b|\bscheme\b|\bculprit\w*|launder\w*|\bbrib\w*",
    re.IGNORECASE,
)
FAIR = re.compile(
    r"smuggling (?:case|charge)s?|(?:case|charged|accused|suspected|suspicion) [\w ,]*|alleged\w* (?:[\w,]+ ){0,9}\w*",
    re.IGNORECASE,
)
WORSE = re.compile(
    r"\bfine[sd]?\b|administrative (?:case|liability|court)|criminal case (?:opened|in court)|\bby court|\bto court"
    r"|\bsentenced\b|\bjailed\b",
    re.IGNORECASE,
)
RESEARCH = re.compile(
    r"excerpt|snippet|stored (?:text|copy|index)|index file|page head|\btext read\b|not in the (?:text|copy|page)"
    r"|search(?:es)? (?:did not return|found no)|source not returned|copy saved",
    re.IGNORECASE,
)


def names_nationality(title: str) -> bool:
    return NATIONALITY.search(title) is not None


def states_guilt(title: str) -> bool:
    return GUILT.search(FAIR.sub("", title)) is not None


@pytest.mark.parametrize(
    "title",
    [
        "A Kyrgyz citizen was held",
        "Three Uzbeks with gold",
        "A Chinese driver",
        "Foreigner tried",
        "A citizen of China",
    ],
)
def test_a_title_that_names_a_persons_nationality_is_found(title: str) -> None:
    assert names_nationality(title)


@pytest.mark.parametrize("title", ["Chinese pesticides stopped", "Kyrgyz border guards stopped a car", "Polish apples"])
def test_goods_and_agencies_may_have_a_country(title: str) -> None:
    assert not names_nationality(title)


@pytest.mark.parametrize(
    "title",
    ["Smugglers were held", "120 kg of contraband kumis", "Trucks illegally brought in", "A scheme to ship scrap"],
)
def test_a_title_that_states_guilt_is_found(title: str) -> None:
    assert states_guilt(title)


@pytest.mark.parametrize(
    "title",
    [
        "Wagons held in an Aktobe smuggling case",
        "Poultry, allegedly smuggled",
        "An official was arrested, accused of letting goods be smuggled in",
    ],
)
def test_a_title_that_only_alleges_is_fair(title: str) -> None:
    assert not states_guilt(title)


def test_no_title_names_a_persons_nationality(incidents: gpd.GeoDataFrame) -> None:
    assert [title for title in incidents["title"] if names_nationality(title)] == []


def test_no_title_states_guilt_before_a_verdict(incidents: gpd.GeoDataFrame) -> None:
    alleged = incidents[incidents["outcome_class"].ne("convicted")]
    assert [title for title in alleged["title"] if states_guilt(title)] == []


def test_no_outcome_says_more_than_its_class(incidents: gpd.GeoDataFrame) -> None:
    assert WORSE.search("returned; driver fined")
    assert not WORSE.search("returned to Kazakhstan")
    milder = incidents[incidents["outcome_class"].isin(["refused_entry", "seized", "unknown"])]
    assert milder.index[milder["outcome"].str.contains(WORSE)].tolist() == []


def test_nothing_in_the_data_speaks_of_how_it_was_read(incidents: gpd.GeoDataFrame) -> None:
    texts = incidents.drop(columns=["geometry", "date_start", "date_end", "source_url", "other_urls"])
    texts = texts.select_dtypes(exclude="number")
    spoken = {f"{key}: {text}" for key, row in texts.iterrows() for text in row if RESEARCH.search(text)}
    with data_path("claims.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    spoken |= {
        f"{row['id']}: {text}"
        for row in rows
        for name, text in row.items()
        if "url" not in name and RESEARCH.search(text)
    }
    crossings = json.loads(data_path("borders/crossings.geojson").read_text(encoding="utf-8"))["features"]
    spoken |= {
        f"{one['properties']['id']}"
        for one in crossings
        if RESEARCH.search(" ".join(map(str, one["properties"].values())))
    }
    assert spoken == set()


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_no_word_of_the_pages_speaks_of_how_it_was_read(lang: str) -> None:
    from geo.language.catalogue import read_words  # noqa: PLC0415

    assert [text for text in read_words(lang).values() if RESEARCH.search(text)] == []
