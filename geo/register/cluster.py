"""The same work on a Dask cluster: a part per task, the border sent to the workers once."""

from __future__ import annotations

import logging
from contextlib import ExitStack
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from geo.errors import ShekaraError
from geo.register.parts import Job, Tally, part_path, read_tally, write_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.register.source import Part

__all__ = ["run_on_dask"]

_ROUNDS = 3
_PATIENCE = "20s"


def run_on_dask(
    job: Job, *, scheduler: str | None = None, workers: int | None = None, advance: Callable[[int], Any] = int
) -> tuple[list[Tally], int]:
    """Write every part that isn't there yet, on a running scheduler or a cluster of so many workers on this machine.

    The workers must see the job's folder and the register's files under the same paths. ``advance`` is called with a
    number of rows whenever so many are done. Returns what was met in each part, and how many parts were there already.
    Raises ShekaraError when Dask isn't installed, or no cluster answers, or workers keep dying.
    """
    if find_spec("distributed") is None:
        raise ShekaraError("--engine dask needs Dask: pip install 'shekara[dask]'")
    parts = job.register.parts
    tallies = {part.number: read_tally(part_path(job.folder, part.number), job.wanted.key) for part in parts}
    finished = sum(tally is not None for tally in tallies.values())
    for tally in tallies.values():
        advance(tally.rows if tally else 0)
    with ExitStack() as stack:
        client = _connect(stack, scheduler, workers)
        for _ in range(_ROUNDS):
            left = [part for part in parts if tallies[part.number] is None]
            if left:
                _submit(client, left, tallies, job, advance)
    if missing := [number for number, tally in tallies.items() if tally is None]:
        raise ShekaraError(
            f"{len(missing)} of {len(tallies)} parts could not be written, for their workers died. The others lie in "
            f"{job.folder}: run the same command again to go on, with more memory or smaller row groups"
        )
    return [tally for tally in tallies.values() if tally is not None], finished


def _submit(
    client: Any, parts: list[Part], tallies: dict[int, Tally | None], job: Job, advance: Callable[[int], Any]
) -> None:
    """Run a task per part. What a dead worker held is run again by another; what is lost for good is left blank."""
    distributed: Any = import_module("distributed")
    sent = client.scatter(job, broadcast=True, hash=False)
    futures = {client.submit(_write, part, sent, pure=False): part for part in parts}
    for future in distributed.as_completed(futures):
        if future.status == "finished":
            tally = future.result()
            tallies[futures[future].number] = tally
            advance(tally.rows)
        elif future.status == "error":
            reason = future.exception()
            if isinstance(reason, ShekaraError | OSError):
                client.cancel(list(futures))
                raise reason


def _write(part: Part, job: Job) -> Tally:
    """One task."""
    return write_part(job, part.number, job.register.batches(part), first_row=part.first_row)


def _connect(stack: ExitStack, scheduler: str | None, workers: int | None) -> Any:
    distributed: Any = import_module("distributed")
    if scheduler is None:
        cluster = stack.enter_context(
            distributed.LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
                silence_logs=logging.CRITICAL,
            )
        )
        return stack.enter_context(distributed.Client(cluster))
    try:
        return stack.enter_context(distributed.Client(scheduler, timeout=_PATIENCE))
    except (OSError, ValueError) as reason:
        raise ShekaraError(f"--scheduler {scheduler}: no Dask scheduler answers there ({reason})") from None
