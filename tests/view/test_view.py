from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
from block_reader import read_packed
from hypothesis import given
from hypothesis import strategies as st
from streamlit_folium import generate_js_hash, generate_leaflet_string
from synthetic import synthetic_incidents
from view_cases import DIAMONDS, FALCONS, MARKUP, TUNNEL, hostile, underscored

import geo
from geo.errors import UnknownValueError
from geo.estimate.risk import aggregate
from geo.incidents.selection import Selection
from geo.language.catalogue import LANGUAGES, read_words, say
from geo.summaries.places import rank_places
from geo.view import Atlas, PageOptions, make_atlas, make_card, make_map, make_page, serve_assets, show_on, write_page
from geo.view.assets import FRAME_SCRIPT, FRAME_STYLES, LOADER_SCRIPT, PAGE_SCRIPT, PAGE_STYLES, read_asset
from geo.view.atlas.atlas import to_script
from geo.view.atlas.basemap import SCALE, pack_line
from geo.view.atlas.packing import MOST_FULL
from geo.vocabulary import (
    CONFIDENCES,
    DATE_PRECISIONS,
    DIRECTIONS,
    FAMILIES,
    GOODS,
    LOCATION_PRECISIONS,
    MODES,
    OFF_BORDER,
    OUTCOME_CLASSES,
    RECORDING_SIDES,
    UNITS,
)

if TYPE_CHECKING:
    import geopandas as gpd


FRAME_COLUMNS = {
    "id", "place_name", "goods", "location_precision", "border", "region_code", "crossing_id", "kind",
}  # fmt: skip
PAGE_COLUMNS = FRAME_COLUMNS | {
    "title", "goods_description", "value_text", "concealment", "outcome", "source_url", "source_date", "other_urls",
    "date_not_after", "possible_same_as", "date_basis", "source_publisher", "unit", "direction", "mode", "agency",
    "recording_side", "outcome_class", "clue", "confidence", "date_precision", "region_name", "quantity", "value_home",
}  # fmt: skip


@pytest.fixture(scope="module")
def atlas(located: geo.Located, frontier: geo.Frontier) -> Atlas:
    return make_atlas(located, frontier)


@pytest.fixture(scope="module")
def page(located: geo.Located, frontier: geo.Frontier) -> str:
    return make_page(located, frontier)


class Reader(HTMLParser):
    """The parts of a page that a browser would act on, and the blocks of data in it by id."""

    def __init__(self) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self.blocks: dict[str, str] = {}
        self.styles: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.inside = tag
        if tag == "script" and dict(attrs).get("type"):
            self.inside = f"block {dict(attrs)['id']}"
        elif tag in {"script", "style"}:
            getattr(self, f"{tag}s").append("")

    def handle_data(self, data: str) -> None:
        if self.inside in {"script", "style"}:
            getattr(self, f"{self.inside}s")[-1] += data
        elif self.inside.startswith("block "):
            name = self.inside.removeprefix("block ")
            self.blocks[name] = self.blocks.get(name, "") + data

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.inside = ""


def unpack(text: str) -> Any:
    return json.loads(gzip.decompress(base64.b64decode(text)))


def field(atlas: Atlas, name: str) -> list[Any]:
    column = atlas.data["records"][name]
    return column if isinstance(column, list) else [column["table"][code] for code in column["of"]]


# The atlas


@given(st.lists(st.tuples(st.floats(40, 90), st.floats(35, 60)), min_size=2, max_size=20))
def test_packed_line_reads_back_within_half_a_step(points: list[tuple[float, float]]) -> None:
    line = np.array(points)
    packed = np.array(pack_line(line)).reshape(-1, 2).cumsum(axis=0) / SCALE
    whole = np.rint(line * SCALE) / SCALE
    kept = np.r_[True, np.any(np.diff(whole, axis=0) != 0, axis=1)]
    assert np.allclose(packed, whole[kept], atol=1e-9)
    assert np.abs(whole - line).max() <= 0.5 / SCALE + 1e-9


@given(
    st.recursive(
        st.text() | st.integers() | st.booleans(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_script_reads_back_and_holds_nothing_dangerous(value: Any) -> None:
    script = to_script({"value": value})
    assert json.loads(script) == {"value": value}
    assert not re.search(r"[<>&_\u2028\u2029]|\{\{|\{%|\{#", script)


def test_atlas_holds_every_record_and_is_plain_json(atlas: Atlas, incidents: gpd.GeoDataFrame) -> None:
    assert atlas.data["records"]["id"] == incidents.index.tolist()
    assert field(atlas, "goods") == incidents["goods"].tolist()
    assert field(atlas, "title") == incidents["title"].tolist()
    for packed, names in ((atlas.packed, PAGE_COLUMNS), (atlas.packed_for_frame, FRAME_COLUMNS)):
        records = read_packed(packed)["records"]
        assert set(records) == names | {"placement", "site", "family", "from", "more", "radius"}
        for name in names:
            column = records[name]
            read = [column["table"][code] for code in column["of"]] if isinstance(column, dict) else column
            assert read == field(atlas, name), name
        assert records["placement"] == list(atlas.data["records"]["placement"])


def test_first_day_and_what_follows_tell_each_date(atlas: Atlas, incidents: gpd.GeoDataFrame) -> None:
    records = read_packed(atlas.packed)["records"]
    for text, first, more in zip(incidents["date"], records["from"], records["more"], strict=True):
        told = "" if first is None else (date(2000, 1, 1) + timedelta(days=first)).isoformat()
        assert told[: 4 if more > 30 else 7 if more else 10] == text


def test_beyond_twenty_thousand_records_no_text_of_a_single_one_is_packed(frontier: geo.Frontier) -> None:
    crowd = synthetic_incidents(MOST_FULL + 1, None, seed=1)
    atlas = make_atlas(geo.locate(crowd, frontier), frontier)
    block = read_packed(atlas.packed)
    records = block["records"]
    assert not block["full"]
    assert not {"id", "title", "source_url", "other_urls", "goods_description"} & set(records)
    assert "Made-up" not in str(block)
    assert len(records["placement"]) == len(crowd)
    # The order is another, the records are the same.
    for name in ("goods", "direction", "border"):
        read = pd.Series([records[name]["table"][code] for code in records[name]["of"]]).value_counts()
        assert read.to_dict() == pd.Series(field(atlas, name)).value_counts().to_dict()
    whole = sorted(q for q in records["quantity"] if q is not None)
    assert whole == sorted(crowd["quantity"].dropna())
    few = make_atlas(geo.locate(crowd.head(5), frontier), frontier)
    assert read_packed(few.packed)["full"]


def test_placements_say_where_each_record_may_lie(atlas: Atlas, located: geo.Located) -> None:
    weights = located.weights.toarray()
    km = np.array(atlas.data["cells"]["km"])
    for row, placement in enumerate(atlas.data["records"]["placement"]):
        shared = np.zeros(len(km))
        if placement >= 0:
            first, spread = atlas.data["placements"][placement]
            held = slice(first, first + (spread if isinstance(spread, int) else len(spread)))
            shared[held] = km[held] if isinstance(spread, int) else spread
            shared /= shared.sum()
        assert np.abs(shared - weights[row]).max() < 2e-3
        assert np.isclose(shared.sum(), weights[row].sum())


def test_cells_are_in_order_and_every_crossing_has_its_foot_on_its_line(atlas: Atlas, frontier: geo.Frontier) -> None:
    assert atlas.data["cells"]["id"] == frontier.cells.index.tolist()
    for crossing in atlas.data["crossings"]:
        cell = frontier.crossings.loc[crossing["id"], "cell"]
        assert (crossing["cell"] >= 0) == bool(cell)
        if cell:
            x, y = crossing["foot"]
            west, south, east, north = frontier.cells.loc[cell].geometry.bounds
            assert west - 1e-3 <= x <= east + 1e-3
            assert south - 1e-3 <= y <= north + 1e-3


def test_estimate_is_packed_in_the_order_of_the_border(located: geo.Located, frontier: geo.Frontier) -> None:
    risk = geo.estimate_risk(located, frontier, draws=50)
    estimates = make_atlas(located, frontier, {"": risk, "goods=food": risk}).data["estimates"]
    packed = estimates[""]
    segments = aggregate(risk, by="segment")
    assert np.allclose(packed["segments"]["high"], segments["high90"], rtol=6e-3)
    assert segments.index.tolist() == frontier.segments.index[frontier.segments["land"]].tolist()
    between, crossings = aggregate(risk, by="place").loc[segments.index], aggregate(risk, by="crossing")
    assert np.allclose(packed["between"]["value"], between["estimate"], rtol=6e-3)
    assert packed["between"]["rank_high90"] == between["rank_high90"].tolist()
    ranks = pd.Series(packed["crossings"]["rank_low90"], frontier.crossings.index)
    assert ranks[ranks > 0].to_dict() == crossings["rank_low90"].to_dict()
    assert [place["key"] for place in packed["answers"]["first"]] == rank_places(located, risk).index[:5].tolist()
    assert estimates["goods=food"]["segments"] == packed["segments"]
    assert estimates["goods=food"]["answers"]["records"] < packed["answers"]["records"]


def test_an_empty_data_set_makes_an_atlas_and_a_page(located: geo.Located, frontier: geo.Frontier) -> None:
    nothing = located.take(located.incidents.index[:0])
    assert make_atlas(nothing, frontier).data["records"]["id"] == []
    assert "<title>" in make_page(nothing, frontier)


# Words


def test_languages_have_the_same_keys_and_placeholders() -> None:
    names = {lang: read_words(lang) for lang in LANGUAGES}
    for lang in LANGUAGES:
        assert names[lang].keys() == names["en"].keys()
        for key, text in names[lang].items():
            assert text, (lang, key)
            asked = set(re.findall(r"\{(\w+)", text))
            # A month stands in the case that the language asks for: "March 2024", "с марта 2024 года".
            given = {"n", *(("long", "of") if key.startswith("date.") else ())}
            assert asked <= set(re.findall(r"\{(\w+)", names["en"][key])) | given, (lang, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_vocabulary_has_words(lang: str) -> None:
    wanted = {
        "goods": GOODS, "mode": MODES, "direction": DIRECTIONS, "confidence": CONFIDENCES,
        "precision": LOCATION_PRECISIONS, "outcome": OUTCOME_CLASSES, "side": RECORDING_SIDES, "unit": UNITS,
        "neighbour": OFF_BORDER, "family": [family.letter for family in FAMILIES],
        "letter": [family.letter for family in FAMILIES],
        "date.precision": [name for name in DATE_PRECISIONS if name != "unknown"],
    }  # fmt: skip
    words = read_words(lang)
    assert [f"{kind}.{name}" for kind, names in wanted.items() for name in names if f"{kind}.{name}" not in words] == []


def test_every_word_that_the_scripts_ask_for_exists() -> None:
    words = read_words("en")
    sources = Path(str(resources.files("geo.view") / "web")).glob("*/*.js")
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.parent.name != "bundle")
    asked = set(re.findall(r'\bt(?:\.parts)?\("([\w.-]+)"[,)]', code))
    assert len(asked) > 60
    assert sorted(asked - words.keys()) == []


def test_plural_forms() -> None:
    said = [say("ru", "card.records", n=n) for n in (1, 2, 5, 11, 21, 22, 112)]
    assert [text.split("\xa0")[-1].split(" ")[-1] for text in said] == [
        "запись", "записи", "записей", "записей", "запись", "записи", "записей",
    ]  # fmt: skip
    assert say("kk", "card.records", n=5) == "5 жазба"


def test_an_unknown_language_lists_the_right_ones() -> None:
    with pytest.raises(UnknownValueError, match="en, ru, kk"):
        read_words("de")


# The folium map


def script_of(made: Any) -> str:
    return str(generate_leaflet_string(made))


def test_equal_atlases_give_equal_keys_and_a_filter_changes_none(atlas: Atlas, incidents: gpd.GeoDataFrame) -> None:
    assets = serve_assets(lambda *_, **__: None)
    key = generate_js_hash(script_of(make_map(atlas, assets=assets)), "map")
    assert key == generate_js_hash(script_of(make_map(atlas, assets=assets)), "map")
    shown = show_on(atlas, ids=incidents.index[:5], period=None, colour="rate")
    assert '"shown":[0,5]' in shown.state
    assert len(shown.state) < 300


def test_maps_that_differ_after_an_underscore_have_other_keys(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier
) -> None:
    keys = set()
    for suffix in ("a", "b"):
        located = geo.locate(underscored(incidents, suffix), frontier)
        keys.add(generate_js_hash(script_of(make_map(make_atlas(located, frontier))), "map"))
    assert len(keys) == 2


def test_folium_renders_the_data_as_data(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    located = geo.locate(hostile(incidents), frontier)
    html = make_map(make_atlas(located, frontier)).get_root().render()
    assert html.count("</script>") == html.count("<script")
    assert "49{% raw" not in html
    assert "title 49" not in html
    assert "<img src=x" not in html


def test_a_map_asks_no_other_host(atlas: Atlas) -> None:
    reader = Reader()
    reader.feed(make_map(atlas).get_root().render())
    assert [attrs for tag, attrs in reader.tags if tag in {"script", "link", "img"} and attrs] == []
    tiled = make_map(atlas, tiles=True)
    assert "cartocdn" in tiled.get_root().render()


def test_served_assets_are_declared_and_relative() -> None:
    folders: dict[str, str] = {}
    assets = serve_assets(lambda name, path: folders.update({name: path}))
    assert sorted(folders) == ["leaflet", "view"]
    assert [name for name, _ in assets.scripts] == ["leaflet.js", FRAME_SCRIPT]
    for name, url in assets.scripts:
        assert url.startswith("../geo.view.assets.")
        component = url.split("/")[1].rsplit(".", 1)[1]
        assert (Path(folders[component]) / name).is_file()


def test_every_file_of_the_view_is_used() -> None:
    folder = Path(str(resources.files("geo.view") / "web"))
    files = {
        file.relative_to(folder).as_posix()
        for file in [*folder.glob("*.css"), *folder.glob("*.js"), *folder.glob("bundle/*.js")]
    }
    assert files == {LOADER_SCRIPT, PAGE_SCRIPT, FRAME_SCRIPT, *PAGE_STYLES}
    assert set(FRAME_STYLES) <= set(PAGE_STYLES)


@pytest.mark.parametrize("name", [LOADER_SCRIPT, PAGE_SCRIPT, FRAME_SCRIPT])
def test_scripts_write_text_and_never_markup(name: str) -> None:
    code = read_asset(name)
    for risky in (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
        "new Function",
        "http://",
    ):
        assert risky not in code.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"ids": ["no-such-record"]},
        {"colour": "red"},
    ],
)
def test_what_the_map_cannot_show_is_refused(atlas: Atlas, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownValueError):
        show_on(atlas, **wrong)


def test_an_unknown_theme_lists_the_right_ones(atlas: Atlas) -> None:
    with pytest.raises(UnknownValueError, match="auto, light, dark"):
        make_map(atlas, theme="sepia")


# The card


def test_a_record_card_says_all_that_is_known(atlas: Atlas) -> None:
    card = make_card(atlas, {"kind": "record", "key": "", "ids": [TUNNEL]})
    rows = dict(card.rows)
    assert rows["Border"] == "Uzbekistan"
    assert rows["Region"] == "Turkistan"
    assert rows["Place"].endswith("district ±15\xa0km")
    assert rows["Quantity"] == "17,048 pieces"
    assert rows["Date"] == "3 Jul 2024 (exact to the day, date of the report)"
    assert len(card.sources) == 6
    assert all(url.startswith("https://") for _, url in card.sources)


def test_a_card_says_what_stands_at_a_crossing_and_how_far_off_the_line(atlas: Atlas) -> None:
    place = {"kind": "crossing", "key": "crossing:alakol-dostyk", "ids": []}
    told = {lang: dict(make_card(atlas, place, lang=lang).rows) for lang in LANGUAGES}
    assert told["en"]["Crossing"] == "the point on the map is a settlement, 9.8 km from the line"
    assert told["ru"]["Пункт пропуска"] == "точка на карте — населённый пункт, 9,8 км от линии"
    derived = {"kind": "crossing", "key": "crossing:shagan", "ids": []}
    assert dict(make_card(atlas, derived).rows)["Crossing"].startswith("the point on the map is 0")
    airport = {"kind": "air", "key": "air:air-almaty", "ids": []}
    assert "Crossing" not in dict(make_card(atlas, airport).rows)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cards_of_every_record_and_kind_are_made_in_every_language(atlas: Atlas, lang: str) -> None:
    for record in atlas.data["records"]["id"]:
        assert make_card(atlas, {"kind": "record", "key": "", "ids": [record]}, lang=lang).rows
    for kind, key in [
        ("border", "border:KG"), ("border", "border:CASPIAN"), ("region", "region:RU:KZ-27"),
        ("unplaced", "part:post"),
        ("crossing", "crossing:kayrak"), ("air", "air:air-almaty"), ("town", "town:1,2:3"),
        ("district", "district:1,2:3"),
    ]:  # fmt: skip
        card = make_card(atlas, {"kind": kind, "key": key, "ids": [FALCONS, DIAMONDS]}, lang=lang)
        assert card.title
        assert len(card.records) == 2


def test_a_card_links_nothing_but_the_web(incidents: gpd.GeoDataFrame, frontier: geo.Frontier) -> None:
    frame = hostile(incidents, rows=2)
    atlas = make_atlas(geo.locate(frame, frontier), frontier)
    card = make_card(atlas, {"kind": "record", "key": "", "ids": [frame.index[0]]})
    assert [url for _, url in card.sources] == ["https://example.org/<b>"]
    assert MARKUP in card.original


# The page


def test_the_page_asks_for_nothing_and_lets_only_its_own_scripts_run(page: str) -> None:
    reader = Reader()
    reader.feed(page)
    policy = next(attrs["content"] for tag, attrs in reader.tags if attrs.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    allowed = set(re.findall(r"'sha256-[^']+'", policy))
    code = unpack(reader.blocks["code"])
    texts = reader.scripts + reader.styles + code["styles"] + code["scripts"]
    assert len(texts) == len(allowed)
    for text in texts:
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in allowed
    assert [attrs for _, attrs in reader.tags if "src" in attrs or "style" in attrs] == []
    assert [attrs for tag, attrs in reader.tags if tag == "link"] == []


def test_the_page_is_one_that_people_may_zoom_and_screen_readers_read(page: str) -> None:
    assert page.startswith('<!doctype html>\n<html lang="en"')
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page
    assert "<title>Where smuggling is recorded" in page
    assert not re.search(r"user-scalable|maximum-scale|jquery|bootstrap", page, re.IGNORECASE)


def test_title_and_lead_are_text(located: geo.Located, frontier: geo.Frontier) -> None:
    few = located.take(located.incidents.index[:3])
    html = make_page(few, frontier, options=PageOptions(title="<b>$lead</b>", lead="${1}", lang="kk", theme="dark"))
    assert "<title>&lt;b&gt;$lead&lt;/b&gt;</title>" in html
    assert '<html lang="kk"' in html


def test_the_page_is_small(located: geo.Located, frontier: geo.Frontier) -> None:
    risk = geo.estimate_risk(located, frontier, draws=50)
    estimates = {"": risk} | dict.fromkeys([f"goods={name}" for name in GOODS[:9]], risk)
    assert len(make_page(located, frontier, estimates).encode()) < 700_000


def test_the_file_is_whole_or_not_there(tmp_path: Path, located: geo.Located, frontier: geo.Frontier) -> None:
    target = tmp_path / "map.html"
    with pytest.raises(UnknownValueError):
        write_page(target, located, frontier, options=PageOptions(lang="xx"))
    assert list(tmp_path.iterdir()) == []
    assert write_page(target, located, frontier) == target
    assert [file.name for file in tmp_path.iterdir()] == ["map.html"]


def test_the_same_inputs_give_the_same_bytes_in_two_processes(
    incidents: gpd.GeoDataFrame, frontier: geo.Frontier
) -> None:
    code = (
        "import hashlib, geo; from geo.view import make_page;"
        "frontier = geo.read_frontier();"
        "print(hashlib.sha256(make_page(geo.read_incidents(), frontier).encode()).hexdigest())"
    )
    there = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert there == hashlib.sha256(make_page(incidents, frontier).encode()).hexdigest() + "\n"


def test_tiles_need_a_network_and_the_page_says_so(located: geo.Located, frontier: geo.Frontier) -> None:
    few = located.take(located.incidents.index[:3])
    html = make_page(few, frontier, options=PageOptions(tiles=True))
    assert "img-src data: https://*.basemaps.cartocdn.com" in html
    assert html == make_page(few, frontier, options=PageOptions(tiles=True))


def test_the_page_carries_refused_consignments_so_that_a_switch_can_bring_them_in(
    page: str, incidents: gpd.GeoDataFrame
) -> None:
    reader = Reader()
    reader.feed(page)
    records = read_packed(reader.blocks["atlas"])["records"]
    assert len(records["id"]) == len(incidents)
    assert len(geo.select(incidents, Selection())) < len(incidents)
