"""Text from data and from strangers, written so that it stays text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

__all__ = ["plain", "web_only"]


def plain(text: str) -> str:
    r"""A text whose every mark is written as it is, so that data never becomes markup.

    Examples
    --------
    >>> print(plain("<b>*x*</b>"))
    \<b\>\*x\*\<\/b\>
    """
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[^\S\u00a0]+", " ", text).strip())


def web_only(url: str) -> str | None:
    """The address if it is one of the web, else nothing: anything else must not become a link.

    Examples
    --------
    >>> web_only("https://example.org/a"), web_only("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None
