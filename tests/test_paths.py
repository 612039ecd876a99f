"""What is read of a country is not taken for another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.intake.words.terms import read_agencies
from geo.paths import of_country, use_country

if TYPE_CHECKING:
    from pathlib import Path

FACTS = 'iso2 = "TH"\niso3 = "THA"\ncurrency = "THB"\ncurrency_sign = "฿"\n'


def test_what_was_read_of_a_country_is_let_go_of_with_it(tmp_path: Path) -> None:
    read: list[str] = []

    @of_country()
    def words(lang: str) -> str:
        read.append(lang)
        return lang

    words("ru"), words("ru")
    use_country(tmp_path)
    try:
        words("ru")
        use_country(tmp_path)
        words("ru")
        assert read == ["ru", "ru"]
    finally:
        use_country(None)
    words("ru")
    assert read == ["ru", "ru", "ru"]


def test_another_countrys_agencies_do_not_stay(tmp_path: Path) -> None:
    (tmp_path / "country.toml").write_text(FACTS + 'name = {en = "Thailand", ru = "Таиланд", kk = "Тайланд"}\n')
    (tmp_path / "agencies.csv").write_text("agency,country,side\nRoyal Customs,TH,home\n")
    assert read_agencies("Royal Customs").problem
    use_country(tmp_path)
    try:
        assert read_agencies("Royal Customs").category == "Royal Customs"
    finally:
        use_country(None)
    assert read_agencies("Royal Customs").problem
