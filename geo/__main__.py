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
    try:
        # What is imported stays: to look through it for garbage, now and once more at the end, costs a third of all.
        gc.disable()
        from geo.cli.commands import main as run  # noqa: PLC0415  (after the lines above)

        gc.freeze()
        gc.enable()
        atexit.register(gc.freeze)
        run()
    except _Stopped as stopped:
        print("shekara: stopped", file=sys.stderr, flush=True)  # noqa: T201
        # Every draft is gone by now; to end in the usual way would trip over threads that a library still runs.
        os._exit(_STOPPED + stopped.number)


class _Stopped(BaseException):
    """A signal, on its way past everything that has drafts to take away."""

    def __init__(self, number: int) -> None:
        self.number = number


def _stop(number: int, _frame: object) -> NoReturn:
    raise _Stopped(number)


if __name__ == "__main__":
    main()
