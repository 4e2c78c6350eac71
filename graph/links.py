"""Links between accounts, contacts, recruiters, companies, places and texts: typed, weighted, dated, proved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from casefile.identity import link_id
from casefile.records import Actor, Label, Link, LinkKind, Role
from graph.ledger import Ledger
from graph.observation import CONTACTS, Named, Observation
from graph.settings import LinkSettings
from graph.texts import is_telling

_DELIVERS = (Role.DESTINATION, Role.WORKSITE)


class _Claim(NamedTuple):
    from_id: str
    kind: LinkKind
    to_id: str


def source_id(source: str) -> str:
    """The entity id of a source."""
    return f"source:{source}"


def find_links(
    posts: Sequence[Observation], actors: Iterable[Actor], witness_of: Mapping[str, str], settings: LinkSettings
) -> list[Link]:
    """Every link that the posts prove, ordered by id."""
    finder = _LinkFinder(actors, witness_of, settings)
    repeated = _repeated_texts(posts, witness_of)
    for post in posts:
        if post.offers_work:
            finder.offer(post, repeated)
        else:
            finder.other(post)
    return finder.links()


def _repeated_texts(posts: Iterable[Observation], witness_of: Mapping[str, str]) -> frozenset[str]:
    """The texts that two or more job offers have."""
    counts = Counter(witness_of[post.post_id] for post in posts if post.offers_work and is_telling(post.text))
    return frozenset(text for text, count in counts.items() if count > 1)


class _LinkFinder:
    def __init__(self, actors: Iterable[Actor], witness_of: Mapping[str, str], weights: LinkSettings) -> None:
        self._actor_of = {contact: actor.id for actor in actors for contact in actor.identifiers}
        self._ledger: Ledger[_Claim] = Ledger(witness_of)
        self._witness_of, self._weights = witness_of, weights

    def offer(self, post: Observation, repeated: frozenset[str]) -> None:
        """Enter what a job offer proves."""
        poster = source_id(post.source)
        if post.account:
            self._enter(poster, LinkKind.POSTED, post.account, post, self._weights.posted)
            poster = post.account
        actors = self._actors(post)
        if not 0 < len(actors) <= self._weights.most_actors:
            self._said_by(source_id(post.source), [named for named in post.named if named.label not in CONTACTS], post)
        for contact in post.contacts():
            self._enter(poster, LinkKind.POSTED, contact.id, post, self._weights.posted * contact.confidence)
            if actor := self._actor_of.get(contact.id):
                weight = self._weights.uses_contact * contact.confidence
                self._enter(actor, LinkKind.USES_CONTACT, contact.id, post, weight)
        if len(actors) <= self._weights.most_actors:
            for actor, sureness in actors.items():
                # Where several recruiters share a post, each is meant with less certainty.
                self._offered_by(actor, post, sureness / len(actors))
                text = self._witness_of[post.post_id]
                if text in repeated:
                    self._enter(actor, LinkKind.SAME_TEXT, text, post, self._weights.same_text * sureness / len(actors))
        self._locate(post)

    def other(self, post: Observation) -> None:
        """Enter what a warning, news, a plea or talk proves: who is named, and beside what. Its author stays out."""
        self._said_by(source_id(post.source), post.named, post)
        actors = self._actors(post)
        if len(actors) <= self._weights.most_actors:
            for actor in actors:
                for named in [*post.of(Label.ORG), *post.of(Label.LOC)]:
                    weight = self._weights.named_by_others * named.confidence / len(actors)
                    self._enter(
                        actor,
                        LinkKind.MENTIONS,
                        named.id,
                        post,
                        weight,
                        named.role if named.label is Label.LOC else None,
                    )

    def links(self) -> list[Link]:
        """All links, ordered by id."""
        found = [
            Link(
                id=link_id(*claim),
                from_id=claim.from_id,
                to_id=claim.to_id,
                kind=claim.kind,
                confidence=proof.confidence,
                posts=proof.posts,
                first_seen=proof.first_seen,
                last_seen=proof.last_seen,
                role=proof.role,
            )
            for claim, proof in self._ledger.proofs()
        ]
        return sorted(found, key=lambda link: link.id)

    def _actors(self, post: Observation) -> dict[str, float]:
        """The recruiters whose contacts a post gives, each with the confidence of its surest contact."""
        actors: dict[str, float] = defaultdict(float)
        for contact in post.contacts():
            if actor := self._actor_of.get(contact.id):
                actors[actor] = max(actors[actor], contact.confidence)
        return actors

    def _offered_by(self, actor: str, post: Observation, sureness: float) -> None:
        companies = post.of(Label.ORG)
        one_of_few = len(companies) <= self._weights.most_companies
        kind = LinkKind.RECRUITS_FOR if one_of_few else LinkKind.MENTIONS
        weight = self._weights.recruits_for if one_of_few else self._weights.mentions
        for company in companies:
            self._enter(actor, kind, company.id, post, weight * company.confidence * sureness)
        for place in post.of(Label.LOC):
            delivers = place.role in _DELIVERS
            kind = LinkKind.SENDS_TO if delivers else LinkKind.MENTIONS
            weight = self._weights.sends_to if delivers else self._weights.mentions
            self._enter(actor, kind, place.id, post, weight * place.confidence * sureness, place.role)
        for named in [*post.of(Label.PERSON), *post.of(Label.URL)]:
            self._enter(actor, LinkKind.MENTIONS, named.id, post, self._weights.mentions * named.confidence * sureness)

    def _locate(self, post: Observation) -> None:
        companies = post.of(Label.ORG)
        if len(companies) == 1:  # of two companies nobody knows which one is there
            for place in post.of(Label.LOC):
                if place.role in _DELIVERS:
                    weight = self._weights.located_in * place.confidence * companies[0].confidence
                    self._enter(companies[0].id, LinkKind.LOCATED_IN, place.id, post, weight, place.role)

    def _said_by(self, source: str, named: Iterable[Named], post: Observation) -> None:
        for one in named:
            role = one.role if one.label is Label.LOC else None
            self._enter(source, LinkKind.MENTIONS, one.id, post, self._weights.mentions * one.confidence, role)

    def _enter(
        self, from_id: str, kind: LinkKind, to_id: str, post: Observation, weight: float, role: Role | None = None
    ) -> None:
        self._ledger.enter(_Claim(from_id, kind, to_id), post, weight, role=role)
