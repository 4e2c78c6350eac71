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
from twisted.python.failure import Failure

from casefile.case import Case
from casefile.errors import JejakError, NotFound, NothingFound
from casefile.evidence.exchange import Exchange
from casefile.identity import sha256_hex
from casefile.records import ALARM, CrawlOutcome, KnownPage, Post, Problem
from crawlers.budget import Budget
from crawlers.clock import ClockCheck
from crawlers.events import CrawlEvent, Kind, to_line
from crawlers.exits import exit_for
from crawlers.families.source import SourceSpider
from crawlers.frontier import CUT_OFF, KEPT, Frontier, find_frontier
from crawlers.revisits import Revisit, choose
from crawlers.setbacks import IN_CIRCLES, Setback, of_exception
from crawlers.steady import steady
from crawlers.usual import Sight, Usual, alarms, learn
from crawlers.ways import Ways
from crawlers.wire import exchange_of, note_arrival

TOLD = "told"
"""Marks a request of which is told what became of it."""
_MOST_REVISITS = 50  # pages a crawl; what is left has its turn on the next one
_REDIRECTS = (301, 302, 303, 307, 308)


class Collector:
    """A Scrapy extension; the middlewares hand it pages and setbacks."""

    def __init__(self, crawler: Crawler, folder: Path, tell: bool) -> None:
        self._crawler, self._folder, self._tell = crawler, folder, tell
        self._open = ExitStack()
        self._seen: set[str] = set()
        self._said: set[int] = set()  # a calendar has a page a day, and all say the same
        self._sight, self._clock = Sight(), ClockCheck()
        self._usual = Usual()
        self._first_page = ""
        self._alarm = ""
        self._frontier: Frontier | None = None
        self._notes: list[str] = []
        self._stopped = ""
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
        for signal, name in _NAMES.items():
            crawler.signals.connect(getattr(collector, f"_{name}"), signal)
        return collector

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The one that a middleware hands its pages to; raises NotConfigured where nothing is kept."""
        collector = crawler.get_extension(cls)
        if collector is None:
            raise NotConfigured("no case, so nothing is kept or known")
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

    def is_met(self, post_id: str) -> bool:
        """Whether a crawl that is gone on with met this post already, now or before it was cut off."""
        if self._frontier is None:
            return False
        if post_id in self._seen:
            return True
        try:
            return self._case.store.history(post_id).last_seen >= self._frontier.crawl.begun_at
        except NotFound:
            return False

    def kept_in_this_crawl(self, url: str) -> KnownPage | None:
        """The page at `url` as this crawl kept it before it was cut off."""
        return self._frontier.page(url) if self._frontier else None

    def leaves(self, url: str) -> bool:
        """Whether an address belongs to a trap."""
        return self._ways.are_left(url)

    # What comes in -----------------------------------------------------------------------------------------------------
    def admit(self, response: Response, requests: Sequence[Request], new: int) -> Sequence[Request]:
        """The links of a page that are worth following and within the budget; `new` posts on it said something new."""
        admitted = self._ways.admit(response, requests, new)
        if admitted.spent:
            self._not_whole(f"{CUT_OFF}{admitted.spent}")
        for note in admitted.left:
            self._leave(note)
        return admitted.requests

    def former_ways(self, spider: SourceSpider, response: Response) -> list[Request]:
        """The first page as it was when the crawl that is gone on with met it: its links may be on no page now."""
        if self._frontier is None or not response.meta.get("start"):
            return []
        requests = []
        for page in self._frontier.starts(response.url, sha256_hex(response.body)):
            request = spider.request(page.url, spider.parse).replace(dont_filter=True)
            request.meta[KEPT] = page
            requests.append(request)
        return requests

    def keep(self, response: Response, posts: Sequence[Post]) -> int:
        """Keep a page with the posts read from it, and what a browser made of it; returns how many say something new."""
        posts = [steady(post, self._known(post.id)) for post in posts]
        request = response.request
        assert request is not None  # Scrapy sets it on every answer that reaches a spider
        if KEPT not in request.meta:
            rendering = request.meta.get("rendering")
            extra = {} if rendering is None else {"dom": rendering.dom, "screenshot": rendering.screenshot}
            exchange = exchange_of(response, request) if rendering is None else rendering.exchange(response, request)
            self._keep(exchange, posts, **extra)
        if request.meta.get("start"):
            self._first_page = response.url
        before = len(self._said)
        for post in posts:
            if post.id not in self._seen:
                self._sight.add(post)
            self._seen.add(post.id)
            self._said.add(hash((post.author, post.published, post.text)))
        self._pages += 1
        self._say("progress")
        return len(self._said) - before

    def _fail(self, failure: Failure) -> None:
        """Name a page that a middleware dropped on its way back (a bomb, too many redirects): nobody else hears of it."""
        request: Request | None = getattr(failure, "request", None)
        if request is None or failure.value is None or request.meta.get(TOLD):
            return
        if (setback := of_exception(failure.value, request)) is not None:
            self.set_aside(request, setback)

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
        self._budget = Budget(self._source.gentle)
        self._budget.admit(self._source.url, 0)
        self._ways = Ways(self._budget, lambda url: self.kept_in_this_crawl(url) is not None)
        self._case = self._open.enter_context(Case.open(self._folder))
        crawls = self._case.store.crawls(self._source.name)
        self._usual = learn(crawls)
        self._settled_at = max(
            (crawl.ended_at for crawl in crawls if crawl.outcome is CrawlOutcome.FINISHED and crawl.ended_at),
            default=None,
        )
        self._keeper = self._open.enter_context(self._case.keeper())
        self._frontier, anew = find_frontier(self._case, self._source.name, datetime.now(UTC))
        if self._frontier is not None:
            self._crawl = self._frontier.crawl.id
            known = len(self._frontier.pages)
            self._notes.append(f"went on where it was cut off, with {known} pages kept before")
        else:
            self._notes += [anew] if anew else []
            self._crawl = self._keeper.begin_crawl(self._source.name, way_out=exit_for(spider.case, self._source).kind)
        # The spider knows no case.
        spider.is_settled, spider.is_met, spider.on_failure = self.is_settled, self.is_met, self._fail
        minutes = f"at gentle.max_minutes ({self._source.gentle.max_minutes:g})"
        asyncio.get_running_loop().call_later(self._budget.seconds_left, self.stop, minutes)
        self._say("begun")

    def _response_downloaded(self, response: Response, request: Request, spider: SourceSpider) -> None:
        """Note when an answer came; keep those that no spider sees: redirects, and what robots.txt said."""
        note_arrival(response, request)
        self._clock.hear(response.headers.get("Date"))
        if spent := self._budget.receive(len(response.body)):
            self.stop(spent)
        if response.status in _REDIRECTS:
            self._keep(exchange_of(response.replace(body=b""), request), [])
        elif request.url.endswith("/robots.txt"):
            self._keep(exchange_of(response, request), [])

    def _request_dropped(self, request: Request, spider: SourceSpider) -> None:
        """Name a redirect that leads back to where it came from: Scrapy only lets it fall."""
        if request.url in request.meta.get("redirect_urls", ()):
            self.set_aside(request, IN_CIRCLES)

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
        detail = "; ".join(words for words in (detail, *self._notes) if words)
        with self._open:
            try:
                figures = {"posts_dated": self._sight.dated, "text_length": self._sight.text_length}
                ahead = self._clock.ahead
                self._keeper.end_crawl(self._crawl, outcome, detail, **figures, alarm=self._alarm, clock_ahead=ahead)
            except JejakError as error:  # a full disk: what was kept before is kept
                outcome, detail = CrawlOutcome.FAILED, str(error)
        self._say("ended", outcome=outcome, message=detail, alarm=self._alarm)

    def _outcome(self, reason: str, met_known: bool) -> tuple[CrawlOutcome, str]:
        if self._fatal is not None:
            return CrawlOutcome.FAILED, str(self._fatal)
        if reason != "finished" and (self._seen or not self._stopped):
            return CrawlOutcome.STOPPED, self._stopped or (
                f"{CUT_OFF}before its end" if reason == "shutdown" else reason
            )
        if not self._seen and self._source.normal.min_posts != 0:
            why = self._stopped or self._failure or self._nothing()
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

    def stop(self, why: str) -> None:
        """End the crawl gently, and say why; the next one goes on here."""
        if not self._stopped:
            self._stopped = f"{CUT_OFF}{why}"
            self._whole = False
            self._stop()

    def _leave(self, note: str) -> None:
        """Say once what was left alone; the rest of the crawl is whole without it."""
        kind = note.partition(", as ")[0]
        if not any(known.startswith(kind) for known in self._notes):
            self._notes.append(note)
            self.problem(
                self._source.url, note, "If posts stand there, name their pages with `select:` or as a source."
            )

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
    signals.request_dropped: "request_dropped",
}
