"""Posts as they are left when what an investigator hid is taken out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from casefile.identity import entity_id
from casefile.records import ReadPost


def without_hidden(posts: Iterable[ReadPost], hidden: Collection[str]) -> Iterator[ReadPost]:
    """The posts that nobody hid, without the mentions of hidden entities; `hidden` are ids of posts and entities."""
    if not hidden:
        yield from posts
        return
    for read in posts:
        if read.post.id not in hidden:
            mentions = tuple(mention for mention in read.reading.mentions if entity_id(mention) not in hidden)
            yield replace(read, reading=replace(read.reading, mentions=mentions))
