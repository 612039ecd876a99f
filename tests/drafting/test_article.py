"""Articles from files: text with a first line, saved pages, and what is none."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from geo.drafting import read_article, read_text
from geo.errors import ShekaraError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><html lang="ru"><head><title>Ячмень был только сверху | Тобольный меридиан</title>
<meta property="og:title" content="Ячмень был только сверху">
<meta property="og:site_name" content="Тобольный меридиан">
<meta property="article:published_time" content="2023-04-22T09:00:00+06:00">
<link rel="canonical" href="https://example.org/wheat"></head><body>
<nav><a href="/">Главная</a> <a href="/sport">Спорт: 40 тонн штанги</a></nav>
<article><h1>Ячмень был только сверху</h1>
<p>Вчера на автомобильном пункте пропуска «Кайрак» грузовики из Челябинской области остановили пограничники.
Их кузова были накрыты слишком тщательно, и инспекторы решили пересыпать зерно на площадке и взвесить его.</p>
<p>Под тонким слоем ячменя насчитали 60 тонн пшеницы. Груз изъят, водителям предстоит объясняться.
Возбуждать дело пока не стали, сообщили в пресс-службе областного департамента, проверка продолжается.</p></article>
<footer>Подпишитесь на рассылку</footer></body></html>"""


def test_the_first_line_gives_date_and_outlet() -> None:
    for line in ("2024-07-04 · Example Gazette", "04.07.2024 — Example Gazette", "2024-07-04 | Example Gazette"):
        article = read_text(f"{line}\nA title\n\nA sentence.")
        assert (article.published, article.outlet) == (dt.date(2024, 7, 4), "Example Gazette")
        assert article.text == "A title\n\nA sentence."


def test_a_text_without_a_first_line_has_no_date() -> None:
    article = read_text("A title\n\nA sentence.")
    assert (article.published, article.outlet, len(article.sentences)) == (None, "", 2)


def test_an_abbreviation_ends_no_sentence() -> None:
    article = read_text(
        "Title\n\nOn Jan. 15 a van came at 2 a.m. to B. Konysbayev. It was searched. 5 тыс. штук нашли."
    )
    assert [one.text.strip() for one in article.sentences[1:]] == [
        "on jan. 15 a van came at 2 a.m. to b. konysbayev.", "it was searched.", "5 тыс. штук нашли.",
    ]  # fmt: skip


def test_items_of_a_list_are_paragraphs_of_their_own() -> None:
    article = read_text("Title\n\nLead.\n\n1️⃣ One.\n2️⃣ Two.\n- Three.")
    assert [one.item for one in article.sentences] == [False, False, True, True, True]
    assert len({one.paragraph for one in article.sentences}) == 5


def test_sentences_cover_their_words_where_they_stand() -> None:
    article = read_text("2024-07-04 · X\nЗаголовок\n\nЁлки. Ещё ОДНО.")
    assert all(article.low[one.start : one.end] == one.text for one in article.sentences)
    assert len(article.low) == len(article.text)


def test_a_saved_page_gives_its_main_text_date_and_outlet(tmp_path: Path) -> None:
    file = tmp_path / "wheat.html"
    file.write_text(PAGE, encoding="utf-8")
    article = read_article(file)
    assert (article.published, article.outlet) == (dt.date(2023, 4, 22), "Тобольный меридиан")
    assert article.address == "https://example.org/wheat"
    assert "60 тонн пшеницы" in article.text
    assert "штанги" not in article.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251", "kz1048", "koi8-r", "cp866"])
def test_a_text_is_read_in_whatever_encoding_it_is(tmp_path: Path, encoding: str) -> None:
    file = tmp_path / "old.txt"
    text = "Вчера на пункте пропуска пограничники изъяли шестьдесят тонн пшеницы, которую везли из России."
    file.write_bytes(f"2024-07-04 · Газета\n{text}".encode(encoding))
    article = read_article(file)
    assert (article.text, article.outlet) == (text, "Газета")


def test_a_folder_records_and_what_no_encoding_reads_are_refused(tmp_path: Path) -> None:
    table, odd = tmp_path / "drafts.geojson", tmp_path / "odd.txt"
    table.write_text("{}", encoding="utf-8")
    odd.write_bytes("Zażółć gęślą jaźń ünïcode ".encode() + b"\xe9\xe8")
    for path, message in ((tmp_path, "a folder"), (table, "records, and no article"), (odd, "encoding is not clear")):
        with pytest.raises(ShekaraError, match=message):
            read_article(path)


def test_a_picture_and_a_book_are_refused(tmp_path: Path) -> None:
    picture, book = tmp_path / "a.txt", tmp_path / "b.txt"
    picture.write_bytes(b"\x89PNG\r\n\x00\x00")
    book.write_bytes(b"a" * 1_000_001)
    with pytest.raises(ShekaraError, match="no text"):
        read_article(picture)
    with pytest.raises(ShekaraError, match="more than an article"):
        read_article(book)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("АКТОБЕ. 14 февраля 2023 года. Пресс-релиз\n\nНа посту изъяли груз.", dt.date(2023, 2, 14)),
        ("(«Курьер», 7 октября 2021 г.)\nПетухово\n\nНакануне изъяли груз.", dt.date(2021, 10, 7)),
        ("ASTANA, June 16, 2025. The agency informs:\n\nGoods were seized.", dt.date(2025, 6, 16)),
        ("Бөлшек\n\nСейсенбіде тауар табылды.\n\n«Емел», бейсенбі, 24.08.2017 ж.", dt.date(2017, 8, 24)),
        ("The customs reported on 21 October 2019 that a truck was opened.", dt.date(2019, 10, 21)),
    ],
)
def test_a_dateline_a_line_at_the_foot_or_the_day_of_a_report_gives_the_date(text: str, day: dt.date) -> None:
    assert read_text(text).published == day


def test_an_article_without_a_title_has_none() -> None:
    assert [one.paragraph for one in read_text("Вчера изъяли груз. Его взвесили.\n\nОн тяжёл.").sentences] == [1, 1, 2]
    assert [one.paragraph for one in read_text("Изъятый груз\n\nЕго взвесили.").sentences] == [0, 1]


def test_what_never_ends_a_sentence_is_cut() -> None:
    article = read_text("T\n\n" + "1 234 тонн 5 кг, " * 6000)
    assert max(one.end - one.start for one in article.sentences) <= 2000
    assert "".join(one.text for one in article.sentences[1:]).strip() == article.low[3:].strip()


@pytest.mark.parametrize("text", ["", "   \n\n", "\ufeff", "<html></html>", "<div><br></div>"])
def test_nothing_has_no_sentences(text: str) -> None:
    assert read_text(text).sentences == ()
