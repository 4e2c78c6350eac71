"""Khoros Communities (once Lithium), by the class names of its pages."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout, with_class

_TOPIC = Layout(
    post=f"xpath://*[@data-lia-message-uid or {with_class('lia-message-view-wrapper')} or"
    f" {with_class('lia-panel-message')}][.//*[{with_class('lia-message-body-content')}]]",
    text=(".lia-message-body-content",),
    drop="blockquote, .lia-quilt-column-quote, .lia-message-signature, .lia-rating-metoo, .lia-attachments-message",
    author=(".lia-user-name-link", ".lia-component-message-view-widget-author-username", ".UserName"),
    author_link=("a.lia-user-name-link::attr(href)",),
    date=(".local-friendly-date[title]", ".lia-message-posted-on .DateTime", ".DateTime", ".lia-message-posted-on"),
    link=(
        ".lia-component-message-view-widget-permalink a::attr(href)",
        ".lia-message-position-in-thread a::attr(href)",
        'a[href*="/m-p/"]::attr(href), a[href*="/td-p/"]::attr(href), a[href*="/ta-p/"]::attr(href)',
    ),
    id=("::attr(data-lia-message-uid)",),
    title=(".lia-message-subject", "h1"),
)
KHOROS = Engine(
    name="Khoros",
    marks={".lia-message-body-content": 0.8, "#lia-body": 0.8, ".lia-content": 0.5, "lithium.components": 0.5},
    layouts=(_TOPIC,),
    threads=".lia-list-row a.page-link::attr(href), .message-subject a.page-link::attr(href)",
    following=".lia-paging-page-next a::attr(href), a.lia-paging-page-next::attr(href)",
)
