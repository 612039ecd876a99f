"""What the built-in data give, worked out beforehand."""
