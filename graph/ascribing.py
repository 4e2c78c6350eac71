"""What posts say of the recruiters whose contacts they give: each recruiter's links, as judgements leave them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from casefile.judgements import InForce
from casefile.records import Actor, Decision, Link
from graph.ground import Ground
from graph.links import links_of_actor
from graph.observation import Named, Observation
from graph.settings import GraphSettings


class Ascriber:
    """Finds the links of recruiters on a ground; `owner_of` gives the recruiter that a contact is in a post."""

    def __init__(
        self,
        ground: Ground,
        owner_of: Callable[[str, Observation], str | None],
        settings: GraphSettings,
        judged: InForce,
    ) -> None:
        self._ground, self._owner_of = ground, owner_of
        self._settings, self._judged = settings, judged
        self._crowds: dict[str, Mapping[str, Sequence[Named]]] = {}

    def links_of(self, actor: Actor) -> Iterator[Link]:
        """The links that lead from a recruiter."""
        posts = {post.post_id: post for contact in actor.identifiers for post in self._ground.posts(contact)}
        in_time = sorted(posts.values(), key=lambda post: (post.captured, post.post_id))
        links = links_of_actor(actor.id, in_time, self.actors_in, self._is_repeated, self._settings)
        return judged_links(links, self._judged, actor.identifiers)

    def actors_in(self, post: Observation) -> Mapping[str, Sequence[Named]]:
        """The recruiters whose contacts a post gives, with these contacts."""
        if len(post.contacts) <= self._settings.guards.most_contacts:
            return self._find_actors(post)
        if post.post_id not in self._crowds:
            self._crowds[post.post_id] = self._find_actors(post)
        return self._crowds[post.post_id]

    def _find_actors(self, post: Observation) -> Mapping[str, Sequence[Named]]:
        found: dict[str, list[Named]] = defaultdict(list)
        for contact in post.contacts:
            actor = self._owner_of(contact.id, post)
            if actor is not None:
                found[actor].append(contact)
        return found

    def _is_repeated(self, witness: str) -> bool:
        return len(self._ground.posts(witness, 2)) > 1


def judged_links(links: Iterable[Link], judged: InForce, from_ids: Sequence[str] = ()) -> Iterator[Link]:
    """Links without the rejected ones; confirmed ones are certain. `from_ids` are the identifiers of the actor they lead from."""
    if not judged.rejected and not judged.confirmed:
        yield from links
        return
    for link in links:
        decision = judged.on_link(from_ids or (link.from_id,), link.kind, (link.to_id,))
        if decision is not Decision.REJECT:
            yield replace(link, confidence=1.0) if decision is Decision.CONFIRM else link
