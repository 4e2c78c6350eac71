"""WoltLab Suite Forum and Burning Board 4, by the templates of WoltLab/WCF."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout, with_class

_THREAD = Layout(
    post=f"xpath://article[{with_class('message')}][@data-object-id or @data-post-id or contains(@class,'wbbPost')]"
    f"[.//*[{with_class('messageText')}]]",
    text=(".messageText",),
    drop=".quoteBox, blockquote, .messageSignature, .messageFooterNote, .codeBoxHeader, .spoilerBoxHeader",
    author=('[itemprop="author"] [itemprop="name"]', ".messageSidebar .username", ".username"),
    author_link=(".messageSidebar a.username::attr(href), .messageSidebar .username a::attr(href)",),
    date=("time.datetime, .messageHeader woltlab-core-date-time", ".messageHeader time", "time"),
    link=(
        ".messageHeader a.permalink::attr(href)",
        "a.messagePublicationTime::attr(href)",
        'a[href*="#post"]::attr(href)',
    ),
    id=("::attr(data-post-id)", "::attr(data-object-id)"),
    title=("h1.contentTitle", "h1"),
    attached=".attachmentThumbnailList a, .attachmentFileList a",
)
WOLTLAB = Engine(
    name="WoltLab",
    marks={
        "#tplwbb": 0.6,
        ".wbbthread": 0.7,
        ".wbbpost": 0.7,
        ".wbbthreadpostlist": 0.8,
        'data-application="wbb"': 0.7,
        "woltlab.com": 0.4,
        ".messagesidebar": 0.3,
    },
    layouts=(_THREAD,),
    threads="a.wbbTopicLink::attr(href)",
    following=".pagination .skip a[rel~='next']::attr(href), link[rel='next']::attr(href)",
)
