"""What links two cases, without merging them: contacts, texts, companies and accounts that job offers of both give."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from casefile.identity import entity_id
from casefile.records import Connections, Label, LinkKind, ReadPost
from graph.campaigns import CampaignIndex
from graph.identities import base_of, number_of
from graph.networks import actors_by_contact
from graph.observation import CONTACTS, account_of, offers_work
from graph.settings import GraphSettings, load_settings
from graph.texts import is_telling, shape_of

Reads = Callable[[], Iterable[ReadPost]]
"""The read posts of a case, from the beginning."""


class CommonKind(StrEnum):
    """What two cases may have in common, the strongest first; from `destination` on it proves nothing by itself."""

    CONTACT = "contact"
    NUMBER = "number under another messenger"
    TEXT = "text"
    ACCOUNT = "account"
    COMPANY = "company"
    ADDRESS = "address"
    NAMESAKE = "name with another running number"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """One thing in both cases: its id in either (for a text, the first post of it), and the posts that prove it.

    `everybodys` tells that in one of the cases it is nobody's in particular: a help line, a portal, a footer.
    """

    kind: CommonKind
    left: str
    right: str
    left_posts: tuple[str, ...]
    right_posts: tuple[str, ...]
    left_actors: tuple[str, ...] = ()
    right_actors: tuple[str, ...] = ()
    everybodys: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What two cases have in common; `same_posts` are in both: they are one proof, not two."""

    found: tuple[Common, ...]
    same_posts: tuple[str, ...]


@dataclass(slots=True)
class _Case:
    """What the job offers of one case give, with their posts."""

    contacts: dict[str, list[str]]
    others: dict[CommonKind, dict[str, list[str]]]
    posts: set[str]
    actors_of: Mapping[str, tuple[str, ...]]


def overlap_of(
    left: tuple[Connections, Reads], right: tuple[Connections, Reads], settings: GraphSettings | None = None
) -> Overlap:
    """What links two cases; each is read once, in linear time, and kept as it is."""
    settings = settings or load_settings()
    texts = _Texts(settings)
    one, other = (
        _gather(connections, reads(), settings, texts, side) for side, (connections, reads) in enumerate((left, right))
    )
    found = [
        *_contacts(one, other, settings.guards.shortest_base),
        *texts.common(),
        *(common for kind in one.others for common in _others(kind, one, other)),
    ]
    order = list(CommonKind)
    ranked = sorted(
        found,
        key=lambda c: (order.index(c.kind), c.everybodys, -min(len(c.left_posts), len(c.right_posts)), c.left, c.right),
    )
    return Overlap(found=tuple(ranked), same_posts=tuple(sorted(one.posts & other.posts)))


_KINDS = {Label.ORG: CommonKind.COMPANY, Label.URL: CommonKind.ADDRESS}


def _gather(
    connections: Connections, posts: Iterable[ReadPost], settings: GraphSettings, texts: _Texts, side: int
) -> _Case:
    contacts: dict[str, list[str]] = defaultdict(list)
    sorts = (CommonKind.ACCOUNT, CommonKind.COMPANY, CommonKind.ADDRESS, CommonKind.DESTINATION)
    others: dict[CommonKind, dict[str, list[str]]] = {kind: defaultdict(list) for kind in sorts}
    seen: set[str] = set()
    for read in posts:
        seen.add(read.post.id)
        if not offers_work(read.reading, settings.guards.sure_offer):
            continue
        texts.add(read, side)
        if account := account_of(read.post):
            others[CommonKind.ACCOUNT][account].append(read.post.id)
        for mention in {entity_id(m): m for m in read.reading.mentions if not m.attributes.get("negated")}.values():
            identity = entity_id(mention)
            if identity and mention.label in CONTACTS:
                contacts[identity].append(read.post.id)
            elif identity and mention.label in _KINDS:
                others[_KINDS[mention.label]][identity].append(read.post.id)
    for link in connections.links:
        if link.kind is LinkKind.SENDS_TO:
            others[CommonKind.DESTINATION][link.to_id].extend(link.posts)
    actors_of = {contact: tuple(actors) for contact, actors in actors_by_contact(connections.actors).items()}
    return _Case(contacts, others, seen, actors_of)


def _contacts(one: _Case, other: _Case, shortest_base: int) -> Iterable[Common]:
    """The same contact; the same number under two messengers; the same name with another running number."""

    def base(contact: str) -> str:
        found = base_of(contact)
        return found if len(found) >= shortest_base else ""

    for contact in sorted(one.contacts.keys() & other.contacts.keys()):
        yield _common(CommonKind.CONTACT, contact, contact, one, other)
    for kind, key_of in ((CommonKind.NUMBER, _number), (CommonKind.NAMESAKE, base)):
        ours, theirs = _by_key(one.contacts, key_of), _by_key(other.contacts, key_of)
        for key in sorted(ours.keys() & theirs.keys()):
            for left in ours[key]:
                for right in theirs[key]:
                    if left != right and left not in other.contacts and right not in one.contacts:
                        yield _common(kind, left, right, one, other)


def _common(kind: CommonKind, left: str, right: str, one: _Case, other: _Case) -> Common:
    ours, theirs = one.actors_of.get(left, ()), other.actors_of.get(right, ())
    return Common(
        kind=kind,
        left=left,
        right=right,
        left_posts=tuple(one.contacts[left]),
        right_posts=tuple(other.contacts[right]),
        left_actors=ours,
        right_actors=theirs,
        everybodys=not (ours and theirs),
    )


def _others(kind: CommonKind, one: _Case, other: _Case) -> Iterable[Common]:
    ours, theirs = one.others[kind], other.others[kind]
    for identity in sorted(ours.keys() & theirs.keys()):
        posts = tuple(dict.fromkeys(ours[identity])), tuple(dict.fromkeys(theirs[identity]))
        yield Common(kind=kind, left=identity, right=identity, left_posts=posts[0], right_posts=posts[1])


_MOST_NAMESAKES = 5  # a name that more contacts of one case share is a word of the trade


def _number(contact: str) -> str:
    return number_of(contact)[1]


def _by_key(contacts: Iterable[str], key_of: Callable[[str], str]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for contact in sorted(contacts):
        if key := key_of(contact):
            found[key].append(contact)
    return {key: alike for key, alike in found.items() if len(alike) <= _MOST_NAMESAKES}


class _Texts:
    """Texts of both cases, placed in campaigns together."""

    def __init__(self, settings: GraphSettings) -> None:
        self._settings = settings.texts
        self._index = CampaignIndex(settings.texts)
        self._posts: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))

    def add(self, read: ReadPost, side: int) -> None:
        """Place a post of the first case (side 0) or the second (1)."""
        shape = shape_of(read.post.text, read.reading.mentions, self._settings)
        witness = self._index.place(f"{side}:{read.post.id}", shape)
        if is_telling(witness):
            self._posts[witness][side].append(read.post.id)

    def common(self) -> Iterable[Common]:
        """The texts that both cases have."""
        for left, right in self._posts.values():
            if left and right:
                yield Common(
                    kind=CommonKind.TEXT,
                    left=left[0],
                    right=right[0],
                    left_posts=tuple(left),
                    right_posts=tuple(right),
                )
