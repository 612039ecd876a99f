"""``shekara``, also ``python -m geo``."""

from __future__ import annotations

import atexit
import gc
import os
import signal
import sys
from typing import NoReturn

# The estimate's matrices are small: more threads cost more than they bring. NumPy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


_STOPPED = 128  # and the signal's number: what a shell says of a program that a signal has ended


def main() -> None:
    """Run the command line; whatever stops it, drafts of files go and no traceback is shown."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _stop)
    # What is imported stays: to look through it for garbage, now and once more at the end, costs a third of a start.
    gc.disable()
    from geo.cli import main as run  # noqa: PLC0415  (after the lines above)

    gc.freeze()
    gc.enable()
    atexit.register(gc.freeze)
    run()


def _stop(number: int, _frame: object) -> NoReturn:
    print("shekara: stopped", file=sys.stderr)  # noqa: T201
    sys.exit(_STOPPED + number)


if __name__ == "__main__":
    main()
