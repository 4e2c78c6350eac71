"""Opening the database: durable settings, migrations, and errors that an investigator understands."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from casefile.errors import CaseError, StorageFull

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"
BEFORE = ".before-"
"""What follows a database's name in the name of its copy from before a migration."""
_BUSY_SECONDS = 60.0
CACHE_KB = 64 * 1024


def open_database(path: Path) -> sqlite3.Connection:
    """A connection in WAL mode whose commits survive a power loss, at the newest schema."""
    with translated(path):
        database = sqlite3.connect(path, timeout=_BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        database.row_factory = sqlite3.Row
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = FULL")
        database.execute("PRAGMA trusted_schema = OFF")
        database.execute("PRAGMA temp_store = MEMORY")
        database.execute(f"PRAGMA cache_size = -{CACHE_KB}")
        _migrate(database, path)
        return database


def newest_schema() -> int:
    """The version of the schema that this program writes."""
    return int(_migrations()[-1].name[:4])


def _migrations() -> list[Path]:
    return sorted(MIGRATIONS.glob("[0-9]*.sql"))


def _migrate(database: sqlite3.Connection, path: Path) -> None:
    newest = newest_schema()
    if _version(database) == newest:
        return
    with transaction(database, path):
        # Asked again inside: another process may have migrated meanwhile.
        version = _version(database)
        if version > newest:
            raise CaseError(
                f"{path}: this case was written by a newer Jejak (schema {version}, this program knows {newest})",
                "Install the newer version of Jejak; nothing was changed.",
            )
        if 0 < version < newest:
            _keep_copy(path, path.with_name(f"{path.name}{BEFORE}{newest:04}"))
        for script in _migrations()[version:]:
            for statement in _statements(script.read_text(encoding="utf-8")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {int(script.name[:4])}")


def _keep_copy(path: Path, copy: Path) -> None:
    """A whole copy from before a migration, should its older program be needed again; only the last one is kept."""
    for old in copy.parent.glob(f"{copy.name[:-4]}*"):
        old.unlink()
    part = copy.with_name(f".{copy.name}.part")
    part.unlink(missing_ok=True)
    # By a connection of its own: from one that is writing, SQLite copies nothing, and Python asks it again for ever.
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as kept:
        source.backup(kept)
    part.replace(copy)


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> Iterator[str]:
    # Not executescript(): that would commit the transaction that makes a migration all or nothing.
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(database: sqlite3.Connection, path: Path) -> Iterator[None]:
    """One writing transaction: all of it or nothing. Other writers wait."""
    with translated(path):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield
            database.execute("COMMIT")
        except BaseException:
            if database.in_transaction:  # SQLite itself takes back what a full disk interrupts
                database.execute("ROLLBACK")
            raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ours."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname == "SQLITE_FULL":
            raise StorageFull(
                f"{path}: the disk is full; what was kept until now is whole",
                "Free some space and run the command again.",
            ) from error
        raise CaseError(f"{path}: the database cannot be used now ({error})", _REMEDY) from error
    except sqlite3.DatabaseError as error:
        raise CaseError(f"{path}: the database is damaged ({error})", _REMEDY) from error


_REMEDY = (
    "Close other programs that use this case and try again; if it stays, move case.db (with case.db-wal and case.db-shm) "
    "away: the next command makes it again from the evidence."
)


def to_text(at: datetime) -> str:
    """A time as stored: UTC, of one length, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def to_time(text: str) -> datetime:
    """A stored time, aware, in UTC."""
    return datetime.fromisoformat(text)


def optional_time(text: str | None) -> datetime | None:
    """A stored time that may be missing."""
    return datetime.fromisoformat(text) if text else None
