"""Kaskus, Indonesia's largest forum: its pages of 2012 to 2018, those until 2023, and the present ones."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout, with_class

_QUOTES = ".quote, .post-quote, blockquote, .spoiler > .trigger, .edit-post, .signature, .bbcode-quote, .edited"
_CLASSIC = Layout(
    post='xpath://*[starts-with(@id,"post")][.//*[contains(concat(" ",normalize-space(@class)," ")," entry ")]]',
    text=(".entry", ".post-content"),
    drop=_QUOTES,
    author=(".fn .nickname", ".nickname", ".author .fn a", ".fn", ".username a"),
    author_link=('a.nickname::attr(href), .author a[href*="/profile/"]::attr(href)',),
    date=("time.entry-date, time", ".entry-date", ".date"),
    link=('a.permalink::attr(href), a[href*="/show_post/"]::attr(href), a[href*="/post/"]::attr(href)',),
    title=(".current h1, .entry-title", "h1"),
)
# Answers stand inside the post that they answer; of each box the first words are its own.
_NESTED = Layout(
    post='xpath://*[starts-with(@id,"post") and string-length(@id)=28 or starts-with(@id,"nestedbit-")]'
    f"[.//*[{with_class('pagetext')}]]",
    text=(".pagetext",),
    drop=_QUOTES,
    author=('a[href*="/profile/"]', 'a[href*="/@"]', ".username"),
    author_link=('a[href*="/profile/"]::attr(href)',),
    date=("time", ".entry-date", '[class*="date"]'),
    link=('a[href*="/show_post/"]::attr(href)',),
    title=("h1",),
    nested=True,
)
_PRESENT = Layout(
    post='xpath://*[starts-with(@id,"post") or @data-postid or @data-post-id]'
    '[.//*[contains(@class,"html-content") or contains(@class,"htmlContentRenderer") or contains(@class,"postContent")]]',
    text=('[class*="htmlContentRenderer"]', '[class*="html-content"]', '[class*="postContent"]'),
    drop=_QUOTES + ', [class*="quote"], button',
    author=('a[href*="/@"]', 'a[href*="/profile/"]', '[class*="username"]'),
    author_link=('a[href*="/@"]::attr(href)', 'a[href*="/profile/"]::attr(href)'),
    date=("time", '[class*="date"]'),
    link=('a[href*="/show_post/"]::attr(href)', 'a[href*="/post/"]::attr(href)'),
    title=("h1",),
)
KASKUS = Engine(
    name="Kaskus",
    marks={
        ".nestedwrapper": 0.3,
        "kaskus.id": 0.5,
        "kaskus.co.id": 0.4,
        "kaskus - the largest": 0.4,
        ".kaskus": 0.4,
        "#kaskus-header": 0.5,
    },
    layouts=(_CLASSIC, _NESTED, _PRESENT),
    threads='a[href*="/thread/"]::attr(href)',
    following='a[rel="next"]::attr(href), a.next::attr(href), .pagination .next a::attr(href)',
)
