"""Links between accounts, contacts, recruiters, companies, places and texts: typed, weighted, dated, proved.

Two sorts: what one post says by itself (who posted what, where a company is), and what it says of the recruiters whose
contacts it gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from casefile.records import Label, Link, LinkKind
from graph.guards import is_list
from graph.ledger import Claim, Ledger, Said
from graph.observation import Named, Observation
from graph.profiles import DELIVERS
from graph.settings import GraphSettings, LinkSettings
from graph.texts import is_telling

ActorsOf = Callable[[Observation], Mapping[str, Sequence[Named]]]
"""The recruiters whose contacts a post gives, with these contacts."""


def source_id(source: str) -> str:
    """The entity id of a source."""
    return f"source:{source}"


def said_by_itself(post: Observation, settings: GraphSettings) -> Iterator[Said]:
    """What a post proves whoever its recruiters are."""
    weights, source = settings.links, source_id(post.source)
    if not post.offers_work:
        yield from _mentions(source, post.named, weights)
        return
    poster = source
    contacts = post.contacts
    if post.account:
        yield Said(Claim(source, LinkKind.POSTED, post.account), weights.posted)
        poster = post.account
    for contact in contacts:
        yield Said(Claim(poster, LinkKind.POSTED, contact.id), weights.posted * contact.confidence)
    if not contacts or is_list([contact.id for contact in contacts], settings.guards):
        yield from _mentions(source, post.others, weights)
    companies = post.of(Label.ORG)
    if len(companies) == 1:  # of two companies nobody knows which one is meant
        yield from _of_company(companies[0], post, weights)


def _mentions(source: str, named: Iterable[Named], weights: LinkSettings) -> Iterator[Said]:
    for one in named:
        role = one.role if one.label is Label.LOC else None
        yield Said(Claim(source, LinkKind.MENTIONS, one.id), weights.mentions * one.confidence, role)


def _of_company(company: Named, post: Observation, weights: LinkSettings) -> Iterator[Said]:
    for place in post.of(Label.LOC):
        if place.role in DELIVERS:
            weight = weights.located_in * place.confidence * company.confidence
            yield Said(Claim(company.id, LinkKind.LOCATED_IN, place.id), weight, place.role)
    for person in post.of(Label.PERSON):
        weight = weights.works_for * person.confidence * company.confidence
        yield Said(Claim(person.id, LinkKind.WORKS_FOR, company.id), weight)
    for contact in post.of(Label.EMAIL):
        if _is_address_of(contact.name, company.name):
            weight = weights.works_for_by_address * contact.confidence * company.confidence
            yield Said(Claim(contact.id, LinkKind.WORKS_FOR, company.id), weight)


_TELLING_LETTERS = 5


def _is_address_of(address: str, company: str) -> bool:
    """Whether an e-mail address is at a domain named after a company."""
    domain = "".join(filter(str.isalnum, address.rpartition("@")[2].casefold()))
    words = [word for word in company.casefold().split() if len(word) >= _TELLING_LETTERS]
    return bool(words) and all(word in domain for word in words)


def links_of_actor(
    actor: str,
    posts: Sequence[Observation],
    actors_of: ActorsOf,
    repeated: Callable[[str], bool],
    settings: GraphSettings,
) -> list[Link]:
    """The links that lead from a recruiter; `posts` are all that name its contacts, in capture order."""
    ledger = Ledger()
    for post in posts:
        actors = actors_of(post)
        if actor in actors:
            if post.offers_work:
                found = _offer(actor, post, actors, repeated, settings.links)
            else:
                found = _other(actor, post, len(actors), settings.links)
            for said in found:
                ledger.enter(post, said)
    return list(ledger.links())


def _offer(
    actor: str,
    post: Observation,
    actors: Mapping[str, Sequence[Named]],
    repeated: Callable[[str], bool],
    weights: LinkSettings,
) -> Iterator[Said]:
    for contact in actors[actor]:
        yield Said(Claim(actor, LinkKind.USES_CONTACT, contact.id), weights.uses_contact * contact.confidence)
    if len(actors) > weights.most_actors:
        return
    # Where several recruiters share a post, each is meant with less certainty.
    sureness = max(contact.confidence for contact in actors[actor]) / len(actors)
    yield from _offered_by(actor, post, sureness, weights)
    if is_telling(post.witness) and repeated(post.witness):
        yield Said(Claim(actor, LinkKind.SAME_TEXT, post.witness), weights.same_text * sureness)


def _offered_by(actor: str, post: Observation, sureness: float, weights: LinkSettings) -> Iterator[Said]:
    companies = post.of(Label.ORG)
    one_of_few = len(companies) <= weights.most_companies
    kind = LinkKind.RECRUITS_FOR if one_of_few else LinkKind.MENTIONS
    weight = weights.recruits_for if one_of_few else weights.mentions
    for company in companies:
        yield Said(Claim(actor, kind, company.id), weight * company.confidence * sureness)
    for place in post.of(Label.LOC):
        delivers = place.role in DELIVERS
        kind = LinkKind.SENDS_TO if delivers else LinkKind.MENTIONS
        weight = weights.sends_to if delivers else weights.mentions
        yield Said(Claim(actor, kind, place.id), weight * place.confidence * sureness, place.role)
    for named in [*post.of(Label.PERSON), *post.of(Label.URL)]:
        yield Said(Claim(actor, LinkKind.MENTIONS, named.id), weights.mentions * named.confidence * sureness)


def _other(actor: str, post: Observation, actors: int, weights: LinkSettings) -> Iterator[Said]:
    """What a warning, news, a plea or talk proves: who is named, and beside what."""
    if actors <= weights.most_actors:
        for named in [*post.of(Label.ORG), *post.of(Label.LOC)]:
            role = named.role if named.label is Label.LOC else None
            yield Said(
                Claim(actor, LinkKind.MENTIONS, named.id), weights.named_by_others * named.confidence / actors, role
            )
