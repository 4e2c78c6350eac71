"""What the spiders of all families share: requests, pages, and posts made from what a page tells."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar
from urllib.parse import urlsplit

import scrapy
from scrapy.http import Response
from scrapy.settings import BaseSettings
from twisted.python.failure import Failure

from casefile.records import Post
from casefile.settings import CaseSettings, SourceSettings
from crawlers.canonical import without_session
from crawlers.politeness import polite_settings
from crawlers.reading.addresses import without_fragment
from crawlers.reading.dates import page_order
from crawlers.reading.found import Found
from crawlers.reading.page import Page, read_page
from crawlers.reading.posts import make_post

Yields = Iterator[Post | scrapy.Request]


class SourceSpider(scrapy.Spider):
    """A spider made from a source's file. A family says how its pages are read, and nothing else."""

    source: ClassVar[SourceSettings]
    case: ClassVar[CaseSettings | None] = None
    # Whether a post was there when this source was last crawled to its end; the collector knows.
    is_settled: Callable[[str], bool] = staticmethod(lambda post_id: False)
    # Whether this very crawl met it, before it was cut off or on another way; the collector knows that too.
    is_met: Callable[[str], bool] = staticmethod(lambda post_id: False)
    # Told of every page that could not be had, with Scrapy's reason.
    on_failure: Callable[[Failure], None] = staticmethod(lambda failure: None)
    # Set by a family that stopped where the last finished crawl began: few posts are normal then.
    met_known = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        host = urlsplit(self.source.url).hostname or ""
        self.allowed_domains = [host.removeprefix("www.")]

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Scrapy's settings for this source."""
        super().update_settings(settings)
        settings.setdict(polite_settings(cls.source, cls.case), priority="spider")

    async def start(self) -> AsyncIterator[Any]:
        """The first page is visited on every crawl, so that a crawl that died is simply run again."""
        yield self.request(self.source.url, self.parse, start=True)

    def parse(self, response: Response, **kwargs: Any) -> Yields:
        """Read the first page of the source."""
        raise NotImplementedError

    def page_holds(self, response: Response) -> Iterable[Post]:
        """All posts that a page holds, read without following anything: a post that is missing here is gone."""
        return (item for item in self.parse(response) if isinstance(item, Post))

    def leftovers(self) -> Iterable[tuple[Response, list[Post]]]:
        """Posts that a page told of and whose own pages could not be had, with the page that told of them."""
        return ()

    def lookups(self, posts: Sequence[Post]) -> Mapping[str, Sequence[Post]]:
        """The pages where known posts can be looked for again: their permalinks, each page once.

        Asked again for the posts that a page left undecided; an address that it named before ends the search.
        """
        pages: dict[str, list[Post]] = {}
        for post in posts:
            if post.url:
                pages.setdefault(without_fragment(post.url), []).append(post)
        return pages

    def proves_gone(self, post: Post, address: str, captured_on: str, read: Sequence[Post]) -> bool:
        """Whether the page at `address`, which answers without `post`, proves that the post is gone.

        Only the page that it was read from does: another that we may not know how to read proves nothing.
        """
        return address == without_fragment(captured_on)

    def recheck(self, response: Response) -> Yields:
        """Read a page again that should hold known posts."""
        yield from self.page_holds(response)

    def request(
        self, url: str, callback: Callable[..., Any], *, start: bool = False, **cb_kwargs: Any
    ) -> scrapy.Request:
        """A request of this source; what becomes of it is written down by the collector, not by the spider."""
        meta = {"start": True} if start else {}
        return scrapy.Request(without_session(url), callback, errback=self.set_aside, cb_kwargs=cb_kwargs, meta=meta)

    def set_aside(self, failure: Failure) -> None:
        """A page that could not be had: the collector names it and the reason, everything else goes on."""
        self.on_failure(failure)

    def page(self, response: Response) -> Page:
        """The page of an answer, decoded and parsed once."""
        known = response.meta.get("page")
        if known is None:
            content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
            known = response.meta["page"] = read_page(response.body, response.url, content_type)
        return known

    def posts(
        self, found: Iterable[Found], *, timezone: str | None = None, languages: Sequence[str] = ()
    ) -> Iterator[Post]:
        """The records of what a page tells; what shows nothing is none. Zone and languages are the page's own."""
        now, told = datetime.now(UTC), list(found)
        order = page_order((one.published_words for one in told), self.source.languages or languages)
        made = (make_post(one, self.source, now, timezone=timezone, languages=languages, order=order) for one in told)
        return (post for post in made if post is not None)
