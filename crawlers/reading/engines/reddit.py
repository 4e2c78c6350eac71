"""Reddit: the old pages, and the new ones made of `shreddit` elements."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

# Comments stand inside the comments that they answer: only a thing's own entry is its text.
_ENTRY = './div[contains(concat(" ",normalize-space(@class)," ")," entry ")]'
_OLD = Layout(
    post='xpath://div[contains(concat(" ",normalize-space(@class)," ")," thing ")][@data-fullname][@data-type="comment" or'
    ' (@data-type="link" and @data-context="comments")][not(contains(@class," promoted"))]',
    text=(
        f'xpath:{_ENTRY}//div[contains(concat(" ",normalize-space(@class)," ")," md ")]',
        f'xpath:self::*[@data-type="link"]/{_ENTRY.removeprefix("./")}//a[contains(@class,"title")]',
    ),
    drop="blockquote",
    author=("xpath:@data-author", f'xpath:{_ENTRY}//a[contains(@class,"author")]'),
    author_link=(f'xpath:{_ENTRY}//a[contains(concat(" ",normalize-space(@class)," ")," author ")]/@href',),
    date=(f"xpath:{_ENTRY}//time",),
    link=("xpath:@data-permalink", f'xpath:{_ENTRY}//a[contains(@class,"bylink")]/@href'),
    reply_to=(),
    title=(".thing.link a.title",),
    nested=True,
)
_NEW = Layout(
    post="xpath://shreddit-post | //shreddit-comment[@permalink or @thingid]",
    text=(
        'xpath:./*[@slot="text-body"]//div[contains(concat(" ",normalize-space(@class)," ")," md ")]',
        'xpath:./*[@slot="text-body"]',
        'xpath:./*[@slot="comment"]',
        "xpath:self::shreddit-post/@post-title",
    ),
    drop="blockquote, faceplate-screen-reader-content, button",
    author=("xpath:@author",),
    date=("xpath:@created-timestamp", "xpath:@created", 'xpath:./*[@slot="commentMeta"]//time'),
    link=("xpath:@permalink",),
    title=("xpath://shreddit-post/@post-title",),
    nested=True,
)
REDDIT = Engine(
    name="Reddit",
    marks={
        "<shreddit-app": 0.7,
        "<shreddit-post": 0.9,
        "<shreddit-comment": 0.9,
        ".listing-page": 0.5,
        ".comments-page": 0.7,
        ".usertext-body": 0.6,
        "#sitetable": 0.3,
        "#header-bottom-left": 0.4,
    },
    layouts=(_NEW, _OLD),
    threads='.thing.link a.comments::attr(href), shreddit-post::attr(permalink), a[slot="full-post-link"]::attr(href)',
    following=".next-button a::attr(href)",
)
