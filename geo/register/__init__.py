"""Registers: tables of up to hundreds of millions of rows with a point each, placed on the border by nearness alone.

A register says no more of a row's place than its point, so a row belongs to the nearest cell; an incident, whose source
says more, is placed by :mod:`geo.incidents.placing`.
"""

from __future__ import annotations

from geo.register.locator import ADDED, Locator
from geo.register.run import Outcome, locate_register

__all__ = ["ADDED", "Locator", "Outcome", "locate_register"]
