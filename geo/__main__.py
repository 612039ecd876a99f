"""``shekara``, also ``python -m geo``."""

from __future__ import annotations

import atexit
import gc
import os

# The estimate's matrices are small: more threads cost more than they bring. NumPy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def main() -> None:
    """Run the command line."""
    # What is imported stays: to look through it for garbage, now and once more at the end, costs a third of a start.
    gc.disable()
    from geo.cli import main as run  # noqa: PLC0415  (after the lines above)

    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)
    run()


if __name__ == "__main__":
    main()
