"""bbPress (and BuddyPress forums), by templates/default/bbpress/loop-single-reply.php."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_TOPIC = Layout(
    post='xpath://*[.//*[contains(@class,"bbp-reply-content") or contains(@class,"bbp-topic-content")]]'
    '[contains(concat(" ",normalize-space(@class)," ")," reply ") or contains(concat(" ",normalize-space(@class)," ")," topic ")'
    ' or contains(concat(" ",normalize-space(@class)," ")," type-reply ") or contains(concat(" ",normalize-space(@class)," ")," type-topic ")]'
    '[not(self::body)][contains(@class,"post-") or starts-with(@id,"post-")]',
    text=(".bbp-reply-content, .bbp-topic-content",),
    drop="blockquote, .bbp-topic-revision-log, .bbp-reply-revision-log, .bbp-signature, .bbp-attachments, .bbp-reply-header"
    ", .bbp-meta",
    author=(
        ".bbp-author-name",
        ".bbp-author-link",
        ".bbp-reply-author a:last-of-type, .bbp-topic-author a:last-of-type",
    ),
    author_link=("a.bbp-author-link::attr(href), a.bbp-author-name::attr(href)",),
    # the default template puts date and link into a box of its own before the reply
    date=(
        ".bbp-reply-post-date, .bbp-topic-post-date",
        "xpath:preceding-sibling::*[1]//*[contains(@class,'-post-date')]",
    ),
    link=(
        "xpath:(.|preceding-sibling::*[1])//a[contains(@class,'-permalink') and contains(@href,'#')]/@href",
        "xpath:(.|preceding-sibling::*[1])//a[contains(@class,'-permalink')]/@href",
    ),
    id=('xpath:substring-before(substring-after(concat(" ",normalize-space(@class)," ")," post-")," ")', "::attr(id)"),
    title=("h1.entry-title, h1.page-title", "h1"),
    attached=".bbp-attachments a",
)
BBPRESS = Engine(
    name="bbPress",
    marks={
        "#bbpress-forums": 0.9,
        ".bbp-reply-content": 0.8,
        ".bbp-topic-content": 0.6,
        ".bbpress": 0.7,
        ".bbp-topics": 0.8,
    },
    layouts=(_TOPIC,),
    threads="a.bbp-topic-permalink::attr(href)",
    following="a.next.page-numbers::attr(href)",
)
