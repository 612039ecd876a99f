"""How often incidents are recorded along the border, and how sure that is."""
