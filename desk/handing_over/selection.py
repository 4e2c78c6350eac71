"""What is to leave: the whole case, a network, a recruiter, a campaign, an alert, or what a search finds."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from casefile.case import Case
from casefile.errors import ExportRefused, NotFound
from casefile.judgements import in_force
from casefile.records import Actor, Connections
from casefile.search.embedded import EmbeddedEngine
from desk import names


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody asked for; at most one is set."""

    network: str | None = None
    actor: str | None = None
    campaign: str | None = None
    alert: int | None = None
    query: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen: the connections, and in words what they are."""

    connections: Connections
    words: str


def select(case: Case, connections: Connections, wanted: Wanted) -> Selection:
    """Choose; raises NotFound, or ExportRefused when it is nothing, or hidden."""
    selection = _select(case, connections, wanted)
    if not selection.connections.links:
        raise ExportRefused(
            f"Nothing would leave: {selection.words} holds no link.",
            "`jejak network CASE` shows what there is; run `jejak process CASE` if it is empty.",
        )
    return selection


def _select(case: Case, connections: Connections, wanted: Wanted) -> Selection:
    asked = [
        value
        for value in (wanted.network, wanted.actor, wanted.campaign, wanted.alert, wanted.query)
        if value is not None
    ]
    if len(asked) > 1:
        raise ExportRefused(
            "Only one choice can be made at once.", "Give one of --network, --actor, --campaign, --alert, --search."
        )
    if wanted.network is not None:
        chosen = names.find_network(connections, wanted.network)
        return Selection(only_network(connections, chosen), chosen.replace(":", " ", 1))
    if wanted.actor is not None:
        return _of_actor(case, connections, wanted.actor)
    if wanted.campaign is not None:
        return _of_campaign(connections, wanted.campaign)
    if wanted.alert is not None:
        return _of_alert(case, connections, wanted.alert)
    if wanted.query is not None:
        found = set(EmbeddedEngine(case.store).matching_posts(wanted.query))
        return Selection(_proved_by(connections, found), f"search {wanted.query}")
    return Selection(connections, "whole case")


def _of_actor(case: Case, connections: Connections, typed: str) -> Selection:
    wanted = typed.strip().casefold().lstrip("@")
    hidden = in_force(case.judgements()).hidden
    if wanted and any(identity.casefold().endswith(wanted) for identity in hidden):
        raise ExportRefused(
            f"“{typed}” was hidden by a judgement: what is hidden does not leave.",
            "`jejak judgements CASE` shows which; `jejak judge CASE undo NUMBER --because …` takes it back.",
        )
    actor = names.find_actor(connections, typed)
    core = {actor.id, *actor.identifiers}
    near = {
        end for link in connections.links if core & {link.from_id, link.to_id} for end in (link.from_id, link.to_id)
    }
    words = f"recruiter {actor.id.partition(':')[2]}"
    kept = _restricted(connections, near.__contains__, set(actor.posts))
    return Selection(replace(kept, actors=tuple(one for one in kept.actors if one.id == actor.id)), words)


def _of_campaign(connections: Connections, typed: str) -> Selection:
    found = [
        c
        for c in connections.campaigns
        if typed in (c.id, c.id.partition(":")[2]) or (len(typed) >= 6 and typed in c.id)
    ]
    if len(found) != 1:
        raise NotFound(f"There is no campaign “{typed}” in this case.", "`jejak campaigns CASE` lists them.")
    return Selection(_proved_by(connections, set(found[0].posts)), f"campaign {found[0].id}")


def _of_alert(case: Case, connections: Connections, number: int) -> Selection:
    for alert in case.alert_book().alerts():
        if alert.sequence == number:
            return Selection(_proved_by(connections, set(alert.posts)), f"alert {number}")
    raise NotFound(f"There is no alert {number} in this case.", "`jejak alerts CASE` lists them.")


def only_network(connections: Connections, network_id: str) -> Connections:
    """One network: its members, the places it names, and the links between them."""
    network = next(n for n in connections.networks if n.id == network_id)
    kept = {*network.members, *network.destinations, *network.origins}
    return replace(_restricted(connections, kept.__contains__, set(network.posts)), networks=(network,))


def _proved_by(connections: Connections, posts: Collection[str]) -> Connections:
    """What some posts prove."""
    return _restricted(connections, lambda _: True, posts)


def _restricted(connections: Connections, wanted: Callable[[str], bool], posts: Collection[str]) -> Connections:
    """The links between wanted ends that some posts prove, the ends of these, and the networks of these."""
    links = tuple(
        replace(link, posts=proof)
        for link in connections.links
        if wanted(link.from_id) and wanted(link.to_id) and (proof := tuple(p for p in link.posts if p in posts))
    )
    left = {end for link in links for end in (link.from_id, link.to_id)}
    actors = tuple(_actor_in(actor, posts) for actor in connections.actors if actor.id in left)
    near = {actor.network for actor in actors}
    return Connections(
        entities=tuple(entity for entity in connections.entities if entity.id in left),
        actors=actors,
        links=links,
        networks=tuple(
            replace(
                n, members=tuple(filter(left.__contains__, n.members)), posts=tuple(p for p in n.posts if p in posts)
            )
            for n in connections.networks
            if n.id in near
        ),
    )


def _actor_in(actor: Actor, posts: Collection[str]) -> Actor:
    """A recruiter as some posts show him; a join that a person decided rests on no post."""
    joins = (
        replace(join, posts=tuple(p for p in join.posts if p in posts)) if join.posts else join for join in actor.joins
    )
    return replace(
        actor,
        posts=tuple(p for p in actor.posts if p in posts),
        joins=tuple(join for join, whole in zip(joins, actor.joins, strict=True) if join.posts or not whole.posts),
    )
