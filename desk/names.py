"""From what a person typed to the entity, actor or network that is meant."""

from __future__ import annotations

from collections.abc import Iterable

from casefile.errors import NotFound
from casefile.records import Actor, Connections
from casefile.search.tokens import digits_in

_MOST_SHOWN = 8


def called_names(connections: Connections) -> dict[str, str]:
    """What people call each entity and actor, by id."""
    entities = {entity.id: entity.name for entity in connections.entities}
    return entities | {actor.id: actor.name for actor in connections.actors}


def find_node(connections: Connections, typed: str) -> str:
    """The id of the one entity or actor that `typed` names: an id, a number in any layout, or part of a name.

    The id of a recruiter who turned out to be part of another one leads to that one.
    """
    from graph.actors import former_ids  # the graph is loaded only when something is asked of it

    names = called_names(connections)
    typed = typed.strip()
    if typed in names:
        return typed
    wanted = typed.casefold().lstrip("@")
    digits = digits_in(typed).lstrip("0")
    steps = (
        [actor.id for actor in connections.actors if typed in former_ids(actor)] if typed.startswith("actor:") else [],
        [
            n
            for n in names
            if n.casefold() == wanted
            or names[n].casefold() == wanted
            or n.casefold().endswith((":" + wanted, "/" + wanted))
        ],
        [n for n in names if len(digits) >= 6 and n.startswith("phone:") and n.endswith(digits)],
        [n for n in names if len(wanted) >= 3 and (wanted in n.casefold() or wanted in names[n].casefold())],
    )
    for found in steps:
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(f"“{typed}” may be {_listed(found, names)}.", "Give one of these ids.")
    raise NotFound(
        f"Nothing in this case is called “{typed}”.",
        "`jejak search CASE WORDS` finds posts; `jejak network CASE` lists networks.",
    )


def find_actor(connections: Connections, typed: str) -> Actor:
    """The one recruiter that `typed` names: as `find_node`, or by one of his contacts."""
    wanted = typed.strip().casefold().lstrip("@")
    # Of what has this name, a recruiter's own contact is meant, not an address that ends in it.
    named = {i for actor in connections.actors for i in actor.identifiers if i.casefold().partition(":")[2] == wanted}
    node = named.pop() if len(named) == 1 else find_node(connections, typed)
    found = [actor for actor in connections.actors if node == actor.id or node in actor.identifiers]
    if len(found) == 1:
        return found[0]
    if found:  # a number that got a new owner
        ids = ", ".join(actor.id for actor in found)
        raise NotFound(
            f"“{typed}” belonged to several recruiters, one after the other: {ids}.", "Give one of these ids."
        )
    raise NotFound(f"“{typed}” is {node}, and no recruiter's.", "`jejak actors CASE` lists the recruiters.")


def find_network(connections: Connections, typed: str) -> str:
    """The id of the one network that `typed` names: its id, its beginning, its place in the list (1 is the first) or its name."""
    if typed.isdecimal() and 1 <= int(typed) <= len(connections.networks):
        return ranked_networks(connections)[int(typed) - 1]
    wanted = typed.casefold()
    found = [n.id for n in connections.networks if n.id.casefold().startswith(wanted) or wanted in n.name.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        raise NotFound(f"“{typed}” may be {', '.join(sorted(found)[:_MOST_SHOWN])}.", "Give one of these ids.")
    raise NotFound(f"There is no network “{typed}” in this case.", "`jejak network CASE` lists them.")


def ranked_networks(connections: Connections) -> list[str]:
    """The ids of the networks, the one on most posts first."""
    return [n.id for n in sorted(connections.networks, key=lambda n: (-len(n.posts), n.id))]


def _listed(found: Iterable[str], names: dict[str, str]) -> str:
    shown = sorted(found)
    more = f" and {len(shown) - _MOST_SHOWN} more" if len(shown) > _MOST_SHOWN else ""
    return ", ".join(shown[:_MOST_SHOWN]) + more
