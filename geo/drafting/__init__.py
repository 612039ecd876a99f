"""From an article to drafts of incidents and of statements, by rules, offline; a person decides what is published."""

from geo.drafting.article import Article, read_article, read_text
from geo.drafting.drafts import draft_article
from geo.drafting.proposals import Draft, DraftedStatement, Drafting, Evidence

__all__ = ["Article", "Draft", "DraftedStatement", "Drafting", "Evidence", "draft_article", "read_article", "read_text"]
