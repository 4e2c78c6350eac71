"""One crawl of one source: keeps what the spider reads, counts, sets aside what fails, and tells how it ended."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider, NotConfigured
from scrapy.http import Response

from casefile.case import Case
from casefile.errors import JejakError, NotFound, NothingFound
from casefile.evidence.exchange import Exchange
from casefile.records import ALARM, CrawlOutcome, KnownPage, Post, Problem
from crawlers.events import CrawlEvent, Kind, to_line
from crawlers.families.source import SourceSpider
from crawlers.revisits import Revisit, choose
from crawlers.setbacks import Setback
from crawlers.steady import steady
from crawlers.usual import Sight, Usual, alarms, learn
from crawlers.wire import exchange_of, note_arrival

_MOST_REVISITS = 50  # pages a crawl; what is left has its turn on the next one
_REDIRECTS = (301, 302, 303, 307, 308)


class Collector:
    """A Scrapy extension; the middlewares hand it pages and setbacks."""

    def __init__(self, crawler: Crawler, folder: Path, tell: bool) -> None:
        self._crawler, self._folder, self._tell = crawler, folder, tell
        self._open = ExitStack()
        self._seen: set[str] = set()
        self._sight = Sight()
        self._usual = Usual()
        self._first_page = ""
        self._alarm = ""
        self._asked: set[str] = set()
        self._pages = self._problems = self._gone = 0
        self._whole = True  # every page of the source was had, so what was not met may be gone
        self._rechecked = False
        self._revisits = 0
        self._failure = ""
        self._fatal: JejakError | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Scrapy's way to make one; without a case (a benchmark, a shell) nothing is kept."""
        folder = crawler.settings.get("JEJAK_CASE")
        if not folder or not issubclass(crawler.spidercls, SourceSpider):
            raise NotConfigured("no case")
        collector = cls(crawler, Path(folder), crawler.settings.getbool("JEJAK_EVENTS"))
        for signal in (signals.spider_opened, signals.spider_idle, signals.spider_closed, signals.response_downloaded):
            crawler.signals.connect(getattr(collector, f"_{_NAMES[signal]}"), signal)
        return collector

    # What is known -----------------------------------------------------------------------------------------------------
    @property
    def evidence_folder(self) -> Path:
        """Where the WARC files lie."""
        return self._case.evidence_folder

    def known_page(self, url: str) -> KnownPage | None:
        """The page at `url` as it was kept last."""
        return self._case.store.known_page(self._source.name, url)

    def page_body(self, page: KnownPage) -> bytes:
        """Its body, out of the evidence."""
        return self._case.store.page_body(page)

    def is_settled(self, post_id: str) -> bool:
        """Whether a post was there when this source was last crawled to its end."""
        if self._settled_at is None:
            return False
        try:
            return self._case.store.history(post_id).first_seen <= self._settled_at
        except NotFound:
            return False

    # What comes in -----------------------------------------------------------------------------------------------------
    def has_room(self, request: Request) -> bool:
        """Whether one more page may be asked for; beyond the source's budget the crawl is not whole."""
        if request.url in self._asked or len(self._asked) < self._source.gentle.max_pages:
            self._asked.add(request.url)
            return True
        if self._whole or not self._failure:
            self._not_whole(f"stopped at gentle.max_pages ({self._source.gentle.max_pages})")
        return False

    def keep(self, response: Response, posts: Sequence[Post]) -> None:
        """Keep a page with the posts read from it, and what a browser made of it."""
        posts = [steady(post, self._known(post.id)) for post in posts]
        request = response.request
        assert request is not None  # Scrapy sets it on every answer that reaches a spider
        rendering = request.meta.get("rendering")
        extra = {} if rendering is None else {"dom": rendering.dom, "screenshot": rendering.screenshot}
        exchange = exchange_of(response, request) if rendering is None else rendering.exchange(response, request)
        self._keep(exchange, posts, **extra)
        if request.meta.get("start"):
            self._first_page = exchange.url
        for post in posts:
            if post.id not in self._seen:
                self._sight.add(post)
            self._seen.add(post.id)
        self._pages += 1
        self._say("progress")

    def mark_gone(self, post_ids: Sequence[str]) -> None:
        """These posts are no longer where they were; the page that shows it was kept before."""
        self._keeper.mark_gone(self._source.name, self._crawl, post_ids)
        self._gone += len(post_ids)

    def set_aside(self, request: Request, setback: Setback) -> None:
        """Name a page that could not be used, and why."""
        if not setback.final:
            self._whole = False
        address = request.meta.get("redirect_urls", [request.url])[0]
        if request.meta.get("start"):
            self._failure = f"{address}: {setback.reason}"
        self.problem(address, setback.reason, setback.remedy)

    def problem(self, item: str, reason: str, remedy: str = "", *, stage: str = "collect") -> None:
        """Set something aside where `jejak stats` shows it."""
        self._problems += 1
        at, source = datetime.now(UTC), self._source.name
        self._keeper.problem(Problem(at=at, stage=stage, item=item, reason=reason, remedy=remedy, source=source))
        self._say("problem", message=f"{item}: {reason}")

    # From start to end -------------------------------------------------------------------------------------------------
    def _spider_opened(self, spider: SourceSpider) -> None:
        self._source = spider.source
        self._asked = {self._source.url}
        self._case = self._open.enter_context(Case.open(self._folder))
        crawls = self._case.store.crawls(self._source.name)
        self._usual = learn(crawls)
        self._settled_at = max(
            (crawl.ended_at for crawl in crawls if crawl.outcome is CrawlOutcome.FINISHED and crawl.ended_at),
            default=None,
        )
        self._keeper = self._open.enter_context(self._case.keeper())
        self._crawl = self._keeper.begin_crawl(self._source.name)
        spider.is_settled = self.is_settled  # the spider knows no case
        self._say("begun")

    def _response_downloaded(self, response: Response, request: Request, spider: SourceSpider) -> None:
        """Note when an answer came; keep those that no spider sees: redirects, and what robots.txt said."""
        note_arrival(response, request)
        if response.status in _REDIRECTS or request.url.endswith("/robots.txt"):
            self._keep(
                exchange_of(response.replace(body=b"") if response.status in _REDIRECTS else response, request), []
            )

    def _spider_idle(self, spider: SourceSpider) -> None:
        """The frontier is empty: look once more for the known posts that were not met."""
        for response, posts in spider.leftovers():
            # What is known already was read from its own page, and is not undone by a feed's few words.
            if unknown := [post for post in posts if self._known(post.id) is None]:
                self.keep(response, unknown)
        if self._rechecked or not self._whole or self._failure or not self._seen:
            return
        self._rechecked = True
        store = self._case.store
        # A page may hold many posts, so more posts than pages are looked up.
        wanted = choose(store.histories(self._source.name), self._seen, 20 * _MOST_REVISITS)
        requests = self.revisits(spider, [store.post(post_id) for post_id in wanted])
        for request in requests:
            self._crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def revisits(self, spider: SourceSpider, posts: Sequence[Post], last: str = "") -> list[Request]:
        """Requests for the pages that should hold these posts, but for the page that was looked at `last`."""
        pages = [(address, held) for address, held in spider.lookups(posts).items() if address != last]
        chosen = pages[: max(0, _MOST_REVISITS - self._revisits)]
        self._revisits += len(chosen)
        requests = [spider.request(address, spider.recheck).replace(dont_filter=True) for address, _ in chosen]
        for request, (address, held) in zip(requests, chosen, strict=True):
            request.meta["revisit"] = Revisit(address, tuple(held), {post.id: self._captured_on(post) for post in held})
        return requests

    def _captured_on(self, post: Post) -> str:
        captures = self._case.store.captures(post.id)
        return captures[-1].page_url if captures else ""

    def _spider_closed(self, spider: SourceSpider, reason: str) -> None:
        outcome, detail = self._outcome(reason, spider.met_known)
        with self._open:
            try:
                self._keeper.end_crawl(
                    self._crawl,
                    outcome,
                    detail,
                    posts_dated=self._sight.dated,
                    text_length=self._sight.text_length,
                    alarm=self._alarm,
                )
            except JejakError as error:  # a full disk: what was kept before is kept
                outcome, detail = CrawlOutcome.FAILED, str(error)
        self._say("ended", outcome=outcome, message=detail, alarm=self._alarm)

    def _outcome(self, reason: str, met_known: bool) -> tuple[CrawlOutcome, str]:
        if self._fatal is not None:
            return CrawlOutcome.FAILED, str(self._fatal)
        if reason != "finished":
            return CrawlOutcome.STOPPED, "stopped before its end" if reason == "shutdown" else reason
        if not self._seen and self._source.normal.min_posts != 0:
            why = self._failure or self._nothing()
            self._alarm = f"no post was collected ({why})"
            return CrawlOutcome.FAILED, why
        self._raise_alarm(met_known)
        if not self._whole:
            return CrawlOutcome.STOPPED, self._failure or "some pages could not be read; see `jejak stats`"
        return CrawlOutcome.FINISHED, self._failure

    def _raise_alarm(self, met_known: bool) -> None:
        """Say aloud when the source showed less than it is used to, and name the page that was kept."""
        # Whoever stopped at what was known, or was stopped, has not counted all posts.
        whole = self._whole and not met_known
        told = alarms(self._sight, self._usual, self._source.normal, whole=whole)
        if not told:
            return
        self._alarm = "; ".join(told)
        self._keeper.commit()
        kept = self._case.store.known_page(self._source.name, self._first_page)
        page = (
            f"Look at the page as it was kept (evidence/{kept.warc_file}, {kept.record_id}) and as it is now. "
            if kept
            else ""
        )
        self.problem(
            self._source.url,
            self._alarm,
            f"{page}If its layout changed, run `jejak probe {self._source.url}`; if less is right, set `normal:` in the source's file.",
            stage=ALARM,
        )

    def _nothing(self) -> str:
        error = NothingFound(
            f"{self._source.url}: no post was found where posts are expected",
            "Look at the site: its pages may have changed, or need JavaScript (family: rendered).",
        )
        self.problem(self._source.url, "no post was found where posts are expected", error.remedy, stage=ALARM)
        return str(error)

    # ------------------------------------------------------------------------------------------------------------------
    def _keep(self, exchange: Exchange, posts: Iterable[Post], **extra: Any) -> None:
        if self._fatal is not None:
            return
        try:
            self._keeper.keep_page(self._source.name, self._crawl, exchange, list(posts), **extra)
        except JejakError as error:  # the disk is full: nothing more can be kept, so nothing more is fetched
            self._fatal = error
            self._stop()

    def _known(self, post_id: str) -> Post | None:
        try:
            return self._case.store.post(post_id)
        except NotFound:
            return None

    def _not_whole(self, why: str) -> None:
        self._whole = False
        self._failure = self._failure or why

    def _say(self, kind: Kind, **more: Any) -> None:
        if self._tell:
            event = CrawlEvent(
                source=self._source.name,
                kind=kind,
                pages=self._pages,
                posts=len(self._seen),
                problems=self._problems,
                gone=self._gone,
                **more,
            )
            try:
                print(to_line(event), flush=True)
            except (
                BrokenPipeError
            ):  # the command that started this crawl is gone, and nobody asked for a crawl without it
                self._tell = False
                self._stop()

    def _stop(self) -> None:
        """End the crawl gently; what was kept is kept."""
        self._closing = asyncio.ensure_future(self._crawler.stop_async())


_NAMES = {
    signals.spider_opened: "spider_opened",
    signals.spider_idle: "spider_idle",
    signals.spider_closed: "spider_closed",
    signals.response_downloaded: "response_downloaded",
}
