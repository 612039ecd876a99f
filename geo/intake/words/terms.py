"""Words for goods, directions, modes, agencies and outcomes, in three languages, onto the vocabulary."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

from geo.incidents.reading import agency_sides
from geo.intake.words.folding import fold
from geo.intake.words.vocabularies import plain, table
from geo.paths import of_country
from geo.vocabulary import GOODS

__all__ = [
    "Worded",
    "is_blank",
    "read_agencies",
    "read_choice",
    "read_direction",
    "read_goods",
    "read_goods_code",
    "read_neighbour",
]

_ALIKE = 0.86
_AROUND = 80
_SHORT = 4
# "ДП Павлодарской области", "пограничная служба КНБ по Жамбылской области", "Полиция г. Тараз"
_OF_REGION = re.compile(r"\s+(?:\S+(?:ой|ого|ая)\s+(?:обл\w*|края|края|район\w*)|по|г|города|рк|казахстан\w*|қр)\b.*$")
_NOT = re.compile(r"(?<!\w)(?:не|not|non|no)[\s-]+$")
_TO = re.compile(r"\s*(?:→|->|=>|⟶|>|–|—|-)\s*|\s+to\s+")


@dataclass(frozen=True, slots=True)
class Worded:
    """Reading of a text."""

    category: str = ""
    problem: str = ""


@of_country()
def _blanks() -> frozenset[str]:
    return frozenset(word.casefold() for word in table("choices")["blank"]["blank"])


def is_blank(text: str) -> bool:
    """Whether a text says that nothing is known.

    Examples
    --------
    >>> is_blank("н/д"), is_blank(" – "), is_blank("Сырым")
    (True, True, False)
    """
    low = " ".join(text.casefold().split())
    return not low or low in _blanks() or low.strip(".") in _blanks()


@of_country()
def _stems(name: str, part: str = "") -> tuple[tuple[re.Pattern[str], str, int], ...]:
    """Patterns of beginnings of words, with their value and length."""
    lists = table(name)[part] if part else {key: value for key, value in table(name).items() if key != "weak"}
    patterns = []
    for value, words in lists.items():
        for word in words:
            low = word.casefold().replace("ё", "е")
            end = r"(?!\w)" if low.endswith("$") else ""
            body = re.escape(low.rstrip("$")).replace(r"\ ", r"\s+")
            patterns.append((re.compile(rf"(?<!\w){body}{end}"), value, len(low)))
    return tuple(patterns)


def _found(text: str, name: str, part: str = "") -> list[tuple[int, int, str]]:
    """Positions of the values' words: start, length, value; the longest at each place."""
    low = " ".join(text.casefold().replace("ё", "е").split())
    hits = [
        (match.start(), length, value)
        for pattern, value, length in _stems(name, part)
        for match in pattern.finditer(low)
    ]
    # The longest match that covers a place counts alone.
    hits.sort(key=lambda hit: (-hit[1], hit[0]))
    spans: list[tuple[int, int, str]] = []
    for start, length, value in hits:
        # "Сыра" is cheese in Russian and beer in Kazakh: what two kinds claim alike counts for both.
        if all(
            start >= other + size or start + length <= other or (start, length) == (other, size)
            for other, size, _ in spans
        ):
            spans.append((start, length, value))
    # "Not cigarettes" tells of none.
    return sorted(span for span in spans if not _NOT.search(low[: span[0]]))


@of_country(maxsize=16384)
def read_goods(text: str, amount: str = "") -> Worded:
    """Read words for goods in three languages, or a category itself; of several the first, and the problem says which.

    The ``amount``'s unit settles what two languages call alike: 20 kg of "сыра" are cheese, 20 litres beer.

    Examples
    --------
    >>> read_goods("сигареты «Marlboro»").category, read_goods("жанармай").category, read_goods("saiga horns").category
    ('tobacco', 'fuel', 'wildlife')
    """
    stripped = text.strip()
    if stripped.casefold() in GOODS:
        return Worded(stripped.casefold())
    hits = _found(text, "goods") or _found(text, "goods", "weak")
    low = " ".join(text.casefold().replace("ё", "е").split())
    real = [hit for hit in hits if not _names_something_else(low, hit[0], hit[2])]
    if hits and not real:
        return Worded("other", f"only named after {hits[0][2]}")
    hits = real
    if not hits:
        alike = _in_latin(text)
        return Worded(alike, "read as a word in Latin letters" if alike else "no goods that are known")
    kinds = list(dict.fromkeys(value for _, _, value in hits))
    if len({(start, length) for start, length, _ in hits}) == 1 < len(kinds) == len(_FLUIDS & {*kinds}) + 1:
        # One word of two meanings, of which one flows.
        flows = _LITRES.search(f"{text} {amount}")
        if flows or _KILOS.search(f"{text} {amount}"):
            kinds = [kind for kind in kinds if (kind in _FLUIDS) == bool(flows)]
    if len(kinds) > 1 and "branded_goods" in kinds:
        # A counterfeit of something is goods with a protected mark.
        kinds = ["branded_goods"] if set(kinds) <= {"branded_goods", "consumer_goods"} else kinds
    if len(kinds) > 1 and kinds[0] == "branded_goods":
        kinds = [*kinds[1:], kinds[0]]
    if len(kinds) > 1:
        return Worded(kinds[0], f"several kinds of goods: {', '.join(kinds)}")
    return Worded(kinds[0])


def read_goods_code(text: str) -> str:
    """The category of a code of the customs tariff; "" for what is none, or for goods of several kinds.

    Examples
    --------
    >>> read_goods_code("2402 20 900 0"), read_goods_code("8517"), read_goods_code("120")
    ('tobacco', 'electronics', '')
    """
    code = re.sub(r"[\s.]", "", text)
    # A spreadsheet drops the zero that a code begins with.
    code = f"0{code}" if len(code) % 2 else code
    if not re.fullmatch(r"[0-9]{4,10}", code):
        return ""
    known = table("choices")["goods_code"]
    return str(next((known[code[:length]] for length in (4, 2) if code[:length] in known), ""))


def _names_something_else(low: str, start: int, category: str) -> bool:
    """Whether goods only say what something else is for: "сигаретные фильтры", "бутылки из-под водки", "fuel pumps"."""
    words = table("choices")["beside_goods"]
    if category not in words["categories"]:
        return False
    something = words["something"]
    form = rf"(?:\w+(?:{words['adjective']})|[a-z]+(?:[ -]making)?)[ -](?:{something})|\w+ (?:{words['possessed']})"
    before = rf"(?<!\w)(?:{something}|{words['vessel']})\w* (?:для|от|из-под|for) (?:\w+ )?$"
    return bool(re.match(form, low[start : start + _AROUND]) or re.search(before, low[max(start - _AROUND, 0) : start]))


_FLUIDS = frozenset(("alcohol", "fuel"))
_LITRES = re.compile(
    r"(?<![^\W\d_])(?:л|литр\w*|бут\w*|бөтелке\w*|банк\w*|l|lit\w*|bottle\w*)(?![^\W\d_])", re.IGNORECASE
)
_KILOS = re.compile(r"(?<![^\W\d_])(?:т|тонн\w*|кг|kg|t|голов\w*|головок)(?![^\W\d_])", re.IGNORECASE)


def _in_latin(text: str) -> str:
    """The category of Russian or Kazakh words that are written in Latin letters ("temeki", "sıgaret")."""
    keys = [
        fold(word) for word in re.findall(r"[^\W\d_]+", text) if not re.search("[а-яёәғқңөұүһі]", word, re.IGNORECASE)
    ]
    letters = {
        value
        for stem, value in _folded_goods()
        if any(key == stem or (len(stem) > _SHORT and key.startswith(stem)) for key in keys)
    }
    return letters.pop() if len(letters) == 1 else ""


@of_country()
def _folded_goods() -> tuple[tuple[str, str], ...]:
    words = ((word.rstrip("$"), value) for value, words in table("goods").items() if value != "weak" for word in words)
    return tuple(
        (fold(word), value)
        for word, value in words
        if " " not in word and len(fold(word)) >= _SHORT and not word.isascii()
    )


@of_country(maxsize=16384)
def read_choice(field: str, text: str) -> Worded:
    """Read words for a mode, an outcome or a confidence.

    Examples
    --------
    >>> read_choice("mode", "ж/д вагон").category, read_choice("outcome_class", "возбуждено уголовное дело").category
    ('rail', 'case_opened')
    """
    values = table("choices")[field]
    stripped = text.strip()
    if stripped in values or stripped == "unknown":
        return Worded(stripped)
    kinds = list(dict.fromkeys(value for _, _, value in _found(text, "choices", field)))
    if not kinds:
        return Worded(problem="no word that is known")
    if field == "outcome_class":
        # The furthest step counts: a conviction tells of a case, a case of a seizure.
        return Worded(next(value for value in values if value in kinds))
    if len(kinds) > 1:
        return Worded(problem=f"may be {' or '.join(kinds)}")
    return Worded(kinds[0])


@of_country(maxsize=16384)
def read_direction(text: str) -> Worded:
    """Read a direction: in words, or from where to where.

    Examples
    --------
    >>> [read_direction(text).category for text in ("ввоз", "РФ → РК", "Казахстан - Китай", "КНР-РК-РФ")]
    ['inbound', 'inbound', 'outbound', 'transit']
    """
    stripped = text.strip()
    if stripped in table("choices")["direction"] or stripped == "unknown":
        return Worded(stripped)
    route = _route(text) or _towards(text)
    if route:
        return Worded(route)
    kinds = list(dict.fromkeys(value for _, _, value in _found(text, "choices", "direction")))
    if "transit" in kinds:
        return Worded("transit")
    if len(kinds) == 1:
        return Worded(kinds[0])
    return Worded(problem=f"may be {' or '.join(kinds)}" if kinds else "no direction that is known")


def _route(text: str) -> str:
    stops = [_country(part) for part in _TO.split(text.casefold())]
    if len(stops) < 2 or not all(stops):  # noqa: PLR2004
        return ""
    home = table("places")["home"]["code"]
    if stops[-1] == home != stops[0]:
        return "inbound"
    if stops[0] == home != stops[-1]:
        return "outbound"
    return "transit" if home not in (stops[0], stops[-1]) and "?" not in stops else ""


def _towards(text: str) -> str:
    """To or from one country: "в сторону РК", "из РФ", "Ресейге", "Ресейден"."""
    low = " ".join(text.casefold().split())
    home = table("places")["home"]["code"]
    for pattern, abroad, at_home in ((_TOWARDS, "outbound", "inbound"), (_FROM, "inbound", "outbound")):
        match = pattern.fullmatch(low)
        country = _country(next(filter(None, match.groups()))) if match else "?"
        if country not in ("", "?"):
            return at_home if country == home else abroad
    return ""


_TOWARDS = re.compile(r"(?:в сторону|на территорию|во|в|towards|into|to)\s+(\S.*)|(\S+?)-?(?:ға|ге|қа|ке)(?:\s+қарай)?")
_FROM = re.compile(r"(?:со стороны|с территории|из|с|from|out of)\s+(\S.*)|(\S+?)-?(?:дан|ден|тан|тен|нан|нен)")


def _country(text: str) -> str:
    """Code of the country that a text names and nothing else; "?" for any other place."""
    low = plain(text)
    if not low:
        return ""
    places = table("places")
    for word in places["home"]["names"]:
        if low == word or (len(word) > _SHORT and low.startswith(word)):
            return str(places["home"]["code"])
    code = read_neighbour(text).category
    return code or "?"


@of_country(maxsize=16384)
def read_neighbour(text: str, known: tuple[str, ...] = ()) -> Worded:
    """Read the border that a text names."""
    stripped = text.strip()
    if stripped in known:
        return Worded(stripped)
    low = f" {plain(text)} "
    codes = []
    for code, words in table("places")["neighbours"].items():
        if known and code not in known:
            continue
        for word in words:
            stem = plain(word.rstrip("$"))
            if f" {stem} " in low or (len(stem) > _SHORT and f" {stem}" in low):
                codes.append(code)
                break
    if len(codes) == 1:
        return Worded(codes[0])
    return Worded(problem=f"may be {' or '.join(codes)}" if codes else "no border that is known")


@of_country()
def _sides() -> dict[str, str]:
    return agency_sides()


@of_country()
def _agency_names() -> dict[str, str]:
    names = {plain(name): name for name in _sides()}
    for agency, words in table("agencies").items():
        for word in words:
            names.setdefault(plain(word), agency)
    return names


@of_country(maxsize=16384)
def read_agencies(text: str) -> Worded:
    """Read the names of agencies.

    Examples
    --------
    >>> read_agencies("ПС КНБ РК, КГД").category
    'KNB Border Service; State Revenue Committee'
    """
    whole = text.strip()
    exact = _read_exact(whole)
    if exact is not None:
        return exact
    agencies: list[str] = []
    doubts = []
    for part in _agency_parts(whole):
        agency, doubt = _agency(part)
        if agency and agency not in agencies:
            agencies.append(agency)
        if doubt:
            doubts.append(doubt)
    return Worded("; ".join(agencies), "; ".join(doubts))


def _read_exact(text: str) -> Worded | None:
    """The agencies as they stand, where each is of the list or already marked as outside it."""
    known = _sides()
    unlisted = [name for name in text.split("; ") if name not in known]
    if not all(name.startswith("other: ") for name in unlisted):
        return None
    doubts = [f"{name.removeprefix('other: ')!r} is no agency of the list" for name in unlisted]
    return Worded(text, "; ".join(doubts))


def _agency_parts(text: str) -> list[str]:
    if plain(text) in _agency_names():
        return [text]
    parts = re.split(
        r"\s*[;,+]\s*|\s*/\s*|\s+(?:и|and|және|совместно с|вместе с|при участии|with)\s+", text, flags=re.IGNORECASE
    )
    return [part for part in parts if part.strip()]


def _agency(part: str) -> tuple[str, str]:
    names = _agency_names()
    low = plain(part)
    for candidate in (low, _OF_REGION.sub("", low).strip()):
        if candidate in names:
            return names[candidate], ""
    long = [name for name in names if len(name) > _SHORT]
    # "Пограничное управление ФСБ России по Омской области": the longest name that begins it.
    begins = max((name for name in long if low.startswith(f"{name} ")), key=len, default="")
    # "Полиция Кыргызстана" is none of the country's own.
    country = read_neighbour("".join(low[len(begins) :].replace(" of ", " ").split()[:1])).category
    if begins and not (country and _sides().get(names[begins]) == "home"):
        return names[begins], ""
    alike = [] if begins else difflib.get_close_matches(low, long, n=2, cutoff=_ALIKE)
    if alike and len({names[name] for name in alike}) == 1:
        return names[alike[0]], f"{part.strip()!r} read as {names[alike[0]]}"
    bare = " ".join(part.replace(";", ",").split())
    return f"other: {bare}", f"{bare!r} is no agency of the list"
