"""``shekara``, also ``python -m geo``."""

from __future__ import annotations

import os

# The estimate's matrices are small: more threads cost more than they bring. NumPy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line."""
    from geo.cli import main as run  # noqa: PLC0415  (after the line above)

    run()


if __name__ == "__main__":
    main()
