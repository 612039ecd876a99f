"""Words that views are written in: those of the catalogue, for those who show a view."""

from geo.language.catalogue import LANGUAGES, read_words, say

__all__ = ["LANGUAGES", "read_words", "say"]
