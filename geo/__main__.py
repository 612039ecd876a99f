"""``shekara``, also ``python -m geo``."""

from __future__ import annotations

import os
import sys

from geo.memo import run_or_recall

# The estimate's matrices are small: more threads cost more than they bring. NumPy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line, or print what it printed before."""
    run_or_recall(sys.argv[1:], _run)


def _run() -> None:
    from geo.cli import main as run  # noqa: PLC0415  (after the line above, and only where it has to run)

    run()


if __name__ == "__main__":
    main()
