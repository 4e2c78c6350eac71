"""Which contacts stand in which campaigns, in the database, so that translations are found from near."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class Wording(NamedTuple):
    """A campaign as one of its contacts shows it: when it began (microseconds since 1970), its id, its language."""

    began: int
    campaign: str
    language: str


class KeptWordings:
    """Campaigns by contact, the earliest first; to be changed inside a transaction only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def forget(self) -> None:
        """Start anew."""
        self._database.execute("DELETE FROM wordings")

    def put(self, wording: Wording, contacts: Iterable[str]) -> None:
        """Keep that these contacts, and no others, stand in a campaign."""
        self.drop(wording.campaign)
        rows = ((contact, *wording) for contact in sorted(contacts))
        self._database.executemany("INSERT INTO wordings VALUES (?, ?, ?, ?)", rows)

    def drop(self, campaign: str) -> None:
        """Forget a campaign."""
        self._database.execute("DELETE FROM wordings WHERE campaign = ?", (campaign,))

    def of_campaign(self, campaign: str) -> tuple[Wording, frozenset[str]] | None:
        """A campaign and its contacts; None where it has none."""
        query = "SELECT began, campaign, language, contact FROM wordings WHERE campaign = ?"
        rows = self._database.execute(query, (campaign,)).fetchall()
        return (Wording(*rows[0][:3]), frozenset(row[3] for row in rows)) if rows else None

    def first(self, contact: str, most: int) -> list[Wording]:
        """The first campaigns of a contact."""
        query = "SELECT began, campaign, language FROM wordings WHERE contact = ? ORDER BY began, campaign LIMIT ?"
        return [Wording(*row) for row in self._database.execute(query, (contact, most))]

    def after(self, contact: str, wording: Wording) -> list[str]:
        """The campaigns of a contact that began later."""
        query = "SELECT campaign FROM wordings WHERE contact = ? AND (began, campaign) > (?, ?)"
        return [row[0] for row in self._database.execute(query, (contact, wording.began, wording.campaign))]
