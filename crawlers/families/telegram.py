"""Telegram channels by their public web preview, paged back in time."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from scrapy.http import Response

from casefile.errors import Refused
from casefile.records import Post
from crawlers.families.source import SourceSpider, Yields
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
        if older and not any(self.is_settled(post.id) for post in posts):
            yield self.request(older, self.parse)

    def address_of(self, post: Post) -> str | None:
        """The preview page that ends with this message: permalinks themselves show it only inside a frame."""
        number = (post.native_id or "").rpartition("/")[2]
        if not number.isdigit():
            return None
        parts = urlsplit(self.source.url)
        return urlunsplit((parts.scheme, parts.netloc, parts.path, f"before={int(number) + 1}", ""))

    def recheck_tells(self, address: str, captured_on: str) -> bool:
        """A page that ends where a message should be tells whether it is there."""
        return True
