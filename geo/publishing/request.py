"""What is asked for: a selection of the incidents in a file, on the border in a folder, each part worked out once."""

from __future__ import annotations

import functools
from contextlib import closing
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import ShekaraError
from geo.facets import FACETS
from geo.incidents.cells import private_rows, public_only
from geo.incidents.selection import Selection, has_dates, rate_period
from geo.language.plurals import many
from geo.paths import country_folder
from geo.summaries.notes import notes

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import geopandas as gpd
    import pandas as pd

    from geo.border.frontier import Frontier
    from geo.estimate.risk import Risk
    from geo.estimate.scale import Hyper
    from geo.incidents.placing import Located
    from geo.incidents.reading import Kind

__all__ = ["Request"]


@dataclass(frozen=True)
class Request:
    """Request of a command: a selection of the incidents in a file, on the border in a folder.

    Attributes
    ----------
    selection
        The filters.
    incidents_path, borders_path
        The files; None for the built-in ones. The first may be a desk.
    private
        Whether rows that are marked private are among them.
    terms
        Licence of one's own records, where one is named.
    """

    selection: Selection
    incidents_path: Path | None
    borders_path: Path | None
    private: bool = True
    terms: str = ""

    @property
    def built_in(self) -> bool:
        """Whether it is about the built-in incidents on the built-in border, and not another country's."""
        return self.incidents_path is None and self.borders_path is None and country_folder() is None

    @property
    def own(self) -> bool:
        """Whether the records are not Shekara's: of a file, a desk or another country's folder."""
        return self.incidents_path is not None or country_folder() is not None

    @functools.cached_property
    def licence(self) -> str | None:
        """Licence of one's own records, as named, else as their desk has it; blank: none; None where they are ours."""
        named = " ".join(self.terms.split())
        if not self.own:
            if named:
                raise ShekaraError("--licence is for records of your own; the built-in ones have theirs")
            return None
        if named or self.desk is None:
            return named
        from geo.desk.file import open_desk  # noqa: PLC0415

        with closing(open_desk(self.desk)) as desk:
            return desk.setting("licence")

    @functools.cached_property
    def incidents(self) -> gpd.GeoDataFrame:
        """All incidents of the file."""
        from geo.incidents.reading import read_incidents  # noqa: PLC0415  (only when a command needs it)

        if self.totals is not None:
            from geo.register.as_incidents import incidents_of  # noqa: PLC0415

            return incidents_of(self.totals)
        if self.desk is not None:
            from geo.desk.reading import read_desk  # noqa: PLC0415

            return read_desk(self.desk, private=self.private)
        incidents = read_incidents(self.incidents_path, borders=self.borders_path)
        return incidents if self.private else public_only(incidents)

    @functools.cached_property
    def desk(self) -> Path | None:
        """The desk, where the incidents are one's."""
        if self.incidents_path is None:
            return None
        from geo.desk.file import is_desk  # noqa: PLC0415  (only when a file is named)

        return self.incidents_path if is_desk(self.incidents_path) else None

    @property
    def kind(self) -> Kind:
        """Kind of the file's rows: what each stands for."""
        return "incidents" if self.totals is None else "rows"

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
        if self.incidents_path is None or self.desk is not None:
            return None
        from geo.register.as_incidents import holds_totals, read_totals  # noqa: PLC0415

        if not holds_totals(self.incidents_path):
            return None
        asked = [
            f"--{one.field.replace('_', '-')}"
            for one in FACETS
            if one.option and not one.in_totals and getattr(self.selection, one.field)
        ]
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
        return self._estimate(self.selection)

    def _estimate(self, selection: Selection) -> Risk:
        if self.built_in and selection == Selection():
            from geo.builtin.dataset import estimate  # noqa: PLC0415

            return estimate(self.everything)
        from geo.estimate.estimating import estimate_selection  # noqa: PLC0415

        return estimate_selection(self.everything, selection, self.hyper, whole=self._estimate)

    @property
    def period(self) -> tuple[date, date]:
        """The period that rates are for."""
        return rate_period(self.incidents, self.selection)

    @property
    def notes(self) -> list[str]:
        """Notes that stand beside every number."""
        private = int(private_rows(self.located.incidents).sum())
        marks = [f"{many(private, 'record')} among these, private: not for publication."] if private else []
        return marks + notes(
            self.incidents, self.selection, neighbours=self.frontier.borders.index, kind=self.kind, command_line=True
        )
