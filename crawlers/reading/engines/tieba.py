"""Baidu Tieba: floors of a thread, each with its data as JSON in an attribute, in its markup since 2012."""

from __future__ import annotations

from parsel import Selector

from crawlers.reading.addresses import web_address
from crawlers.reading.engines.engine import Engine, Script
from crawlers.reading.engines.fields import mapping, parsed, words_of
from crawlers.reading.engines.layout import base_of, pictures, thread_address, with_class
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.visible import clean, visible_text


def read_floors(page: Page) -> list[Found]:
    """The floors of a thread, by their `data-field`; when each was written newer pages say below its text."""
    floors = page.root.xpath(f"//div[{with_class('l_post')}][@data-field]")
    return [found for floor in floors if (found := _floor(floor, page)).text or found.media]


def _floor(floor: Selector, page: Page) -> Found:
    told = mapping(parsed(floor.root.get("data-field")))
    content, author = mapping(told.get("content")), mapping(told.get("author"))
    number, base = words_of(content.get("post_id")), base_of(page)
    body = next(iter(floor.css(".d_post_content")), None)
    below = [clean(words) for words in floor.css(".tail-info::text, .p_tail li span::text").getall()]
    return Found(
        text=visible_text(body, ".quote, blockquote", contacts=True) if body is not None else "",
        native_id=number,
        url=web_address(base, f"{base.partition('#')[0]}#{number}") if number else None,
        title=next(
            (
                clean(words)
                for words in floor.xpath("//h1//text() | //h3[contains(@class,'core_title')]//text()").getall()
            ),
            None,
        ),
        author=words_of(author.get("user_name")) or clean(floor.css(".p_author_name::text").get() or "") or None,
        published_words=words_of(content.get("date")) or next((words for words in below if ":" in words), None),
        thread=thread_address(page),
        media=tuple(pictures(body, base)) if body is not None else (),
    )


TIEBA = Engine(
    name="Tieba",
    marks={
        ".l_post": 0.4,
        ".d_post_content": 0.5,
        ".p_postlist": 0.4,
        ".j_d_post_content": 0.4,
        "tb1.bdstatic.com": 0.4,
    },
    layouts=(Script("the JSON in each floor's data-field, and its text", read_floors),),
    threads="a.j_th_tit::attr(href)",
    following=".l_pager a:contains('下一页')::attr(href), .pagination a.next::attr(href)",
)
