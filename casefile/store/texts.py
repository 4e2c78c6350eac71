"""What is remembered of texts, so that a new one finds its campaign without reading the old ones again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_TABLES = (
    """CREATE TABLE IF NOT EXISTS text_campaigns (
    number INTEGER PRIMARY KEY, id TEXT NOT NULL, texts INTEGER NOT NULL, pieces BLOB NOT NULL, counts BLOB NOT NULL
) STRICT""",
    """CREATE TABLE IF NOT EXISTS text_marks (
    mark INTEGER NOT NULL, campaign INTEGER NOT NULL, PRIMARY KEY (mark, campaign)
) STRICT, WITHOUT ROWID""",
)


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is kept of one campaign: pieces of text, and how often each was seen in how many different texts."""

    number: int
    id: str
    texts: int
    pieces: bytes
    counts: bytes


class TextMemory:
    """Campaigns and the marks by which they are found, in a database of the caller's choice and transaction."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        for table in _TABLES:
            database.execute(table)
        self._next = int(database.execute("SELECT coalesce(max(number), -1) + 1 FROM text_campaigns").fetchone()[0])

    @classmethod
    def temporary(cls) -> TextMemory:
        """A memory that ends with the process; what does not fit into 256 MB of memory goes to a temporary file."""
        database = sqlite3.connect("", isolation_level=None)
        database.execute("PRAGMA cache_size = -262144")
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")  # never ended: otherwise each row would be a transaction
        return cls(database)

    def forget(self) -> None:
        """Start anew: everything here can be made again from the posts."""
        for table in ("text_campaigns", "text_marks"):
            self._database.execute(f"DELETE FROM {table}")
        self._next = 0

    def found_by(self, marks: Sequence[int]) -> list[tuple[int, int]]:
        """Mark and campaign number of all that carry one of the marks, in no order."""
        places = ",".join("?" * len(marks))
        query = f"SELECT mark, campaign FROM text_marks WHERE mark IN ({places})"
        return [(row[0], row[1]) for row in self._database.execute(query, marks)]

    def campaign(self, number: int) -> Remembered:
        """One campaign by its number."""
        row = self._database.execute("SELECT * FROM text_campaigns WHERE number = ?", (number,)).fetchone()
        return Remembered(*row)

    def add(self, identity: str, texts: int, pieces: bytes, counts: bytes) -> int:
        """A new campaign; its number."""
        number, self._next = self._next, self._next + 1
        self._database.execute(
            "INSERT INTO text_campaigns VALUES (?, ?, ?, ?, ?)", (number, identity, texts, pieces, counts)
        )
        return number

    def change(self, number: int, texts: int, pieces: bytes, counts: bytes) -> None:
        """Remember a campaign anew after a text came to it."""
        self._database.execute(
            "UPDATE text_campaigns SET texts = ?, pieces = ?, counts = ? WHERE number = ?",
            (texts, pieces, counts, number),
        )

    def mark(self, number: int, marks: Iterable[int]) -> None:
        """Let a campaign be found by these marks too."""
        self._database.executemany("INSERT OR IGNORE INTO text_marks VALUES (?, ?)", [(mark, number) for mark in marks])
