"""Bring your own incidents: read a table as people keep it, say what could not be read, and join two files.

The public names stand in ``__init__.pyi``, imported when first used: openpyxl and the place names take time to load.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
