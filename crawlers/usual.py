"""Whether a crawl saw what its source usually shows: fewer posts, shorter texts or no dates are an alarm, never a quiet day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median_low

from casefile.records import Crawl, CrawlOutcome, Post
from casefile.settings import Normal

_LOOKED_BACK_AT = 10  # crawls
# Against the least of the crawls before, not their mean: a forum has quiet weeks, and they are in its history.
_FEWER, _SHORTER, _LESS_DATED = 0.5, 0.4, 0.5
_CHANCE = 3  # posts: three fewer than usual may be chance
_FEW_TEXTS = 3  # fewer say nothing about their usual length


@dataclass(slots=True)
class Sight:
    """What one crawl has seen so far."""

    lengths: list[int] = field(default_factory=list)
    dated: int = 0

    def add(self, post: Post) -> None:
        """Count a post that was met for the first time in this crawl."""
        self.lengths.append(len(post.text))
        self.dated += post.published is not None

    @property
    def posts(self) -> int:
        """How many posts were met."""
        return len(self.lengths)

    @property
    def text_length(self) -> int:
        """The length that half of the texts do not exceed, in code points."""
        return median_low(self.lengths) if self.lengths else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """The least that a source showed in its last good crawls; None where they do not tell. `crawls`: how many they were."""

    crawls: int = 0
    posts: int | None = None
    text_length: int | None = None
    dated: float | None = None


def learn(crawls: Sequence[Crawl]) -> Usual:
    """What is usual by the crawls of a source, the latest first; those that ended early or with an alarm teach nothing."""
    good = [c for c in crawls if c.outcome is CrawlOutcome.FINISHED and not c.alarm and c.posts_seen]
    good = good[:_LOOKED_BACK_AT]
    lengths = [c.text_length for c in good if c.text_length is not None and c.posts_seen >= _FEW_TEXTS]
    shares = [c.posts_dated / c.posts_seen for c in good if c.posts_dated is not None and c.posts_seen >= _FEW_TEXTS]
    return Usual(
        crawls=len(good),
        posts=min((c.posts_seen for c in good), default=None),
        text_length=min(lengths, default=None),
        dated=min(shares, default=None),
    )


def alarms(sight: Sight, usual: Usual, normal: Normal, *, whole: bool = True) -> list[str]:
    """What was unlike usual, in words. `whole`: the crawl went to its end, so fewer posts mean something."""
    told = [_more(sight, normal)]
    if whole:
        told.append(_fewer(sight, usual, normal))
    if sight.posts >= _FEW_TEXTS:
        told += [_shorter(sight, usual, normal), _less_dated(sight, usual, normal)]
    return [alarm for alarm in told if alarm]


def _fewer(sight: Sight, usual: Usual, normal: Normal) -> str:
    if normal.min_posts is not None:
        expected = f"at least {normal.min_posts} are normal"
        return f"{_posts(sight.posts)}, where {expected}" if sight.posts < normal.min_posts else ""
    few = usual.posts is not None and sight.posts < _FEWER * usual.posts and usual.posts - sight.posts >= _CHANCE
    return f"{_posts(sight.posts)}, where {usual.posts} or more were usual ({_history(usual)})" if few else ""


def _more(sight: Sight, normal: Normal) -> str:
    """More is never learnt to be wrong: a source may grow. Who sets a limit knows of pages that are read too greedily."""
    if normal.max_posts is None or sight.posts <= normal.max_posts:
        return ""
    return f"{_posts(sight.posts)}, where at most {normal.max_posts} are normal"


def _shorter(sight: Sight, usual: Usual, normal: Normal) -> str:
    if normal.min_text is not None:
        expected = f"at least {normal.min_text} are normal"
        return (
            f"texts of {sight.text_length} characters, where {expected}" if sight.text_length < normal.min_text else ""
        )
    if usual.text_length is None or sight.text_length >= _SHORTER * usual.text_length:
        return ""
    return f"texts of {sight.text_length} characters, where {usual.text_length} were usual ({_history(usual)})"


def _less_dated(sight: Sight, usual: Usual, normal: Normal) -> str:
    share = sight.dated / sight.posts
    if normal.min_dated is not None:
        expected = f"at least {normal.min_dated:.0%} is normal"
        return (
            f"{share:.0%} of the posts tell when they were written, where {expected}"
            if share < normal.min_dated
            else ""
        )
    if usual.dated is None or share >= _LESS_DATED * usual.dated:
        return ""
    return (
        f"{share:.0%} of the posts tell when they were written, where {usual.dated:.0%} was usual ({_history(usual)})"
    )


def _posts(count: int) -> str:
    return f"{count} post" if count == 1 else f"{count} posts"


def _history(usual: Usual) -> str:
    return "the crawl before" if usual.crawls == 1 else f"the last {usual.crawls} crawls"
