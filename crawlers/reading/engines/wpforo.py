"""wpForo, the forum for WordPress, in its layouts 1 to 4."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout, with_class

_TOPIC = Layout(
    post=f"xpath://*[starts-with(@id,'post-')][.//*[{with_class('wpforo-post-content')}]]",
    text=(".wpforo-post-content",),
    drop="blockquote, .wpforo-post-signature, .wpf-attachment-info, .wpf-post-button-actions, .wpforo-last-edited",
    author=(".author-name a", ".author-name", ".wpf-author-name", ".bleft .author-name"),
    author_link=(".author-name a::attr(href)",),
    date=(".wpforo-post-date", ".wpf-post-date", ".wpforo-post-content-bottom .cbleft", ".bottom .left", ".date"),
    date_part=r"^(?:[^:\d]{3,20}:\s*)?(.*\d.*)$",
    link=('a[href*="#post-"]::attr(href)', 'a[href*="/postid/"]::attr(href)'),
    id=("::attr(id)",),
    title=(".wpforo-topic-title, .wpf-post-head-top h1", "h1"),
    attached=".wpforo-attached-file a",
)
WPFORO = Engine(
    name="wpForo",
    marks={"#wpforo": 0.8, "#wpforo-wrap": 0.9, ".wpforo-post": 0.6, ".wpforo-post-content": 0.8},
    layouts=(_TOPIC,),
    threads=".wpforo-topic-title a::attr(href)",
    following="a.wpf-next-button::attr(href)",
)
