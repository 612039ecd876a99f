"""Tables as people bring them: every value comes out right, or the reader is told; never silently another one.

Layouts of public tools and of real reports; addresses and persons are invented. ``cases/expected.csv`` holds what is
right, worked out by hand.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from table_cases import FOLDER, expected, judge

from geo import intake

if TYPE_CHECKING:
    import geo
    from geo.intake import Gazetteer

SENTENCES = {
    "02-ucdp-ged-csv": "a month of UCDP stays a month, and its codes of exactness are respected",
    "03-gtd-three-date-columns": "year, month and day in three columns are one date",
    "04-cbp-aggregated-csv": "counts of events by month and office are refused as totals",
    "05-imperial-and-odd-units": "pounds are kilograms, ounces and ranges are reported",
    "06-wildlife-seizure-table": "a column is taken by its head word: Location of Incident, Commodity Quantity",
    "07-gov-cp1251-semicolons": "a sheet of an office with titles, two header rows and a total is read",
    "08-kobo-export-semicolon": "an export of KoBo with labels is read",
    "09-umap-geojson-layer": "a layer and a backup of uMap are read, with longitudes round the world",
    "10-qgis-geojson-projected": "metres are points only where their system is stated",
    "11-geojson-mixed-geometries": "every kind of JSON with records in it is read",
    "12b-excel-hyperlinks-all-named": "links behind names are the sources",
    "13-excel-hidden-and-several-sheets": "the first visible table is read, not a hidden list",
    "14-excel-sections-subtotals-ditto": "ditto marks, sections and subtotals are understood",
    "15-excel-half-converted-dates": "dates that Excel half converted are reported with both readings",
    "17-excel-date-kinds": "twenty-six ways of writing a date",
    "18-coordinates-dms-forms": "twenty-five ways of writing coordinates",
    "20-csv-encodings": "eight encodings are read or named, never shown as gibberish",
    "21-csv-quirks": "quirks of delimited text lose no row unsaid",
    "22-other-file-formats": "every format is read, or refused with what to save instead",
    "23-sources-and-addresses": "addresses are never changed",
    "25-statistics-not-incidents": "tables of totals are no incidents",
    "26-dbf-truncated-column-names": "names cut off after ten letters are read",
    "27-place-names-old-new-foreign": "old, new and foreign names of places are found, routes are none",
    "28-regions-before-and-after-2022": "regions of all times and codes are known",
    "30-check-on-files-of-others": "a table of ACLED and one with links are read",
    "31-iom-incident-layout": "the country of origin is no border",
    "34-merge-same-events-two-sources": "one event told by two sources is read alike",
    "39-tables-with-personal-data": "names, birth years and phones are left out",
    "40-utc-timestamps-near-midnight": "a stamp in UTC is the day at home",
    "41-money-columns": "tenge only where tenge is said",
    "42-goods-words-of-real-reports": "ninety-nine words for goods",
    "46-excel-cell-kinds": "cells of every kind that Excel has",
    "47-excel-formatted-to-the-last-row": "a sheet that is formatted to its last row is read at once",
    "48-google-my-maps-csv-and-kml-geojson": "a table of My Maps keeps its points, HTML is no title",
    "50-telegram-scrape-csv": "what a message tells and no column holds is said",
    "51-wikipedia-footnotes": "marks of footnotes are no part of a cell",
    "52-start-and-end-date-columns": "a start and an end are a span",
    "54-kobo-group-paths-and-labels-row": "paths of groups are read by their last part",
    "55-kazakh-latin-headers": "Kazakh in Latin letters is read",
    "56-two-tables-on-one-sheet": "a second table beneath the first is no more of its records",
    "57-kato-codes": "codes of KATO are regions",
    "58-google-maps-dms-with-decimal-seconds": "seconds are no degrees",
    "60-day-first-hyphens-and-merged-cells": "the whole column decides on day and month",
    # Found by a search of our own.
    "61-unodc-drug-seizures": "a departure country is no border",
    "62-gdelt-events": "events of GDELT say nothing of goods and are refused",
    "63-epicollect-export": "the axes of Epicollect are no names of places",
    "64-survey123-export": "American dates with times are read as the column tells",
    "65-ushahidi-export": "the day of a report is no day of the event",
    "66-airtable-export": "an amount in a column that is not known is named",
    "67-markdown-table": "a table in Markdown is read, its line is no record",
    "68-arcgis-online-geojson": "thousandths of seconds since 1970 are a day",
    "69-wikidata-query": "an answer of Wikidata has its point in WKT",
    "70-gross-and-net-weight": "of gross and net weight the net one is taken",
    "71-one-column-of-messages": "messages alone are records whose texts are named",
    "72-monthly-counts": "counts by month are refused as totals",
    "73-court-register": "the day of the deed stands above that of the sentence, the accused are left out",
    "74-bilingual-headers": "headers in two languages are read",
    # Found by a second search.
    "75-degrees-in-six-columns": "minutes, seconds and hemispheres in columns of their own belong to the degrees",
    "76-heads-that-mislead": "a source country, a fine and a make of car are none of an incident's",
    "77-day-called-number": "a day in a column called Число belongs to its year and month",
    "78-offences-counted": "a number of offences counts events",
    "79-persons-in-words": "a driver's name makes no title",
    "80-kml-in-folders": "all folders of KML are read, with names in Cyrillic letters",
    "81-units-in-names": "a unit in a name is read, a protocol's number is no date, a form's stamp no event",
    "82-objects-within-records": "objects within records are columns, lists of texts one text",
    "83-saved-in-a-wrong-encoding": "gibberish is refused by its name",
    "84-row-of-column-numbers": "a row of the columns' numbers is no record",
    "85-thousands-and-places-in-figures": "nobody writes thousandths of packs, and a place may be given in figures",
    "86-regions-of-before": "regions of before 1997 are known by what they are now",
    "87-dates-with-dots-half-converted": "dates with dots that were half converted are reported",
    "88-hidden-columns-and-dittos": "hidden columns and dittos are read",
}
LEAST_RIGHT = 0.97


@pytest.fixture(scope="module")
def gazetteer(frontier: geo.Frontier) -> Gazetteer:
    return intake.read_gazetteer(frontier)


@pytest.mark.parametrize("case", SENTENCES, ids=SENTENCES.values())
def test_case(case: str, frontier: geo.Frontier, gazetteer: Gazetteer) -> None:
    wrong = [cell for cell in judge(case, frontier, gazetteer) if cell.verdict == "wrong"]
    assert not wrong


def test_nearly_all_expected_values_come_out(frontier: geo.Frontier, gazetteer: Gazetteer) -> None:
    verdicts = Counter(cell.verdict for case in SENTENCES for cell in judge(case, frontier, gazetteer))
    assert verdicts["right"] >= LEAST_RIGHT * verdicts.total()


def test_every_case_with_expected_values_has_a_test() -> None:
    assert set(expected()) == set(SENTENCES)


def test_of_the_columns_that_are_taken_none_is_wrong() -> None:
    never = {"Country of Origin", "Гражданство", "ФИО нарушителя", "Source Quality", "where_prec", "Срок", "event_type"}
    taken = {"crossing", "date_code", "place_code"}
    for case, files in expected().items():
        for file, wanted in files.items():
            if any(field == "refused" for _, field, _ in wanted):
                continue
            mapping = intake.guess_mapping(intake.read_sheet(FOLDER / case / file))
            assert not {column for field, column in mapping.columns.items() if field not in taken} & never
