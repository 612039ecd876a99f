"""Statements by agencies: what they cover, which records compare with them, and what that allows to say."""

from __future__ import annotations

from geo.claims.coverage import beside_records, coverage_by_class
from geo.claims.pairing import pair_claims
from geo.claims.reading import check_claims, read_claims
from geo.claims.series import monthly_series
from geo.claims.verdicts import compare_claims
from geo.claims.wording import word_claims

__all__ = [
    "beside_records",
    "check_claims",
    "compare_claims",
    "coverage_by_class",
    "monthly_series",
    "pair_claims",
    "read_claims",
    "word_claims",
]
