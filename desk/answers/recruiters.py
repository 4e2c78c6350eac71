"""`jejak actor` and `jejak ego`: one recruiter, why he is one, and what is around him."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from casefile.case import Case
from casefile.errors import NotFound
from casefile.records import Actor, Connections, JoinReason, LinkKind
from desk import names, terminal
from desk.answers.programs import PostNames
from desk.answers.proofs import say_posts
from desk.answers.shown import counted, cut, day, few, say_facts, short_ids
from desk.names import called_names

if TYPE_CHECKING:  # the graph is loaded only when something is asked of it
    from graph.analysis.circles import Circle
    from graph.analysis.reasons import ChainLink

_POSTS_OF_A_REASON = 2
_CONTACTS_SHOWN = 4
_PAIRS_SHOWN = 2
_NAME_SHOWN = 60  # characters


def actor(case: Case, typed: str, why: bool, as_json: bool) -> None:
    """Show one recruiter, or why its contacts are held to be one's."""
    from graph.analysis.reasons import chain_of

    connections = case.store.connections()
    found = names.find_actor(connections, typed)
    if as_json:
        named = PostNames(case)
        told = _as_dict(found, named)
        if why:
            told["chain"] = [_link_as_dict(link, named) for link in chain_of(found, connections.links)]
        terminal.say_json(told)
        return
    terminal.say(f"{found.name}  {found.id}", "bold")
    if why:
        _say_why(case, connections, found, chain_of(found, connections.links))
    else:
        _say_actor(case, connections, found)


def _say_actor(case: Case, connections: Connections, found: Actor) -> None:
    called = called_names(connections)
    networks = {network.id: network.name for network in connections.networks}
    say_facts(
        {
            "sure": f"{found.confidence:.2f} that these contacts are one recruiter's",
            "suspect": f"{found.suspect:.2f}",
            "posts": f"{len(found.posts):,}, {day(found.first_seen)} to {day(found.last_seen)}",
            "sends to": ", ".join(called.get(place, place) for place in found.destinations),
            "network": f"{networks.get(found.network, '')}  {found.network}" if found.network else None,
        }
    )
    given = (link for link in connections.links if link.from_id == found.id and link.kind is LinkKind.USES_CONTACT)
    uses = {link.to_id: link for link in given}
    rows = [
        (
            contact,
            f"{use.confidence:.2f}",
            len(use.posts),
            day(use.first_seen),
            day(use.last_seen),
            short_ids(use.posts),
        )
        for contact in found.identifiers
        if (use := uses.get(contact))
    ]
    columns = ("contact", "sure", "posts", "first", "last", "posts that give it")
    terminal.table(columns, rows, title="\nContacts", numbers=("posts",))
    typed = found.identifiers[0].removeprefix("phone:")
    terminal.say(f"\nWhy these are one: jejak actor {case.folder} {typed} --why", "dim")
    terminal.say(f"What is around:    jejak ego {case.folder} {typed}", "dim")
    terminal.say(f"When:              jejak timeline {case.folder} {typed}", "dim")


def _say_why(case: Case, connections: Connections, found: Actor, chain: list[ChainLink]) -> None:
    from graph.analysis.witnesses import witnesses_of
    from graph.settings import load_settings

    if not chain:
        terminal.say(f"It has one contact, {found.identifiers[0]}: nothing was joined. Its job offers:")
        say_posts(case, found.posts)
        return
    terminal.say(
        f"{len(found.identifiers)} contacts are held together by {counted(len(chain), 'join')}, the weakest first. "
        f"Bits are match weights: each doubles the odds, which begin at {load_settings().joins.prior:+.1f} bits."
    )
    witness_of = witnesses_of(connections)
    for number, link in enumerate(chain, 1):
        terminal.say(f"\n{number}. {link.left} and {link.right}  (sure {link.probability:.2f})", "bold")
        for reason in link.reasons:
            terminal.say(f"   {_strength(reason):>10}  {reason.reason} ({short_ids(reason.posts)})")
            if reason.reason in link.needs:
                texts = len({witness_of.get(post, post) for post in reason.posts})
                terminal.say(f"               {counted(len(reason.posts), 'post')}, {counted(texts, 'text')}:", "dim")
                say_posts(case, reason.posts, indent=15, most=_POSTS_OF_A_REASON)
        terminal.say("   " + _what_breaks(link), "yellow")
    weakest = chain[0]
    terminal.say(
        f"\nIf you know better: jejak judge {case.folder} different {weakest.left} {weakest.right} --because “…”", "dim"
    )


def _strength(reason: JoinReason) -> str:
    return f"{reason.bits:+.1f} bits" if reason.bits else f"{reason.weight:.0%}"


def _what_breaks(link: ChainLink) -> str:
    if link.needs:
        told = "Breaks if this is wrong: " + "; or ".join(f"“{reason}”" for reason in link.needs) + "."
    else:
        told = "No single reason breaks it: any one may be wrong."
    if link.beside:
        pairs = [f"{left} with {right}" for left, right in link.beside]
        return f"{told} Even then these joins hold: {few(pairs, _PAIRS_SHOWN)}."
    sides = [
        f"{few(part, _CONTACTS_SHOWN)} ({counted(posts, 'post')})"
        for part, posts in zip(link.parts, link.posts_apart, strict=True)
    ]
    return f"{told} Then there are two: {sides[0]}, and {sides[1]}."


def _as_dict(found: Actor, named: PostNames) -> dict[str, Any]:
    return {
        "id": found.id,
        "name": found.name,
        "identifiers": list(found.identifiers),
        "posts": named.of(found.posts),
        "destinations": list(found.destinations),
        "confidence": found.confidence,
        "suspect": found.suspect,
        "first_seen": found.first_seen,
        "last_seen": found.last_seen,
        "network": found.network,
    }


def _link_as_dict(link: ChainLink, named: PostNames) -> dict[str, Any]:
    told = asdict(link)
    told["reasons"] = [{**asdict(reason), "posts": named.of(reason.posts)} for reason in link.reasons]
    return told


def ego(case: Case, typed: str, limit: int, as_json: bool) -> None:
    """Show what is around a recruiter, contact, company, account or place."""
    from graph.analysis.circles import circle_of

    connections = case.store.connections()
    circle = circle_of(connections, _recruiter_or_node(connections, typed))
    if as_json:
        terminal.say_json(_circle_as_dict(circle, PostNames(case)))
        return
    called = called_names(connections)
    terminal.say(f"{called.get(circle.centre, circle.centre)}  {circle.centre}", "bold")
    near = [
        (
            ", ".join(sorted({link.kind.value for link in one.links})),
            cut(called.get(one.id, one.id), _NAME_SHOWN),
            one.id,
            f"{one.confidence:.2f}",
            len(one.posts),
            one.users,
            "holds nobody together" if one.everybodys else "",
        )
        for one in circle.neighbours[:limit]
    ]
    columns = ("how", "what", "id", "sure", "posts", "recruiters", "")
    terminal.table(columns, near, title="\nOne step away", numbers=("posts", "recruiters"))
    if len(circle.neighbours) > limit:
        terminal.say(f"and {len(circle.neighbours) - limit} more (--limit {len(circle.neighbours)} shows all)")
    terminal.say(f"{counted(len(circle.among), 'link')} among them.", "dim")
    _say_beyond(circle, called)


def _recruiter_or_node(connections: Connections, typed: str) -> str:
    """The recruiter whose id or contact was typed, else the node."""
    try:
        return names.find_actor(connections, typed).id
    except NotFound:
        return names.find_node(connections, typed)


def _say_beyond(circle: Circle, called: dict[str, str]) -> None:
    if not circle.beyond:
        terminal.say("\nNo other recruiter is reached through these (places, sites and everybody's things aside).")
        return
    rows = [
        (
            called.get(one.actor, one.actor),
            one.actor,
            ", ".join(cut(called.get(thing, thing), _NAME_SHOWN) for thing in one.through[:3]),
            f"{one.confidence:.2f}",
            short_ids(one.posts),
        )
        for one in circle.beyond
    ]
    terminal.table(("who", "id", "through", "sure", "posts"), rows, title="\nRecruiters two steps away")


def _circle_as_dict(circle: Circle, named: PostNames) -> dict[str, Any]:
    return {
        "centre": circle.centre,
        "neighbours": [
            {
                "id": one.id,
                "kinds": sorted({link.kind.value for link in one.links}),
                "confidence": one.confidence,
                "posts": named.of(sorted(one.posts)),
                "recruiters": one.users,
                "everybodys": one.everybodys,
            }
            for one in circle.neighbours
        ],
        "among": [
            {"from": link.from_id, "to": link.to_id, "kind": link.kind.value, "confidence": link.confidence}
            for link in circle.among
        ],
        "beyond": [{**asdict(one), "posts": named.of(one.posts)} for one in circle.beyond],
    }
