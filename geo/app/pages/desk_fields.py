"""The fields of an entry at the desk: boxes and choices, filled from it and read back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from geo.app.desk_session import field_word
from geo.app.layout import in_lines
from geo.app.safe_text import plain
from geo.app.state import put, view
from geo.claims.reading import CLAIM_TYPES, claim_units
from geo.desk.review import derive
from geo.desk.store import SOURCE_FIELDS, answers_of
from geo.incidents.reading import agency_sides
from geo.language.remarks import translate_remark
from geo.summaries.notes import value_word
from geo.view import read_words, say
from geo.vocabulary import (
    CLUES,
    CONFIDENCES,
    DATE_BASES,
    DIRECTIONS,
    GOODS,
    LOCATION_PRECISIONS,
    MODES,
    OUTCOME_CLASSES,
    UNITS,
)  # fmt: skip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    import geo
    from geo.desk.file import Desk
    from geo.desk.store import Kind
    from geo.errors import Fault

__all__ = ["ask_fields", "ask_sources", "fill", "list_faults", "written"]

_SOURCES = "desk-sources"
_WORDS: dict[str, tuple[str, ...]] = {
    "goods": GOODS, "unit": UNITS, "direction": DIRECTIONS, "mode": MODES, "outcome_class": OUTCOME_CLASSES,
    "confidence": CONFIDENCES, "date_basis": DATE_BASES, "clue": CLUES, "location_precision": LOCATION_PRECISIONS,
    "claim_type": CLAIM_TYPES, "verified": ("yes", "no"),
}  # fmt: skip
_NUMBERS = ("quantity", "value_home", "value", "location_radius_km", "lon", "lat")
_LONG = ("title", "claim", "support_note", "notes", "clue_words")
_WIDE = ("source_url",)
_SEVERAL = 5
"""A number whose form of a unit stands for the unit."""
_LISTS: dict[Kind, tuple[str, ...]] = {"records": ("agency",), "statements": ("goods", "neighbour")}
"""Fields of several words, which the data part by semicolons."""


def fill(cells: Mapping[str, Any]) -> None:
    """Put an entry into the form, where the form does not say the same: what is being typed there stays."""
    wanted = {f"desk.{name}": value for name, value in cells.items() if name != "sources"}
    wanted["desk.private"] = bool(cells["private"])
    for name in _LISTS["records" if "sources" in cells else "statements"]:
        wanted[f"desk.{name}"] = [one for one in cells[name].split("; ") if one]
    sources = cells.get("sources")
    if sources == [] or (sources and [one for one in _sources() if any(one.values())] != sources):
        for at, source in enumerate(sources or [dict.fromkeys(SOURCE_FIELDS, "")]):
            wanted |= {f"desk-source-{at}-{field}": source[field] for field in SOURCE_FIELDS}
        wanted[_SOURCES] = max(len(sources), 1)
    put(wanted)


def _sources() -> list[dict[str, str]]:
    """The sources as the form says them now."""
    state = st.session_state
    return [
        {field: state.get(f"desk-source-{at}-{field}", "") for field in SOURCE_FIELDS}
        for at in range(state.get(_SOURCES, 0))
    ]


def ask_fields(fields: tuple[str, ...], kind: Kind, frontier: geo.Frontier, prefix: str = "desk.") -> None:
    """Ask for fields, two in a line, long ones in one of their own; the boxes' keys begin with ``prefix``."""
    _say_again(fields, prefix)
    places = in_lines(2)
    for field in fields:
        if field in (*_LONG, *_WIDE, *_LISTS[kind]):
            _ask(field, kind, frontier, prefix)
            places = in_lines(2)
        else:
            with next(places):
                _ask(field, kind, frontier, prefix)


def _say_again(fields: tuple[str, ...], prefix: str) -> None:
    """Set boxes anew where the language changed since: the window says a choice by the word that it showed."""
    state, last = st.session_state, f"_lang.{prefix}{fields[0]}"
    if state.get(last, view().lang) != view().lang:
        for key in (prefix + field for field in fields):
            if key in state:
                state[key] = state[key]
    state[last] = view().lang


def _ask(field: str, kind: Kind, frontier: geo.Frontier, prefix: str) -> None:
    lang, key = view().lang, prefix + field
    words = read_words(lang)
    label = field_word(field, words)
    options = list(_options_of(field, kind, frontier))
    if field in _LISTS[kind]:
        known, free = options or list(agency_sides()), not options
        st.multiselect(
            label, [*dict.fromkeys([*filter(None, known), *st.session_state.get(key, [])])], key=key,
            accept_new_options=free, placeholder=words["desk.pick-or-write" if free else "desk.pick"],
            format_func=lambda code: _name(field, code, frontier, lang, frontier.borders),
            persist_state="session",
        )  # fmt: skip
    elif options:
        value = st.session_state.get(key, "")
        if value not in options:
            options.append(value)
        names = frontier.crossings if field == "crossing_id" else frontier.regions
        st.selectbox(
            label, options, key=key, persist_state="session",
            format_func=lambda code: _name(field, code, frontier, lang, names) if code else "–",
        )  # fmt: skip
    elif field in _NUMBERS:
        free = field in ("lon", "lat")
        st.number_input(label, key=key, value=None, min_value=None if free else 0.0, step=None if free else 1.0,
                        format="%.5f" if free else "%g", persist_state="session")  # fmt: skip
    elif field in _LONG:
        st.text_area(label, key=key, height=70, persist_state="session")
    else:
        st.text_input(label, key=key, placeholder=words.get(f"desk.hint.{field}", ""), persist_state="session")


def list_faults(faults: Sequence[Fault], frontier: geo.Frontier, kind: Kind = "records") -> str:
    """What an entry lacks, as a list in Markdown."""
    lang = view().lang
    words = read_words(lang)
    wanted = (
        words["desk.choose-one"] if _options_of(one.field, kind, frontier) else translate_remark(one.expected, lang)
        for one in faults
    )
    return "\n".join(
        f"- {plain(field_word(one.field, words))}: :small[{plain(text)}]"
        for one, text in zip(faults, wanted, strict=True)
    )


def _options_of(field: str, kind: Kind, frontier: geo.Frontier) -> tuple[str, ...]:
    """Words that a field may hold, blank first; none for a free one."""
    if kind == "statements":
        borders = tuple(map(str, frontier.borders.index))
        known = {"claim_type": CLAIM_TYPES, "unit": claim_units(), "goods": ("all", *GOODS), "neighbour": borders}
        return ("", *known[field]) if field in known else ()
    frames = {"neighbour": frontier.borders, "region_code": frontier.regions, "crossing_id": frontier.crossings}
    if field in frames:
        return ("", *map(str, frames[field].index))
    return ("", *_WORDS[field]) if field in _WORDS else ()


def _name(field: str, code: str, frontier: geo.Frontier, lang: str, names: pd.DataFrame) -> str:
    if field in ("crossing_id", "region_code"):
        row: Any = names.loc[code] if code in names.index else {}
        return str(row.get(f"name_{lang}") or row.get("name_en") or code)
    if field == "unit" and code in UNITS:
        return say(lang, f"unit.{code}", n=_SEVERAL)
    words, prefix = read_words(lang), {"date_basis": "date.basis"}.get(field, field)
    text = words["all"] if code == "all" else words.get(f"{prefix}.{code}") or words.get(f"desk.word.{prefix}.{code}")
    return text or value_word(field, code, frontier, lang)


def ask_sources(desk: Desk) -> None:
    """Ask for the sources, each with its archived copy, and say whether it answered when it was last asked."""
    words, sources = read_words(view().lang), _sources()
    answers = answers_of(desk, [source["address"] for source in sources])
    for at, source in enumerate(sources):
        with st.container(border=True):
            for field, place in zip(SOURCE_FIELDS, in_lines(2), strict=False):
                hint = words.get(f"desk.hint.source.{field}", "")
                place.text_input(
                    field_word(f"source.{field}", words), key=f"desk-source-{at}-{field}", placeholder=hint,
                    persist_state="session",
                )  # fmt: skip
            address = source["address"]
            if address and not source["archive"]:
                st.caption(words["desk.archive.ask"])
            if address in answers:
                st.caption(
                    plain(say(view().lang, "desk.answer", answer=answers[address][0], at=answers[address][1][:10]))
                )
    st.button(words["desk.source.add"], key="desk-source-add", icon=":material/add:", on_click=_add_source)


def _add_source() -> None:
    put({f"desk-source-{st.session_state[_SOURCES]}-{field}": "" for field in SOURCE_FIELDS})
    st.session_state[_SOURCES] += 1


def written(kind: Kind, before: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as the form says them now."""
    state = st.session_state
    cells = {name: state.get(f"desk.{name}", value) for name, value in before.items() if name != "sources"}
    cells |= {name: value or "" for name, value in cells.items() if name not in _NUMBERS}
    cells |= {"state": before["state"], "reason": before["reason"], "private": "yes" if cells["private"] else ""}
    cells |= {name: "; ".join(" ".join(str(one).split()) for one in cells[name] or []) for name in _LISTS[kind]}
    if kind == "records":
        cells = derive({**cells, "sources": _sources()})
    return cells
