"""The network and its proofs as one recipient may see them: ids, names, addresses and texts, each through the finder."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from casefile.identity import entity_id
from casefile.records import Actor, Capture, Connections, Entity, JoinReason, Link, Network, ReadPost
from desk.handing_over.held_back import GONE, HeldBack
from desk.report.shield import masks_in_text
from graph.analysis.routes import Route
from graph.entities import TEXT
from graph.export.view import Proof


def redacted(connections: Connections, held: HeldBack) -> Connections:
    """The connections as they may be told; every link that is left has posts, and ends at what is left."""
    entities = [told for entity in connections.entities if (told := _entity(entity, held))]
    actors = [_actor(actor, held) for actor in connections.actors]
    left = {entity.id for entity in entities} | {actor.id for actor in actors}
    links = (_link(link, held) for link in connections.links)
    return Connections(
        entities=tuple(entities),
        actors=tuple(actors),
        links=tuple(link for link in links if link and link.from_id in left and link.to_id in left),
        networks=tuple(_network(network, left, held) for network in connections.networks),
    )


def _entity(entity: Entity, held: HeldBack) -> Entity | None:
    network = _id(entity.network, held)
    if entity.id not in held.instead:
        return replace(entity, id=held.id_of(entity.id) or "", name=_name(entity, held), network=network)
    pseudonym = held.instead[entity.id]
    if pseudonym is None:
        return None
    return replace(entity, id=pseudonym.id, label=pseudonym.kind, name=pseudonym.name, network=network)


def _name(entity: Entity, held: HeldBack) -> str:
    if entity.label == TEXT and "pseudonym" in (held.profile.names, held.profile.contacts):
        return f"text {held.pseudonyms.of(entity.id)}"
    return held.finder.redact(entity.name)


def _actor(actor: Actor, held: HeldBack) -> Actor:
    identifiers = tuple(told for one in actor.identifiers if (told := held.id_of(one)))
    return replace(
        actor,
        id=held.id_of(actor.id) or "",
        name=held.finder.redact(actor.name),
        identifiers=identifiers,
        posts=_posts(actor.posts, held),
        joins=tuple(join for one in actor.joins if (join := _join(one, held))),
        network=_id(actor.network, held),
    )


def _join(join: JoinReason, held: HeldBack) -> JoinReason | None:
    left, right = held.id_of(join.left), held.id_of(join.right)
    if left is None or right is None:
        return None
    return replace(join, left=left, right=right, reason=held.finder.redact(join.reason), posts=_posts(join.posts, held))


def _link(link: Link, held: HeldBack) -> Link | None:
    start, end, posts = held.id_of(link.from_id), held.id_of(link.to_id), _posts(link.posts, held)
    if start is None or end is None or not posts:
        return None
    # A link's id is a hash of what it joins, which others could try out.
    same = (start, end) == (link.from_id, link.to_id) and not held.opaque
    return replace(
        link, id=link.id if same else f"link:{held.pseudonyms.of(link.id)}", from_id=start, to_id=end, posts=posts
    )


def _network(network: Network, left: Collection[str], held: HeldBack) -> Network:
    def told(ids: Iterable[str]) -> tuple[str, ...]:
        return tuple(one for identity in ids if (one := held.id_of(identity)) in left and one)

    return replace(
        network,
        id=held.id_of(network.id) or "",
        name=held.finder.redact(network.name),
        members=told(network.members),
        destinations=told(network.destinations),
        origins=told(network.origins),
        posts=_posts(network.posts, held),
    )


def routes_told(routes: Iterable[Route], held: HeldBack) -> Iterator[Route]:
    """The routes, with the places and the posts that prove them as they are called outside."""
    for route in routes:
        posts, destination = _posts(route.posts, held), held.id_of(route.destination)
        if posts and destination:
            transit = tuple(place for one in route.transit if (place := held.id_of(one)))
            yield replace(route, posts=posts, origin=_id(route.origin, held), transit=transit, destination=destination)


def proof_of(read: ReadPost, captures: Iterable[Capture], held: HeldBack) -> Proof | None:
    """A post as proof; of one that is no job offer only its kind, its site and its times. None where it is left out."""
    identity = held.post_of(read.post.id)
    if identity is None:
        return None
    offers = read.post.id in held.named.offers
    proof = Proof(
        id=identity,
        source=held.source_of(read.post.source),
        kind=read.reading.kind.value,
        lang=read.reading.lang,
        published=read.post.published,
        first_seen=read.first_seen,
        last_seen=read.last_seen,
        gone_at=read.gone_at,
    )
    return _of_offer(proof, read, captures, held) if offers else proof


def _of_offer(proof: Proof, read: ReadPost, captures: Iterable[Capture], held: HeldBack) -> Proof:
    profile, post = held.profile, read.post
    if (capture := next(iter(captures), None)) and profile.addresses == "full":
        proof = replace(
            proof,
            captured_at=capture.captured_at,
            payload_sha256=capture.payload_sha256,
            warc_file=capture.warc_file,
            record_id=capture.record_id,
        )
    if profile.addresses != "none" and post.url:
        url = post.url if profile.addresses == "full" else _site(post.url)
        proof = replace(proof, url=None if held.finder.names(url) else url)
    if profile.images == "addresses":
        addresses = (media.url for media in post.media if media.url)
        proof = replace(proof, media=tuple(address for address in addresses if not held.finder.names(address)))
    if profile.texts == "offers":
        proof = replace(proof, text=held.finder.redact(_masked(read, held)))
    return proof


def _site(url: str) -> str:
    scheme, divided, rest = url.partition("://")
    return f"{scheme}{divided}{rest.partition('/')[0]}" if divided else ""


def _masked(read: ReadPost, held: HeldBack) -> str:
    """The text, with what stands instead of each held-back mention in its place."""
    text = read.post.text
    spans = [(start, end, GONE) for start, end, _ in masks_in_text(read, len(text))]
    for mention in read.reading.mentions:
        identity = entity_id(mention)
        if (
            identity is not None
            and (identity in held.instead or identity in held.hidden)
            and not identity.startswith("place:")
        ):
            spans.append((mention.start, mention.end, held.text_instead(identity)))
    pieces, done = [], 0
    for start, end, instead in sorted(spans):
        if start >= done:
            pieces += [text[done:start], instead]
        done = max(done, end)
    return "".join([*pieces, text[done:]])


def _posts(posts: Iterable[str], held: HeldBack) -> tuple[str, ...]:
    return tuple(told for post in posts if (told := held.post_of(post)))


def _id(identity: str | None, held: HeldBack) -> str | None:
    return held.id_of(identity) if identity else None
