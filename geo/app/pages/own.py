"""Your data: a table of the reader's own, mapped, checked and explored like the built-in one, in this session alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

import geo
from geo.app.data import Data, beside_built_in, close_own, open_own
from geo.app.desk_session import server_desk
from geo.app.safe_text import plain
from geo.app.state import view
from geo.app.upload import MOST_MB, MOST_RECORDS, gazetteer, read_upload
from geo.errors import Fault, InputError
from geo.files.tables import format_table
from geo.intake import guess_mapping, import_incidents
from geo.intake.sheets.sheet import ENDINGS
from geo.view import read_words, say

if TYPE_CHECKING:
    from geo.app.data import Shown
    from geo.intake import Imported, Mapping, Sheet

__all__ = ["show_own_banner", "show_own_page"]

_DONE = "_imported"
_PREVIEW, _MOST_ASKED = 8, 12
_MAIN = (
    "date", "goods", "title", "quantity", "unit", "source_url", "neighbour", "direction", "mode",
    "place_name", "crossing", "region_name", "lon", "lat", "agency",
)  # fmt: skip
_MORE = (
    "id", "goods_description", "district", "coordinates", "region_code", "crossing_id", "location_precision",
    "location_radius_km", "date_precision", "date_not_after", "value_home", "value_text", "concealment",
    "outcome", "outcome_class", "source_publisher", "source_date", "other_urls", "confidence", "recording_side",
    "legal_scope", "possible_same_as",
)  # fmt: skip


def show_own_page(shown: Shown) -> None:
    """Lay out the page."""
    words = read_words(view().lang)
    st.header(words["app.own"], anchor=False)
    st.markdown(words["app.own.lead"])
    file = st.file_uploader(
        say(view().lang, "app.own.upload", mb=MOST_MB, n=MOST_RECORDS),
        type=[ending[1:] for ending in ENDINGS],
        key="upload",
        max_upload_size=MOST_MB,
    )
    if file is None:
        st.caption(words["app.own.fields"])
        return
    with st.spinner(words["app.working"]):
        upload = read_upload(file, st.session_state.get("sheet"))
    if upload.sheet is None:
        _show_faults(upload.faults)
        return
    sheet = upload.sheet
    if len(sheet.sheets) > 1:
        # The choice names the sheet; the file is read again for it.
        st.selectbox(words["app.own.sheet"], sheet.sheets, sheet.sheets.index(sheet.sheet), key="sheet")
    _show_preview(sheet)
    mapping = _ask_mapping(sheet, upload.file)
    if mapping is not None:
        _check(sheet, mapping, upload.file, shown)
    done: tuple[str, Imported | tuple[Fault, ...]] | None = st.session_state.get(_DONE)
    if done is None or done[0] != _name(sheet, upload.file):
        return
    if isinstance(done[1], tuple):
        _show_faults(done[1])
    else:
        _show_done(done[1], sheet, shown)


def show_own_banner(data: Data) -> None:
    """On every page: whose data these are, the way back, and whether they hold what is not for publication."""
    lang = view().lang
    if view().page != "desk":
        _ask_scope(data)
        if data.private:
            st.warning(say(lang, "desk.banner", n=len(data.private)), icon=":material/lock:")
    if not data.own:
        if st.session_state.get("_foreign"):
            st.info(read_words(view().lang)["app.link.own"])
        return
    with st.container(key="own-banner", horizontal=True, vertical_alignment="center"):
        st.markdown(f":material/lock: {plain(say(lang, 'app.own.banner', name=data.name, n=len(data.incidents)))}")
        st.button(read_words(lang)["app.own.close"], key="own-close", on_click=close_own)


def _ask_scope(data: Data) -> None:
    """Beside a desk: its records, the built-in ones, or both."""
    if server_desk() is None or data.own:
        return
    words = read_words(view().lang)
    st.segmented_control(
        words["desk.scope"], ("desk", "builtin", "both"), key="scope", required=True, default="desk",
        label_visibility="collapsed", format_func=lambda scope: words[f"desk.scope.{scope}"], persist_state="session",
    )  # fmt: skip
    if data.desk is None and st.session_state.get("scope") != "builtin":
        st.info(words["desk.nothing"])


def _show_preview(sheet: Sheet) -> None:
    lang = view().lang
    st.markdown(f"**{plain(say(lang, 'app.own.rows', name=sheet.name, n=len(sheet.cells), m=len(sheet.columns)))}**")
    st.dataframe(sheet.cells.head(_PREVIEW).map(lambda cell: "" if cell is None else str(cell)), width="stretch")
    for note in sheet.notes:
        st.caption(plain(note))


def _ask_mapping(sheet: Sheet, file: str) -> Mapping | None:
    """Ask for the column of each field: guessed, corrected by the reader; None until it is sent."""
    words = read_words(view().lang)
    guessed = guess_mapping(sheet)
    if guessed.personal:
        st.warning(plain(say(view().lang, "app.own.personal", names=", ".join(guessed.personal))))
    with st.form(f"mapping-{_name(sheet, file)}"):
        st.markdown(f"**{words['app.own.map']}**  \n:small[:gray[{words['app.own.map.how']}]]")
        chosen = _ask_fields(_MAIN, sheet, guessed, file)
        held = bool(set(_MORE) & set(guessed.columns))
        with st.expander(words["app.own.more"], expanded=held):
            chosen |= _ask_fields(_MORE, sheet, guessed, file)
        if guessed.asked:
            # Questions, not answers: the reader chooses above.
            st.markdown(f"**{words['app.own.asked']}**  \n:small[:gray[{words['app.own.english']}]]")
            asked = [
                {"field": _field_word(one.field), "column": one.column, "reason": one.reason}
                for one in guessed.asked[:_MOST_ASKED]
            ]
            names = {name: words[f"app.own.col.{name}"] for name in asked[0]}
            st.dataframe(pd.DataFrame(asked), hide_index=True, width="stretch", column_config=names)
        left, right = st.columns(2)
        source = left.text_input(words["app.own.source"], key=f"source-{file}", placeholder="https://…", type="url")
        order = right.selectbox(
            words["app.own.order"],
            ("", "dmy", "mdy"),
            format_func=lambda code: words[f"app.own.order.{code or 'auto'}"],
        )
        if not st.form_submit_button(words["app.own.check"], type="primary"):
            return None
    mapping = guessed.with_(**chosen)
    if source.strip():
        mapping = mapping.with_constants(source_url=source.strip())
    return replace(mapping, date_order=order or "")


def _ask_fields(fields: tuple[str, ...], sheet: Sheet, guessed: Mapping, file: str) -> dict[str, str | None]:
    words = read_words(view().lang)
    columns = st.columns(3)
    return {
        field: columns[place % 3].selectbox(
            _field_word(field),
            ["", *sheet.columns],
            ["", *sheet.columns].index(guessed.columns.get(field, "")),
            key=f"map-{field}-{_name(sheet, file)}",
            format_func=lambda column: column or words["app.own.none"],
        )
        or None
        for place, field in enumerate(fields)
    }


def _check(sheet: Sheet, mapping: Mapping, file: str, shown: Shown) -> None:
    """Read the table as incidents, and keep what came of it."""
    words = read_words(view().lang)
    frontier = shown.data.frontier
    with st.status(words["app.own.reading"]) as told:
        try:
            told.update(label=words["app.own.places"])
            places = gazetteer(frontier)
            told.update(label=words["app.own.reading"])
            done: Any = import_incidents(sheet, mapping, frontier=frontier, gazetteer=places)
            told.update(label=words["app.own.done"], state="complete")
        except InputError as error:
            done = tuple(error.faults)
            told.update(label=words["app.own.failed"], state="error")
    st.session_state[_DONE] = (_name(sheet, file), done)


def _show_faults(faults: tuple[Fault, ...]) -> None:
    words = read_words(view().lang)
    table = pd.DataFrame(
        [
            (fault.file, "" if fault.row is None else str(fault.row), fault.field, fault.value, fault.expected)
            for fault in faults
        ],
        columns=["file", "row", "field", "value", "expected"],
    )
    with st.container(key="faults"):
        st.error(words["app.own.failed"])
        st.dataframe(
            table, hide_index=True, width="stretch",
            column_config={name: words[f"app.own.col.{name}"] for name in map(str, table)},
        )  # fmt: skip


def _show_done(done: Imported, sheet: Sheet, shown: Shown) -> None:
    lang = view().lang
    words, counts = read_words(lang), done.counts
    st.markdown(
        plain(say(lang, "app.own.counts", n=counts["imported"], m=counts["read"], out=counts["not_imported"]))
        + "  \n"
        + plain(" · ".join(f"{words[f'precision.{kind}']} {counts[kind]}" for kind in _PRECISIONS if counts[kind]))
    )
    for note in done.notes:
        st.caption(plain(note))
    if len(done.problems):
        st.markdown(
            f"**{say(lang, 'app.own.problems', n=len(done.problems))}**  \n:small[:gray[{words['app.own.english']}]]"
        )
        st.dataframe(
            done.problems.astype(str), hide_index=True, width="stretch", key="problems",
            column_config={name: words.get(f"app.own.col.{name}", name) for name in map(str, done.problems)},
        )  # fmt: skip
        name = "shekara-problems.csv"
        st.download_button(
            f"{words['app.take']}: CSV", format_table(done.problems, "csv").encode("utf-8-sig"), name, "text/csv",
            key="take-problems", on_click="ignore",
        )  # fmt: skip
    with st.expander(words["app.own.placed"]):
        st.dataframe(done.places.astype(str), hide_index=True, width="stretch")
    if not counts["imported"]:
        st.warning(words["app.own.nothing"])
        return
    private = st.checkbox(words["app.own.private"], key="own-private")
    beside = st.checkbox(words["app.own.beside"], key="own-beside")
    if st.button(say(lang, "app.own.open", n=counts["imported"]), type="primary", key="own-open"):
        with st.spinner(words["app.working"]):
            incidents, base = done.incidents, frozenset[str]()
            incidents = incidents.assign(private="yes") if private else incidents
            if beside:
                incidents, base = beside_built_in(incidents)
            open_own(Data(geo.locate(incidents, shown.data.frontier), name=sheet.name, built_in=base))
        st.rerun()


_PRECISIONS = ("crossing", "locality", "district", "region", "border", "country")


def _field_word(field: str) -> str:
    words = read_words(view().lang)
    return words.get(f"app.own.field.{field}", field)


def _name(sheet: Sheet, file: str) -> str:
    return f"{file}-{sheet.sheet}"
