"""What an article proposes: drafts of incidents and of statements, each field with the words that it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.drafting.article import Article

__all__ = ["Draft", "DraftedStatement", "Drafting", "Evidence", "evidence_of"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words of an article that a field came from: offsets into its text, the end exclusive, and the words."""

    start: int
    end: int
    words: str


def evidence_of(article: Article, *spans: tuple[int, int]) -> tuple[Evidence, ...]:
    """The words of an article at some offsets, in their order."""
    return tuple(Evidence(start, end, article.text[start:end]) for start, end in sorted(set(spans)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposed incident: the fields that are decided, the words each came from, the part of the article.

    ``date`` has no words where the article's own date stands in.
    """

    fields: dict[str, Any]
    evidence: dict[str, tuple[Evidence, ...]]
    span: tuple[int, int]


@dataclass(frozen=True, slots=True)
class DraftedStatement:
    """A proposed statement: fields of :data:`geo.claims.CLAIM_FIELDS`, and the words that they came from."""

    fields: dict[str, Any]
    evidence: dict[str, tuple[Evidence, ...]]


@dataclass(frozen=True, slots=True)
class Drafting:
    """What an article proposes: incidents and statements, both in the text's order."""

    article: Article
    drafts: tuple[Draft, ...] = ()
    statements: tuple[DraftedStatement, ...] = ()
