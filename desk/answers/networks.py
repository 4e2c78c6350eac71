"""`jejak network`."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

from casefile.case import Case
from casefile.records import Connections, Network
from desk import names, terminal
from desk.answers.shown import POSTS_SHOWN, day, say_facts
from desk.names import called_names


def network(case: Case, name: str | None, as_json: bool) -> None:
    """List the networks, or show one."""
    connections = case.store.connections()
    networks = {n.id: n for n in connections.networks}
    if name is None:
        ranked = [networks[i] for i in names.ranked_networks(connections)]
        _list_networks(ranked, called_names(connections), as_json)
        return
    _show_network(connections, networks[names.find_network(connections, name)], as_json)


def _list_networks(networks: list[Network], called: dict[str, str], as_json: bool) -> None:
    if as_json:
        for network in networks:
            terminal.say_json(asdict(network))
        return
    if not networks:
        terminal.say(
            "No networks were found yet. Collect posts (`jejak crawl`, `jejak import`), then run `jejak process`."
        )
        return
    rows = [
        (
            i,
            n.name,
            len(n.posts),
            len(n.members),
            ", ".join(called.get(d, d) for d in n.destinations),
            f"{n.suspect:.2f}",
            day(n.first_seen),
            day(n.last_seen),
            n.id,
        )
        for i, n in enumerate(networks, 1)
    ]
    columns = ("", "network", "posts", "members", "destinations", "suspect", "first", "last", "id")
    terminal.table(columns, rows, numbers=("", "posts", "members"))


def _show_network(connections: Connections, network: Network, as_json: bool) -> None:
    members = set(network.members)
    links = [link for link in connections.links if link.from_id in members and link.to_id in members]
    if as_json:
        terminal.say_json({"network": asdict(network), "links": [asdict(link) for link in links]})
        return
    called = called_names(connections)
    terminal.say(network.name, "bold")
    say_facts(
        {
            "id": network.id,
            "posts": len(network.posts),
            "from": ", ".join(called.get(p, p) for p in network.origins),
            "to": ", ".join(called.get(p, p) for p in network.destinations),
            "active": f"{day(network.first_seen)} to {day(network.last_seen)}",
            "suspect": f"{network.suspect:.2f}",
        }
    )
    counts = Counter(post for link in links for post in link.posts)
    degrees = Counter(end for link in links for end in (link.from_id, link.to_id))
    ranked = sorted(network.members, key=lambda member: (-degrees[member], member))
    rows = [(called.get(member, member), member, degrees[member]) for member in ranked]
    terminal.table(("member", "id", "links"), rows, title="\nMembers", numbers=["links"])
    if counts:
        terminal.say("\nPosts that prove most: " + ", ".join(post[:12] for post, _ in counts.most_common(POSTS_SHOWN)))
    terminal.say("See one with `jejak show CASE ID`; all with `jejak search CASE network:" + network.id + "`.", "dim")
