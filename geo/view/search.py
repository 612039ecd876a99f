"""Search: a record is found by words that stand in its texts, its heading or the words of its goods and border.

What is read is said in :mod:`geo.facets`; the page's script reads the same by the same rule.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np

from geo.facets import FACETS, SEARCHED
from geo.language.translations import name_agencies, translate
from geo.view.headings import name_in_atlas, reader, write_heading

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from geo.facets import Facet
    from geo.view.atlas.atlas import Atlas

__all__ = ["find_words", "fold"]

_READ: WeakKeyDictionary[Atlas, dict[str, list[str]]] = WeakKeyDictionary()


def find_words(atlas: Atlas, text: str, *, lang: str) -> NDArray[np.bool_]:
    """Find the records that hold every word of a text, large and small letters being one, shape (records,)."""
    wanted = fold(text).split()
    if not wanted:
        return np.ones(len(atlas.position), dtype=bool)
    known = _READ.setdefault(atlas, {})
    if lang not in known:
        known[lang] = [_text_of(atlas, i, lang) for i in range(len(atlas.position))]
    return np.array([all(word in read for word in wanted) for read in known[lang]], dtype=bool)


def fold(text: str) -> str:
    """A text in which large and small letters are one.

    Examples
    --------
    >>> fold("Straße Өскемен"), fold("ΟΔΟΣ") == fold("οδος")
    ('strasse өскемен', True)
    """
    # Upper case first: it knows which letters are one. The last letter of a Greek word has a small form of its own.
    return text.upper().lower().replace("ς", "σ")


def _text_of(atlas: Atlas, i: int, lang: str) -> str:
    get = reader(atlas)
    words = [_word(atlas, one, get(i, one.of_record), lang) for one in FACETS if one.searched]
    texts = (translate(get(i, "place_name"), lang), name_agencies(get(i, "agency"), lang))
    return fold("\n".join([*(get(i, name) for name in SEARCHED), *texts, write_heading(atlas, i, lang=lang), *words]))


def _word(atlas: Atlas, one: Facet, value: str, lang: str) -> str:
    """The word of a filter's value; a border line has its name."""
    if one.field == "neighbour" and (named := name_in_atlas(atlas, "borders", value, lang)):
        return named
    return str(atlas.data["words"][lang].get(f"{one.value_word}.{value}", value))
