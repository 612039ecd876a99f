"""Rates of recorded incidents along the border, and how sure they are."""
