"""Where connecting looks things up: the posts under each key, in the order in which they were captured."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Protocol

from graph.identities import base_of, tail_of
from graph.observation import Observation
from graph.texts import is_telling


class Ground(Protocol):
    """The posts of a case by key, wherever they are kept; every backend gives the same answers."""

    def posts(self, key: str, most: int | None = None) -> Sequence[Observation]:
        """The first (at most `most`) posts under a key, in capture order."""
        ...

    def namesakes(self, key: str) -> Collection[str]:
        """The contacts of job offers with a name key (see `name_keys`)."""
        ...

    def verdict(self, contact: str) -> bool | None:
        """Whether a contact is nobody's in particular, as it was found before; None where it must be found out."""
        ...


def name_keys(contact: str) -> Iterator[str]:
    """What a contact shares with its namesakes: the end of its number, its name without a running number."""
    if tail := tail_of(contact):
        yield f"number:{tail}"
    if base := base_of(contact):
        yield f"name:{base}"


def keys_of(post: Observation) -> Iterator[str]:
    """The keys under which a post must be found, so that its contacts can be joined with others."""
    for named in post.contacts:
        yield named.id
    if post.offers_work and is_telling(post.witness):
        yield post.witness
    if post.offers_work and post.account:
        yield post.account


class MemoryGround:
    """All posts of a case in memory; they must be given in capture order."""

    def __init__(self, posts: Iterable[Observation]) -> None:
        self._posts: dict[str, list[Observation]] = defaultdict(list)
        self._offered: set[str] = set()
        for post in posts:
            for key in keys_of(post):
                self._posts[key].append(post)
            if post.offers_work:
                self._offered.update(named.id for named in post.contacts)
        self._namesakes: dict[str, list[str]] = defaultdict(list)
        for contact in sorted(self._offered):
            for key in name_keys(contact):
                self._namesakes[key].append(contact)

    def posts(self, key: str, most: int | None = None) -> Sequence[Observation]:
        """See Ground."""
        found = self._posts.get(key, ())
        return found if most is None else found[:most]

    def contacts(self) -> Iterable[str]:
        """Every contact that a job offer names, in order."""
        return sorted(self._offered)

    def namesakes(self, key: str) -> Collection[str]:
        """See Ground."""
        return self._namesakes.get(key, ())

    def verdict(self, contact: str) -> bool | None:
        """See Ground."""
        return None
