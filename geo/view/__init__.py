"""Views: the folium map, the one-file page, the figure for print.

The public names stand in ``__init__.pyi``, imported when first used: folium takes time to load, and no figure needs it.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
