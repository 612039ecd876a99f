"""A publisher's brand on a page: name, colour of what can be clicked, logo."""

from __future__ import annotations

import base64
import re
import tomllib
from dataclasses import dataclass
from html import escape
from pathlib import Path

from geo.errors import Fault, InputError, no_such_file

__all__ = ["Brand", "read_brand"]

_KINDS = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}
_MOST_BYTES = 200_000
_LIGHT, _DARK = "#fbfaf7", "#14171a"  # --page in tokens.css
_LEAST = 4.5  # WCAG 2.2, 1.4.3
_STEPS = 20
_SIGN = (
    '<svg width="26" height="20" viewBox="0 0 26 20" aria-hidden="true"><path d="M2 15c4-9 6-9 9-4s6 4 13-6" '
    'fill="none" stroke="currentColor" stroke-width="2.5"/><circle cx="11" cy="11" r="3.4" fill="none" '
    'stroke="currentColor" stroke-width="2"/></svg>'
)


@dataclass(frozen=True)
class Brand:
    """Brand of a publisher; what is blank is the page's own."""

    name: str = ""  # at the head of the page in place of Shekara, which the foot names
    accent: str = ""  # of links and controls on light, as ``#00697a``
    accent_dark: str = ""  # the same on dark
    logo: str = ""  # address of the picture, its data in it

    @property
    def style(self) -> str:
        """Style sheet that sets the colours; blank where there is none."""
        if not self.accent:
            return ""
        return f".shekara{{--accent:{self.accent}}}.shekara.dark{{--accent:{self.accent_dark}}}"

    @property
    def head(self) -> str:
        """Logo and name as they stand at the head of the page; Shekara's sign where there is neither."""
        sign = f'<img src="{self.logo}" alt="" height="20">' if self.logo else "" if self.name else _SIGN
        return f"{sign}{escape(self.name or 'Shekara')}"


def read_brand(path: str | Path) -> Brand:
    """Read a brand from a TOML file with ``name``, ``accent`` and ``logo`` (a file beside it), each if wanted.

    Raises
    ------
    InputError
        When the file can't be used, or a colour can't be read against the page (WCAG 2.2: 4.5 to 1).
    """
    file = Path(path)
    try:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError([no_such_file(file)]) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        raise InputError([Fault(str(file), None, "", str(reason), "a TOML file in UTF-8")]) from None
    faults = [
        Fault(str(file), None, key, str(value)[:80], "name, accent and logo, each a text")
        for key, value in table.items()
        if key not in {"name", "accent", "logo"} or not isinstance(value, str)
    ]
    accent = str(table.get("accent", "")).lower()
    if accent and not re.fullmatch(r"#[0-9a-f]{6}", accent):
        faults.append(Fault(str(file), None, "accent", accent, "a colour as #00697a"))
    elif accent and (contrast := _contrast(accent, _LIGHT)) < _LEAST:
        faults.append(
            Fault(str(file), None, "accent", f"{accent}, {contrast:.1f} to 1", "4.5 to 1 on the page: darker")
        )
    logo = file.parent / str(table.get("logo", ""))
    if table.get("logo") and not (
        logo.is_file() and logo.suffix.lower() in _KINDS and logo.stat().st_size < _MOST_BYTES
    ):
        faults.append(Fault(str(file), None, "logo", logo.name, "an .svg, .png or .jpg file beside it, under 200 kB"))
    if faults:
        raise InputError(faults)
    picture = ""
    if table.get("logo"):
        content = base64.b64encode(logo.read_bytes()).decode()
        picture = f"data:{_KINDS[logo.suffix.lower()]};base64,{content}"
    return Brand(table.get("name", ""), accent, _on_dark(accent) if accent else "", picture)


def _rgb(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def _contrast(one: str, other: str) -> float:
    """Contrast of two colours (WCAG 2.2, relative luminance)."""
    light = []
    for colour in (one, other):
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _rgb(colour)]  # noqa: PLR2004
        light.append(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
    return max(light) / min(light)


def _on_dark(colour: str) -> str:
    """The colour, mixed with as much white as the dark page needs."""
    for step in range(_STEPS + 1):
        mixed = [round(255 * (c + (1 - c) * step / _STEPS)) for c in _rgb(colour)]
        shown = "#" + "".join(f"{c:02x}" for c in mixed)
        if _contrast(shown, _DARK) >= _LEAST:
            break
    return shown
