"""Delimited text: its encoding is found out, or the file is refused."""

from __future__ import annotations

import io

import pytest

from geo.errors import InputError
from geo.files.delimited import encoding_of, read_delimited

RUSSIAN = "Дата;Товар;Место;Источник\r\n07.03.2024;сигареты;Кордай;https://example.org/1\r\n"
KAZAKH = "Күні;Тауар;Орны;Дереккөз\r\n07.03.2024;темекі;Қордай;https://example.org/1\r\n"
CHINESE = "日期,货物,地点,来源\r\n2024-03-07,香烟,霍尔果斯,https://example.org/1\r\n"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        *((RUSSIAN, encoding) for encoding in ("utf-8", "utf-16", "cp1251", "cp866", "koi8-r", "iso8859-5", "mac-cyrillic")),  # noqa: E501
        (KAZAKH, "kz1048"),
        (KAZAKH, "utf-16-le"),
        (CHINESE, "gb18030"),
        ("Шекара;Ссылка;Координаты\r\nРесей;https://example.org/1;51°09'00,1\" с.ш.\r\n", "kz1048"),
    ],
)  # fmt: skip
def test_what_was_written_in_an_encoding_is_read_again(text: str, encoding: str) -> None:
    lines, _ = read_delimited(io.BytesIO(text.encode(encoding)), "a.csv")
    assert [";".join(map(str, cells)).replace(";", ",") for _, cells in lines] == text.replace(";", ",").split("\r\n")[
        :-1
    ]


def test_text_that_was_saved_in_a_wrong_encoding_is_refused() -> None:
    garbled = (RUSSIAN * 3).encode().decode("cp1251", "replace").encode()
    with pytest.raises(InputError, match="wrong encoding"):
        read_delimited(io.BytesIO(garbled), "a.csv")


def test_text_that_no_encoding_makes_words_of_is_refused() -> None:
    with pytest.raises(InputError, match="not clear"):
        encoding_of(bytes(range(128, 256)), "a.csv")


def test_a_stray_quote_is_named_and_the_rows_are_read() -> None:
    lines, notes = read_delimited(io.BytesIO(b'a,b\n"x" y,1\n'), "a.csv")
    assert [cells for _, cells in lines] == [("a", "b"), ("x y", "1")]
    assert any("quote" in note for note in notes)
