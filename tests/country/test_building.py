"""A country's folder, from nothing to a page."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from command_line import run
from country_files import fill
from products import one_quick_in

from geo.border.frontier import read_frontier
from geo.country.building import new_country
from geo.country.checking import check_country
from geo.errors import InputError
from geo.language.catalogue import say
from geo.language.texts import read_country, read_words
from geo.language.translations import translate
from geo.paths import country_folder, use_country

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OURS = re.compile("Kazakh|Caspian|CASPIAN|Казахстан|Қазақстан|Каспи")
MONEY = {"KGZ": ("KGS", "сомов"), "THA": ("THB", "baht"), "ZAF": ("ZAR", "рэндов")}


@pytest.fixture(autouse=True)
def _own_country_again() -> Iterator[None]:
    yield
    use_country(None)


def test_a_new_country_has_no_fault(country: Path) -> None:
    assert check_country(country) == []
    assert country_folder() is None


def test_no_cell_reaches_over_a_gap_and_lengths_add_up(country: Path) -> None:
    frontier = read_frontier(country / "borders")
    cells = frontier.cells
    assert (cells.geometry.geom_type == "LineString").all()
    assert (frontier.segments.geometry.geom_type == "LineString").all()
    assert cells["length_km"].groupby(cells["neighbour"]).sum().to_dict() == pytest.approx(
        frontier.borders["length_km"].to_dict()
    )
    parts = sum(len(getattr(line, "geoms", [line])) for line in frontier.borders.geometry)
    assert (~frontier.goes_on).sum() <= parts


@pytest.mark.thorough  # dear: every command, once for each country
@pytest.mark.parametrize(
    ("country", "verified"), [("THA", False), ("THA", True), ("KGZ", True), ("ZAF", True)], indirect=["country"]
)
def test_every_command_speaks_of_the_country_alone(
    country: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], *, verified: bool
) -> None:
    page, figure, placed, site, desk = (
        str(tmp_path / name) for name in ("page.html", "figure.svg", "placed.geojson", "site", "news.desk")
    )
    incidents = str(country / "incidents.geojson")
    # A page has an estimate of each border, a folder a picture: in the quick run of one, for time's sake.
    one = read_frontier(country / "borders").borders.index[0]
    few = () if verified else ("--neighbour", one)
    for words in (
        ("check",), ("check", incidents), ("summary",), ("summary", "--by", "place"), ("risk",),
        ("export", page, "--lang", "ru", *few), ("figure", figure), ("locate", "-o", placed), ("claims",), ("quote",),
        ("desk", "new", desk), ("desk", "import", desk, incidents), ("desk", "log", desk),
        ("desk", "update", desk), ("desk", "export", desk, "-o", str(tmp_path / "desk.csv")),
        ("publish", site, "--incidents", desk, "--neighbour", one),
        *([("verify", site, "--incidents", desk)] if verified else []),
    ):  # fmt: skip
        code, out, err = run(*words, "--country", str(country), capsys=capsys)
        assert code == 0, err
        # Kyrgyzstan's neighbour may be named.
        if country.name != "KGZ":
            assert not OURS.search(out + err), words
    if country.name != "KGZ":
        written = [
            path for path in tmp_path.rglob("*") if path.suffix in {".html", ".svg", ".md", ".json", ".geojson", ".csv"}
        ]
        assert len(written) > 8
        for path in written:
            assert not OURS.search(path.read_text(encoding="utf-8")), path


def test_a_table_is_read_with_the_countrys_own_borders_and_money(
    country: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frontier = read_frontier(country / "borders")
    code, row = next((c, r) for c, r in frontier.borders.iterrows() if r["kind"] == "land")
    table, out = tmp_path / "table.csv", tmp_path / "records.geojson"
    money, called = MONEY[country.name]
    place = "near the station of Nowhere" if country.name == "THA" else ""  # towns are read for it: seconds
    lines = [
        f"2024-05-0{day},cigarettes,{row['name_en']},{worth},{place},https://example.org/{day}\n"
        for day, worth in enumerate((f"12 500 {called}", f"3 млн {called}", "700 $"), 1)
    ]
    table.write_text("date,goods,border,value,place,source\n" + "".join(lines), encoding="utf-8")
    assert run("import", str(table), "-o", str(out), "--country", str(country), capsys=capsys)[0] == 0
    records = [record["properties"] for record in json.loads(out.read_text(encoding="utf-8"))["features"]]
    assert [record["neighbour"] for record in records] == [code] * 3
    assert [(record["value_home"], record["currency"], record["value_text"]) for record in records] == [
        (12_500, money, ""), (3_000_000, money, ""), (None, "", "700 $")
    ]  # fmt: skip


@pytest.mark.parametrize("country", one_quick_in(3, ["KGZ", "THA", "ZAF"]), indirect=True)
def test_articles_are_not_read_with_another_countrys_words(
    country: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whose customs officers an article means is a country's own knowledge."""
    article = tmp_path / "article.txt"
    article.write_text("Border guards seize 1,200 packs\n\n12 May 2024. Customs seized 1,200 packs of cigarettes.")
    drafted = str(tmp_path / "d.geojson")
    code, _, err = run("draft", str(article), "-o", drafted, "--country", str(country), capsys=capsys)
    assert code == 2
    assert "a country's own words for itself" in err
    assert not (tmp_path / "d.geojson").exists()


def test_the_page_writes_the_countrys_money_and_side_of_the_equator(country: Path) -> None:
    use_country(country)
    profile = read_country()
    assert say("en", "money.sign") == profile["currency_sign"]
    assert say("en", "money.home") == MONEY[country.name][0]
    assert profile["currency_sign"] == {"KGZ": "сом", "THA": "฿", "ZAF": "R"}[country.name]
    assert say("en", "map.south", lat="26") == "26° S"


@pytest.mark.usefixtures("packages")
def test_letters_of_every_alphabet_stay(tmp_path: Path) -> None:
    new_country("ZAF", tmp_path / "za")
    text = (tmp_path / "za" / "borders" / "regions.geojson").read_text(encoding="utf-8")
    assert "Łódź" in text
    assert "Östlich" in text


def test_what_is_there_is_not_written_over(country: Path) -> None:
    before = (country / "country.toml").read_bytes()
    with pytest.raises(InputError, match="a new or an empty folder"):
        new_country("ZAF", country)
    assert (country / "country.toml").read_bytes() == before


@pytest.mark.usefixtures("packages")
def test_a_country_without_crossings_has_a_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    new_country("THA", tmp_path / "th")
    fill(tmp_path / "th", crossings=False)
    code, out, err = run("summary", "--country", str(tmp_path / "th"), capsys=capsys)
    assert code == 0, err
    assert "Myanmar" in out


@pytest.mark.usefixtures("packages")
def test_every_fault_of_a_folder_is_said_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "za"
    new_country("ZAF", folder)
    fill(folder)
    (folder / "country.toml").write_text('[name]\nen = "South Africa"\n', encoding="utf-8")
    crossings = json.loads((folder / "borders" / "crossings.geojson").read_text(encoding="utf-8"))
    first, second, third = crossings["features"][:3]
    first["properties"]["mode"] = "teleport"
    second["properties"]["neighbour"] = "XX"
    third["geometry"]["coordinates"].reverse()
    (folder / "borders" / "crossings.geojson").write_text(json.dumps(crossings), encoding="utf-8")
    fields = [fault.field for fault in check_country(folder)]
    assert [field for field in fields if field.startswith("name.")] == ["name.ru", "name.kk"]
    assert {"mode", "neighbour", "geometry"} <= set(fields)


def test_a_folder_without_a_country_is_refused_in_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run("summary", "--country", str(tmp_path), capsys=capsys)
    assert (code, out) == (2, "")
    assert "expected the folder of a country" in err


def test_the_countrys_texts_and_names_follow_the_choice(country: Path) -> None:
    known = translate("KNB", "ru"), read_words("en")["country"]
    use_country(country)
    assert (translate("KNB", "ru"), read_words("en")["country"]) == ("KNB", read_country()["name"]["en"])
    use_country(None)
    assert (translate("KNB", "ru"), read_words("en")["country"]) == known
    assert known[1] == "Kazakhstan"
