"""XenForo 1 and 2 (and the forums that VerticalScope draws over it), by the markup of the default styles."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_TWO = Layout(
    post='xpath://*[starts-with(@data-content,"post-") or starts-with(@id,"js-post-")]'
    '[.//*[contains(@class,"bbWrapper") or contains(@class,"message-body")]]',
    text=(".message-userContent .bbWrapper", ".message-body .bbWrapper", ".message-body", ".bbWrapper"),
    drop=".bbCodeBlock--quote, blockquote, .bbCodeBlock-title, .bbCodeBlock-expandLink, .bbCodeBlock--unfurl .contentRow-snippet, .bbCodeBlock--unfurl .contentRow-minor"
    ", .bbCodeSpoiler-button, .message-signature, .message-lastEdit, .js-selectToQuoteEnd",
    author=(
        "::attr(data-author)",
        ".message-name .username",
        ".message-name",
        ".message-userDetails a, .MessageCard__user-info__name",
    ),
    author_link=(".message-name a.username::attr(href)", 'a.username[href*="members"]::attr(href)'),
    date=(".message-attribution-main time, .MessageCard__date-created time", "header time", "time.u-dt", "time"),
    link=(
        '.message-attribution-main a[href*="post-"]::attr(href)',
        '.message-attribution a[href*="post-"]::attr(href)',
        'a[href*="/post-"]::attr(href), a[href*="#post-"]::attr(href)',
    ),
    id=("::attr(data-content)", "::attr(id)"),
    title=("h1.p-title-value", "h1"),
    attached=".message-attachments .file-preview, .attachment .attachment-icon a",
)
_ONE = Layout(
    post='xpath://li[contains(concat(" ",normalize-space(@class)," ")," message ")][starts-with(@id,"post-")]',
    text=(".messageText",),
    drop=".bbCodeQuote, .messageText blockquote, .quoteContainer, .bbCodeBlock > .type, .messageTextEndMarker, .editDate"
    ", .bbCodeSpoilerButton",
    author=("::attr(data-author)", ".messageUserBlock .username", ".username"),
    author_link=(".messageUserBlock a.username::attr(href)",),
    date=(".messageMeta .DateTime", ".DateTime"),
    link=("a.datePermalink::attr(href)", "a.postNumber::attr(href), a.hashPermalink::attr(href)"),
    id=("::attr(id)",),
    title=(".titleBar h1", "h1"),
    attached=".attachedFiles .thumbnail a",
)
XENFORO = Engine(
    name="XenForo",
    marks={
        "#xf": 0.9,
        "#xenforo": 0.9,
        "data-xf-init": 0.7,
        "data-xf-click": 0.5,
        "xenforo.com": 0.3,
        ".bbwrapper": 0.6,
        ".p-body-pagecontent": 0.6,
        ".messagetext": 0.5,
        ".message--post": 0.6,
    },
    layouts=(_TWO, _ONE),
    threads=".structItem--thread .structItem-title a:not(.labelLink)::attr(href)"
    ", .discussionListItem h3.title a:not(.prefixLink)::attr(href)",
    following="a.pageNav-jump--next::attr(href), .PageNav nav a.text:last-child::attr(href)",
)
