"""What a watch finds in a case: posts not told of before, and new contacts and destinations of a recruiter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casefile.alerts import AlertBook, Watched
from casefile.identity import entity_id
from casefile.judgements import InForce
from casefile.records import Actor, Connections, Entity, Label, Link, LinkKind, Mention, PostKind, ReadPost
from casefile.store.store import Store
from casefile.watch_settings import Watch
from casefile.watched_names import contact_ids, place_ids
from graph.doubts import Doubt, find_doubts, posts_of_contacts
from graph.profiles import DELIVERS
from graph.sureness import weigh
from graph.texts import letters_in

_OFFERS = frozenset({PostKind.RECRUITMENT})
_ALL = frozenset(PostKind)
_LONGEST = 20_000  # characters of a text that are compared
_PIECE = 4  # letters
_MAYBE = 0.1  # how surely another contact is the recruiter's, to tell of it


@dataclass(frozen=True, slots=True)
class News:
    """What a watch found of one subject: new posts, or new identifiers or places (`found`); `known` makes no alert."""

    kind: Watched
    subject: str
    found: tuple[str, ...] = ()
    posts: tuple[str, ...] = ()
    known: bool = False


class Watcher:
    """Looks through one case for what watches wait for; what was hidden is not seen, what was told not told again."""

    def __init__(self, store: Store, connections: Connections, book: AlertBook, judged: InForce) -> None:
        self._store, self._connections, self._book, self._judged = store, connections, book, judged
        self._actor_of = {contact: actor for actor in connections.actors for contact in actor.identifiers}
        self._posts_of = posts_of_contacts(connections.links)
        self._deliveries: dict[str, list[Link]] = defaultdict(list)  # by actor
        for link in connections.links:
            if link.kind is LinkKind.SENDS_TO:
                self._deliveries[link.from_id].append(link)

    def look(self, watch: Watch) -> Iterator[News]:
        """Everything new that one watch waits for."""
        if watch.paused:
            return
        for typed in watch.contacts:
            yield from self._named(watch, Watched.CONTACT, typed, contact_ids(typed))
        for typed in watch.places:
            yield from self._named(watch, Watched.PLACE, typed, self._places(typed), _sends_there)
        for typed in watch.companies:
            yield from self._named(watch, Watched.COMPANY, typed, self._companies(typed))
        if watch.indicators:
            yield from self._shown_together(watch)
        if watch.text:
            yield from self._worded(watch, watch.text)
        for typed in watch.returns:
            yield from self._returns(watch, typed)
        for typed in watch.moves:
            yield from self._moves(watch, typed)

    # New posts -------------------------------------------------------------------------------------------------------
    def _named(
        self,
        watch: Watch,
        kind: Watched,
        typed: str,
        ids: Iterable[str],
        fits: Callable[[Mention], bool] = lambda _: True,
    ) -> Iterator[News]:
        """Posts that name one of these entities."""
        wanted = {identity for identity in ids if identity not in self._judged.hidden}
        posts = {post for identity in wanted for post in self._store.posts_naming(identity)}
        yield from self._new_posts(
            watch, kind, typed, posts, lambda read: any(fits(m) for m in _told(read) if entity_id(m) in wanted)
        )

    def _shown_together(self, watch: Watch) -> Iterator[News]:
        """Posts that show all of these warning signs."""
        signs = {f"indicator:{name}" for name in watch.indicators}
        posts = set.intersection(*(set(self._store.posts_naming(sign)) for sign in sorted(signs)))
        subject = " + ".join(sorted(watch.indicators))
        yield from self._new_posts(
            watch, Watched.INDICATORS, subject, posts, lambda read: signs <= {entity_id(m) for m in _told(read)}
        )

    def _new_posts(
        self, watch: Watch, kind: Watched, subject: str, posts: set[str], fits: Callable[[ReadPost], bool]
    ) -> Iterator[News]:
        new = posts - self._book.told_posts(watch.name, kind, subject) - self._judged.hidden
        kinds = watch.kinds or (_ALL if kind is Watched.CONTACT else _OFFERS)
        found = [read.post.id for read in self._store.read_posts(new) if read.reading.kind in kinds and fits(read)]
        if found:
            yield News(kind, subject, posts=tuple(found))

    def _worded(self, watch: Watch, text: str) -> Iterator[News]:
        """Posts whose wording is nearly that of a text."""
        pieces = _pieces(text)
        told = self._book.told_posts(watch.name, Watched.TEXT, watch.name) | self._judged.hidden
        alike = {
            post.id
            for post in self._store.posts()
            if post.id not in told and _alike(pieces, _pieces(post.text)) >= watch.alike
        }
        yield from self._new_posts(watch, Watched.TEXT, watch.name, alike, lambda _: True)

    def _places(self, typed: str) -> list[str]:
        """The places that were named, and every place in the countries that were."""
        wanted = place_ids(typed)
        known = (entity.id for entity in self._connections.entities if entity.label == Label.LOC)
        values = ((identity, identity.removeprefix("place:")) for identity in known)
        return [identity for identity, value in values if value in wanted or value.partition("/")[0] in wanted]

    def _companies(self, typed: str) -> list[str]:
        wanted = " ".join(typed.casefold().split())
        return [e.id for e in self._connections.entities if e.label == Label.ORG and _is_company(e, wanted)]

    # News of a recruiter ---------------------------------------------------------------------------------------------
    def _actors(self, typed: str) -> list[Actor]:
        found = {actor.id: actor for contact in contact_ids(typed) if (actor := self._actor_of.get(contact))}
        return [found[identity] for identity in sorted(found)]

    def _returns(self, watch: Watch, typed: str) -> Iterator[News]:
        """Contacts that the recruiter of a contact was not seen with before, and such as only may be his."""
        actors = self._actors(typed)
        if not actors:
            return
        contacts = {contact: self._posts_of.get(contact, ()) for actor in actors for contact in actor.identifiers}
        yield from self._news(watch, Watched.RETURN, typed, contacts)
        ours = set(contacts)
        maybe: dict[str, tuple[str, ...]] = {}
        near = [doubt for doubt in self._doubts if (doubt.left in ours) != (doubt.right in ours)]
        for doubt in weigh(near, self._connections, self._store.read_posts, self._judged):
            if doubt.sure >= _MAYBE:
                other = doubt.right if doubt.left in ours else doubt.left
                maybe[other] = doubt.right_posts if doubt.left in ours else doubt.left_posts
        yield from self._news(watch, Watched.MAYBE_RETURN, typed, maybe)

    @cached_property
    def _doubts(self) -> list[Doubt]:
        """Who may be one recruiter, though nothing joins them."""
        return [doubt for doubt in find_doubts(self._connections, self._judged) if not doubt.joined]

    def _moves(self, watch: Watch, typed: str) -> Iterator[News]:
        """Destinations that the recruiter of a contact was not seen with before."""
        actors = {actor.id for actor in self._actors(typed)}
        if not actors:
            return
        posts_to: dict[str, list[str]] = defaultdict(list)
        for link in (link for actor in sorted(actors) for link in self._deliveries[actor]):
            posts_to[link.to_id] += link.posts
        yield from self._news(watch, Watched.MOVE, typed, {place: tuple(posts) for place, posts in posts_to.items()})

    def _news(self, watch: Watch, kind: Watched, typed: str, now: Mapping[str, Sequence[str]]) -> Iterator[News]:
        """What is new; at the first look all of it is held to be known."""
        known = self._book.known(watch.name, kind, typed)
        if known is None:
            yield News(kind, typed, found=tuple(sorted(now)), known=True)
            return
        new = sorted(one for one in now if one not in known and not any(k.startswith(f"{one}/") for k in known))
        if new:
            yield News(kind, typed, found=tuple(new), posts=tuple(sorted({post for one in new for post in now[one]})))


def _told(read: ReadPost) -> Iterator[Mention]:
    """What the post says there is; not what it says there is not."""
    return (mention for mention in read.reading.mentions if not mention.attributes.get("negated"))


def _sends_there(mention: Mention) -> bool:
    return mention.attributes.get("role") in DELIVERS


def _is_company(entity: Entity, wanted: str) -> bool:
    """Whether the name is the company's, or stands in it as whole words."""
    name = f" {' '.join(entity.name.casefold().split())} "
    return f" {wanted} " in name or f" {wanted.removeprefix('org:')} " in f" {entity.id.removeprefix('org:')} "


def _pieces(text: str) -> frozenset[str]:
    """All pieces of four letters of a text, without marks, digits, signs and spaces."""
    letters = letters_in(text[:_LONGEST])
    return frozenset(letters[start : start + _PIECE] for start in range(max(1, len(letters) - _PIECE + 1)))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of common pieces (Jaccard, 1901)."""
    common = len(one & other)
    return common / (len(one) + len(other) - common)
