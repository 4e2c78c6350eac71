"""The case that the page shows, held open: what many screens ask is looked up once, until the case changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from casefile.case import Case
from casefile.chain import Head
from casefile.notes import Noted, read_noted
from casefile.records import Actor, Campaign, Connections, Entity, Link, Network
from casefile.store.connected import Kept
from desk.names import called_names, ranked_networks

_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Ties:
    """All that connecting found, ready to be looked up by id."""

    connections: Connections
    names: dict[str, str]
    nodes: dict[str, Entity | Actor]
    links: dict[str, list[Link]]
    networks: dict[str, Network]
    actor_of: dict[str, Actor]
    campaign_of: dict[str, Campaign]
    ranked: list[str]
    _made: dict[Hashable, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, connections: Connections) -> Ties:
        """Look everything up once."""
        nodes: dict[str, Entity | Actor] = {entity.id: entity for entity in connections.entities}
        nodes |= {actor.id: actor for actor in connections.actors}
        links: dict[str, list[Link]] = {}
        for link in connections.links:
            links.setdefault(link.from_id, []).append(link)
            if link.to_id != link.from_id:
                links.setdefault(link.to_id, []).append(link)
        return cls(
            connections,
            called_names(connections),
            nodes,
            links,
            {network.id: network for network in connections.networks},
            {contact: actor for actor in connections.actors for contact in actor.identifiers},
            {post: campaign for campaign in connections.campaigns for post in campaign.posts},
            ranked_networks(connections),
        )

    def once(self, key: Hashable, make: Callable[[], _Made]) -> _Made:
        """What takes long to make of these ties, made when it is first asked for under a key."""
        if key not in self._made:
            self._made[key] = make()
        made: _Made = self._made[key]
        return made

    def called(self, node: str) -> str:
        """What people call an entity, an actor or a network."""
        network = self.networks.get(node)
        return network.name if network else self.names.get(node, node)


class OpenCase:
    """An open case, and its ties as they are now."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self._ties: Ties | None = None
        self._edition: str | None = None
        self._noted: tuple[Head, Noted] | None = None

    @property
    def ties(self) -> Ties:
        """The ties of the case; read anew when something was connected since."""
        edition = Kept(self.case.store.database).edition()
        if self._ties is None or edition != self._edition:
            self._ties, self._edition = Ties.of(self.case.store.connections()), edition
        return self._ties

    @property
    def noted(self) -> Noted:
        """Notes and pins; read anew when the journal has grown."""
        head = self.case.journal.head()
        if self._noted is None or self._noted[0] != head:
            self._noted = head, read_noted(self.case.journal.entries())
        return self._noted[1]
