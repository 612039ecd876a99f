"""Files and folders wherever they lie: on a disk, or in a store that fsspec knows (s3://, gs://, az://, memory://)."""

from __future__ import annotations

import glob
import shutil
import tempfile
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from geo.errors import ShekaraError
from geo.files.tables import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "find_files",
    "is_remote",
    "open_parquet",
    "put_tree",
    "read_address",
    "remove_tree",
    "stamp",
    "whole_anywhere",
]

_SIGNS = ("*", "?", "[")
_SENT_AT_ONCE = 1 << 23  # bytes: what is on its way to a store is in memory


def read_address(address: str | Path) -> Any:
    """Read an address as a path; one with ``://`` as that of a store, which has the same methods.

    Raises
    ------
    ShekaraError
        When what the store needs isn't installed.
    """
    if is_remote(address) or "://" not in str(address):
        return address if is_remote(address) else Path(address)
    try:
        from upath import UPath  # noqa: PLC0415  (needs the extra)

        path = UPath(address)
        path.fs  # noqa: B018  (the store's own package shows only here)
    except (ImportError, ValueError) as reason:
        raise ShekaraError(f"{address}: {reason}: pip install 'shekara[cloud]'") from None
    return path


def is_remote(path: Any) -> bool:
    """Whether a path is one of a store."""
    return hasattr(path, "fs")


def find_files(path: Any) -> list[Any]:
    """Parquet files of a folder, those below it too, or what a pattern finds; sorted, hidden ones left out."""
    text = str(path)
    if any(sign in text for sign in _SIGNS):
        if is_remote(path):
            return [
                path.with_segments(f"{path.protocol}://{name.lstrip('/')}") for name in sorted(path.fs.glob(path.path))
            ]
        return [Path(name) for name in sorted(glob.glob(text, recursive=True))]  # noqa: PTH207  (an absolute pattern)
    if is_remote(path):
        names = sorted(path.fs.find(path.path))
        files = [path.joinpath(name.removeprefix(path.path.rstrip("/")).lstrip("/")) for name in names]
    else:
        files = sorted(path.rglob("*.parquet"))
    return [file for file in files if file.suffix == ".parquet" and not _hidden(str(file).removeprefix(text))]


def _hidden(inner: str) -> bool:
    return any(part.startswith((".", "_")) for part in inner.strip("/").split("/"))


@contextmanager
def open_parquet(file: Any) -> Iterator[pq.ParquetFile]:
    """A Parquet file, opened; from a store only what is read is fetched, neighbouring columns at once."""
    with ExitStack() as stack:
        source = stack.enter_context(file.fs.open(file.path, "rb", cache_type="none")) if is_remote(file) else file
        yield stack.enter_context(pq.ParquetFile(source, pre_buffer=is_remote(file)))


@contextmanager
def whole_anywhere(path: Any) -> Iterator[Path]:
    """As :func:`geo.files.tables.whole_file`; for a store the draft lies on this disk and is sent when it is whole."""
    if not is_remote(path):
        with whole_file(path) as draft:
            yield draft
        return
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, path.name)
        yield draft
        with draft.open("rb") as whole, path.fs.open(path.path, "wb", block_size=_SENT_AT_ONCE) as sent:
            shutil.copyfileobj(whole, sent, _SENT_AT_ONCE)


def put_tree(folder: Any, names: list[str], target: Any) -> None:
    """Give files of a store another place, there; a single name becomes the file itself, and the folder goes."""
    for name in names:
        folder.fs.cp_file((folder / name).path, target.path if len(names) == 1 else (target / name).path)
    if len(names) > 1:
        for old in target.iterdir():
            if old.name not in names:
                old.unlink()
    remove_tree(folder)


def remove_tree(folder: Any) -> None:
    """Take a folder away with all that is in it."""
    if is_remote(folder):
        folder.fs.rm(folder.path, recursive=True)
    else:
        shutil.rmtree(folder)


def stamp(file: Any) -> list[str | int]:
    """What tells a file from the one that had its name before."""
    if is_remote(file):
        return [str(file), str(file.fs.ukey(file.path))]
    return [str(file.resolve()), file.stat().st_size, file.stat().st_mtime_ns]
