"""`jejak new-since`: what changed in the networks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.judgements import in_force
from casefile.records import Connections, ReadPost
from desk import terminal
from desk.answers.shown import counted, day, few, short_ids
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.changes import Change

_CONTACTS_SHOWN = 4


def new_since(case: Case, since: datetime, as_json: bool) -> None:
    """Tell what changed since a time."""
    after = case.store.connections()
    changes = _changes(case, after, since)
    if as_json:
        for change in changes:
            terminal.say_json(_as_dict(change))
        return
    if not changes:
        terminal.say(f"Nothing changed in the networks since {since:%Y-%m-%d %H:%M} UTC.")
        return
    called = called_names(after)
    rows = [(c.kind.value, c.network.name, _in_words(c, called), short_ids(c.posts), c.network.id) for c in changes]
    terminal.table(("what", "network", "how", "new posts", "id"), rows)


def _changes(case: Case, after: Connections, since: datetime) -> list[Change]:
    from graph.changes import in_order, network_changes, silent_networks
    from graph.connect import connect

    seen: dict[str, datetime] = {}

    def known_then() -> Iterator[ReadPost]:
        for read in case.store.read_posts():
            seen[read.post.id] = read.first_seen
            if read.first_seen < since:
                yield read

    with terminal.progress("Connecting what was known then", "posts") as progress:
        before = connect(known_then(), progress=progress, judged=in_force(case.judgements()))
    return in_order([*network_changes(before, after), *silent_networks(after, seen, since)])


def _in_words(change: Change, called: dict[str, str]) -> str:
    told = []
    if len(change.before) > 1 or change.kind == "split":
        told.append("from " + " and ".join(one.name for one in change.before))
    if change.contacts:
        contacts = [called.get(contact, contact) for contact in change.contacts]
        told.append(f"contacts {few(contacts, _CONTACTS_SHOWN)}")
    if change.destinations:
        told.append("towards " + ", ".join(called.get(place, place) for place in change.destinations))
    if change.kind == "silent":
        told.append(f"last seen {day(change.network.last_seen)}")
    if change.kind == "gone":
        told.append("is no network any more, by what is known now or was judged")
    if change.posts:
        told.append(counted(len(change.posts), "new post"))
    return "; ".join(told)


def _as_dict(change: Change) -> dict[str, Any]:
    told = {name: value for name, value in asdict(change).items() if name not in ("network", "before")}
    names = {"network": change.network.id, "name": change.network.name, "before": [one.id for one in change.before]}
    return {**told, **names, "last_seen": change.network.last_seen}
