"""NodeBB, by the templates of its themes Persona and Harmony (topic.tpl)."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_TOPIC = Layout(
    post='xpath://*[@component="post"][@data-pid]',
    text=('[component="post/content"]', ".content"),
    drop='blockquote, p:has(a.plugin-mentions-user):has(+ blockquote), [component="post/signature"], .post-signature, .link-preview',
    author=("::attr(data-username)", 'a[component="post/author"]', "a[data-username]"),
    author_link=('a[href*="/user/"]::attr(href)',),
    date=("::attr(data-timestamp)", 'meta[itemprop="datePublished"]', ".timeago"),
    link=('a[component="post/permalink"]::attr(href)', 'a[href*="/post/"]::attr(href)', "a.permalink::attr(href)"),
    id=("::attr(data-pid)",),
    title=('[component="topic/title"]', "h1"),
)
NODEBB = Engine(
    name="NodeBB",
    marks={
        "powered by nodebb": 0.7,
        "nodebb.min.js": 0.9,
        'component="post/content"': 0.8,
        'component="topic"': 0.6,
        'component="category/topic"': 0.7,
        "nodebb": 0.3,
    },
    layouts=(_TOPIC,),
    threads='[component="topic/header"] a::attr(href), [component="category/topic"] h3 a::attr(href)',
    following='[component="pagination"] .next a::attr(href), link[rel="next"]::attr(href)',
)
