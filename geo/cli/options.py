"""The filter options that every command takes, said once."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path  # noqa: TC003  (typer reads the hints)
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.errors import ShekaraError
from geo.incidents.selection import Selection, has_dates, parse_min_quantity, rate_period
from geo.summaries.notes import notes

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd
    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located

__all__ = ["Request", "filtered"]

_PANEL = "Filters"
_UNTOLD = ("direction", "mode", "agency", "recording_side", "confidence", "min_quantity")


def _option(text: str, *names: str, **more: Any) -> Any:
    return typer.Option(*names, help=text, rich_help_panel=_PANEL, show_default=False, **more)


@dataclass(frozen=True)
class _Filters:
    """The options, named as the command line names them."""

    goods: Annotated[list[str], _option("Goods category; may be repeated.")]
    neighbour: Annotated[list[str], _option("Border line (RU …), AIR, POST or UNKNOWN; may be repeated.")]
    since: Annotated[str, _option("First day of the period, YYYY-MM-DD.")]
    until: Annotated[str, _option("Last day of the period, YYYY-MM-DD.")]
    direction: Annotated[list[str], _option("Direction; may be repeated.")]
    mode: Annotated[list[str], _option("Mode of transport; may be repeated.")]
    agency: Annotated[list[str], _option("Agency, whole name; may be repeated.")]
    recording_side: Annotated[list[str], _option("Who recorded it; may be repeated.")]
    confidence: Annotated[list[str], _option("Confidence in the record; may be repeated.")]
    min_quantity: Annotated[str, _option("Least quantity with its unit: '100 kg'.")]
    include_refused: Annotated[
        bool, _option("Bring in consignments that were only refused entry.", "--include-refused")
    ]
    incidents: Annotated[Path | None, _option("Incident file in place of the built-in one.")]
    borders: Annotated[Path | None, _option("Folder of border files in place of the built-in one.")]


@dataclass(frozen=True)
class Request:
    """What was asked for: a selection of the incidents in a file, on the border in a folder.

    Attributes
    ----------
    selection
        The filters.
    incidents_path, borders_path
        The files; None for the built-in ones.
    """

    selection: Selection
    incidents_path: Path | None
    borders_path: Path | None

    @property
    def built_in(self) -> bool:
        """Whether it is about the built-in incidents on the built-in border."""
        return self.incidents_path is None and self.borders_path is None

    @functools.cached_property
    def incidents(self) -> gpd.GeoDataFrame:
        """All incidents of the file."""
        from geo.incidents.reading import read_incidents  # noqa: PLC0415  (only when a command needs it)

        if self.totals is not None:
            from geo.register.as_incidents import incidents_of  # noqa: PLC0415

            return incidents_of(self.totals)
        return read_incidents(self.incidents_path, borders=self.borders_path)

    @property
    def dated(self) -> bool:
        """Whether any record of the file has a date; without one there is no rate."""
        return has_dates(self.incidents)

    def require_dates(self, what: str) -> None:
        """Refuse a file without dates where rates are needed."""
        if not self.dated:
            raise ShekaraError(f"{self.incidents_path}: no record has a date, and {what} needs dates")

    def require_incidents(self, what: str) -> None:
        """Refuse a register's totals where single incidents are needed."""
        if self.totals is not None:
            raise ShekaraError(f"{self.incidents_path} holds totals of a register: {what} needs single incidents")

    @functools.cached_property
    def totals(self) -> pd.DataFrame | None:
        """Totals of a register, where the file holds such and no incidents."""
        if self.incidents_path is None:
            return None
        from geo.register.as_incidents import holds_totals, read_totals  # noqa: PLC0415

        if not holds_totals(self.incidents_path):
            return None
        asked = [f"--{name.replace('_', '-')}" for name in _UNTOLD if getattr(self.selection, name)]
        if asked:
            raise ShekaraError(
                f"{self.incidents_path} holds totals of a register, which tell border, region, goods and date: "
                f"{' and '.join(asked)} can't choose among them"
            )
        return read_totals(self.incidents_path, self.frontier)

    @functools.cached_property
    def frontier(self) -> Frontier:
        """The border."""
        from geo.builtin.dataset import read_frontier  # noqa: PLC0415

        return read_frontier(self.borders_path)

    @functools.cached_property
    def everything(self) -> Located:
        """All incidents of the file on the border."""
        if self.built_in:
            from geo.builtin.dataset import place  # noqa: PLC0415

            return place(self.incidents, self.frontier)
        from geo.incidents.placing import locate  # noqa: PLC0415

        if self.totals is not None:
            from geo.register.as_incidents import place_totals  # noqa: PLC0415

            return place_totals(self.totals, self.incidents, self.frontier)
        return locate(self.incidents, self.frontier)

    @functools.cached_property
    def located(self) -> Located:
        """The selected incidents on the border."""
        return self.everything.select(self.selection)

    @property
    def with_refused(self) -> Located:
        """The same and, beside them, what was merely refused entry, for a view with a switch of its own."""
        return self.everything.select(replace(self.selection, include_refused=True))

    @functools.cached_property
    def hyper(self) -> Hyper:
        """Hyperparameters of the estimate, from all records of the file."""
        if self.built_in:
            from geo.builtin.dataset import learned  # noqa: PLC0415

            return learned(self.everything)
        from geo.estimate.estimating import learn_hyper  # noqa: PLC0415

        return learn_hyper(self.everything)

    @functools.cached_property
    def risk(self) -> Risk:
        """The estimate of the selected incidents."""
        if self.built_in and self.selection == Selection():
            from geo.builtin.dataset import estimate  # noqa: PLC0415

            return estimate(self.everything)
        from geo.estimate.estimating import estimate_selection  # noqa: PLC0415

        return estimate_selection(self.everything, self.selection, self.hyper, whole=self._whole)

    def _whole(self, selection: Selection) -> Risk:
        return Request(selection, self.incidents_path, self.borders_path).risk

    @property
    def period(self) -> tuple[date, date]:
        """The period that rates are for."""
        return rate_period(self.incidents, self.selection)

    @property
    def notes(self) -> list[str]:
        """What stands beside every number."""
        return notes(self.incidents, self.selection, neighbours=self.frontier.borders.index)


def filtered(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the filter options; it takes a :class:`Request` as its first argument."""
    own = inspect.signature(command, eval_str=True)
    options = inspect.get_annotations(_Filters, eval_str=True)
    blank: dict[str, Any] = {"since": "", "until": "", "min_quantity": "", "include_refused": False}
    blank |= {"incidents": None, "borders": None}
    keyword = inspect.Parameter.KEYWORD_ONLY

    @functools.wraps(command)
    def run(**given: Any) -> None:
        filters = _Filters(**{name: given.pop(name) for name in options})
        command(_request(filters), **given)

    parameters = [parameter.replace(kind=keyword) for parameter in list(own.parameters.values())[1:]] + [
        inspect.Parameter(name, keyword, default=blank.get(name, []), annotation=hint) for name, hint in options.items()
    ]
    run.__signature__ = own.replace(parameters=parameters)  # type: ignore[attr-defined]
    run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    del run.__wrapped__  # else the hints are read from the command itself
    return run


def _request(filters: _Filters) -> Request:
    selection = Selection(
        goods=tuple(filters.goods),
        neighbour=tuple(filters.neighbour),
        since=_day(filters.since, "since"),
        until=_day(filters.until, "until"),
        direction=tuple(filters.direction),
        mode=tuple(filters.mode),
        agency=tuple(filters.agency),
        recording_side=tuple(filters.recording_side),
        confidence=tuple(filters.confidence),
        min_quantity=parse_min_quantity(filters.min_quantity) if filters.min_quantity else None,
        include_refused=filters.include_refused,
    )
    return Request(selection, filters.incidents, filters.borders)


def _day(text: str, name: str) -> date | None:
    if not text:
        return None
    if text.isdecimal() and len(text) == len("2024"):
        return date(int(text), 12, 31) if name == "until" else date(int(text), 1, 1)
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007  (a day has no time zone)
    except ValueError:
        raise ShekaraError(f"--{name} {text!r} is no date: write it as YYYY-MM-DD, for example 2024-07-03") from None
