"""WordPress: the comments under an article (twentyten to block themes), and posts by its REST API."""

from __future__ import annotations

from typing import Any

from crawlers.reading.addresses import web_address
from crawlers.reading.engines.fields import mapping, parsed, sequence, text_of, words_of
from crawlers.reading.engines.layout import Layout, post_address, read_layout, with_class
from crawlers.reading.engines.marks import DEEPEST, marks_of
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.posts import with_title

_MARKS = ("generator:wordpress", "/wp-content/", "/wp-includes/", "#wp-block-library-css", "wp-json")
_OWN = "*[self::article or self::div][1]"
_COMMENT = Layout(
    # an answer stands inside the comment that it answers, beside that comment's own box
    post=f'xpath://li[starts-with(@id,"comment-") or starts-with(@id,"li-comment-") or {with_class("comment")}]'
    f"[{_OWN}//*[{with_class('comment-content')} or {with_class('comment-body')} or {with_class('comment-text')}"
    f" or {with_class('comment-author')}]]",
    text=(
        f"xpath:./{_OWN}//*[{with_class('comment-content')} or {with_class('comment-text')}"
        f" or {with_class('wp-block-comment-content')}]",
        f"xpath:./{_OWN}",
    ),
    drop=".reply, .comment-reply-link, .comment-meta, .comment-author, .commentmetadata, .comment-awaiting-moderation"
    ", .says, .sharedaddy, .children, .comment-edit-link",
    author=(
        f"xpath:./{_OWN}//*[{with_class('fn')}]",
        f"xpath:./{_OWN}//*[{with_class('comment-author')} or {with_class('wp-block-comment-author-name')}]",
    ),
    author_link=(f"xpath:./{_OWN}//*[{with_class('fn')}]//a/@href", f"xpath:./{_OWN}//a[{with_class('url')}]/@href"),
    date=(
        f"xpath:./{_OWN}//time",
        f"xpath:./{_OWN}//*[{with_class('comment-meta')} or {with_class('commentmetadata')}]//a[contains(@href,'#comment-')]",
        f"xpath:./{_OWN}//*[{with_class('comment-date')}]",
    ),
    link=(f"xpath:./{_OWN}//a[contains(@href,'#comment-') and not({with_class('comment-reply-link')})]/@href",),
    nested=True,
)


def read_comments(page: Page) -> list[Found]:
    """The comments under an article of WordPress; none on pages of anything else."""
    marks = marks_of(page)
    if marks.depth > DEEPEST or not any(marks.hold(mark) for mark in _MARKS):
        return []
    return read_layout(page, _COMMENT)


def read_rest(page: Page) -> list[Found]:
    """The posts or comments that a page of WordPress's REST API (`wp/v2/posts`, `wp/v2/comments`) holds."""
    start = page.html[:1].strip()
    if start not in ("[", "{") or '"rendered"' not in page.html:
        return []
    items = [mapping(one) for one in sequence(parsed(page.html))]
    return [found for item in items if (found := _rest_post(item, page)).text]


def _rest_post(item: dict[str, Any], page: Page) -> Found:
    title = text_of(mapping(item.get("title")).get("rendered")) or None
    address = web_address(page.url, words_of(item.get("link")))
    embedded = mapping(item.get("_embedded"))
    author = mapping(next(iter(sequence(embedded.get("author"))), None))
    # `date` is the site's own time without a zone; `date_gmt` is UTC, which it does not say either
    at = words_of(item.get("date_gmt"))
    return Found(
        text=with_title(title, text_of(mapping(item.get("content")).get("rendered"))),
        url=post_address(address) if address else None,
        title=title,
        author=words_of(item.get("author_name")) or words_of(author.get("name")),
        author_url=web_address(page.url, words_of(item.get("author_url")) or words_of(author.get("link"))),
        published_words=f"{at}Z" if at else words_of(item.get("date")),
    )
