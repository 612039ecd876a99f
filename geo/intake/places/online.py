"""Place names looked up on the Internet, where the reader asks for it: OpenStreetMap's Nominatim through geopy."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from geo.errors import ShekaraError
from geo.files.limits import require
from geo.intake.places.resolving import Found

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.border.frontier import Frontier

__all__ = ["Nominatim"]

_PAUSE_S = 1.0  # the service's rule: one request per second
_MARGIN_DEGREES = 5.0
_LEAST_KM, _MOST_KM = 10.0, 50.0
_KM_PER_DEGREE = 111.0
NOTICE = (
    "--geocode online sends each place name that is not known here, and nothing else of your table, to "
    "nominatim.openstreetmap.org; its operators see the names and this machine's address."
)


class Nominatim:
    """Looks places up with Nominatim, one a second, each name once.

    Parameters
    ----------
    frontier
        Names are looked for around its border.
    service
        Something with geopy's ``geocode``; geopy's Nominatim by default.
    pause
        Called with the seconds to wait between requests.
    """

    def __init__(self, frontier: Frontier, *, service: Any = None, pause: Callable[[float], None] = time.sleep) -> None:
        west, south, east, north = frontier.borders.total_bounds
        self._window = (
            (south - _MARGIN_DEGREES, west - _MARGIN_DEGREES),
            (north + _MARGIN_DEGREES, east + _MARGIN_DEGREES),
        )
        self._service = service
        self._pause = pause
        self._known: dict[str, Found | None] = {}
        self.asked: list[str] = []

    def __call__(self, text: str) -> Found | None:
        """Find a place; None where the service has none."""
        if text not in self._known:
            self._known[text] = self._ask(text)
        return self._known[text]

    def _ask(self, text: str) -> Found | None:
        require("geopy", "--geocode online")
        from geopy.exc import GeopyError  # noqa: PLC0415

        if self._service is None:
            from geopy.geocoders import Nominatim as Service  # noqa: PLC0415

            self._service = Service(user_agent="shekara")
        if self.asked:
            self._pause(_PAUSE_S)
        self.asked.append(text)
        try:
            answers = self._service.geocode(
                text, exactly_one=False, limit=5, viewbox=self._window, bounded=True, addressdetails=False
            )
        except GeopyError as error:
            raise ShekaraError(f"nominatim.openstreetmap.org: {error}; leave out --geocode online") from None
        if not answers:
            return None
        places = [_place(answer) for answer in answers]
        lon, lat, radius, name = places[0]
        others = [one for one in places[1:] if abs(one[0] - lon) + abs(one[1] - lat) > 0.3]  # noqa: PLR2004
        if others:
            shown = "; ".join(f"{one[3]} ({one[1]:.2f} N {one[0]:.2f} E)" for one in places)
            return Found(problem=f"{len(others) + 1} places of that name online: {shown}")
        return Found(
            "locality", lon, lat, radius, name=name, basis="Nominatim, © OpenStreetMap contributors", how="online"
        )


def _place(answer: Any) -> tuple[float, float, float, str]:
    box = [float(edge) for edge in answer.raw.get("boundingbox", ())]
    size = max(abs(box[1] - box[0]), abs(box[3] - box[2])) * _KM_PER_DEGREE / 2 if len(box) == 4 else 0.0  # noqa: PLR2004
    return answer.longitude, answer.latitude, round(min(max(size, _LEAST_KM), _MOST_KM), 1), str(answer.address)
