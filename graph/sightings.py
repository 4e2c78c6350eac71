"""What changed posts show and claim by themselves, kept anew: entities, and links that hold whoever recruits."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from casefile.identity import link_id
from casefile.judgements import InForce
from casefile.records import Entity, Link, LinkKind
from casefile.store.connected import Kept
from graph.ascribing import judged_links
from graph.entities import NAMED_BY, Seen, Sightings, seen_in
from graph.keeping import KeptGround, key_number, moment
from graph.ledger import MOST_PROOFS, Claim, Ledger, Said
from graph.links import said_by_itself
from graph.observation import Observation
from graph.relinking import LinkChanges
from graph.reweighing import Posts
from graph.settings import GraphSettings
from graph.texts import is_telling


class Claims:
    """Links that posts prove whoever their recruiters are."""

    def __init__(self, kept: Kept, ground: KeptGround, settings: GraphSettings, judged: InForce) -> None:
        self._kept, self._ground, self._settings, self._judged = kept, ground, settings, judged
        self._said: dict[str, Sequence[Said]] = {}

    def renew(self, posts: Posts, rejudged: Collection[Claim], changes: LinkChanges) -> Counter[str]:
        """Renew what changed posts claim, and claims that are judged otherwise.

        Returns the accounts that give other contacts, with the number of new ones.
        """
        added: dict[Claim, list[Observation]] = {claim: [] for claim in rejudged}
        for post in posts.all:
            for claim in {said.claim for said in said_by_itself(post, self._settings)}:
                added.setdefault(claim, []).append(post)
        posted: Counter[str] = Counter()
        before: dict[str, Link] = {}
        now: dict[str, Link] = {}
        for claim in sorted(added):
            key = link_id(*claim)
            known: Link | None = self._kept.get("links", key)
            only_more = not posts.old and claim not in rejudged
            if known and only_more and len(known.posts) == MOST_PROOFS:  # more posts only make it last longer
                link: Link | None = _longer(known, added[claim])
            else:
                link = next(iter(judged_links(self._link(claim), self._judged)), None)
            before |= {key: known} if known else {}
            now |= {key: link} if link else {}
            if claim.kind is LinkKind.POSTED and (known is None) != (link is None):
                posted[claim.from_id] += link is not None
        changes.replace(before, now)
        return posted

    def _link(self, claim: Claim) -> Iterator[Link]:
        key, ledger = link_id(*claim), Ledger()
        for post in self._ground.posts(key, MOST_PROOFS):
            for said in self._said_in(post):
                if said.claim == claim:
                    ledger.enter(post, said)
        for link in ledger.links():
            span = self._kept.span(key_number(key))
            yield replace(link, first_seen=moment(span.first), last_seen=moment(span.last))

    def _said_in(self, post: Observation) -> Sequence[Said]:
        said = self._said.get(post.post_id)
        if said is None:
            said = self._said[post.post_id] = list(said_by_itself(post, self._settings))
        return said


def _longer(link: Link, posts: Sequence[Observation]) -> Link:
    times = [post.at for post in posts]
    first, last = link.first_seen or times[0], link.last_seen or times[0]
    return replace(link, first_seen=min(first, *times), last_seen=max(last, *times))


class Entities:
    """What posts show."""

    def __init__(self, kept: Kept, ground: KeptGround, titles: Mapping[str, str]) -> None:
        self._kept, self._ground, self._titles = kept, ground, titles

    def renew(self, posts: Posts, more_neighbours: Mapping[str, int]) -> set[str]:
        """Renew what changed posts show, and how many neighbours it has; returns what is called otherwise now."""
        shown: dict[str, list[tuple[Seen, Observation]]] = defaultdict(list)
        for post in posts.all:
            for seen in seen_in(post, self._titles):
                shown[seen[0]].append((seen, post))
        renamed: set[str] = set()
        changed: list[Entity] = []
        for identity in sorted(shown.keys() | {node for node in more_neighbours if not node.startswith("actor:")}):
            known: Entity | None = self._kept.get("entities", identity)
            degree = known.degree + more_neighbours.get(identity, 0) if known else self._kept.degree(identity)
            entity = known
            if is_telling(identity) and not degree:  # of texts only those that a link leads to
                entity = None
            elif known is None or identity in shown:
                entity = self._entity(identity, known, [] if posts.old else shown.get(identity, []))
            if entity is None:
                self._kept.drop("entities", [identity])
                continue
            if known is not None:
                entity = replace(entity, network=known.network, betweenness=known.betweenness)
                if entity.name != known.name:
                    renamed.add(identity)
            entity = replace(entity, degree=degree)
            if entity != known:
                changed.append(entity)
        self._kept.put(changed)
        return renamed

    def _entity(self, identity: str, known: Entity | None, news: Sequence[tuple[Seen, Observation]]) -> Entity | None:
        """An entity as it is now; `news` are all that changed, if that is only new sightings."""
        if known and news and (known.posts >= NAMED_BY or all(_is_as_known(seen, known) for seen, _ in news)):
            times = [post.at for _, post in news]
            first, last = known.first_seen or times[0], known.last_seen or times[0]
            posts = known.posts + len(news)
            return replace(known, posts=posts, first_seen=min(first, *times), last_seen=max(last, *times))
        span = self._kept.span(key_number(identity))
        sightings: Sightings | None = None
        for post in self._ground.posts(identity, NAMED_BY):
            for seen, label, name, place in seen_in(post, self._titles):
                if seen == identity:
                    sightings = sightings or Sightings(label)
                    sightings.add(name, place, post.at)
        if sightings is None:
            return None
        entity = sightings.entity(identity)
        return replace(entity, posts=span.posts, first_seen=moment(span.first), last_seen=moment(span.last))


def _is_as_known(seen: Seen, known: Entity) -> bool:
    """Whether a sighting tells what most told before: then what most tell stays as it is."""
    _, label, name, place = seen
    return label == known.label and name == known.name and place in (None, (known.country, known.lat, known.lon))
