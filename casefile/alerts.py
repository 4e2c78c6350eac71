"""Alerts: what a watch found, kept in the journal, so that each is given once whatever is rebuilt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from casefile.judgement_entries import understood


class Watched(StrEnum):
    """What a watch may wait for (see `casefile.watch_settings`)."""

    CONTACT = "contact"
    PLACE = "place"
    COMPANY = "company"
    TEXT = "text"
    INDICATORS = "indicators"
    RETURN = "return"
    MAYBE_RETURN = "maybe_return"
    MOVE = "move"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """What a watch found: new `posts`, or new identifiers or places (`found`) of a recruiter; given once.

    `owed` are the channels that it should leave by, `told` those that it left by.
    """

    sequence: int
    id: str
    at: datetime
    watch: str
    kind: Watched
    subject: str
    found: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


ALERT_TYPE, KNOWN_TYPE, TOLD_TYPE = "alert", "watching", "told"


def alert_entry(
    watch: str, kind: Watched, subject: str, found: Iterable[str], posts: Iterable[str], owed: Iterable[str]
) -> dict[str, Any]:
    """What the journal says of an alert (without when and by whom); `owed` are the channels that it should leave by."""
    lists = {"found": list(found), "posts": list(posts), "owed": list(owed)}
    return {"type": ALERT_TYPE, "watch": watch, "kind": kind.value, "subject": subject, **lists}


def known_entry(watch: str, kind: Watched, subject: str, known: Iterable[str]) -> dict[str, Any]:
    """What the journal says of what was known when watching began: it makes no alert."""
    return {"type": KNOWN_TYPE, "watch": watch, "kind": kind.value, "subject": subject, "found": sorted(known)}


def told_entry(channel: str, alerts: Iterable[int]) -> dict[str, Any]:
    """What the journal says of alerts that left by a channel: what, where to, and (added there) when and by whom."""
    return {"type": TOLD_TYPE, "channel": channel, "alerts": list(alerts)}


class AlertBook:
    """All alerts of a case in order, and what each watch knows already."""

    def __init__(self, entries: Iterable[Mapping[str, Any]]) -> None:
        self._alerts: dict[int, Alert] = {}
        self._known: dict[tuple[str, str, str], set[str]] = {}
        self._posts: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        told: dict[int, list[str]] = defaultdict(list)
        for entry in entries:
            with understood(entry):
                if entry.get("type") == TOLD_TYPE:
                    for number in entry["alerts"]:
                        told[int(number)].append(str(entry["channel"]))
                elif entry.get("type") in (ALERT_TYPE, KNOWN_TYPE):
                    self._remember(entry)
        self._alerts = {number: replace(alert, told=tuple(told[number])) for number, alert in self._alerts.items()}

    def _remember(self, entry: Mapping[str, Any]) -> None:
        key = (entry["watch"], entry["kind"], entry["subject"])
        self._known.setdefault(key, set()).update(entry["found"])
        if entry["type"] == ALERT_TYPE:
            self._posts[key].update(entry["posts"])
            self._alerts[int(entry["seq"])] = _alert(entry)

    def alerts(self) -> tuple[Alert, ...]:
        """Every alert, in order."""
        return tuple(self._alerts.values())

    def known(self, watch: str, kind: Watched, subject: str) -> frozenset[str] | None:
        """What was known or told of a subject; None when it was never looked at."""
        found = self._known.get((watch, kind.value, subject))
        return None if found is None else frozenset(found)

    def told_posts(self, watch: str, kind: Watched, subject: str) -> frozenset[str]:
        """The posts that alerts on a subject named already."""
        return frozenset(self._posts.get((watch, kind.value, subject), ()))

    def owed(self, channel: str) -> tuple[Alert, ...]:
        """The alerts that should have left by a channel and did not yet."""
        return tuple(alert for alert in self.alerts() if channel in alert.owed and channel not in alert.told)


def _alert(entry: Mapping[str, Any]) -> Alert:
    return Alert(
        sequence=int(entry["seq"]),
        id=str(entry["sha256"])[:32],
        at=datetime.fromisoformat(entry["at"]),
        watch=str(entry["watch"]),
        kind=Watched(entry["kind"]),
        subject=str(entry["subject"]),
        found=tuple(entry["found"]),
        posts=tuple(entry["posts"]),
        owed=tuple(entry["owed"]),
    )
