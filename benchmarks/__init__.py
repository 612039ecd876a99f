"""What measures speed and prediction; ``make bench`` prints the tables."""
