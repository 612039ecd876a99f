"""Shekara: recorded border incidents, placed on the border with honest uncertainty.

The seven lines that show the whole::

    frontier = geo.read_frontier()
    incidents = geo.select(geo.read_incidents(), geo.Selection())
    located = geo.locate(incidents, frontier)
    risk = geo.estimate_risk(located, frontier, period=("2015-01-01", None))
    borders = geo.summarize(located, risk, by="border")
    geo.write_page("map.html", incidents, frontier)

The public names stand in ``__init__.pyi``. Each one's module is imported when the name is first used, so that
``import geo`` costs next to nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
