"""Pantip, Thailand's largest forum: the topic and its numbered comments, in its markup since 2013."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_TOPIC = Layout(
    post='xpath://*[contains(concat(" ",normalize-space(@class)," ")," display-post-wrapper ")]'
    '[starts-with(@id,"topic-") or starts-with(@id,"comment-") or starts-with(@id,"reply-")]'
    ' | //*[contains(concat(" ",normalize-space(@class)," ")," sub-comment ") or contains(concat(" ",normalize-space(@class)," ")," section-comment-reply ")]'
    '[starts-with(@id,"comment-") or starts-with(@id,"reply-")]',
    text=(".display-post-story",),
    drop=".spoil-btn, .edit-history, .quote, blockquote, script",
    author=(".display-post-name",),
    author_link=("a.display-post-name::attr(href)",),
    # data-utime is the American order, which looks like the day first; the title is in Thai words
    date=(".display-post-timestamp abbr::attr(title)", "abbr.timeago::attr(title)", ".display-post-timestamp"),
    date_part=r"^(.*?\d{1,2}:\d\d(?::\d\d)?)",
    id=(),
    title=("h1.display-post-title, h2.display-post-title",),
)
PANTIP = Engine(
    name="Pantip",
    marks={
        ".display-post-wrapper": 0.6,
        ".display-post-story": 0.6,
        ".display-post-name": 0.3,
        "ptcdn.info": 0.5,
    },
    layouts=(_TOPIC,),
    threads=".post-item-title a::attr(href), .pt-list-item__title a::attr(href)",
)
