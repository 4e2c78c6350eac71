"""Posts that a source's own selectors find: cards on a listing, replies in a thread, an advert on its page."""

from __future__ import annotations

from parsel import Selector

from casefile.records import Media
from casefile.settings import Select
from crawlers.reading.addresses import permalink, web_address, without_fragment
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.posts import count_of
from crawlers.reading.selecting import all_addresses, all_words, first_address, first_words
from crawlers.reading.selecting import select as find

_HEADING = "h1"


def read_cards(page: Page, select: Select) -> list[Found]:
    """The posts that a listing shows, each with what its card tells."""
    return [
        _read(card, page, select, all_words(card, select.text, select.drop)) for card in find(page.root, select.post)
    ]


def read_advert(page: Page, select: Select) -> Found:
    """The one post that a page of its own shows: inside `select.post` where that is found, else in the whole page."""
    node = next(iter(find(page.root, select.post)), page.root)
    own = select.model_copy(update={"link": None})
    return _read(node, page, own, all_words(node, select.text, select.drop))


def read_replies(page: Page, select: Select, thread: str) -> list[Found]:
    """Every post of a thread, each with a permalink of its own where the page gives one."""
    title = first_words(page.root, select.title) or first_words(page.root, _HEADING)
    replies: list[Found] = []
    for reply in find(page.root, select.post):
        text = all_words(reply, select.text, select.drop) if select.text else all_words(reply, "xpath:.", select.drop)
        found = _read(reply, page, select, text, fragment=True)
        url = found.url or _anchor(reply, page)
        replies.append(
            Found(
                text=found.text,
                native_id=found.native_id,
                url=url,
                title=found.title or title,
                author=found.author,
                author_url=found.author_url,
                published_words=found.published_words,
                thread=thread,
                views=found.views,
                media=found.media,
            )
        )
    return replies


def _read(node: Selector, page: Page, select: Select, text: str, *, fragment: bool = False) -> Found:
    link = first_address(node, select.link, page.url)
    # An anchor on the page itself is all the address that such a post has.
    fragment = fragment or (link is not None and without_fragment(link) == without_fragment(page.url))
    return Found(
        text=text,
        native_id=first_words(node, select.id),
        url=permalink(link, fragment=fragment) if link else None,
        title=first_words(node, select.title),
        author=first_words(node, select.author),
        author_url=first_address(node, select.author_link, page.url),
        published_words=first_words(node, select.date),
        views=count_of(first_words(node, select.views)),
        media=tuple(Media(kind="photo", url=url) for url in all_addresses(node, select.media, page.url)),
    )


def _anchor(reply: Selector, page: Page) -> str | None:
    """The address of a reply that has no link of its own: the page, and the id of its element."""
    anchor = reply.root.get("id") or reply.xpath("(.//@id)[1]").get()
    return web_address(page.url, f"{permalink(without_fragment(page.url))}#{anchor}") if anchor else None
