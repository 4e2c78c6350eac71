"""What the demo web truly holds: its posts and the networks that are hidden in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from casefile.records import PostKind

TODAY = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""The day on which the demo web stands still; no post is younger."""

POSTS_A_THREAD_PAGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoPost:
    """One post of the demo web. `contacts` are entity ids (`phone:+62…`, `telegram:…`), quoted ones included.

    `written` names the text in config/demo; `since` and `until` are the first and last edition that show the post.
    """

    id: str
    site: str
    path: str
    title: str
    author: str
    published: datetime
    text: str
    kind: PostKind
    language: str
    network: str | None
    contacts: frozenset[str]
    written: str
    thread: str | None = None
    forwarded_from: str | None = None
    reply_to: str | None = None
    views: int = 0
    picture: bool = False
    since: int = 1
    until: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoNetwork:
    """One network that the demo hides: what belongs together, and where it delivers.

    Places are called as the gazetteer calls them: `KH/poipet` is the row `kh-poipet` of config/places.csv.
    """

    name: str
    title: str
    contacts: frozenset[str]
    companies: tuple[str, ...]
    origins: tuple[str, ...]
    transit: tuple[str, ...]
    destinations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoThread:
    """A thread of the demo forum."""

    slug: str
    title: str
    charset: str = "utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoContent:
    """All that one edition of the demo web holds; posts are ordered by time, oldest first."""

    posts: tuple[DemoPost, ...]
    networks: tuple[DemoNetwork, ...]
    threads: tuple[DemoThread, ...]
    changed: datetime | None = None
    """When something was last edited or taken away: from then on every page counts as modified."""

    def on(self, site: str) -> tuple[DemoPost, ...]:
        """The posts of one site, oldest first."""
        return tuple(post for post in self.posts if post.site == site)
