"""What connecting found out about contacts and joins, in the database, so that an update weighs only what changed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple

_TABLES = ("verdicts", "hubs", "joined")


class Standing(NamedTuple):
    """What a join depends on in an account or a text: how many unrelated people it gives, and whether in one text."""

    people: int
    one_text: bool


class KeptJoins:
    """Verdicts on contacts, the standing of accounts and texts, and joins; to be changed inside a transaction only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def forget(self) -> None:
        """Start anew."""
        for table in _TABLES:
            self._database.execute(f"DELETE FROM {table}")

    # Contacts --------------------------------------------------------------------------------------------------------
    def verdict(self, contact: str) -> bool | None:
        """Whether a contact is nobody's in particular; None where no job offer gives it."""
        row = self._database.execute("SELECT nobodys FROM verdicts WHERE contact = ?", (contact,)).fetchone()
        return None if row is None else bool(row[0])

    def set_verdicts(self, verdicts: Iterable[tuple[str, bool]]) -> None:
        """Say of contacts whether they are nobody's."""
        self._database.executemany("REPLACE INTO verdicts VALUES (?, ?)", verdicts)

    def drop_verdict(self, contact: str) -> None:
        """A contact that no job offer gives any more."""
        self._database.execute("DELETE FROM verdicts WHERE contact = ?", (contact,))

    # Accounts and texts ----------------------------------------------------------------------------------------------
    def standing(self, key: int) -> Standing | None:
        """How an account or a text stood when a join was weighed with it; None if none was."""
        row = self._database.execute("SELECT people, one_text FROM hubs WHERE key = ?", (key,)).fetchone()
        return None if row is None else Standing(row[0], bool(row[1]))

    def set_standings(self, standings: Iterable[tuple[int, Standing]]) -> None:
        """Say how accounts and texts stand."""
        self._database.executemany(
            "REPLACE INTO hubs VALUES (?, ?, ?)", ((key, *standing) for key, standing in standings)
        )

    def drop_standings(self, keys: Iterable[int]) -> None:
        """Accounts and texts that no join was weighed with."""
        self._database.executemany("DELETE FROM hubs WHERE key = ?", ((key,) for key in keys))

    # Joins -----------------------------------------------------------------------------------------------------------
    def joins_of(self, node: str) -> list[tuple[str, str, str]]:
        """The joins of a node: both ends and the record, ordered by the ends."""
        query = "SELECT * FROM joined WHERE left = ?1 UNION ALL SELECT * FROM joined WHERE right = ?1 ORDER BY 1, 2"
        return [tuple(row) for row in self._database.execute(query, (node,))]

    def put_joins(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Keep joins, instead of those between the same ends."""
        self._database.executemany("REPLACE INTO joined VALUES (?, ?, ?)", rows)

    def drop_joins(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Forget joins."""
        self._database.executemany("DELETE FROM joined WHERE left = ? AND right = ?", pairs)
