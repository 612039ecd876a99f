"""Tables of statements in words of a language: verdicts, reasons, remarks and figures said in full."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from geo.claims.scopes import ALL_BORDERS
from geo.language.catalogue import say
from geo.language.phrases import Figure, Phrase, write_figure, write_phrase, write_phrases

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["word_claims"]

_BORDERS = ("border", "border_read")


def word_claims(table: pd.DataFrame, lang: str = "en") -> pd.DataFrame:
    """Put a table of statements into words.

    Parameters
    ----------
    table
        From :func:`geo.compare_claims`, :func:`geo.coverage_by_class` or :func:`geo.pair_claims`.
    lang
        ``en``, ``ru`` or ``kk``.

    Returns
    -------
    pandas.DataFrame
        The same table with texts in place of codes and phrases.

    Examples
    --------
    >>> import geo
    >>> from geo.claims.reading import read_claims
    >>> compared = geo.compare_claims(read_claims(), geo.locate(geo.read_incidents(), geo.read_frontier()))
    >>> word_claims(compared).loc["seed-mti-not-our-job", "verdict"]
    'not comparable'
    """
    worded = table.copy()
    for name in [name for name, kind in worded.dtypes.items() if kind == "object"]:
        worded[name] = [_in_words(lang, value) for value in worded[name]]
    if "verdict" in worded:
        worded["verdict"] = [say(lang, f"statement.verdict.{verdict}") for verdict in worded["verdict"]]
    for name in _BORDERS:
        if name in worded:
            worded[name] = worded[name].replace(ALL_BORDERS, say(lang, "statement.all-borders"))
    return worded


def _in_words(lang: str, value: Any) -> Any:
    if isinstance(value, Figure):
        return write_figure(lang, value)
    if isinstance(value, Phrase):
        return write_phrase(lang, value)
    return write_phrases(lang, value) if isinstance(value, tuple) else value
