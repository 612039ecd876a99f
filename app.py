"""Shekara in the browser: widgets and layout only; what they show is made in ``geo``."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

import pandas as pd
import streamlit as st
from streamlit.components.v1 import declare_component
from streamlit_folium import st_folium

import geo
from geo._data import docs_path
from geo.estimates import learn_hyper
from geo.notes import CAVEAT, notes
from geo.selection import SELECTABLE, choices, left_out, rate_period
from geo.summary import ESTIMATED, KINDS
from geo.tables import format_table
from geo.view import Atlas, Card, make_atlas, make_card, make_map, read_words, say, serve_assets, show_on
from geo.view.charts import chart_coverage, chart_years
from geo.view.heads import in_print, summary_heads

if TYPE_CHECKING:
    import geopandas as gpd

    from geo.hyper import Hyper

LANG = "en"
WORDS = read_words(LANG)
FIELD_WORDS = {"recording_side": "side"}
STYLE = """<style>
.stMainBlockContainer { padding-top: 3.5rem; }
.stSidebar .stButton button[kind="tertiary"] { justify-content: start; text-align: left; }
h2 { letter-spacing: -0.018em; }
</style>"""
ICON = files("geo.view") / "static" / "icon.svg"


@st.cache_resource(show_spinner="Reading the border and the records …")
def read_all() -> tuple[geo.Located, Atlas]:
    """Every record on the border, and what the map is drawn from."""
    frontier = geo.read_frontier()
    located = geo.locate(geo.read_incidents(), frontier)
    return located, make_atlas(located, frontier)


@st.cache_resource(show_spinner="Learning the estimate …")
def read_hyper() -> Hyper:
    """Hyperparameters of the estimate, from all records."""
    return learn_hyper(read_all()[0])


@st.cache_resource(show_spinner=False, max_entries=64)
def estimate(selection: geo.Selection) -> geo.Risk:
    """The estimate of the selected records, on the footing of all."""
    everything = read_all()[0]
    located = everything.take(geo.select(everything.incidents, selection).index)
    period = rate_period(everything.incidents, selection)
    return geo.estimate_risk(located, everything.frontier, period=period, hyper=read_hyper())


def main() -> None:
    """Lay out the page."""
    st.set_page_config(page_title="Shekara", page_icon=str(ICON), layout="wide")
    st.html(STYLE)
    st.logo(str(ICON), size="large")
    everything, atlas = read_all()
    selection = chosen_selection(everything.incidents)
    located = everything.take(geo.select(everything.incidents, selection).index)
    page = st.navigation(
        [
            st.Page(
                partial(show_map, everything, located, selection, atlas), title="Map", url_path="map", default=True
            ),
            st.Page(partial(show_borders, everything, located, selection), title="Borders", url_path="borders"),
            st.Page(partial(show_records, everything, located, selection), title="Records", url_path="records"),
            st.Page(partial(show_statements, everything), title="Statements", url_path="statements"),
            st.Page(show_method, title="Method", url_path="method"),
        ],
        position="top",
    )
    with st.sidebar:
        card = st.container()
        show_filters(everything.incidents, selection)
    st.session_state["card"] = card
    page.run()


def chosen_selection(incidents: gpd.GeoDataFrame) -> geo.Selection:
    """The filters as the widgets stand."""
    state = st.session_state
    since, until = state.get("years", years_of(incidents))
    whole = (since, until) == years_of(incidents)
    return geo.Selection(
        **{field: tuple(state.get(field, ())) for field in SELECTABLE},
        since=None if whole else date(since, 1, 1),
        until=None if whole else date(until, 12, 31),
        include_refused=state.get("include_refused", False),
    )


def years_of(incidents: gpd.GeoDataFrame) -> tuple[int, int]:
    """First and last year of the records."""
    return int(incidents["date_start"].dt.year.min()), int(incidents["date_end"].dt.year.max())


def show_filters(incidents: gpd.GeoDataFrame, selection: geo.Selection) -> None:
    """Every filter, with the number of records beside each choice."""
    choose("goods", incidents, selection)
    choose("neighbour", incidents, selection, title=WORDS["border"])
    st.slider(WORDS["period"], *years_of(incidents), value=years_of(incidents), key="years")
    out = left_out(incidents, selection)
    if without := out.get("undated", 0) + out.get("partly_outside", 0):
        st.caption(say(LANG, "sum.undated-out", n=without))
    refused = int(incidents["outcome_class"].eq("refused_entry").sum())
    st.checkbox(say(LANG, "refused", n=refused), key="include_refused")
    with st.expander("Direction, mode, agency, confidence"):
        choose("direction", incidents, selection, title="Direction")
        choose("mode", incidents, selection, title="Mode")
        choose("recording_side", incidents, selection, title="Recorded by agencies of")
        choose("confidence", incidents, selection, title="Confidence in the record")
        counts = choices(incidents, selection, "agency")
        st.multiselect(
            "Agency",
            list(counts.index),
            key="agency",
            placeholder="All agencies",
            format_func=lambda name: f"{name} {counts[name]}",
        )
    st.button("Clear all filters", on_click=clear, width="stretch")


def choose(field: str, incidents: gpd.GeoDataFrame, selection: geo.Selection, *, title: str | None = None) -> None:
    """Pills for one field; none chosen means all."""
    counts = choices(incidents, selection, field)
    st.pills(
        title or WORDS[field],
        list(counts.index),
        selection_mode="multi",
        key=field,
        format_func=lambda value: f"{word(field, value)} {counts[value]}",
    )


def word(field: str, value: str) -> str:
    """A value in words; the border lines are named in the border files."""
    names = read_all()[0].frontier.borders["name_en"]
    return WORDS.get(f"{FIELD_WORDS.get(field, field)}.{value}") or names.get(value, value)


def clear() -> None:
    """Forget every filter."""
    for key in (*SELECTABLE, "years", "include_refused"):
        st.session_state.pop(key, None)


def show_map(everything: geo.Located, located: geo.Located, selection: geo.Selection, atlas: Atlas) -> None:
    """The map with its legend and the border unrolled, and the card of what is chosen on it."""
    years = everything.incidents["date_start"].dt.year
    st.header(WORDS["title"])
    st.markdown(
        say(LANG, "lead", **{"from": str(int(years.min())), "to": str(int(years.max()))})
        + f" **{WORDS['caveat']}** {WORDS['caveat.rest']}"
    )
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    colour = left.segmented_control(
        WORDS["colour-by"],
        ["estimate", "rate"],
        default="estimate",
        required=True,
        key="colour",
        format_func=WORDS.__getitem__,
    )
    shade = middle.toggle(WORDS["regions"], key="regions")
    street = right.toggle("Street tiles (need a network)", key="tiles")
    key = "tiles-map" if street else "map"
    chosen = chosen_mark(key)
    shown = show_on(
        atlas,
        ids=located.incidents.index,
        period=rate_period(everything.incidents, selection),
        colour=colour,
        risk=estimate(selection),
        choropleth=shade,
        chosen=st.session_state.get("record"),
        lang=LANG,
        theme=st.context.theme.type or "light",
    )
    st_folium(
        make_map(atlas, assets=serve_assets(declare_component), tiles=street),
        key=key,
        height=612,
        use_container_width=True,
        returned_objects=[],
        feature_group_to_add=shown,
    )
    if chosen:
        with st.session_state["card"]:
            st.button("Close the card", on_click=close_card, width="stretch")
        with st.session_state["card"], st.container(border=True, height=460):
            show_card(make_card(atlas, chosen, lang=LANG))


def chosen_mark(key: str) -> dict[str, object] | None:
    """What was clicked last on the map, or the record chosen from its card."""
    clicked = (st.session_state.get(key) or {}).get("chosen")
    if clicked != st.session_state.get("clicked"):
        st.session_state.update(clicked=clicked, record=None)
    record = st.session_state.get("record")
    if clicked == st.session_state.get("closed"):
        return None
    return {"kind": "record", "key": "", "ids": [record]} if record else clicked


def close_card() -> None:
    """Leave the filters alone in the sidebar until another mark is clicked."""
    st.session_state.update(closed=st.session_state.get("clicked"), record=None)


def choose_record(record: str | None) -> None:
    """Open a record's card, or go back to the mark's."""
    st.session_state["record"] = record


def show_card(card: Card) -> None:
    """What is known of the chosen mark: plain text and links, never markup from the data."""
    if st.session_state.get("record"):
        st.button("← Back to the place", type="tertiary", on_click=choose_record, args=(None,))
    st.caption(plain(card.kind))
    st.markdown(f"**{plain(card.title)}**")
    for name, value in card.rows:
        st.markdown(f":small[:gray[{plain(name)}]]  \n{plain(value)}")
    for name, url in card.sources:
        st.markdown(f"[{plain(name)}](<{url}>)")
    for record, title, meta in card.records:
        st.button(
            f"{plain(title)} :small[:gray[{plain(meta)}]]", key=f"open-{record}", type="tertiary",
            on_click=choose_record, args=(record,),
        )  # fmt: skip


def plain(text: str) -> str:
    """A text whose every mark is written as it is, so that data never becomes markup."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(text.split()))


def show_borders(everything: geo.Located, located: geo.Located, selection: geo.Selection) -> None:
    """Summaries per border, segment, region, crossing, goods, agency and year."""
    st.header(WORDS["by-border"])
    by = st.segmented_control("Rows", KINDS, default="border", key="by", format_func=str.capitalize) or "border"
    risk = estimate(selection) if by in ESTIMATED else None
    table = geo.summarize(located, risk, by=by, period=rate_period(everything.incidents, selection))
    st.dataframe(in_print(table), column_config=summary_heads(table), width="stretch", placeholder="–")
    st.download_button("Download as CSV", format_table(table, "csv"), f"shekara-{by}.csv", "text/csv")
    show_notes(everything, selection)
    show_years(geo.reports_by_year(located, by=by), table)
    st.subheader("Quantities per goods and unit")
    st.dataframe(geo.quantities(located, by=by), hide_index=True, width="stretch")


def show_notes(everything: geo.Located, selection: geo.Selection) -> None:
    """What must stand beside every number."""
    st.caption(" ".join(notes(everything.incidents, selection, switch="the box in the filters")))


def show_years(years: pd.DataFrame, table: pd.DataFrame) -> None:
    """Small bars of reports by year, a chart a row, the fullest rows first."""
    if years.to_numpy().any():
        st.subheader("Reports by year")
        names = table["name"].to_dict() if "name" in table else {}
        st.altair_chart(chart_years(years, names), width="content")


def show_records(everything: geo.Located, located: geo.Located, selection: geo.Selection) -> None:
    """The list, the map's equal: what the map shows and what it cannot place."""
    st.header(WORDS["records"])
    heads = {
        "title": "Record", "date": "Date", "goods": "Goods", "source_url": "Source", "border": "Border",
        "place_name": "Place", "location_precision": "Place known to", "agency": "Agency", "quantity": "Quantity",
        "unit": "Unit", "goods_description": "What", "outcome_class": "Outcome", "confidence": "Confidence",
        "source_publisher": "Publisher",
    }  # fmt: skip
    columns = list(heads)
    table = pd.DataFrame(located.incidents).sort_values("date_start", ascending=False, na_position="last")
    st.dataframe(
        table[columns],
        width="stretch",
        height=640,
        hide_index=True,
        column_config=heads | {"source_url": st.column_config.LinkColumn("Source", display_text="open")},
    )
    st.download_button("Download as CSV", format_table(table[columns], "csv"), "shekara-records.csv", "text/csv")
    show_notes(everything, selection)


def show_statements(everything: geo.Located) -> None:
    """What agencies said, beside what is on record."""
    st.header("What was said, and what is on record")
    st.markdown(f"It says what was said, by whom and when; it draws no conclusion about motive. {CAVEAT}")
    compared, coverage = compare(everything)
    agencies = st.pills("Agency", sorted(set(compared["agency"])), selection_mode="multi", key="said_by")
    verdicts = st.pills("Finding", sorted(set(compared["verdict"])), selection_mode="multi", key="verdict")
    shown = compared[compared["agency"].isin(agencies or compared["agency"])]
    shown = shown[shown["verdict"].isin(verdicts or shown["verdict"])]
    st.caption(f"{len(shown)} of {len(compared)} statements. All records are compared, whatever the filters beside.")
    for agency, said in shown.groupby("agency"):
        st.subheader(plain(str(agency)))
        for _, row in said.iterrows():
            show_statement(row, everything.incidents)
    show_coverage(coverage[coverage["agency"].isin(agencies or coverage["agency"])])


@st.cache_resource(show_spinner="Setting statements beside records …")
def compare(_everything: geo.Located) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every statement with its comparable records, and official totals beside them."""
    claims = geo.read_claims()
    return geo.compare_claims(claims, _everything), geo.coverage_by_class(claims, _everything)


def show_statement(row: pd.Series, incidents: gpd.GeoDataFrame) -> None:
    """One statement: what was said on the left, what is on record on the right."""
    said, recorded = st.columns(2, gap="large")
    with said:
        st.caption(f"{plain(row['stated_on'])} · [{plain(row['source_publisher'])}](<{row['source_url']}>)")
        st.markdown(plain(row["claim"]))
    with recorded:
        st.badge(row["verdict"], color="gray")
        for text in (row["reason"], row["sentence"], row["coverage_text"]):
            if text:
                st.markdown(plain(text[0].upper() + text[1:]))
        for title, ids in (
            ("Records that name the agency", row["records_same_agency_ids"]),
            ("Records that name only other agencies", row["records_other_agencies_ids"]),
        ):
            if ids:
                with st.expander(f"{title}: {len(ids.split('; '))}"):
                    for record in ids.split("; "):
                        one = incidents.loc[record]
                        st.markdown(f"{plain(one['date'])} · [{plain(one['title'])}](<{one['source_url']}>)")
        if row["remarks"]:
            st.caption(plain(row["remarks"]))
    st.divider()


def show_coverage(coverage: pd.DataFrame) -> None:
    """Official totals of cases beside records, per agency, goods and year."""
    cases = coverage[coverage["unit"].eq("case") & coverage["total"].gt(0)]
    if cases.empty:
        return
    st.subheader("Official totals beside records, per goods and year")
    st.markdown(
        "Logarithmic, one added to each number so that zero shows. Counts stand side by side; "
        "no match between them is implied."
    )
    st.altair_chart(chart_coverage(cases), width="stretch")


def show_method() -> None:
    """The method page."""
    st.markdown(docs_path("method.md").read_text(encoding="utf-8"))


main()
