"""Random tables made from records: renamed, reordered, written in other forms, languages and encodings."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.errors import InputError
from geo.geometry.geodesy import distance_km
from geo.intake import guess_mapping, import_incidents, read_sheet

if TYPE_CHECKING:
    import geopandas as gpd

    import geo
    from geo.intake import Gazetteer

NAMES = {
    "date": ("Date", "Incident date", "Дата", "Дата задержания", "Күні", "Оқиға күні", "incident/date"),
    "goods": ("Goods", "Commodity", "Товар", "Вид товара", "Тауар", "Тауар түрі", "group/goods"),
    "quantity": ("Quantity", "Amount", "Количество", "Кол-во", "Саны", "Мөлшері"),
    "value_home": ("Value, tenge", "Стоимость, тенге", "Құны, теңге"),
    "direction": ("Direction", "Направление", "Бағыты"),
    "neighbour": ("Border", "Граница", "Шекара"),
    "mode": ("Mode of transport", "Вид транспорта", "Көлік түрі"),
    "coordinates": ("Coordinates", "Координаты", "GPS", "Координаттар"),
    "lon": ("Longitude", "Долгота", "lon", "Бойлық"),
    "lat": ("Latitude", "Широта", "lat", "Ендік"),
    "region_name": ("Region", "Область", "Облыс"),
    "source_url": ("Source URL", "Ссылка", "Источник", "Сілтеме"),
}
GOODS = {
    "drugs": ("heroin", "гашиш", "есірткі"), "weapons": ("pistols", "оружие", "қару"),
    "medicines": ("medicines", "лекарства", "дәрі-дәрмек"), "chemicals": ("pesticides", "пестициды", "улы химикат"),
    "tobacco": ("cigarettes", "сигареты", "темекі"), "alcohol": ("vodka", "водка", "арақ"),
    "food": ("wheat", "картофель", "ұн"), "wildlife": ("saiga horns", "рога сайги", "тасбақа"),
    "fuel": ("diesel", "ГСМ", "жанармай"), "metals": ("scrap", "лом черных металлов", "мыс"),
    "currency": ("cash", "наличные", "ақша"), "jewelry": ("gold", "ювелирные изделия", "алтын"),
    "electronics": ("smartphones", "смартфоны", "ұялы телефон"), "consumer_goods": ("shoes", "одежда", "аяқ киім"),
    "branded_goods": ("counterfeit goods", "контрафакт", "жалған тауар"), "vehicles": ("spare parts", "автозапчасти", "қосалқы бөлшек"),  # noqa: E501
}  # fmt: skip
UNITS = {
    "kg": ("kg", "кг", "кг"), "t": ("t", "тонн", "тонна"), "litre": ("litres", "литров", "литр"),
    "piece": ("pieces", "шт.", "дана"), "head": ("head", "голов", "бас"), "pack": ("packs", "пачек", "пачка"),
    "bottle": ("bottles", "бутылок", "шөлмек"), "box": ("boxes", "коробок", "жәшік"),
    "pair": ("pairs", "пар", "жұп"), "cigarette": ("cigarettes", "сигарет", "сигарет"),
}  # fmt: skip
CHOICES = {
    "direction": {"inbound": ("import", "ввоз", "әкелу"), "outbound": ("export", "вывоз", "әкету"), "transit": ("transit", "транзит", "транзит")},  # noqa: E501
    "neighbour": {"RU": ("Russia", "РФ", "Ресей"), "CN": ("China", "КНР", "Қытай"), "KG": ("Kyrgyzstan", "Кыргызстан", "Қырғызстан"), "UZ": ("Uzbekistan", "Узбекистан", "Өзбекстан"), "TM": ("Turkmenistan", "Туркменистан", "Түрікменстан")},  # noqa: E501
    "mode": {"road": ("road", "автомобиль", "автокөлік"), "rail": ("rail", "ж/д", "теміржол"), "air": ("air", "самолет", "ұшақ"), "foot": ("foot", "пешком", "жаяу")},  # noqa: E501
}  # fmt: skip
MONTHS = (
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
)
# Columns that say something else, and must not be taken.
NOISE = {
    "Country of origin": ("Poland", "Китай", "Иран"), "Гражданство": ("Кыргызстан", "РФ", "РК"),
    "Место рождения": ("г. Тараз", "Москва", "Ош"), "Position accuracy": ("5", "12.5", "4.9"),
    "Photo": ("https://img.example.org/1.jpg", "", ""), "E-mail": ("a@example.org", "b@example.org", ""),
    "Ссылка на карту": ("https://yandex.kz/maps/?z=12", "https://2gis.kz/almaty", ""),
    "Дата рождения": ("01.02.1985", "03.04.1990", "05.06.1977"), "Источник ID": ("src1", "src2", "src3"),
    "submission time": ("2025-01-02T10:00:00", "2025-01-03T11:00:00", "2025-02-02T10:00:00"),
}  # fmt: skip
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "kz1048", "cp866", "koi8-r", "iso8859-5", "mac-cyrillic")

_LETTERS = 60


@dataclass(frozen=True)
class Written:
    """A table: its bytes, its name, and for every row and field what was meant."""

    data: bytes
    name: str
    meant: list[dict[str, Any]]


def write_table(seed: int, records: gpd.GeoDataFrame) -> Written:
    """Make a table of some records; the same seed gives the same table."""
    rng = random.Random(seed)
    chosen = records.iloc[rng.sample(range(len(records)), rng.randint(3, 8))]
    language = rng.randrange(3)
    fields = [
        "date",
        "goods",
        "source_url",
        *(f for f in ("quantity", "value_home", "direction", "neighbour", "mode") if rng.random() < 0.7),
    ]
    where = rng.choice(("coordinates", "axes", "none"))
    fields += {"coordinates": ["coordinates"], "axes": ["lon", "lat"], "none": []}[where]
    rng.shuffle(fields)
    style = {
        "date": rng.randrange(9),
        "point": rng.randrange(9),
        "comma": rng.random() < 0.5,
        "unit": rng.random() < 0.5,
    }
    noise = rng.sample(sorted(NOISE), rng.randint(0, 3))
    names = [rng.choice(NAMES[field]) for field in fields]
    rows, meant = [], []
    for record in chosen.reset_index().to_dict("records"):
        said = {field: _cell(field, record, language, style, rng) for field in fields}
        rows.append([text for text, _ in said.values()] + [rng.choice(NOISE[name]) for name in noise])
        meant.append({field: value for field, (_, value) in said.items()})
    header = names + noise
    if rng.random() < 0.25:
        return Written(_excel(header, rows), "t.xlsx", meant)
    encoding, sign = rng.choice(ENCODINGS), rng.choice(",;\t")
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows([header, *rows])
    if sum(not sign.isascii() for sign in text.getvalue()) < _LETTERS:
        # A few letters tell no encoding: such a file is refused.
        encoding = "utf-8"
    try:
        data = text.getvalue().encode(encoding)
    except UnicodeEncodeError:
        data = text.getvalue().encode("utf-8")
    return Written(data, "t.csv", meant)


def _excel(header: list[str], rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook()
    for row in [header, *rows]:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(  # noqa: PLR0911
    field: str,
    record: dict[str, Any],
    language: int,
    style: dict[str, Any],
    rng: random.Random,  # noqa: ARG001
) -> tuple[str, Any]:
    """The text of a cell and what it means; ("", None) for nothing."""
    if field == "date":
        return _date(record["date"], language, style["date"])
    if field == "goods":
        words = GOODS.get(record["goods"])
        return (words[language], record["goods"]) if words else (record["goods_description"] or "?", None)
    if field == "quantity":
        return _quantity(record, language, comma=style["comma"])
    if field == "value_home":
        value = record["value_home"]
        return ("", None) if math.isnan(value) else (f"{value:,.0f}".replace(",", " "), value)
    if field in CHOICES:
        words = CHOICES[field].get(record[field])
        return (words[language], record[field]) if words else ("", None)
    if field == "source_url":
        return record[field], record[field]
    point = record["geometry"]
    if record["location_precision"] not in ("crossing", "locality", "district"):
        return "", None
    if field == "coordinates":
        return _pair(point.y, point.x, style["point"]), (point.y, point.x)
    return _axis(point.x if field == "lon" else point.y, field, style["point"], comma=style["comma"]), (
        point.y,
        point.x,
    )


def _date(iso: str, language: int, style: int) -> tuple[str, str | None]:
    if len(iso) != len("2024-07-03"):
        return iso, iso or None
    day = dt.date.fromisoformat(iso)
    month = MONTHS[language][day.month - 1]
    forms = (
        iso, f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year} г.", f"{day:%d.%m.%y}", f"{iso}T09:30:00Z",
        f"{day:%d.%m.%Y} 14:20", f"{day:%Y/%m/%d}",
        (f"{month} {day.day}, {day.year}", f"{day.day} {month} {day.year} года", f"{day.year} жылғы {day.day} {month}")[language],  # noqa: E501
        f"{day:%d/%m/%Y}",
    )  # fmt: skip
    return forms[style], iso


def _quantity(record: dict[str, Any], language: int, *, comma: bool) -> tuple[str, Any]:
    number, unit = record["quantity"], record["unit"]
    if math.isnan(number) or unit not in UNITS:
        return "", None
    text = f"{number:.12g}" if number < 1e15 else f"{number:.0f}"
    if "e" in text:
        return "", None
    if comma:
        whole, _, rest = text.partition(".")
        text = f"{int(whole):,}".replace(",", " ") + (f",{rest}" if rest else "")
    return f"{text} {UNITS[unit][language]}", (number, unit)


def _dms(value: float) -> tuple[int, int, float]:
    seconds = round(abs(value) * 3600, 1)
    return int(seconds // 3600), int(seconds % 3600 // 60), round(seconds % 60, 1)


def _pair(lat: float, lon: float, style: int) -> str:
    (a, b, c), (d, e, f) = _dms(lat), _dms(lon)
    return (
        f"{lat:.5f}, {lon:.5f}", f"{lat:.5f} {lon:.5f}", f"{a}°{b:02d}'{c:04.1f}\"N {d}°{e:02d}'{f:04.1f}\"E",
        f"{a}°{b}′{c}″ с.ш., {d}°{e}′{f}″ в.д.", f"POINT ({lon:.5f} {lat:.5f})", f"{lat:.5f}; {lon:.5f}".replace(".", ","),  # noqa: E501
        f"https://www.google.com/maps/@{lat:.5f},{lon:.5f},12z", f"N {a} {b} {c}, E {d} {e} {f}",
        f"{lat:.5f} {lon:.5f} 640 4.9",
    )[style]  # fmt: skip


def _axis(value: float, field: str, style: int, *, comma: bool) -> str:
    if style % 3 == 0:
        a, b, c = _dms(value)
        return f"{a}°{b:02d}'{c:04.1f}\"" + ("E" if field == "lon" else "N")
    text = f"{value:.5f}"
    return text.replace(".", ",") if comma else text


def compare(written: Written, frontier: geo.Frontier, gazetteer: Gazetteer) -> list[tuple[int, str, Any, Any, str]]:
    """For every cell that was written: row, field, what was meant, what came, and ``right``, ``reported``, ``wrong``."""  # noqa: E501
    try:
        sheet = read_sheet(written.data, name=written.name)
        done = import_incidents(sheet, guess_mapping(sheet), frontier=frontier, gazetteer=gazetteer)
    except InputError as error:
        return [(0, field, value, str(error), "reported") for meant in written.meant for field, value in meant.items()]
    ids = done.places.set_index("row")["id"]
    found = []
    for row, meant in enumerate(written.meant, start=2):
        told = set(done.problems.loc[done.problems["row"].isin([0, row]), "field"])
        record = done.incidents.loc[ids[row]] if row in ids.index and ids[row] in done.incidents.index else None
        for field, value in meant.items():
            if value is None:
                continue
            if record is None:
                found.append((row, field, value, "no record", "reported" if told else "wrong"))
                continue
            came, right = _came(field, value, record)
            about = (
                {"lon", "lat", "coordinates", "location_precision"}
                if isinstance(value, tuple) and field != "quantity"
                else {field}
            )
            found.append((row, field, value, came, "right" if right else "reported" if about & told else "wrong"))
    return found


def _came(field: str, value: Any, record: Any) -> tuple[Any, bool]:
    if field == "quantity":
        came = (record["quantity"], record["unit"])
        return came, came[1] == value[1] and math.isclose(came[0], value[0], rel_tol=1e-9)
    if isinstance(value, tuple):
        if record["location_precision"] not in ("crossing", "locality", "district"):
            return "nowhere", False
        came = (record.geometry.y, record.geometry.x)
        return came, float(distance_km(came[1], came[0], value[1], value[0])) < 0.1
    came = record[field]
    return came, math.isclose(came, value) if isinstance(value, float) else came == value
