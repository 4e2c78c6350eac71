"""`jejak key`: key recruiters and communities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.records import Actor, Connections, Network
from desk import names, terminal
from desk.answers.programs import PostNames
from desk.answers.shown import POSTS_SHOWN, counted, few
from desk.answers.unhidden import unhidden_posts
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.descriptions import Description
    from graph.analysis.key_actors import KeyActor

_NETWORKS_SHOWN = 20
_PLACES_SHOWN = 3


def key(case: Case, typed: str | None, as_json: bool) -> None:
    """Show the key recruiters of one network with its communities, or of every network the first."""
    connections = case.store.connections()
    networks = {network.id: network for network in connections.networks}
    if typed is not None:
        _one(case, connections, networks[names.find_network(connections, typed)], as_json)
        return
    ranked = [networks[identity] for identity in names.ranked_networks(connections)]
    _all(case, connections, ranked, as_json)


def _all(case: Case, connections: Connections, networks: list[Network], as_json: bool) -> None:
    from graph.analysis.key_actors import divided, find_key_actors
    from graph.analysis.witnesses import witnesses_of

    if not networks and not as_json:
        terminal.say("No networks were found yet. Collect posts, then run `jejak process`.")
    called, named, parts = called_names(connections), PostNames(case), divided(connections)
    witness_of = witnesses_of(connections)
    for number, network in enumerate(networks if as_json else networks[:_NETWORKS_SHOWN], 1):
        keys = find_key_actors(parts[network.id], network)
        told = _described(case, witness_of, [key.actor for key in keys])
        if as_json:
            terminal.say_json(
                {"network": network.id, "description": _words(told, called), "key": _as_dict(keys[0], named)}
            )
            continue
        terminal.say(f"{number}. {network.name}", "bold")
        terminal.say(f"   {_words(told, called)}")
        terminal.say(f"   Key: {keys[0].actor.name}. Without it {_what_falls(keys[0], len(keys), called)}", "yellow")
    if len(networks) > _NETWORKS_SHOWN and not as_json:
        terminal.say(f"and {len(networks) - _NETWORKS_SHOWN} more networks (--json lists all)")


def _one(case: Case, connections: Connections, network: Network, as_json: bool) -> None:
    from graph.analysis.key_actors import communities_in, find_key_actors
    from graph.analysis.witnesses import witnesses_of

    called, named = called_names(connections), PostNames(case)
    keys = find_key_actors(connections, network)
    actors = {key.actor.id: key.actor for key in keys}
    circles = [[actors[member] for member in circle] for circle in communities_in(connections, network)]
    witness_of = witnesses_of(connections)
    lines = [_words(_described(case, witness_of, circle), called) for circle in circles]
    if as_json:
        told = [
            {"actors": [actor.id for actor in circle], "description": line}
            for circle, line in zip(circles, lines, strict=True)
        ]
        key_dicts = [_as_dict(key, named) for key in keys]
        terminal.say_json({"network": network.id, "name": network.name, "key_actors": key_dicts, "communities": told})
        return
    terminal.say(network.name, "bold")
    columns = ("who", "neighbours", "between", "posts", "only its", "without it", "id")
    rows = [
        (
            key.actor.name,
            key.degree,
            f"{key.betweenness:.2f}",
            len(key.actor.posts),
            len(key.posts_lost),
            _what_falls(key, len(keys), called),
            key.actor.id,
        )
        for key in keys
    ]
    terminal.table(columns, rows, title="\nKey recruiters", numbers=("neighbours", "between", "posts", "only its"))
    terminal.say("\nCommunities, as their own posts describe them", "bold")
    for number, (circle, line) in enumerate(zip(circles, lines, strict=True), 1):
        terminal.say(f"{number}. {line}")
        terminal.say("   " + few([actor.name for actor in circle], POSTS_SHOWN), "dim")
    terminal.say(
        "\nBetween: the share of the shortest ways between members that lead through it. Only its: posts that no other recruiter here is in. The posts are public: "
        "who is key in them need not be so in life.",
        "dim",
    )


def _described(case: Case, witness_of: Mapping[str, str], actors: list[Actor]) -> Description:
    from graph.analysis.descriptions import describe

    posts = {post for actor in actors for post in actor.posts}
    return describe(actors, unhidden_posts(case, posts), witness_of)


def _words(told: Description, called: dict[str, str]) -> str:
    return told.in_words(lambda identity: called.get(identity, identity))


def _what_falls(key: KeyActor, recruiters: int, called: dict[str, str]) -> str:
    """What the network would lose, in words."""
    told = []
    if recruiters == 1:
        told.append("nobody is left")
    elif len(key.parts) > 1:
        told.append(f"the other {recruiters - 1} fall into {len(key.parts)} parts")
    else:
        told.append("the others still hang together")
    if recruiters > 1 and key.posts_lost:
        told.append(f"{counted(len(key.posts_lost), 'post')} gone")
    if recruiters > 1 and key.destinations_lost:
        told.append("cut off: " + few([called.get(place, place) for place in key.destinations_lost], _PLACES_SHOWN))
    return "; ".join(told) + "."


def _as_dict(key: KeyActor, named: PostNames) -> dict[str, Any]:
    return {
        "id": key.actor.id,
        "name": key.actor.name,
        "degree": key.degree,
        "betweenness": key.betweenness,
        "posts": named.of(key.actor.posts),
        "parts": [list(part) for part in key.parts],
        "posts_lost": named.of(key.posts_lost),
        "contacts_lost": list(key.contacts_lost),
        "destinations_lost": list(key.destinations_lost),
    }
