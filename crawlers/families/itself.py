"""Reading a source without selectors: every page by what it is; lists lead to threads and adverts, and to more lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from scrapy.http import Response

from casefile.identity import short_hash
from casefile.records import Post
from crawlers.families.source import SourceSpider, Yields
from crawlers.reading.addresses import permalink, without_fragment
from crawlers.reading.article import read_article
from crawlers.reading.cards import read_advert
from crawlers.reading.declared import declared_links
from crawlers.reading.found import Found, fill_gaps
from crawlers.reading.languages import declared_languages
from crawlers.reading.page import Page
from crawlers.reading.posts import with_title
from crawlers.reading.selecting import all_addresses, first_address
from crawlers.reading.understand import PageType, Understood, understand
from crawlers.reading.walls import wall_before


class ReadsItself(SourceSpider):
    """Pages read through `understand`. Selectors for single things (`thread`, `next`, `text` …) are still obeyed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._unread: dict[str, tuple[Response, Found]] = {}

    def parse_start(self, response: Response) -> Yields:
        """The first page of a source, or the next list: what it holds, and what it leads to."""
        page, understood = self._understand(response)
        if understood is None:
            return
        threads = all_addresses(page.root, self.source.select.thread, page.url) or lists_threads(understood)
        if not threads and understood.posts and understood.type is not PageType.LISTING:
            yield from self._thread(page, understood, permalink(page.url))
            return
        if not threads:
            yield from self._follow_cards(response, page, understood)
        # A line of a list of threads is no post, so nothing is lost when only the links are followed.
        for link in threads or (() if understood.posts else declared_links(page)):
            yield self.request(link, self.parse_behind)
        if following := self._next(page, understood):
            yield self.request(following, self.parse)

    def parse_behind(self, response: Response, card: Found | None = None) -> Yields:
        """What a card or a line of a list leads to: a thread, or an advert whose gaps the card may fill."""
        page, understood = self._understand(response)
        if understood is None:
            return
        if card is not None and card.url:
            self._unread.pop(card.native_id or card.url, None)
        if understood.type is PageType.FORUM and understood.posts:
            yield from self._thread(page, understood, card.url if card and card.url else permalink(page.url))
        else:
            yield from self._posts(page, understood, self._advert(page, understood, card))

    def parse_more(self, response: Response, thread: str) -> Yields:
        """A further page of a thread, which is known by the address of its first."""
        page, understood = self._understand(response)
        if understood is not None:
            yield from self._thread(page, understood, thread)

    def reread(self, response: Response) -> Yields:
        """A page that should hold known posts, without following anything."""
        page, understood = self._understand(response)
        if understood is None:
            return
        if understood.type is PageType.LISTING:
            yield from self._posts(page, understood, understood.posts)
        elif understood.type is PageType.FORUM:
            yield from (one for one in self._thread(page, understood, permalink(page.url)) if isinstance(one, Post))
        else:
            yield from self._posts(page, understood, self._advert(page, understood, None))

    def leftovers(self) -> Iterator[tuple[Response, list[Post]]]:
        """Cards whose own pages could not be had, as far as the list itself tells them."""
        for response, card in self._unread.values():
            page = self.page(response)
            yield response, list(self._posts(page, understand(page), [card]))
        self._unread.clear()

    def _understand(self, response: Response) -> tuple[Page, Understood | None]:
        """What a page is; nothing of a wall is a post."""
        page = self.page(response)
        understood = understand(page)
        if understood.complaint != page.complaint:  # whoever keeps the page tells what is wrong with it
            page = response.meta["page"] = replace(page, complaint=understood.complaint)
        return page, None if wall_before(page, response.status, understood) else understood

    def _follow_cards(self, response: Response, page: Page, understood: Understood) -> Yields:
        here = without_fragment(page.url)
        for card in told_apart(understood.posts, "", ""):  # two cards may lead to one page
            if card.url and without_fragment(card.url) != here:
                self._unread[card.native_id or card.url] = (response, card)
                yield self.request(card.url, self.parse_behind, card=card)
            else:
                yield from self._posts(page, understood, [card])

    def _thread(self, page: Page, understood: Understood, thread: str) -> Yields:
        several = understood.type is PageType.FORUM or len(understood.posts) > 1
        found = [replace(one, thread=one.thread or thread) if several else one for one in understood.posts]
        yield from self._posts(page, understood, told_apart(found, permalink(page.url), thread))
        # "Next" under a single article is another article: not what the investigator pointed at.
        if several and (following := self._next(page, understood)):
            yield self.request(following, self.parse_more, thread=thread)

    def _advert(self, page: Page, understood: Understood, card: Found | None) -> list[Found]:
        """The advert or article that a page is, under the address that led to it, then what others say below it."""
        selected = read_advert(page, self.source.select) if self.source.select.text else Found()
        is_list = understood.type is PageType.LISTING or not understood.posts
        first, *others = [selected] if selected.text else [read_article(page)] if is_list else understood.posts
        told = fill_gaps(first, card) if card else first
        address = card.url if card and card.url else permalink(page.url)
        thread = address if others else None
        advert = replace(told, url=address, text=with_title(told.title, told.text), thread=thread)
        below = (replace(other, thread=thread) for other in others)
        return told_apart([advert, *below], permalink(page.url), address)

    def _next(self, page: Page, understood: Understood) -> str | None:
        return first_address(page.root, self.source.select.next, page.url) or understood.next_page

    def _posts(self, page: Page, understood: Understood, found: Sequence[Found]) -> Iterator[Post]:
        return self.posts(found, timezone=understood.timezone, languages=declared_languages(page))


def lists_threads(understood: Understood) -> tuple[str, ...]:
    """The threads that a forum's list leads to; the cards of other lists are followed one by one, for what they tell."""
    cards = understood.type is PageType.LISTING and understood.engine == "unknown" and understood.posts
    return () if cards else understood.threads


def told_apart(found: Sequence[Found], here: str, thread: str) -> list[Found]:
    """The same posts, each with an identity of its own: a page may give all of its posts the address of the thread.

    Only the first post of a thread's first page may bear that address alone.
    """
    apart: list[Found] = []
    taken: set[str] = set() if here == thread else {thread}
    for one in found:
        name = one.native_id or one.url
        if name is not None and name in taken:
            one = replace(one, native_id=short_hash("post", name, one.author or "", one.text))
        elif name is not None:
            taken.add(name)
        apart.append(one)
        taken.add(here)
    return apart
