"""The desk's file: SQLite in WAL mode with ``synchronous = FULL``, so that what is confirmed survives a power cut."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import sqlalchemy as sql

from geo.errors import Fault, InputError, ShekaraError, no_such_file
from geo.files.tables import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine import Connection, Engine

__all__ = ["Desk", "back_up", "create_desk", "is_desk", "making_desk", "open_desk", "restore"]

_MARK = int.from_bytes(b"SHKR")  # PRAGMA application_id
_PATIENCE_MS = 15_000


@dataclass(frozen=True, eq=False)
class Desk:
    """A desk that is open.

    Attributes
    ----------
    path
        Its file.
    engine
        Connections to it; every thread takes its own.
    """

    path: Path
    engine: Engine = field(repr=False)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One state of the desk, whatever others write meanwhile."""
        with self._connection(write=False) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The only writer, until the block ends: then all of it is kept, or after an error nothing."""
        with self._connection(write=True) as connection:
            yield connection

    @contextmanager
    def _connection(self, *, write: bool) -> Iterator[Connection]:
        with _saying(self.path), self.engine.connect().execution_options(write=write) as connection, connection.begin():
            yield connection

    def setting(self, name: str) -> str:
        """A setting of the desk, as ``licence``; blank where it has none."""
        with self.reading() as connection:
            return str(connection.scalar(sql.text("SELECT value FROM desk WHERE name = :name"), {"name": name}) or "")

    def set_up(self, name: str, value: str) -> None:
        """Keep a setting."""
        with self.writing() as connection:
            query = sql.text("INSERT OR REPLACE INTO desk VALUES (:name, :value)")
            connection.execute(query, {"name": name, "value": value})

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @property
    def version(self) -> int:
        """Number of the last change: a desk with the same number holds the same."""
        with self.reading() as connection:
            return int(connection.scalar(sql.text("SELECT ifnull(max(number), 0) FROM changes")))


@contextmanager
def _saying(path: str | Path) -> Iterator[None]:
    """Say of what SQLite refuses, as a damaged file or a full disk, which desk it is."""
    try:
        yield
    except (sql.exc.DatabaseError, sqlite3.DatabaseError) as error:
        raise ShekaraError(f"{path}: {getattr(error, 'orig', error)}") from error
    except UnicodeDecodeError as error:  # of what SQLite says of a damaged name
        raise ShekaraError(f"{path}: a damaged file ({error.reason})") from error


def is_desk(path: str | Path) -> bool:
    """Whether a file is a desk.

    Asked of SQLite: whoever opens the file otherwise and closes it drops the locks of this whole process, and what is
    written next is lost to all others.
    """
    file = Path(path)
    if not file.is_file():
        return False
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            return bool(connection.execute("PRAGMA application_id").fetchone()[0] == _MARK)
    except sqlite3.OperationalError as error:  # whatever it is, it can't be read
        raise ShekaraError(f"{file}: {error}") from error
    except sqlite3.DatabaseError:
        return False


@contextmanager
def making_desk(path: str | Path) -> Iterator[Desk]:
    """An empty desk to fill, which is there as a whole when the block ends well, or not at all.

    Raises
    ------
    ShekaraError
        When the file is there already, or its folder isn't.
    """
    file = Path(path)
    if file.exists():
        raise ShekaraError(f"{file} is there already: name another file, or open it as it is")
    with _saying(file), whole_file(file) as draft:
        desk = Desk(draft, _engine(draft, journal="MEMORY"))  # nothing beside the draft, which nobody else reads
        try:
            _migrate(desk)
            yield desk
        finally:
            desk.close()


def create_desk(path: str | Path) -> Desk:
    """Make an empty desk, as :func:`making_desk` does."""
    with making_desk(path):
        pass
    return open_desk(path)


def open_desk(path: str | Path) -> Desk:
    """Open a desk, and bring one of an older version up to date.

    Raises
    ------
    InputError
        When the file isn't there, is no desk, or was made by a later Shekara.
    ShekaraError
        When it is damaged.
    """
    file = Path(path)
    if not is_desk(file):
        fault = Fault(file.name, None, "", "another file", "a desk, as `shekara desk new` makes one")
        raise InputError([fault if file.is_file() else no_such_file(file)])
    desk = Desk(file, _engine(file))
    with _saying(file):
        _migrate(desk)
    return desk


def _engine(file: Path, journal: str = "WAL") -> Engine:
    engine = sql.create_engine(sql.URL.create("sqlite", database=str(file)))

    @sql.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions begin where we say
        for setting in (f"journal_mode = {journal}", "synchronous = FULL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute(f"PRAGMA busy_timeout = {_PATIENCE_MS}")

    @sql.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # A writer that began by reading could be refused when it writes; it says so from the start.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("write") else "BEGIN")

    return engine


def _migrations() -> list[str]:
    folder = files("geo.desk") / "migrations"
    scripts = sorted((one for one in folder.iterdir() if one.name.endswith(".sql")), key=lambda one: int(one.name[:-4]))
    return [script.read_text(encoding="utf-8") for script in scripts]


def _migrate(desk: Desk) -> None:
    """Run the scripts that the file has not seen, each whole or not at all."""
    scripts = _migrations()
    connection = desk.engine.raw_connection()
    try:
        version = connection.cursor().execute("PRAGMA user_version").fetchone()[0]
        if version > len(scripts):
            stated = f"version {version} of the desk"
            expected = f"version {len(scripts)} or older; a later Shekara made it, install that"
            raise InputError([Fault(desk.path.name, None, "", stated, expected)])
        for number in range(version, len(scripts)):
            step = f"BEGIN IMMEDIATE; {scripts[number]}; PRAGMA user_version = {number + 1}; COMMIT;"
            connection.cursor().executescript(step)
        connection.cursor().execute("INSERT OR IGNORE INTO desk VALUES ('uuid', ?), ('start', '0')", [str(uuid4())])
    finally:
        connection.close()


def back_up(desk: Desk, path: str | Path) -> None:
    """Write a desk as one whole file, whoever writes meanwhile."""
    connection = desk.engine.raw_connection()
    try:
        with _saying(path), whole_file(path) as draft:
            connection.cursor().execute("VACUUM INTO ?", [str(draft)])
    finally:
        connection.close()


def restore(backup: str | Path, path: str | Path) -> None:
    """Make a desk of a backup.

    Raises
    ------
    ShekaraError
        When the desk is there already, or the backup is no desk or damaged.
    """
    if Path(path).exists():
        raise ShekaraError(f"{path} is there already: move it away first, nothing is written over it")
    with closing(open_desk(backup)) as source:
        with source.reading() as connection:
            verdict = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar())
        if verdict != "ok":
            raise ShekaraError(f"{backup} is damaged: {verdict}")
        back_up(source, path)
