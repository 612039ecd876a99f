"""Incidents: read, checked, chosen, and placed on the border."""
