from .border.frontier import Frontier
from .builtin.dataset import read_frontier
from .claims import check_claims, compare_claims, coverage_by_class, pair_claims, read_claims
from .country.building import new_country
from .country.checking import check_country
from .desk.reading import read_desk
from .errors import Fault, InputError, ShekaraError, UnknownValueError
from .estimate.backtest import backtest
from .estimate.change import compare_periods, default_years
from .estimate.estimating import estimate_risk
from .estimate.risk import Risk, aggregate
from .incidents.placing import Located, locate
from .incidents.reading import check_incidents, read_incidents
from .incidents.selection import Selection, select
from .paths import use_country
from .publishing.entities import write_entities
from .publishing.folder import PublishOptions, publish
from .publishing.verifying import verify
from .register import Locator, locate_register
from .register.totals import count_rows, write_totals
from .summaries.places import rank_places
from .summaries.quote import quote
from .summaries.summary import quantities, reports_by_year, summarize
from .version import __version__
from .view.figure import write_figure
from .view.page import PageOptions, write_page

__all__ = [
    "Fault",
    "Frontier",
    "InputError",
    "Located",
    "Locator",
    "PageOptions",
    "PublishOptions",
    "Risk",
    "Selection",
    "ShekaraError",
    "UnknownValueError",
    "__version__",
    "aggregate",
    "backtest",
    "check_claims",
    "check_country",
    "check_incidents",
    "compare_claims",
    "compare_periods",
    "count_rows",
    "coverage_by_class",
    "default_years",
    "estimate_risk",
    "locate",
    "locate_register",
    "new_country",
    "pair_claims",
    "publish",
    "quantities",
    "quote",
    "rank_places",
    "read_claims",
    "read_desk",
    "read_frontier",
    "read_incidents",
    "reports_by_year",
    "select",
    "summarize",
    "use_country",
    "verify",
    "write_entities",
    "write_figure",
    "write_page",
    "write_totals",
]
