"""`jejak show` for entities and actors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from casefile.case import Case
from casefile.errors import NotFound
from casefile.records import Actor, Connections, Entity, Link
from desk import names, terminal
from desk.answers.posts import show_post
from desk.answers.shown import day, say_facts, short_ids
from desk.names import called_names


def show(case: Case, thing: str, as_json: bool) -> None:
    """Show a post, an entity or an actor."""
    try:
        post = case.store.find_post(thing)
    except NotFound:
        _show_node(case, thing, as_json)
    else:
        show_post(case, post, as_json)


def _show_node(case: Case, typed: str, as_json: bool) -> None:
    connections = case.store.connections()
    node = names.find_node(connections, typed)
    links = [link for link in connections.links if node in (link.from_id, link.to_id)]
    nodes: list[Entity | Actor] = [*connections.entities, *connections.actors]
    found = next(n for n in nodes if n.id == node)
    if as_json:
        terminal.say_json({"node": asdict(found), "links": [asdict(link) for link in links]})
        return
    terminal.say(f"{found.name}  {found.id}", "bold")
    facts: dict[str, object] = {
        "first seen": day(found.first_seen),
        "last seen": day(found.last_seen),
        "network": found.network,
    }
    if isinstance(found, Actor):
        facts |= {
            "confidence": f"{found.confidence:.2f}",
            "posts": len(found.posts),
            "identifiers": ", ".join(found.identifiers),
        }
    else:
        facts |= {"posts": found.posts, "country": found.country, "links": found.degree}
    say_facts(facts)
    if isinstance(found, Actor) and found.joins:
        rows = [(j.left, j.right, j.reason, f"{j.weight:.2f}", short_ids(j.posts)) for j in found.joins]
        terminal.table(
            ("one", "other", "joined because", "weight", "posts"),
            rows,
            title="\nWhy these are held to be one recruiter",
        )
    if links:
        terminal.table(("kind", "with", "role", "sure", "posts"), _link_rows(connections, links, node), title="\nLinks")


def _link_rows(connections: Connections, links: list[Link], node: str) -> Iterator[tuple[object, ...]]:
    called = called_names(connections)
    for link in sorted(links, key=lambda link: (-link.confidence, link.id)):
        other = link.to_id if link.from_id == node else link.from_id
        arrow = "→" if link.from_id == node else "←"
        yield (
            f"{arrow} {link.kind}",
            called.get(other, other),
            link.role or "",
            f"{link.confidence:.2f}",
            short_ids(link.posts),
        )
