"""Flarum: the JSON that its script draws from, what it shows without JavaScript, and what a browser draws."""

from __future__ import annotations

from crawlers.reading.addresses import web_address
from crawlers.reading.engines.engine import Engine, Script
from crawlers.reading.engines.fields import mapping, parsed, sequence, text_of, words_of
from crawlers.reading.engines.layout import Layout, base_of, post_address, thread_address
from crawlers.reading.found import Found
from crawlers.reading.page import Page

_QUOTES = "blockquote, .PostMention, .Post-edited, .signature"
_DRAWN = Layout(
    post='xpath://article[contains(concat(" ",normalize-space(@class)," ")," CommentPost ")]',
    text=(".Post-body",),
    drop=_QUOTES,
    author=(".PostUser-name .username", ".PostUser .username", ".username"),
    author_link=(".PostUser-name a::attr(href)",),
    date=(".PostMeta time", "time"),
    link=('.Post-header a[href*="/d/"]::attr(href)',),
    title=(".DiscussionHero-title", "h1"),
)
_BARE = Layout(
    post='xpath://*[@id="flarum-content"]//*[*[contains(@class,"Post-body")]]',
    text=(".Post-body",),
    drop=_QUOTES,
    author=(".PostUser-name, h3",),
    title=("#flarum-content h1",),
)


def read_payload(page: Page) -> list[Found]:
    """The posts of a discussion in the payload that a Flarum page carries."""
    payload = page.root.css("#flarum-json-payload::text").get()
    if payload is None:  # until 2020 the payload stood inside a script
        start = page.html.find("app.load({")
        end = page.html.find("});", start)
        payload = page.html[start + len("app.load(") : end + 1] if 0 <= start < end else None
    document = mapping(mapping(parsed(payload)).get("apiDocument"))
    included = [mapping(one) for one in sequence(document.get("included"))]
    users = {words_of(one.get("id")): _name(one) for one in included if one.get("type") == "users"}
    topic = mapping(document.get("data"))
    address = web_address(base_of(page), words_of(mapping(topic.get("attributes")).get("shareUrl"))) or thread_address(
        page
    )
    posts = [_post(one, users, address, page) for one in included if one.get("type") == "posts"]
    return sorted((post for post in posts if post.text), key=lambda post: int(post.native_id or 0))


def _name(user: dict[str, object]) -> str | None:
    attributes = mapping(user.get("attributes"))
    return words_of(attributes.get("displayName")) or words_of(attributes.get("username"))


def _post(post: dict[str, object], users: dict[str | None, str | None], thread: str | None, page: Page) -> Found:
    told = mapping(post.get("attributes"))
    by = mapping(mapping(mapping(post.get("relationships")).get("user")).get("data"))
    number = words_of(told.get("number"))
    identifier = words_of(post.get("id")) or ""
    return Found(
        text=text_of(told.get("contentHtml"), _QUOTES),
        native_id=identifier if identifier.isdecimal() else None,
        url=post_address(f"{thread}/{number}") if thread and number else thread,
        title=_first_title(page),
        author=users.get(words_of(by.get("id"))),
        published_words=words_of(told.get("createdAt")) or words_of(told.get("time")),
        thread=thread,
    )


def _first_title(page: Page) -> str | None:
    return words_of(page.root.css("#flarum-content h1::text, .DiscussionHero-title::text").get())


FLARUM = Engine(
    name="Flarum",
    marks={
        "#flarum-content": 0.95,
        "#flarum-json-payload": 0.95,
        "#flarum-loading": 0.9,
        "flarum.core": 0.7,
        ".commentpost": 0.5,
    },
    layouts=(Script("the page's JSON payload", read_payload), _DRAWN, _BARE),
    threads=".DiscussionListItem-main::attr(href), #flarum-content li a::attr(href)",
    following='link[rel="next"]::attr(href), #flarum-content a[href*="page="]:last-of-type::attr(href)',
)
