"""What else must be sent when one thing changed: the posts of a network, the links of a thing that was renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from casefile.judgements import InForce
from casefile.records import Actor, Campaign, Entity, Network
from casefile.store import connected
from casefile.store.connected import Record
from casefile.store.indexable import Indexable
from casefile.store.store import Store
from casefile.store.unindexed import TIED, Unindexed, Waiting

_SETTLED = (*TIED, "entities")


@dataclass(slots=True)
class _Touched:
    """What must be sent because something else changed."""

    posts: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    renamed: set[str] = field(default_factory=set)


def settle(store: Store, *, everything_waits: bool) -> None:
    """Mark all that hangs on what is marked; with `everything_waits` only remember what posts belong to.

    What is marked but again as it was is ticked off.
    """
    unindexed, indexable = Unindexed(store.database), Indexable(store.database)
    for table in _SETTLED:
        after = ""
        while slice_ := unindexed.waiting(table, after):
            after = slice_[-1].id
            with store.writing():
                touched = _settle(unindexed, indexable, table, slice_)
                if not everything_waits:
                    _mark(unindexed, indexable, touched)


def _settle(unindexed: Unindexed, indexable: Indexable, table: str, waiting: list[Waiting]) -> _Touched:
    touched = _Touched()
    now = indexable.records(table, [one.id for one in waiting])
    unchanged, changed = [], []
    for one in waiting:
        record, stored = now.get(one.id, (None, None))
        if stored is not None and stored == one.was and not one.due:
            unchanged.append((one, stored))
            continue
        changed.append((one, stored))
        _compare(unindexed, table, one.id, connected.read_record(table, one.was) if one.was else None, record, touched)
    unindexed.tick_off(unchanged)
    unindexed.expect(changed)
    return touched


def _compare(
    unindexed: Unindexed, table: str, identity: str, was: Record | None, now: Record | None, touched: _Touched
) -> None:
    if table in TIED:
        before, after = _posts(was), _posts(now)
        unindexed.untie(table, identity, before - after)
        unindexed.tie(table, identity, after - before)
        touched.posts |= before ^ after
    if table == "actors":
        touched.entities |= _identifiers(was) ^ _identifiers(now)
    if _shown_by_links(was) != _shown_by_links(now):
        touched.renamed.add(identity)


def _posts(record: Record | None) -> set[str]:
    return set(record.posts) if isinstance(record, Actor | Network | Campaign) else set()


def _identifiers(record: Record | None) -> set[str]:
    return set(record.identifiers) if isinstance(record, Actor) else set()


def _shown_by_links(record: Record | None) -> object:
    """What a link's document says of an end."""
    if isinstance(record, Entity):
        return record.label, record.name, record.lat, record.lon, record.network
    return (record.name, record.network, record.identifiers) if isinstance(record, Actor) else None


def _mark(unindexed: Unindexed, indexable: Indexable, touched: _Touched) -> None:
    unindexed.mark("posts", touched.posts)
    unindexed.mark("entities", touched.entities)
    unindexed.mark("links", indexable.links_at(touched.renamed))


def mark_judged(unindexed: Unindexed, indexable: Indexable, was: InForce, now: InForce) -> None:
    """Mark what is shown differently since investigators decided something."""
    changed = _identifiers_in(was, now, lambda judged: judged.hidden) | _claimed(was, now)
    owners = {actor for actors in indexable.owners(changed).values() for actor in actors}
    unindexed.mark("actors", owners)
    unindexed.mark("entities", (one for one in changed if ":" in one))
    unindexed.mark("posts", (one for one in changed if ":" not in one))
    unindexed.mark("links", indexable.links_at(changed | owners))


def _claimed(was: InForce, now: InForce) -> set[str]:
    claims = (was.confirmed ^ now.confirmed) | (was.rejected ^ now.rejected)
    return {part for claim in claims for part in claim}


def _identifiers_in(was: InForce, now: InForce, of: Callable[[InForce], Iterable[str]]) -> set[str]:
    return set(of(was)) ^ set(of(now))
