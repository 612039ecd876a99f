"""Your data: a table of the reader's own, mapped, checked and explored like the built-in one, in this session alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

import geo
from geo.app.data import close_own, has_own, has_scopes, open_own
from geo.app.kept import attend, brought, forget, is_kept, set_up, settings, take
from geo.app.layout import in_lines
from geo.app.safe_text import plain
from geo.app.state import change, first_language, view
from geo.app.upload import MOST_MB, MOST_RECORDS, gazetteer, read_upload
from geo.errors import Fault, InputError
from geo.files.tables import format_table
from geo.intake import guess_mapping, import_incidents
from geo.intake.sheets.sheet import ENDINGS
from geo.language.remarks import translate_remark
from geo.view import read_words, say
from geo.vocabulary import LOCATION_PRECISIONS

if TYPE_CHECKING:
    from geo.app.data import Data, Shown
    from geo.intake import Imported, Mapping, Sheet

__all__ = ["reopen_kept", "show_own_banner", "show_own_page"]

_DONE, _WITHOUT = "_imported", "_without-kept"
_PREVIEW, _MOST_ASKED = 8, 12
_WIDE = {"reason": 480, "expected": 480}  # columns of whole sentences, px
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
    st.file_uploader(
        say(view().lang, "app.own.upload", mb=MOST_MB, n=MOST_RECORDS), type=[ending[1:] for ending in ENDINGS],
        key="upload", max_upload_size=MOST_MB, on_change=_upload_changed,
    )  # fmt: skip
    file = brought()
    if file is None:
        st.caption(words["app.own.fields"])
        return
    _show_kept(file.name)
    with st.spinner(words["app.working"]):
        upload = read_upload(file, st.session_state.get("sheet") or settings().get("sheet"))
    if upload.sheet is None:
        _show_faults(upload.faults)
        return
    sheet = upload.sheet
    if len(sheet.sheets) > 1:
        # The choice names the sheet; the file is read again for it.
        st.selectbox(words["app.own.sheet"], sheet.sheets, sheet.sheets.index(sheet.sheet), key="sheet")
    _show_preview(sheet)
    if _ask_mapping(sheet, file.id):
        with st.spinner(words["app.own.reading"]):
            _check(sheet, file.id)
    elif settings().get("sheet") == sheet.sheet and _done(sheet, file.id) is None:
        _check(sheet, file.id)  # as it was checked before the page was loaded anew
    done = _done(sheet, file.id)
    if isinstance(done, tuple):
        _show_faults(done)
    elif done is not None:
        _show_done(done, sheet, file.id, shown)


def _show_kept(name: str) -> None:
    """Whether the browser keeps the file, once it has said so, and the way to have it forgotten."""
    words = read_words(view().lang)
    with st.container(horizontal=True, vertical_alignment="center", key="own-kept"):
        if is_kept():
            st.caption(plain(say(view().lang, "app.own.kept", name=name)), width="content")
            st.button(words["app.own.forget"], key="own-forget", icon=":material/delete:", on_click=_forget)
        elif is_kept() is False:
            st.caption(words["app.own.unkept"], width="content")


def reopen_kept(*, opening: bool) -> bool:
    """Open the table that the browser keeps, where the address was of one; False while the browser has not answered."""
    wanted = opening and st.query_params.get("data") in {"own", "both"} and not st.session_state.get(_WITHOUT)
    page = st.session_state.get("page") or st.query_params.get("page")
    words = read_words(first_language())
    if not attend(look=wanted or page == "data") and wanted:
        st.info(words["app.own.reopening"])
        st.button(words["app.own.without"], on_click=lambda: st.session_state.update({_WITHOUT: True}))
        return False
    file = brought()
    if wanted and file is not None and settings().get("explored"):
        with st.spinner(words["app.own.reopening"]):
            sheet = read_upload(file, settings().get("sheet")).sheet
            if sheet is not None:
                _check(sheet, file.id)
                _explore(sheet, file.id)
    return True


def show_own_banner(data: Data) -> None:
    """On every page: whose records these are, which are shown, and whether any is not for publication."""
    lang = view().lang
    words = read_words(lang)
    if st.session_state.get("_foreign"):
        st.info(words["app.link.own"])
    if view().page == "desk":
        return
    own = has_own()
    with st.container(key="own-banner", horizontal=True, vertical_alignment="center"):
        if data.own:
            name = say(lang, "app.own.banner", name=data.name, n=len(data.incidents) - len(data.built_in))
            st.markdown(f":material/lock: {plain(name)}", width="content")
        if has_scopes():
            st.segmented_control(
                words["desk.scope"], ("own", "builtin", "both"), key="scope", required=True, default="own",
                label_visibility="collapsed", persist_state="session",
                format_func=lambda scope: words[f"desk.scope.{'desk' if scope == 'own' and not own else scope}"],
            )  # fmt: skip
        if own:
            st.button(words["app.own.close"], key="own-close", on_click=close_own)
    if has_scopes() and not own and data.desk is None and view().data != "builtin":
        st.info(words["desk.nothing"])
    if data.private:
        st.warning(say(lang, "desk.banner", n=len(data.private)), icon=":material/lock:")


def _upload_changed() -> None:
    """Take the file before the page is made, so that this very run has it kept; one taken out again is forgotten."""
    uploaded = st.session_state.get("upload")
    if uploaded is None:
        _forget()
    else:
        take(uploaded)


def _forget() -> None:
    forget()
    close_own()
    st.session_state.pop(_DONE, None)


def _show_preview(sheet: Sheet) -> None:
    lang = view().lang
    st.markdown(f"**{plain(say(lang, 'app.own.rows', name=sheet.name, n=len(sheet.cells), m=len(sheet.columns)))}**")
    first = sheet.cells.head(_PREVIEW).map(lambda cell: "" if cell is None else str(cell))
    st.dataframe(first.rename_axis(read_words(lang)["app.own.col.row"]), width="stretch")
    for note in sheet.notes:
        st.caption(plain(translate_remark(note, lang)))


def _ask_mapping(sheet: Sheet, file: str) -> bool:
    """Ask for the column of each field: guessed, corrected by the reader; whether it was sent."""
    words = read_words(view().lang)
    guessed = _mapping(sheet)
    if guessed.personal:
        st.warning(plain(say(view().lang, "app.own.personal", names=", ".join(guessed.personal))))
    with st.form(f"mapping-{_name(sheet, file)}"):
        st.markdown(f"**{words['app.own.map']}**  \n:small[:gray[{words['app.own.map.how']}]]")
        chosen = _ask_fields(_MAIN, sheet, guessed, file)
        unfolded = bool(set(_MORE) & set(guessed.columns))
        with st.expander(words["app.own.more"], expanded=unfolded):
            chosen |= _ask_fields(_MORE, sheet, guessed, file)
        if guessed.asked:
            # Questions, not answers: the reader chooses above.
            st.markdown(f"**{words['app.own.asked']}**")
            asked = [
                {"field": _field_word(one.field), "column": one.column, "reason": _remark(one.reason)}
                for one in guessed.asked[:_MOST_ASKED]
            ]
            _show_table(pd.DataFrame(asked))
        left, right = st.columns(2)
        source = left.text_input(words["app.own.source"], settings().get("source", ""), key=f"source-{file}",
                                 placeholder="https://…", type="url")  # fmt: skip
        orders = ("", "dmy", "mdy")
        order = right.selectbox(
            words["app.own.order"], orders, orders.index(settings().get("order", "")),
            format_func=lambda code: words[f"app.own.order.{code or 'auto'}"],
        )  # fmt: skip
        sent = st.form_submit_button(words["app.own.check"], type="primary")
    if sent:
        set_up(sheet=sheet.sheet, columns=chosen, source=source.strip(), order=order)
    return sent


def _mapping(sheet: Sheet) -> Mapping:
    """Which column is which: guessed, but where the reader chose."""
    mapping, chosen = guess_mapping(sheet), settings()
    if chosen.get("sheet") != sheet.sheet:
        return mapping
    mapping = mapping.with_(**chosen["columns"])
    if chosen["source"]:
        mapping = mapping.with_constants(source_url=chosen["source"])
    return replace(mapping, date_order=chosen["order"])


def _ask_fields(fields: tuple[str, ...], sheet: Sheet, guessed: Mapping, file: str) -> dict[str, str | None]:
    words = read_words(view().lang)
    options, chosen = ["", *sheet.columns], dict[str, str | None]()
    for field, place in zip(fields, in_lines(3), strict=False):
        chosen[field] = place.selectbox(
            _field_word(field), options, options.index(guessed.columns.get(field, "")),
            key=f"map-{field}-{_name(sheet, file)}", format_func=lambda column: column or words["app.own.none"],
        ) or None  # fmt: skip
    return chosen


def _check(sheet: Sheet, file: str) -> None:
    """Read the table as incidents, and keep what came of it."""
    frontier = geo.read_frontier()
    try:
        done: Any = import_incidents(sheet, _mapping(sheet), frontier=frontier, gazetteer=gazetteer(frontier))
    except InputError as error:
        done = tuple(error.faults)
    st.session_state[_DONE] = (_name(sheet, file), done)


def _done(sheet: Sheet, file: str) -> Imported | tuple[Fault, ...] | None:
    """What came of checking this table; None where it was not checked."""
    done: tuple[str, Imported | tuple[Fault, ...]] | None = st.session_state.get(_DONE)
    return done[1] if done is not None and done[0] == _name(sheet, file) else None


def _show_faults(faults: tuple[Fault, ...]) -> None:
    words = read_words(view().lang)
    rows = [
        {
            "file": fault.file, "row": "" if fault.row is None else str(fault.row), "field": _field_word(fault.field),
            "value": _remark(fault.value), "expected": _remark(fault.expected),
        }
        for fault in faults
    ]  # fmt: skip
    with st.container(key="faults"):
        st.error(words["app.own.failed"])
        _show_table(pd.DataFrame(rows))


def _show_table(table: pd.DataFrame, key: str | None = None) -> None:
    words = read_words(view().lang)
    heads = {
        name: st.column_config.Column(words.get(f"app.own.col.{name}", name), width=_WIDE.get(name))
        for name in map(str, table)
    }
    st.dataframe(table, hide_index=True, width="stretch", key=key, column_config=heads)


def _remark(text: str) -> str:
    return translate_remark(str(text), view().lang)


def _show_done(done: Imported, sheet: Sheet, file: str, shown: Shown) -> None:
    lang = view().lang
    words, counts = read_words(lang), done.counts
    st.markdown(
        plain(say(lang, "app.own.counts", n=counts["imported"], m=counts["read"], out=counts["not_imported"]))
        + "  \n"
        + plain(
            " · ".join(f"{words[f'precision.{kind}']} {counts[kind]}" for kind in LOCATION_PRECISIONS if counts[kind])
        )
    )
    for note in done.notes:
        st.caption(plain(_remark(note)))
    if len(problems := done.problems):
        rows = problems["row"][problems["row"].gt(0)].nunique()
        st.markdown(f"**{say(lang, 'app.own.problems', n=len(problems), m=rows)}**")
        told = {name: problems[name].map(_remark) for name in ("reason", "done")}
        _show_table(problems.astype(str).assign(field=problems["field"].map(_field_word), **told), key="problems")
        name = "shekara-problems.csv"
        st.download_button(
            f"{words['app.take']}: CSV", format_table(problems, "csv").encode("utf-8-sig"), name, "text/csv",
            key="take-problems", on_click="ignore",
        )  # fmt: skip
    with st.expander(words["app.own.placed"]):
        remarks = {name: done.places[name].map(_remark) for name in ("how", "problem")}
        precision = [words.get(f"precision.{code}", "") for code in done.places["precision"]]
        _show_table(done.places.assign(**remarks, precision=precision))
    if not counts["imported"]:
        st.warning(words["app.own.nothing"])
        return
    st.checkbox(words["app.own.private"], bool(settings().get("private")), key="own-private",
                on_change=lambda: set_up(private=st.session_state["own-private"]))  # fmt: skip
    st.text_input(words["app.own.licence"], settings().get("licence", ""), max_chars=200, key="own-licence",
                  placeholder="CC BY 4.0", width=480,
                  on_change=lambda: set_up(licence=" ".join(st.session_state["own-licence"].split())))  # fmt: skip
    st.button(
        say(lang, "app.own.open", n=counts["imported"]), type="primary", key="own-open",
        on_click=_open_map, args=(sheet, file, shown.data),
    )  # fmt: skip


def _open_map(sheet: Sheet, file: str, data: Data) -> None:
    _explore(sheet, file)
    st.session_state["scope"] = "own"
    change(lambda old: replace(old, page="map", at=(), spot=()), data)


def _explore(sheet: Sheet, file: str) -> None:
    """Look at what was read, marked private where the reader ticked it."""
    done = _done(sheet, file)
    if done is None or isinstance(done, tuple) or done.incidents.empty:
        return
    private = bool(settings().get("private"))
    incidents = done.incidents.assign(private="yes") if private else done.incidents
    open_own(incidents, sheet.name, settings().get("licence", ""))
    set_up(explored=True)


def _field_word(field: str) -> str:
    return read_words(view().lang).get(f"app.own.field.{field}", field)


def _name(sheet: Sheet, file: str) -> str:
    return f"{file}-{sheet.sheet}"
