"""Recruiters, as far as the posts show: contacts that belong together, each join with its reason and its posts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casefile.identity import short_hash
from casefile.records import Actor, JoinReason
from graph.joins import Pair, Sighting, Sightings, find_reasons, posts_of_contacts
from graph.ledger import either
from graph.observation import Observation
from graph.settings import GraphSettings
from graph.unions import Unions

_STRICTER = 0.15  # how much stronger joins must be, step by step, inside a recruiter that grew too large


class _Group(NamedTuple):
    """Contacts joined into one recruiter, and how strong its weakest necessary join is (None: there is no join)."""

    contacts: Sequence[str]
    weakest: float | None


def find_actors(
    posts: Sequence[Observation], everybodys: frozenset[str], witness_of: Mapping[str, str], settings: GraphSettings
) -> list[Actor]:
    """The recruiters behind the contacts of job offers, ordered by id; each contact belongs to exactly one."""
    offers = [post for post in posts if post.offers_work]
    posts_of = posts_of_contacts(offers, everybodys)
    reasons = find_reasons(offers, posts_of, witness_of, settings)
    strengths = {pair: either(reason.weight for reason in found) for pair, found in reasons.items()}
    groups = _groups(sorted(posts_of), strengths, settings.joins.enough, settings.guards.largest_actor)
    reasons_of: dict[str, list[JoinReason]] = defaultdict(list)
    group_of = {contact: number for number, group in enumerate(groups) for contact in group.contacts}
    for pair in sorted(pair for pair, strength in strengths.items() if strength >= settings.joins.enough):
        if group_of[pair.left] == group_of[pair.right]:
            reasons_of[groups[group_of[pair.left]].contacts[0]] += reasons[pair]
    actors = [_actor(group, reasons_of[group.contacts[0]], posts_of, witness_of) for group in groups]
    return sorted(actors, key=lambda actor: actor.id)


def _groups(contacts: Sequence[str], strengths: Mapping[Pair, float], enough: float, largest: int) -> list[_Group]:
    """Sets of contacts held together by joins of at least `enough`; too large a set is cut at its weaker joins."""
    pairs = sorted((pair for pair in strengths if strengths[pair] >= enough), key=lambda pair: (-strengths[pair], pair))
    unions = Unions(contacts)
    weakest: dict[str, float] = {}
    for pair in pairs:  # the strongest first: the last join that is needed is the weakest (Kruskal, 1956)
        if unions.union(*pair):
            weakest[unions.find(pair.left)] = strengths[pair]
    groups = []
    inside: dict[str, dict[Pair, float]] = defaultdict(dict)
    for pair in pairs:
        inside[unions.find(pair.left)][pair] = strengths[pair]
    for members in unions.groups():
        if len(members) > largest and enough + _STRICTER < 1:
            groups += _groups(members, inside[members[0]], enough + _STRICTER, largest)
        else:
            groups.append(_Group(members, weakest.get(members[0])))
    return groups


def _actor(group: _Group, joins: Sequence[JoinReason], posts_of: Sightings, witness_of: Mapping[str, str]) -> Actor:
    """The recruiter; its id comes from the contact that was captured first, so that it stays when others are added."""
    contacts = group.contacts
    first = min(contacts, key=lambda contact: (min(post.captured for post, _ in posts_of[contact]), contact))
    often = min(contacts, key=lambda contact: (-len(posts_of[contact]), contact))
    sightings = [sighting for contact in contacts for sighting in posts_of[contact]]
    times = [post.at for post, _ in sightings]
    return Actor(
        id=f"actor:{short_hash('actor', first)}",
        name=_name(often, len(contacts) - 1),
        identifiers=tuple(contacts),
        posts=tuple(sorted({post.post_id for post, _ in sightings})),
        confidence=either(_surest(sightings, witness_of)) if group.weakest is None else group.weakest,
        joins=tuple(joins),
        first_seen=min(times),
        last_seen=max(times),
    )


def _surest(sightings: Iterable[Sighting], witness_of: Mapping[str, str]) -> Iterable[float]:
    """The confidence of the surest sighting of each witness."""
    surest: dict[str, float] = {}
    for post, named in sightings:
        witness = witness_of[post.post_id]
        surest[witness] = max(named.confidence, surest.get(witness, 0.0))
    return surest.values()


def _name(contact: str, others: int) -> str:
    label, _, value = contact.partition(":")
    name = value if label in ("phone", "email") else f"{value} ({label})"
    return name if not others else f"{name} and {others} more contact{'s' if others > 1 else ''}"
