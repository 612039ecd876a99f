"""A program of ours in a process of its own, with bounded memory and time: it can be ended, whatever it reads."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

__all__ = ["MAX_SECONDS_APART", "EndedError", "run_apart"]

MAX_SECONDS_APART = 60
"""Most seconds of the processor; twice as many may pass by the clock."""

_MEMORY = 3_000_000_000
_KEPT = ("PATH", "PYTHONPATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
_LIMITS = f"""
import sys
try:
    import os, resource
    os.nice(15)  # those who wait for nothing but a page go first
    resource.setrlimit(resource.RLIMIT_AS, ({_MEMORY}, {_MEMORY}))
    resource.setrlimit(resource.RLIMIT_CPU, ({MAX_SECONDS_APART}, {MAX_SECONDS_APART}))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with open("/proc/self/oom_score_adj", "w") as score:
        score.write("1000")  # where memory runs out this is ended, and not who asked
except (ImportError, OSError):
    pass
"""


class EndedError(Exception):
    """A process that came to no good end: it failed, or was ended beyond its memory or time."""


def run_apart(
    program: str, arguments: Sequence[str] = (), data: bytes = b"", *, surroundings: Mapping[str, str] | None = None
) -> bytes:
    """Run a program of Python on some bytes, in a process of its own: what it wrote, or :class:`EndedError`."""
    environment = {name: os.environ[name] for name in _KEPT if name in os.environ}
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", _LIMITS + program, *arguments],
            input=data, env=environment | dict(surroundings or {}), capture_output=True, check=True,
            timeout=2 * MAX_SECONDS_APART,
        )  # fmt: skip
    except subprocess.SubprocessError as error:
        raise EndedError(str(error)) from None
    return done.stdout
