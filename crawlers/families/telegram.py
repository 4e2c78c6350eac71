"""Telegram channels by their public web preview, paged back in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy.http import Response

from casefile.errors import Refused
from casefile.records import Post
from crawlers.families.source import SourceSpider, Yields
from crawlers.frontier import KEPT
from crawlers.reading.telegram import is_preview, older_page, read_messages


class TelegramSpider(SourceSpider):
    """`https://t.me/s/name` and the pages before it, back to what the last finished crawl has seen."""

    def parse(self, response: Response, **kwargs: Any) -> Yields:
        """One page of messages, and the page before it."""
        page = self.page(response)
        if not is_preview(page):
            raise Refused(
                f"{response.url} shows no messages to visitors without Telegram",
                "Its owner allows no web preview, or the name is wrong; look at the address in a browser.",
            )
        posts = list(self.posts(read_messages(page)))
        yield from posts
        older = older_page(page)
        # Whoever stops at a known message after a crawl that was cut off leaves a hole behind it for ever.
        # What was kept before this crawl was cut off leads on to where it was cut off.
        was_kept = KEPT in response.meta
        self.met_known = any(self.is_settled(post.id) or (not was_kept and self.is_met(post.id)) for post in posts)
        if older and not self.met_known:
            yield self.request(older, self.parse)

    def lookups(self, posts: Sequence[Post]) -> Mapping[str, Sequence[Post]]:
        """The preview page that ends with the newest of the messages; the older ones may stand on it, or before it."""
        newest = max((number for post in posts if (number := _number(post)) is not None), default=None)
        if newest is None:
            return {}
        parts = urlsplit(self.source.url)
        return {urlunsplit((parts.scheme, parts.netloc, parts.path, f"before={newest + 1}", "")): posts}

    def proves_gone(self, post: Post, address: str, captured_on: str, read: Sequence[Post]) -> bool:
        """A page that shows messages from before and none of this number proves it."""
        number, shown = _number(post), [_number(one) for one in read]
        return number is not None and any(other is not None and other < number for other in shown)


def _number(post: Post) -> int | None:
    number = (post.native_id or "").rpartition("/")[2]
    return int(number) if number.isdecimal() else None
