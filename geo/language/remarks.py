"""What an import says of a table, in English, as a reader's language says it."""

from __future__ import annotations

import json
import re
from importlib import resources

from geo.language.texts import read_words
from geo.paths import data_path, of_country

__all__ = ["translate_remark"]


@of_country(maxsize=4096)
def translate_remark(text: str, lang: str) -> str:
    """Say a reason, a note, or what was done in the reader's language.

    Parameters
    ----------
    text
        As the import says it, in English.
    lang
        ``en``, ``ru`` or ``kk``.

    Returns
    -------
    str
        As :file:`words/remarks.json` has it, with the text's own values; what stands nowhere there, as it is.

    Examples
    --------
    >>> translate_remark("the year 1203 is not between 1991 and 2026", "ru")
    'год 1203 не между 1991 и 2026'
    >>> translate_remark("by name, called a town", "ru")
    'по названию, названо городом'
    """
    if lang == "en" or not text:
        return text
    for pattern, sentence in _patterns():
        if match := pattern.fullmatch(text):
            return sentence[lang].format(*(translate_remark(value, lang) for value in match.groups()))
    parts = text.split(", ")
    if len(parts) > 1:
        return ", ".join(translate_remark(part, lang) for part in parts)
    return read_words(lang).get(f"goods.{text}") or _region_names().get(text, {}).get(f"name_{lang}") or text


@of_country()
def _region_names() -> dict[str, dict[str, str]]:
    """What the border files say of each region, by its English name."""
    features = json.loads(data_path("borders", "regions.geojson").read_text(encoding="utf-8"))["features"]
    return {str(one["properties"]["name_en"]): one["properties"] for one in features}


@of_country()
def _patterns() -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """Each text that may be said as a pattern, those with most of their own words first."""
    file = resources.files("geo.language") / "words" / "remarks.json"
    known: dict[str, dict[str, str]] = json.loads(file.read_text(encoding="utf-8"))
    texts = sorted(known, key=lambda text: (text.count("{}") > 0, -len(text)))
    return [(re.compile(re.escape(text).replace(r"\{\}", "(.+?)"), re.DOTALL), known[text]) for text in texts]
