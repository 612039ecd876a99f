"""Results of the built-in data, worked out beforehand."""
