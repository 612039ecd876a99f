from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from claim_cases import records, statements
from hypothesis import given, settings
from hypothesis import strategies as st
from products import examples

from geo.claims.comparable import AGAINST
from geo.claims.pairing import pair_claims
from geo.claims.reading import read_claims
from geo.claims.verdicts import (
    AGENCY_RECORDS,
    AGENCY_RECORDS_SAME_ARTICLE,
    CONTRADICTED,
    NO_RECORD,
    NOT_COMPARABLE,
    OTHER_RECORDS,
    VERDICTS,
    compare_claims,
)
from geo.claims.wording import word_claims
from geo.incidents.placing import locate
from geo.incidents.reading import read_incidents, write_incidents
from geo.language.catalogue import LANGUAGES, read_words
from geo.vocabulary import GOODS

if TYPE_CHECKING:
    import geopandas as gpd

    import geo

FIRST = [
    "agency", "claim", "value", "unit", "period_start", "period_end", "verdict", "reason",
    "records_same_agency", "records_other_agencies", "record_ids", "source_url",
]  # fmt: skip
COMPARED = {AGENCY_RECORDS, AGENCY_RECORDS_SAME_ARTICLE, OTHER_RECORDS, NO_RECORD, CONTRADICTED}
AGENCIES = ("Ministry of Internal Affairs", "KNB", "KNB Border Service", "Russian customs", "other: Kyrgyz police")
DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "claims.md"


@pytest.fixture(scope="session")
def claims() -> pd.DataFrame:
    return read_claims()


@pytest.fixture(scope="session")
def compared(claims: pd.DataFrame, located: geo.Located) -> pd.DataFrame:
    return in_words(compare_claims(claims, located))


def in_words(table: pd.DataFrame) -> pd.DataFrame:
    """The table with all that is said in English, and its verdicts as codes."""
    return word_claims(table).assign(verdict=table["verdict"])


def judge(located: geo.Located, claim: dict[str, Any], *rows: dict[str, Any]) -> pd.Series:
    """The verdict on one made-up statement beside made-up records."""
    return in_words(compare_claims(statements(claim), records(located, *rows))).iloc[0]


def said_by(compared: pd.DataFrame, agency: str, words: str) -> pd.Series:
    """The one built-in statement of an agency that holds some words: found by what it says, never by its id."""
    found = compared[compared["agency"].eq(agency) & compared["claim"].str.contains(words, regex=False)]
    assert len(found) == 1
    return found.iloc[0]


# -- the founding article -------------------------------------------------------------------------


def test_none_in_2024_lists_the_ministry_s_own_records_and_apart_those_of_others(
    compared: pd.DataFrame, incidents: pd.DataFrame
) -> None:
    row = said_by(compared, "Ministry of Internal Affairs", "identified no cases")
    assert row["verdict"] == AGENCY_RECORDS
    own = incidents.loc[row["records_same_agency_ids"].split("; ")]
    others = incidents.loc[row["records_other_agencies_ids"].split("; ")]
    assert (len(own), len(others)) == (row["records_same_agency"], row["records_other_agencies"])
    assert len(own) > 0
    assert own["agency"].str.contains("Ministry of Internal Affairs").all()
    assert not others["agency"].str.contains("Ministry of Internal Affairs").any()
    for found in (own, others):
        assert found["date"].str.startswith("2024").all()
        assert not found["goods"].isin(["drugs", "weapons"]).any()
        assert not found["outcome_class"].eq("refused_entry").any()
    assert "(alleged: no conviction is recorded)" in row["reason"]
    assert "whether under the same article of law is not known" in row["reason"]


def test_the_trade_ministry_s_statement_is_not_comparable(compared: pd.DataFrame) -> None:
    row = said_by(compared, "Ministry of Trade and Integration", "outside its remit")
    assert row["verdict"] == NOT_COMPARABLE
    assert row["reason"] == "Agency: the statement is about the agency's remit, not about cases."


def test_the_two_heroin_figures_point_to_each_other(compared: pd.DataFrame) -> None:
    police = said_by(compared, "Ministry of Internal Affairs", "2.5 kg")
    prosecutors = said_by(compared, "Prosecutor General", "774 kg were heroin")
    assert (police["paired_with"], prosecutors["paired_with"]) == (prosecutors.name, police.name)


def test_58_in_proceedings_carries_its_remark(compared: pd.DataFrame) -> None:
    row = said_by(compared, "Financial Monitoring Agency", "58 economic smuggling cases in proceedings.")
    assert "Cases in proceedings may include cases registered in earlier years." in row["remarks"]
    assert said_by(compared, "Financial Monitoring Agency", "registered 35 criminal").name in row["paired_with"]


def test_no_data_is_no_statement_of_none(compared: pd.DataFrame) -> None:
    row = said_by(compared, "KNB", "no relevant data")
    assert row["verdict"] == AGENCY_RECORDS
    assert "does not show which data the agency keeps" in row["remarks"]
    assert 0 < row["records_only_part_of_agency"] < row["records_same_agency"]


# -- the table ------------------------------------------------------------------------------------


def test_a_row_per_statement_with_the_agreed_columns_first(claims: pd.DataFrame, compared: pd.DataFrame) -> None:
    assert compared.index.equals(claims.index)
    assert compared.index.name == "id"
    assert compared.columns[: len(FIRST)].tolist() == FIRST
    assert set(compared["verdict"]) <= set(VERDICTS)
    assert "notes" not in compared


def test_numbers_and_lists_agree(compared: pd.DataFrame) -> None:
    for _, row in compared.iterrows():
        same, other, everyone = (
            [name for name in row[field].split("; ") if name]
            for field in ("records_same_agency_ids", "records_other_agencies_ids", "record_ids")
        )
        assert [*same, *other] == everyone
        assert (len(same), len(other)) == (row["records_same_agency"], row["records_other_agencies"])
        assert row["records_only_abroad"] <= len(other)
        if row["verdict"] == NOT_COMPARABLE:
            assert everyone == []


def test_nothing_on_record_contradicts_a_statement_while_records_state_no_article(
    compared: pd.DataFrame, incidents: pd.DataFrame
) -> None:
    assert set(incidents["legal_scope"]) == {""}
    assert CONTRADICTED not in set(compared["verdict"])


def test_wording_is_neutral(compared: pd.DataFrame, claims: pd.DataFrame) -> None:
    pairs = word_claims(pair_claims(claims))
    said = pd.concat([compared["reason"], compared["remarks"], compared["sentence"], pairs["reasons"]])
    banned = r"\b(?:lie|lied|lying|falsely|hid|hide|hiding|conceal\w*|guilt\w*|denie[sd]|admit\w*|cover-?up|motive)\b"
    assert not said.str.contains(banned, case=False, regex=True).any()
    found = compared[compared["record_ids"] != ""]
    assert found["reason"].str.contains("alleged|recorded conviction", regex=True).all()


def test_coverage_is_offered_for_cases_only_and_never_above_one(compared: pd.DataFrame) -> None:
    offered = compared[compared["coverage"].notna()]
    assert len(offered) > 0
    assert offered["unit"].eq("case").all()
    assert offered["coverage"].between(0, 1).all()
    assert offered["coverage_text"].str.fullmatch(r"coverage at most [\d,]+/[\d,]+").all()
    assert offered["sentence"].str.endswith("no match between them is implied").all()
    assert compared.loc[compared["verdict"].eq(NOT_COMPARABLE), "sentence"].eq("").all()


def test_no_statements_give_an_empty_table(claims: pd.DataFrame, located: geo.Located) -> None:
    assert compare_claims(claims.iloc[:0], located).columns[: len(FIRST)].tolist() == FIRST


def test_the_sentence_is_said_in_full(compared: pd.DataFrame) -> None:
    row = said_by(compared, "KNB Border Service", "17,541")
    naming = row["records_same_agency"]
    counts = f"{naming + row['records_other_agencies']} (naming this agency: {naming})"
    assert row["sentence"] == (
        f"our records in this class and period: {counts}; agency total: 17,541; no match between them is implied"
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_language_says_the_same_numbers_and_names(claims: pd.DataFrame, located: geo.Located, lang: str) -> None:
    english, table = (word_claims(compare_claims(claims, located), one) for one in ("en", lang))
    for field in ("reason", "remarks", "sentence", "coverage_text"):
        for ours, theirs in zip(english[field], table[field], strict=True):
            assert sorted(re.findall(r"\d+", ours)) == sorted(
                re.findall(r"\d+", re.sub(r"(?<=\d)\xa0(?=\d)", ",", theirs))
            )
            assert "{" not in theirs
            assert (ours == "") == (theirs == "")
    assert table["verdict"].nunique() == english["verdict"].nunique()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_and_verdict_has_its_words(lang: str) -> None:
    words = read_words(lang)
    assert {f"verdict.{verdict}" for verdict in VERDICTS} <= words.keys()
    assert {f"statement.verdict.{verdict}" for verdict in VERDICTS} <= words.keys()
    assert AGAINST.keys() <= words.keys()
    assert {f"why.{kind}" for kind in AGAINST.values()} <= words.keys()


# -- verdicts follow from the data ----------------------------------------------------------------


def test_removing_records_walks_down_the_verdicts(located: geo.Located) -> None:
    own, other = {}, {"agency": "Russian customs"}
    assert judge(located, {}, own, other)["verdict"] == AGENCY_RECORDS
    assert judge(located, {}, other)["verdict"] == OTHER_RECORDS
    assert judge(located, {})["verdict"] == NO_RECORD
    assert judge(located, {}, {"agency": ""})["verdict"] == NO_RECORD


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({}, AGENCY_RECORDS),
        ({"agency": "Prosecutor General"}, OTHER_RECORDS),
        ({"period_start": "2023-01-01", "period_end": "2023-12-31"}, NO_RECORD),
        ({"goods": "drugs"}, NO_RECORD),
        ({"goods_scope": "all except tobacco"}, NO_RECORD),
        ({"neighbour": "RU"}, NO_RECORD),
        ({"neighbour": "KG"}, AGENCY_RECORDS),
        ({"border_scope": "POST"}, NO_RECORD),
        ({"period_start": "", "period_end": ""}, NOT_COMPARABLE),
        ({"claim_type": "law"}, NOT_COMPARABLE),
        ({"claim_type": "amount", "value": 3.0, "unit": "person"}, NOT_COMPARABLE),
    ],
)
def test_changing_the_statement_changes_the_verdict(located: geo.Located, change: dict[str, Any], verdict: str) -> None:
    assert judge(located, change, {})["verdict"] == verdict


_AGAINST = {"legal_scope": "Art. 286"}


def test_contradicted_where_agency_period_and_law_are_the_same_and_known(located: geo.Located) -> None:
    row = judge(located, {}, _AGAINST, {"agency": "KNB"})
    assert row["verdict"] == CONTRADICTED
    assert "1 record (alleged: no conviction is recorded)" in row["reason"]
    assert "1 record (alleged: no conviction is recorded) names only other agencies." in row["reason"]


@pytest.mark.parametrize(
    ("claim", "record", "verdict"),
    [
        ({}, {"legal_scope": ""}, AGENCY_RECORDS),
        ({}, {"legal_scope": "unknown"}, AGENCY_RECORDS),
        ({}, {"legal_scope": "Art. 339"}, NO_RECORD),
        ({}, {"legal_scope": "Art. 286; Art. 339"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({}, {"agency": "Ministry of Internal Affairs; KNB"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({}, {"agency": "KNB"}, OTHER_RECORDS),
        ({}, {"date_basis": "publication"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({}, {"outcome_class": "seized"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({}, {"outcome_class": "convicted"}, CONTRADICTED),
        ({}, {"date": "2023-12-31"}, NO_RECORD),
        ({"legal_scope": "unknown"}, {}, AGENCY_RECORDS),
        ({"period_end": ""}, {}, AGENCY_RECORDS_SAME_ARTICLE),
        ({"claim_type": "no_data", "value": float("nan"), "unit": ""}, {}, AGENCY_RECORDS_SAME_ARTICLE),
        ({"claim_type": "count", "value": 1.0}, {}, AGENCY_RECORDS_SAME_ARTICLE),
        ({"claim_type": "count", "value": 0.0}, {}, CONTRADICTED),
        ({"agency": "KNB"}, {"agency": "KNB Border Service"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({"claim_type": "none", "value": float("nan"), "unit": ""}, {}, CONTRADICTED),
        ({"claim_type": "amount", "value": 0.0, "unit": "kg"}, {}, AGENCY_RECORDS_SAME_ARTICLE),
        ({}, {"legal_scope": "Art. 234; Art. 286"}, CONTRADICTED),
        ({}, {"legal_scope": "Art. 234; Art. 300"}, AGENCY_RECORDS_SAME_ARTICLE),
        ({"period_end": "", "stated_on": "2024-12-31"}, {}, AGENCY_RECORDS_SAME_ARTICLE),
    ],
)
@pytest.mark.parametrize("law", ["Art. 234", "Art. 286"])
def test_one_thing_unknown_or_different_is_no_contradiction(
    located: geo.Located, claim: dict[str, Any], record: dict[str, Any], verdict: str, law: str
) -> None:
    assert judge(located, claim, {"legal_scope": law} | record)["verdict"] == verdict


@pytest.mark.parametrize("ending", ["csv", "geojson"])
@pytest.mark.parametrize(
    ("articles", "verdict"),
    [
        ("Art. 286", CONTRADICTED),
        ("Art. 286; Art. 339", AGENCY_RECORDS_SAME_ARTICLE),
        ("unknown", AGENCY_RECORDS),
        ("", AGENCY_RECORDS),
        (None, AGENCY_RECORDS),
    ],
)
def test_a_record_s_article_is_read_from_its_file(  # noqa: PLR0917
    claims: pd.DataFrame,
    incidents: gpd.GeoDataFrame,
    frontier: geo.Frontier,
    tmp_path: Path,
    articles: str | None,
    verdict: str,
    ending: str,
) -> None:
    states = {
        "agency": "Ministry of Internal Affairs",
        "date": "2024-06-15",
        "date_precision": "day",
        "date_basis": "event",
        "goods": "tobacco",
        "outcome_class": "case_opened",
        "legal_scope": articles,
    }
    own = claims["agency"].eq("Ministry of Internal Affairs") & claims["claim"].str.contains("identified no cases")
    under_articles = claims.assign(legal_scope=claims["legal_scope"].mask(own, "Art. 234; Art. 286"))
    record = incidents.head(1).assign(**states)
    if articles is None:
        record = record.drop(columns="legal_scope")
    file = tmp_path / f"one.{ending}"
    write_incidents(record, file)
    row = said_by(
        in_words(compare_claims(under_articles, locate(read_incidents(file), frontier))),
        "Ministry of Internal Affairs",
        "identified no cases",
    )
    assert row["verdict"] == verdict
    assert row["records_same_agency_ids"] == record.index[0]


statement_changes = st.fixed_dictionaries(
    {},
    optional={
        "agency": st.sampled_from(AGENCIES),
        "goods": st.sampled_from(["all", "tobacco", "drugs; tobacco", "fuel"]),
        "neighbour": st.sampled_from(["", "KG", "RU; KG", "UZ"]),
        "period_start": st.sampled_from(["2022-01-01", "2024-01-01", "2024-07-01"]),
        "claim_type": st.sampled_from(["none", "no_data", "law"]),
        "legal_scope": st.sampled_from(["unknown", "Art. 234", "Art. 286; Art. 234"]),
    },
)
record_changes = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "agency": st.sampled_from([*AGENCIES, "", "KNB; Russian customs"]),
            "goods": st.sampled_from(GOODS[:6]),
            "neighbour": st.sampled_from(["KG", "RU", "UZ", ""]),
            "date": st.sampled_from(["2024-03-01", "2024", "2022-05", "2020-01-01", ""]),
            "outcome_class": st.sampled_from(["seized", "case_opened", "convicted", "refused_entry"]),
            "legal_scope": st.sampled_from(["", "Art. 234", "Art. 339"]),
        },
    ),
    max_size=6,
)


@settings(max_examples=examples(30))
@given(claim=statement_changes, rows=record_changes)
def test_the_verdict_follows_from_the_counts(
    located: geo.Located, claim: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    row = judge(located, claim, *rows)
    if row["verdict"] == NOT_COMPARABLE:
        assert claim["claim_type"] == "law"
    elif row["records_same_agency"]:
        assert row["verdict"] in (AGENCY_RECORDS, AGENCY_RECORDS_SAME_ARTICLE, CONTRADICTED)
    else:
        assert row["verdict"] == (OTHER_RECORDS if row["records_other_agencies"] else NO_RECORD)
    if row["verdict"] == CONTRADICTED:
        assert row["legal_scope"] != "unknown"
        assert row["claim_type"] == "none"


@settings(max_examples=examples(30))
@given(claim=statement_changes, rows=record_changes)
def test_a_record_that_matches_adds_one_and_its_removal_takes_it_away(
    located: geo.Located, claim: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    claim = claim | {"claim_type": "none", "period_start": "2024-01-01"}
    goods = claim.get("goods", "all").split("; ")[0]
    match = {
        "agency": claim.get("agency", "Ministry of Internal Affairs"),
        "goods": "tobacco" if goods == "all" else goods,
        "neighbour": claim.get("neighbour", "").split("; ")[0] or "KG",
        "date": "2024-08",
    }
    before, after = judge(located, claim, *rows), judge(located, claim, *rows, match)
    assert after["records_same_agency"] == before["records_same_agency"] + 1
    assert after["records_other_agencies"] == before["records_other_agencies"]
    assert after["verdict"] in (AGENCY_RECORDS, AGENCY_RECORDS_SAME_ARTICLE, CONTRADICTED)
    elsewhere = judge(located, claim, *rows, match | {"agency": "other: German authorities"})
    assert elsewhere["records_other_agencies"] == before["records_other_agencies"] + 1
    assert elsewhere["records_same_agency"] == before["records_same_agency"]


@settings(max_examples=examples(30))
@given(claim=statement_changes, rows=record_changes, agency=st.sampled_from(AGENCIES))
def test_another_agency_changes_who_is_counted_not_how_many(
    located: geo.Located, claim: dict[str, Any], rows: list[dict[str, Any]], agency: str
) -> None:
    one, other = judge(located, claim, *rows), judge(located, claim | {"agency": agency}, *rows)
    assert set(one["record_ids"].split("; ")) == set(other["record_ids"].split("; "))


@settings(max_examples=examples(30))
@given(claim=statement_changes, rows=record_changes)
def test_a_wider_statement_finds_no_fewer_records(
    located: geo.Located, claim: dict[str, Any], rows: list[dict[str, Any]]
) -> None:
    wider = ({"goods": "all"}, {"neighbour": ""}, {"period_start": "2019-01-01"}, {"legal_scope": "unknown"})
    claims = statements(claim, *(claim | change for change in wider))
    narrow, *wide = compare_claims(claims, records(located, *rows))["record_ids"].str.split("; ")
    assert all(set(narrow) - {""} <= set(found) for found in wide)


def test_nothing_hangs_on_ids_or_on_the_order_of_rows(
    claims: pd.DataFrame, located: geo.Located, compared: pd.DataFrame
) -> None:
    renamed = claims.sample(frac=1, random_state=5)
    names = pd.Series([f"x{place}" for place in range(len(renamed))], index=renamed.index)
    shuffled = replace(located, incidents=located.incidents.sample(frac=1, random_state=6))
    again = in_words(compare_claims(renamed.set_axis(names.rename("id"), axis=0), shuffled))
    kept = ["verdict", "reason", "remarks", "sentence", "records_same_agency", "records_other_agencies"]
    expected = compared.loc[renamed.index, kept].set_axis(again.index, axis=0)
    pd.testing.assert_frame_equal(again[kept], expected)


def test_what_a_statement_and_its_records_say_in_full(located: geo.Located) -> None:
    # Three of its own, one of them by a part; two of others, one abroad; one of each kind left out.
    claim = {
        "agency": "KNB", "claim": "It counted about 5 cases.", "claim_type": "count", "value": 5.0,
        "legal_scope": "Art. 234", "border_scope": "the southern border", "goods": "tobacco", "goods_scope": "tobacco",
        "period_start": "2024-02-01", "period_end": "", "stated_on": "2024-12-31",
    }  # fmt: skip
    own = {"agency": "KNB", "outcome_class": "convicted"}
    row = judge(
        located, claim, own, own | {"outcome_class": "seized"}, {"agency": "KNB Border Service"},
        {"agency": "Russian customs"}, {"possible_same_as": "record-0"}, own | {"date": ""},
        own | {"date": "2024"},
        own | {"outcome_class": "refused_entry"}, own | {"legal_scope": "Art. 300"}, own | {"agency": ""},
    )  # fmt: skip
    assert row["verdict"] == AGENCY_RECORDS
    assert row["record_ids"] == "record-0; record-1; record-2; record-3; record-4"
    counted = [
        "records_same_agency", "records_other_agencies", "records_only_part_of_agency", "records_only_abroad",
        "records_convicted", "left_out_undated", "left_out_partly_outside", "left_out_refused_entry",
        "left_out_other_article", "left_out_without_agency",
    ]  # fmt: skip
    assert row[counted].tolist() == [3, 2, 1, 1, 1, 1, 1, 1, 1, 1]
    assert row[["period_first_day", "period_last_day"]].tolist() == ["2024-02-01", "2024-12-31"]
    assert row["records_only_abroad_ids"] == "record-3"
    assert (row["coverage"], row["coverage_text"]) == (0.6, "coverage at most 3/5")
    assert row["sentence"] == (
        "our records in this class and period: 5 (naming this agency: 3); agency total: 5; "
        "no match between them is implied"
    )
    assert row["reason"] == (
        "3 records (1 with a recorded conviction, the rest alleged) of this class, border and period name the KNB; "
        "whether under the same article of law is not known. 2 records (alleged: no conviction is recorded) name only "
        "other agencies, 1 of them only agencies of other countries."
    )
    assert row["remarks"] == (
        "The end of the period is not stated; it is read as the latest day the statement can be of, 2024-12-31. "
        "The figure is stated as approximate. The statement covers Art. 234 only; a record without a stated article "
        "may fall under another. The border is described as “the southern border” and read as: all borders. 1 of the "
        "records counted as naming the KNB names only a part of it (KNB Border Service). 1 of the records may tell of "
        "an incident that another of them tells of. Records of these goods and borders that are left out: 1 undated, "
        "1 possibly outside the period, 1 of goods merely refused entry (no smuggling alleged), 1 under another "
        "article of law, 1 without a named agency."
    )


def test_more_records_than_cases_offers_no_coverage(located: geo.Located) -> None:
    count = {"claim_type": "count", "value": 1.0}
    assert judge(located, count, {})["coverage_text"] == "coverage at most 1/1"
    crowded = judge(located, count, {}, {})
    assert pd.isna(crowded["coverage"])
    assert crowded["coverage_text"] == ""
    assert "records in this class and period: 2" in crowded["sentence"]


def test_records_that_may_tell_of_one_incident_are_remarked(located: geo.Located) -> None:
    row = judge(located, {}, {"possible_same_as": "record-1"}, {}, {})
    assert "1 of the records may tell of an incident that another of them tells of." in row["remarks"]


def test_a_whole_named_beside_its_part_is_remarked(located: geo.Located) -> None:
    row = judge(located, {"agency": "KNB Border Service"}, {"agency": "KNB"})
    assert row["verdict"] == OTHER_RECORDS
    assert "1 of the records counted as naming other agencies names the KNB" in row["remarks"]


# -- the worked cases of the document -------------------------------------------------------------


def tables_under(heading: str) -> list[dict[str, str]]:
    """Two-column tables under a second-level heading of ``docs/claims.md``, as field → cell."""
    text = DOCUMENT.read_text(encoding="utf-8")
    section = re.split(r"^## ", text.split(f"\n## {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    found = []
    for block in re.findall(r"(?:^\|.*\|\n)+", section, flags=re.MULTILINE):
        rows = [[cell.strip().strip("`") for cell in line.strip("|\n").split(" | ")] for line in block.splitlines()]
        found.append(dict(rows[2:]))
    return found


def as_written(value: Any) -> str:
    if isinstance(value, float):
        return "–" if pd.isna(value) else f"{value:g}"
    return str(value)


def test_the_worked_cases_come_out_as_the_document_says(claims: pd.DataFrame, located: geo.Located) -> None:
    compared, cases = word_claims(compare_claims(claims, located)), tables_under("Worked cases")
    assert len([case for case in cases if "id" in case]) == 3
    pairs = word_claims(pair_claims(claims)).set_index(["first_id", "second_id"])
    for case in cases:
        row = compared.loc[case.pop("id")] if "id" in case else pairs.loc[(case.pop("first_id"), case.pop("second_id"))]
        assert len(case) >= 4
        assert {field: as_written(row[field]) for field in case} == case


def test_the_document_lists_the_founding_article_s_verdicts(compared: pd.DataFrame) -> None:
    (listed,) = tables_under("The statements of the founding article")
    article = compared[compared["source_url"].str.contains("smuggling-without-borders")]
    assert listed == word_claims(article)["verdict"].to_dict()
