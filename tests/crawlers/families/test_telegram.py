from __future__ import annotations

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse

from casefile.errors import Refused
from casefile.records import Post
from casefile.settings import SourceSettings
from crawlers.families.telegram import TelegramSpider
from crawlers.loader import spider_class
from tests.crawlers import pages
from tests.crawlers.site import Site

URL = "https://t.me/s/kerja_demo"
SOURCE = SourceSettings(name="xx_kerja", title="t", country="xx", why="w", url=URL, family="telegram")


def spider() -> TelegramSpider:
    made = spider_class(SOURCE, None)()
    assert isinstance(made, TelegramSpider)
    return made


def answer(url: str = URL) -> HtmlResponse:
    site = Site()
    pages.telegram(site, range(1, 8))
    path = url.removeprefix("https://t.me")
    return HtmlResponse(url, body=site.pages[path].body, encoding="utf-8", request=Request(url))


def requests(made: TelegramSpider) -> list[str]:
    return [item.url for item in made.parse(answer()) if isinstance(item, Request)]


def test_the_page_before_is_asked_for() -> None:
    assert requests(spider()) == [f"{URL}?before=5"]


def test_paging_ends_where_the_last_finished_crawl_began() -> None:
    made = spider()
    settled = {post.id for post in made.parse(answer()) if isinstance(post, Post) and post.native_id == "kerja_demo/6"}
    made.is_settled = settled.__contains__  # type: ignore[method-assign]
    assert requests(made) == []
    assert made.met_known


def test_a_channel_without_a_preview_is_refused() -> None:
    with pytest.raises(Refused, match="no messages to visitors"):
        list(spider().parse(HtmlResponse(URL, body=b"<a>Send Message</a>", request=Request(URL))))


def test_a_message_is_looked_for_on_the_page_that_would_end_with_it() -> None:
    made = spider()
    posts = [post for post in made.parse(answer()) if isinstance(post, Post)]
    assert list(made.lookups(posts)) == [f"{URL}?before=8"]
    assert made.proves_gone(posts[-1], "", "", posts[:-1])
    assert not made.proves_gone(posts[0], "", "", posts[1:])
