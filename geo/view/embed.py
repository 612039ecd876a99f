"""The lines that put a page into an article: a frame, and a script that makes it as high as what stands in it."""

from __future__ import annotations

from html import escape

__all__ = ["EMBED", "embed_lines"]

EMBED = (
    '<iframe src="{src}" title="{title}" width="100%" height="640" style="border:0" loading="lazy" '
    'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"></iframe>\n'
    '<script>addEventListener("message",function(e){if(e.data&&e.data.shekara)document.querySelectorAll("iframe")'
    '.forEach(function(f){if(f.contentWindow===e.source)f.style.height=Number(e.data.shekara.height)+"px"})})</script>'
)
"""The lines, without the page's address and title; the page's own script fills in the same.

The sandbox lets the page run and open the page in a tab of its own, no more.
"""


def embed_lines(address: str, title: str) -> str:
    """The lines for a page at an address, in the minimal form."""
    view = address + ("&" if "#" in address else "#") + "embed=1"
    return EMBED.replace("{src}", escape(view)).replace("{title}", escape(title))
