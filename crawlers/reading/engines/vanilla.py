"""Vanilla Forums 2 to 4, by the markup of vanilla/vanilla (applications/vanilla/views/discussion)."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_THREAD = Layout(
    post='xpath://*[starts-with(@id,"Discussion_") or starts-with(@id,"Comment_")]'
    '[.//*[contains(concat(" ",normalize-space(@class)," ")," Message ")]]',
    text=(".Message",),
    drop=".Quote, .QuoteText, .UserQuote, blockquote.Quote, blockquote.UserQuote, .js-quoteEmbed, .embedQuote, .Signature",
    author=(".Author a.Username", ".Author .Username", ".Author a[title]"),
    author_link=(".Author a.Username::attr(href)",),
    date=(".DateCreated time", ".Meta time", "time"),
    link=("a.Permalink::attr(href)", ".DateCreated a::attr(href)"),
    title=(".PageTitle h1", "h1"),
    attached=".Attachment a",
)
VANILLA = Engine(
    name="Vanilla",
    marks={
        "#vanilla_discussion_index": 0.95,
        ".itemdiscussion": 0.6,
        ".itemcomment": 0.6,
        "vanillaforums": 0.3,
        "/applications/vanilla/": 0.6,
        ".userquote": 0.3,
        ".messagelist": 0.3,
    },
    layouts=(_THREAD,),
    threads=".ItemDiscussion .Title a::attr(href), .DataList .Title a::attr(href), .DataTable a.Title::attr(href)",
    following="a.Next::attr(href)",
)
