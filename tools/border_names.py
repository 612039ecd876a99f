"""What no package states: names in English, Russian and Kazakh, published lengths and areas.

Official areas are those of the Bureau of National Statistics, for the units of 2018 and 2022 in part rounded
to 100 km².
"""

from __future__ import annotations

from typing import NamedTuple

COUNTRIES: dict[str, tuple[str, str, str]] = {
    "AF": ("Afghanistan", "Афганистан", "Ауғанстан"),
    "AM": ("Armenia", "Армения", "Армения"),
    "AZ": ("Azerbaijan", "Азербайджан", "Әзербайжан"),
    "CN": ("China", "Китай", "Қытай"),
    "GE": ("Georgia", "Грузия", "Грузия"),
    "IR": ("Iran", "Иран", "Иран"),
    "KG": ("Kyrgyzstan", "Кыргызстан", "Қырғызстан"),
    "KZ": ("Kazakhstan", "Казахстан", "Қазақстан"),
    "MN": ("Mongolia", "Монголия", "Моңғолия"),
    "RU": ("Russia", "Россия", "Ресей"),
    "TJ": ("Tajikistan", "Таджикистан", "Тәжікстан"),
    "TM": ("Turkmenistan", "Туркменистан", "Түрікменстан"),
    "TR": ("Turkey", "Турция", "Түркия"),
    "UZ": ("Uzbekistan", "Узбекистан", "Өзбекстан"),
}
"""ISO 3166-1 alpha-2 → English, Russian, Kazakh."""

COAST = ("CASPIAN", "Caspian Sea", "Каспийское море", "Каспий теңізі")
"""Code and names of the sea at the coast."""

PUBLISHED: dict[str, tuple[float, str]] = {
    "RU": (
        7548.0,
        "State border with Russia as commonly published for Kazakhstan; CIA World Factbook: 7,644",
    ),
    "CN": (
        1783.0,
        "State border with China as commonly published for Kazakhstan; CIA World Factbook: 1,765",
    ),
    "KG": (
        1242.0,
        "State border with Kyrgyzstan as commonly published for Kazakhstan; CIA World Factbook: 1,212",
    ),
    "UZ": (
        2351.0,
        "State border with Uzbekistan before demarcation; Foreign Ministry of Kazakhstan, 2023: 2,357",
    ),
    "TM": (
        458.0,
        "Agreement with Turkmenistan on demarcation of 18 April 2017 (458.263 km); older sources: 413",
    ),
    "CASPIAN": (1894.0, "CIA World Factbook: Caspian coast of Kazakhstan"),
}
"""Published length of each line, km, and who states it."""


class Unit(NamedTuple):
    """A first-level unit of Kazakhstan since June 2022."""

    code: str
    source: str
    """NAME_1 of the older oblast that it comes from, "" for Shymkent."""
    name_en: str
    name_ru: str
    name_kk: str
    kind: str
    official_area_km2: float
    boundary: str


_OLD = "inner edges of the older map at about 1:10 million; outer edge is the country outline"
_SPLIT = (
    "edge with {} is approximate (by nearness to places, set to the published areas); "
    "other inner edges of the older map at about 1:10 million"
)
_CITY = "approximate: {} of the official area"

UNITS: tuple[Unit, ...] = (
    Unit(
        "KZ-10",
        "East Kazakhstan",
        "Abai",
        "Абайская область",
        "Абай облысы",
        "region",
        185500,
        _SPLIT.format("East Kazakhstan"),
    ),
    Unit("KZ-11", "Aqmola", "Akmola", "Акмолинская область", "Ақмола облысы", "region", 146219, _OLD),
    Unit("KZ-15", "Aqtöbe", "Aktobe", "Актюбинская область", "Ақтөбе облысы", "region", 300629, _OLD),
    Unit(
        "KZ-19",
        "Almaty",
        "Almaty Region",
        "Алматинская область",
        "Алматы облысы",
        "region",
        105100,
        _SPLIT.format("Jetisu"),
    ),
    Unit("KZ-23", "Atyrau", "Atyrau", "Атырауская область", "Атырау облысы", "region", 118631, _OLD),
    Unit(
        "KZ-27",
        "West Kazakhstan",
        "West Kazakhstan",
        "Западно-Казахстанская область",
        "Батыс Қазақстан облысы",
        "region",
        151339,
        _OLD,
    ),
    Unit("KZ-31", "Zhambyl", "Zhambyl", "Жамбылская область", "Жамбыл облысы", "region", 144264, _OLD),
    Unit(
        "KZ-33",
        "Almaty",
        "Jetisu",
        "Жетысуская область",
        "Жетісу облысы",
        "region",
        118500,
        _SPLIT.format("Almaty Region"),
    ),
    Unit(
        "KZ-35",
        "Qaraghandy",
        "Karaganda",
        "Карагандинская область",
        "Қарағанды облысы",
        "region",
        239045,
        _SPLIT.format("Ulytau"),
    ),
    Unit("KZ-39", "Qostanay", "Kostanay", "Костанайская область", "Қостанай облысы", "region", 196001, _OLD),
    Unit(
        "KZ-43",
        "Qyzylorda",
        "Kyzylorda",
        "Кызылординская область",
        "Қызылорда облысы",
        "region",
        226019,
        _OLD,
    ),
    Unit(
        "KZ-47",
        "Mangghystau",
        "Mangystau",
        "Мангистауская область",
        "Маңғыстау облысы",
        "region",
        165642,
        _OLD,
    ),
    Unit("KZ-55", "Pavlodar", "Pavlodar", "Павлодарская область", "Павлодар облысы", "region", 124755, _OLD),
    Unit(
        "KZ-59",
        "North Kazakhstan",
        "North Kazakhstan",
        "Северо-Казахстанская область",
        "Солтүстік Қазақстан облысы",
        "region",
        97993,
        _OLD,
    ),
    Unit(
        "KZ-61",
        "South Kazakhstan",
        "Turkistan",
        "Туркестанская область",
        "Түркістан облысы",
        "region",
        116100,
        _OLD,
    ),
    Unit(
        "KZ-62",
        "Qaraghandy",
        "Ulytau",
        "Улытауская область",
        "Ұлытау облысы",
        "region",
        188937,
        _SPLIT.format("Karaganda"),
    ),
    Unit(
        "KZ-63",
        "East Kazakhstan",
        "East Kazakhstan",
        "Восточно-Казахстанская область",
        "Шығыс Қазақстан облысы",
        "region",
        97800,
        _SPLIT.format("Abai"),
    ),
    Unit(
        "KZ-71",
        "Astana",
        "Astana",
        "Астана",
        "Астана",
        "city",
        797,
        _CITY.format("the older city limits widened evenly to the size"),
    ),
    Unit(
        "KZ-75",
        "Almaty City",
        "Almaty (city)",
        "Алматы (город)",
        "Алматы (қала)",
        "city",
        683,
        _CITY.format("the older city limits widened evenly to the size"),
    ),
    Unit("KZ-79", "", "Shymkent", "Шымкент", "Шымкент", "city", 1163, _CITY.format("a disc")),
)

SPLITS: tuple[tuple[str, str], ...] = (("KZ-10", "KZ-63"), ("KZ-19", "KZ-33"), ("KZ-35", "KZ-62"))
"""Pairs of units that one older oblast was divided into."""

ADMIN1: dict[str, str] = {
    "01": "KZ-19", "02": "KZ-75", "03": "KZ-11", "04": "KZ-15", "05": "KZ-71", "06": "KZ-23", "07": "KZ-27",
    "08": "KZ-43", "09": "KZ-47", "10": "KZ-61", "11": "KZ-55", "12": "KZ-35", "13": "KZ-39", "14": "KZ-43",
    "15": "KZ-63", "16": "KZ-59", "17": "KZ-31", "12510143": "KZ-10", "12510144": "KZ-33", "12510145": "KZ-62",
    "1537272": "KZ-79",
}  # fmt: skip
"""GeoNames first-level code → unit. Baikonur (08) lies in Kyzylorda region."""

LAKES: tuple[tuple[float, float, str, str, str], ...] = (
    (59.7, 45.4, "Aral Sea", "Аральское море", "Арал теңізі"),
    (73.9, 45.9, "Lake Balkhash", "озеро Балхаш", "Балқаш көлі"),
    (81.7, 46.1, "Lake Alakol", "озеро Алаколь", "Алакөл"),
    (
        83.5,
        48.7,
        "Lake Zaysan and Bukhtarma Reservoir",
        "озеро Зайсан и Бухтарминское водохранилище",
        "Зайсан көлі мен Бұқтырма су қоймасы",
    ),
    (73.3, 53.2, "Lake Siletiteniz", "озеро Селетытениз", "Сілетітеңіз көлі"),
    (77.1, 42.45, "Lake Issyk-Kul", "озеро Иссык-Куль", "Ыстықкөл"),
    (57.4, 41.94, "Lake Sarygamysh", "озеро Сарыкамыш", "Сарықамыс көлі"),
    (77.26, 54.84, "Lake Chany", "озеро Чаны", "Чаны көлі"),
    (79.6, 53.0, "Lake Kulunda", "Кулундинское озеро", "Құлынды көлі"),
    (87.05, 41.95, "Lake Bosten", "озеро Баграшкёль", "Бағырашкөл"),
    (72.98, 41.79, "Toktogul Reservoir", "Токтогульское водохранилище", "Тоқтағұл су қоймасы"),
    (45.35, 40.4, "Lake Sevan", "озеро Севан", "Севан көлі"),
)
"""A place near or in a lake (longitude, latitude) and its names."""

CITIES: dict[int, tuple[int, str, str, str]] = {
    1526273: (1, "Astana", "Астана", "Астана"),
    1526384: (1, "Almaty", "Алматы", "Алматы"),
    1518980: (1, "Shymkent", "Шымкент", "Шымкент"),
    608668: (2, "Oral", "Уральск", "Орал"),
    609655: (2, "Karaganda", "Караганда", "Қарағанды"),
    610529: (2, "Atyrau", "Атырау", "Атырау"),
    610611: (2, "Aktobe", "Актобе", "Ақтөбе"),
    610612: (2, "Aktau", "Актау", "Ақтау"),
    1516589: (2, "Zhezkazgan", "Жезказган", "Жезқазған"),
    1516905: (2, "Taraz", "Тараз", "Тараз"),
    1517945: (2, "Turkistan", "Туркестан", "Түркістан"),
    1518542: (2, "Taldykorgan", "Талдыкорган", "Талдықорған"),
    1519422: (2, "Semey", "Семей", "Семей"),
    1519922: (2, "Kyzylorda", "Кызылорда", "Қызылорда"),
    1519928: (2, "Kostanay", "Костанай", "Қостанай"),
    1519948: (2, "Konayev", "Конаев", "Қонаев"),
    1520172: (2, "Petropavl", "Петропавловск", "Петропавл"),
    1520240: (2, "Pavlodar", "Павлодар", "Павлодар"),
    1520316: (2, "Oskemen", "Усть-Каменогорск", "Өскемен"),
    1522203: (2, "Kokshetau", "Кокшетау", "Көкшетау"),
    472757: (2, "Volgograd", "Волгоград", "Волгоград"),
    479561: (2, "Ufa", "Уфа", "Уфа"),
    498677: (2, "Saratov", "Саратов", "Саратов"),
    499099: (2, "Samara", "Самара", "Самара"),
    514734: (2, "Orsk", "Орск", "Орск"),
    515003: (2, "Orenburg", "Оренбург", "Орынбор"),
    532288: (2, "Magnitogorsk", "Магнитогорск", "Магнитогорск"),
    551487: (2, "Kazan", "Казань", "Қазан"),
    580497: (2, "Astrakhan", "Астрахань", "Астрахан"),
    587084: (2, "Baku", "Баку", "Баку"),
    601294: (2, "Nukus", "Нукус", "Нөкіс"),
    601594: (2, "Turkmenbashi", "Туркменбаши", "Түрікменбашы"),
    601734: (2, "Dashoguz", "Дашогуз", "Дашоғыз"),
    1216265: (2, "Samarkand", "Самарканд", "Самарқанд"),
    1217662: (2, "Bukhara", "Бухара", "Бұхара"),
    1221874: (2, "Dushanbe", "Душанбе", "Душанбе"),
    1486209: (2, "Yekaterinburg", "Екатеринбург", "Екатеринбург"),
    1493467: (2, "Rubtsovsk", "Рубцовск", "Рубцовск"),
    1496153: (2, "Omsk", "Омск", "Омбы"),
    1496747: (2, "Novosibirsk", "Новосибирск", "Новосібір"),
    1501321: (2, "Kurgan", "Курган", "Қорған"),
    1508291: (2, "Chelyabinsk", "Челябинск", "Челябі"),
    1510853: (2, "Barnaul", "Барнаул", "Барнауыл"),
    1512473: (2, "Urgench", "Ургенч", "Үргеніш"),
    1512569: (2, "Tashkent", "Ташкент", "Ташкент"),
    1527299: (2, "Talas", "Талас", "Талас"),
    1527534: (2, "Osh", "Ош", "Ош"),
    1528121: (2, "Karakol", "Каракол", "Қарақол"),
    1528675: (2, "Bishkek", "Бишкек", "Бішкек"),
    1529102: (2, "Urumqi", "Урумчи", "Үрімжі"),
    1529167: (2, "Tacheng", "Чугучак", "Шәуешек"),
    1529401: (2, "Karamay", "Карамай", "Қарамай"),
    1529435: (2, "Yining", "Кульджа", "Құлжа"),
    1529651: (2, "Altay", "Алтай", "Алтай"),
    607610: (3, "Zhanaozen", "Жанаозен", "Жаңаөзен"),
    608901: (3, "Kurmangazy", "Курмангазы", "Құрманғазы"),
    609123: (3, "Kulsary", "Кульсары", "Құлсары"),
    610398: (3, "Bautino", "Баутино", "Баутино"),
    1516788: (3, "Zhanatas", "Жанатас", "Жаңатас"),
    1517471: (3, "Penzhim", "Пенжим", "Пәнжім"),
    1519673: (3, "Saryagash", "Сарыагаш", "Сарыағаш"),
    1519691: (3, "Sarkand", "Сарканд", "Сарқан"),
    1519725: (3, "Saran", "Сарань", "Саран"),
    1521368: (3, "Baikonur", "Байконур", "Байқоңыр"),
    1521370: (3, "Ridder", "Риддер", "Риддер"),
    1522331: (3, "Temirbek Zhurgenov", "Темирбек Жургенов", "Темірбек Жүргенов"),
    1522643: (3, "Asykata", "Асыката", "Асықата"),
    1523741: (3, "Esik", "Есик", "Есік"),
    1524537: (3, "Dostyk", "Достык", "Достық"),
    1525798: (3, "Balkhash", "Балхаш", "Балқаш"),
    1537939: (3, "Stepnogorsk", "Степногорск", "Степногор"),
    13535800: (3, "Kaplanbek", "Капланбек", "Қапланбек"),
}
"""GeoNames id → rank and names, checked by hand. Other places at home get theirs from GeoNames' alternates."""

CAPITALS = frozenset({1526273, 1528675, 1512569, 1221874, 587084})
"""GeoNames ids of the capitals among them."""
