"""Discourse: what it shows to crawlers, what a browser draws of it, and the JSON that it is drawn from."""

from __future__ import annotations

import re
from dataclasses import replace

from crawlers.reading.addresses import web_address
from crawlers.reading.engines.engine import Engine, Reader, Script
from crawlers.reading.engines.fields import mapping, parsed, sequence, text_of, words_of
from crawlers.reading.engines.layout import Layout, base_of, post_address, read_layout, thread_address
from crawlers.reading.found import Found
from crawlers.reading.page import Page

_AT_A_POST = re.compile(r"(/t/(?:[^/]+/)?\d{1,9})/\d{1,9}$")
# `aside.quote` is another's post; a plain blockquote is what the author shows of the world outside.
_QUOTES = "aside.quote, .lightbox .meta, .onebox p, .onebox-metadata, .onebox header, .cooked-selection-barrier"
_FOR_CRAWLERS = Layout(
    post='xpath://*[contains(concat(" ",normalize-space(@class)," ")," crawler-post ")]',
    text=('[itemprop="text"]', ".post"),
    drop=_QUOTES,
    author=('.creator [itemprop="name"]', '[itemprop="author"] [itemprop="name"]', ".creator"),
    author_link=('.creator a[itemprop="url"]::attr(href)',),
    date=("time.post-time", 'meta[itemprop="datePublished"]', "time"),
    title=("#topic-title h1", "h1"),
)
_DRAWN = Layout(
    post="xpath://article[@data-post-id]",
    text=(".cooked",),
    drop=_QUOTES,
    author=(".names .username a", ".names a[data-user-card]", ".names"),
    author_link=(".names a[data-user-card]::attr(href)",),
    date=(".post-date .relative-date", ".post-info .relative-date", "time"),
    title=("#topic-title h1", "h1"),
)
# Old versions draw posts for crawlers without the class: a row of creator and text.
_OLD = Layout(
    post='xpath://div[@itemprop="comment" or contains(@itemtype,"DiscussionForumPosting")]'
    '[.//*[@itemprop="articleBody" or @itemprop="text" or contains(@class,"post")]][.//*[@itemprop="author"]]',
    text=('[itemprop="articleBody"]', '[itemprop="text"]', ".post"),
    drop=_QUOTES,
    author=('.creator [itemprop="name"]', '[itemprop="author"]'),
    date=("time",),
    title=("h1",),
)


def _numbered(layout: Layout) -> Reader:
    """A reader of `layout` that gives a post one address, however the page shows it: its topic's, and its number."""

    def read(page: Page) -> list[Found]:
        topic = _topic(page)
        return [replace(post, url=_address(topic, post.url), thread=topic) for post in read_layout(page, layout)]

    return read


def _topic(page: Page) -> str | None:
    """The address of a topic, without the number of a post that it may have been opened at."""
    return _AT_A_POST.sub(r"\1", thread_address(page) or "") or None


def _address(topic: str | None, anchor: str | None) -> str | None:
    number = re.search(r"#post_(\d{1,9})$", anchor or "")
    return f"{topic}/{number[1]}" if topic and number else anchor


def read_preloaded(page: Page) -> list[Found]:
    """The posts in the JSON that Discourse's own script would draw."""
    store = mapping(parsed(page.root.css("#data-preloaded::attr(data-preloaded)").get()))
    topics = [mapping(parsed(words_of(value))) for key, value in store.items() if re.fullmatch(r"topic_\d+", key)]
    return [
        found
        for topic in topics
        for post in sequence(mapping(topic.get("post_stream")).get("posts"))
        if (found := _post(mapping(post), topic, page)).text
    ]


def _post(post: dict[str, object], topic: dict[str, object], page: Page) -> Found:
    base = base_of(page)
    number = words_of(post.get("post_number"))
    address = web_address(base, f"/t/{words_of(topic.get('slug'))}/{words_of(topic.get('id'))}/{number}")
    answered = words_of(post.get("reply_to_post_number"))
    user = words_of(post.get("username"))
    return Found(
        text=text_of(post.get("cooked"), _QUOTES),
        url=post_address(address) if address else None,
        title=words_of(topic.get("title")),
        author=user,
        author_url=web_address(base, f"/u/{user}") if user else None,
        published_words=words_of(post.get("created_at")),
        thread=address.rpartition("/")[0] if address else _topic(page),
        reply_to=post_address(address.rpartition("/")[0] + f"/{answered}") if address and answered else None,
    )


DISCOURSE = Engine(
    name="Discourse",
    marks={
        "generator:discourse": 0.95,
        "#data-discourse-setup": 0.9,
        "#data-preloaded": 0.7,
        ".crawler-post": 0.7,
        ".crawler": 0.3,
        ".cooked": 0.3,
        "#discourse-modal": 0.8,
        "discourse_theme": 0.6,
        "#topic-title": 0.2,
    },
    layouts=(
        Script("the view for crawlers: .crawler-post", _numbered(_FOR_CRAWLERS), _FOR_CRAWLERS),
        Script("the drawn posts: article[data-post-id]", _numbered(_DRAWN), _DRAWN),
        Script("the JSON in #data-preloaded", read_preloaded),
        _OLD,
    ),
    threads=".topic-list a.title.raw-topic-link::attr(href), .topic-list a.title::attr(href)"
    ", .topic-list-item .link-top-line a::attr(href)",
    following='a[rel="next"]::attr(href), link[rel="next"]::attr(href)',
)
