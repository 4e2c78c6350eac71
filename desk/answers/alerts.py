"""Alerts as they are shown on this computer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casefile.alerts import Alert, Watched
from desk import terminal
from desk.answers.shown import counted, short_ids

_MOST_SHOWN = 20


def show_new(alerts: Sequence[Alert], as_json: bool) -> None:
    """Tell the alerts of this run."""
    if as_json:
        for alert in alerts:
            terminal.say_json({"alert": as_dict(alert)})
        return
    for alert in alerts[:_MOST_SHOWN]:
        terminal.say(f"Alert {alert.sequence}, {alert.watch}: {in_words(alert)}", "bold yellow")
        terminal.say(f"  posts: {short_ids(alert.posts)}", "dim")
    if len(alerts) > _MOST_SHOWN:
        terminal.say(f"and {len(alerts) - _MOST_SHOWN} more alerts: `jejak alerts CASE`", "dim")


def list_alerts(alerts: Sequence[Alert], as_json: bool) -> None:
    """Tell all of these alerts."""
    if as_json:
        for alert in alerts:
            terminal.say_json(as_dict(alert))
        return
    if not alerts:
        terminal.say("There are no alerts. `jejak watchlist CASE` shows what is watched for.")
        return
    rows = [(a.sequence, f"{a.at:%Y-%m-%d %H:%M}", a.watch, in_words(a), short_ids(a.posts), _state(a)) for a in alerts]
    terminal.table(("number", "when (UTC)", "watch", "what", "posts", "told by"), rows, numbers=["number"])


def _state(alert: Alert) -> str:
    waiting = [channel for channel in alert.owed if channel not in alert.told]
    return ", ".join([*alert.told, *(f"{channel} (waits)" for channel in waiting)])


def in_words(alert: Alert) -> str:
    """Why there is an alert, as a sentence."""
    posts = counted(len(alert.posts), "post")
    found = ", ".join(alert.found)
    match alert.kind:
        case Watched.CONTACT:
            return f"{alert.subject} is given in {posts}"
        case Watched.PLACE:
            return f"{posts} send people to {alert.subject}"
        case Watched.COMPANY:
            return f"{posts} recruit in the name of {alert.subject}"
        case Watched.TEXT:
            return f"{posts} nearly repeat the watched text"
        case Watched.INDICATORS:
            return f"{posts} show together: {alert.subject}"
        case Watched.RETURN:
            return f"the recruiter of {alert.subject} now also uses {found}"
        case Watched.MAYBE_RETURN:
            return f"perhaps the recruiter of {alert.subject} (not joined, ask `jejak review`): {found}"
        case Watched.MOVE:
            return f"the recruiter of {alert.subject} now sends people to {found}"


def as_dict(alert: Alert) -> dict[str, Any]:
    """An alert for programs on this computer."""
    lists = {"found": alert.found, "posts": alert.posts, "owed": alert.owed, "told": alert.told}
    named = {"number": alert.sequence, "id": alert.id, "at": alert.at.isoformat(), "watch": alert.watch}
    return {**named, "kind": alert.kind.value, "subject": alert.subject, "reason": in_words(alert), **lists}
