"""Personal data: names, birth years, phones, identity numbers. It is named to the reader, and not kept."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["is_personal", "personal_in"]

_CAPITAL = "[А-ЯЁӘҒҚҢӨҰҮҺІ]"
_WORD = rf"{_CAPITAL}[а-яёәғқңөұүһі]+(?:-{_CAPITAL}[а-яёәғқңөұүһі]+)?"
_PATRONYMIC = r"(?:вич|вна|ична|ұлы|қызы|улы|кызы|уулу)"
_SIGNS = (
    ("a name", re.compile(rf"\b{_WORD}\s+{_WORD}\s+{_CAPITAL}[а-яёәғқңөұүһі]*{_PATRONYMIC}\b")),
    ("a name", re.compile(rf"\b{_WORD}(?:ов|ев|ёв|ин|ын|ова|ева|ина|ский|ская|баев|баева|беков|бекова|ко|ян|дзе|швили)?\s+{_CAPITAL}\.\s?{_CAPITAL}\.")),  # noqa: E501
    ("a name", re.compile(rf"\b{_CAPITAL}[а-яё]+(?:ов|ев|ёв|ин|ова|ева|ина|ский|ская|баев|баева|беков|бекова|енко)\s+{_CAPITAL}\.(?!\w)")),  # noqa: E501
    ("a name", re.compile(rf"\b(?:водител\w*|гражда\w+|жител\w+|подозреваем\w+|задержанн\w+|нарушител\w+|курьер\w*|пассажир\w*)\s+(?:{_CAPITAL}[А-ЯЁ]{{1,2}}\s+)?{_WORD}\s+{_CAPITAL}(?:\.|[а-яё]+)")),  # noqa: E501
    ("a name", re.compile(rf"\bгр(?:-н|-ка|-на|-ки|аждан\w*)?\.?\s+{_CAPITAL}(?:\.|[а-яё]+\s+{_CAPITAL})")),
    ("a name", re.compile(r"\b[A-Z][a-z]+(?:ova?|eva?|ina?|sky|skaya|enko)\s+[A-Z]\.\s?(?:[A-Z]\.|(?!\w))")),
    ("a name", re.compile(r"\b(?:driver|suspect|citizen|courier|detainee|resident)\s+(?:of\s+[A-Z]\w+,?\s+)?[A-Z][a-z]+\s+[A-Z](?:\.|[a-z]+)")),  # noqa: E501
    ("a birth year", re.compile(r"\b(?:19|20)\d\d\s*(?:г\.?\s?р\.|г/р|года\s+рождения|ж\.\s?т\.|жылы\s+туған)|\b(?:born|b\.)\s+(?:in\s+)?(?:19|20)\d\d\b", re.IGNORECASE)),  # noqa: E501
    ("a phone number", re.compile(r"(?<![\d/=.])(?:\+7|8)[\s(-]*7\d\d[\s)-]*\d{3}[\s-]*\d{2}[\s-]*\d{2}(?!\d)")),
    ("a phone number", re.compile(r"\b(?:тел|моб|phone|tel)\.?:?\s*\+?\d[\d\s()-]{8,}", re.IGNORECASE)),
    ("an identity number", re.compile(r"\b(?:ИИН|ЖСН|IIN)\D{0,3}\d{12}\b")),
    ("an e-mail address", re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.]+\b")),
)  # fmt: skip
_IDENTITY = re.compile(r"\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[0-6]\d{5}")
_MOST, _LONG = 0.6, 60


def personal_in(text: str) -> str:
    """Personal data in a text: "a name", "a phone number"; "" for nothing.

    Examples
    --------
    >>> personal_in("Гр. Иванов И.И., 1985 г.р."), personal_in("500 пачек сигарет, АПП «Б. Конысбаева»")
    ('a name', '')
    """
    return next((called for called, pattern in _SIGNS if pattern.search(text)), "")


def is_personal(values: Iterable[Any]) -> bool:
    """Whether most values of a column are names, phones, e-mail addresses or identity numbers and little else."""
    texts = [str(value).strip() for value in values if isinstance(value, str | int)]
    if not texts:
        return False
    alone = sum(
        bool(_IDENTITY.fullmatch(text)) or (len(text) < _LONG and any(p.fullmatch(text) for _, p in _SIGNS))
        for text in texts
    )
    return alone / len(texts) >= _MOST
