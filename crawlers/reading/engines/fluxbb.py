"""FluxBB and PunBB, by the markup of fluxbb/fluxbb (viewtopic.php) and punbb/punbb."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_FLUXBB = Layout(
    post='xpath://div[contains(concat(" ",normalize-space(@class)," ")," blockpost ")]',
    text=(".postmsg",),
    drop=".quotebox, blockquote, .postedit, .postsignature",
    author=(".postleft dt", ".postauthor dt"),
    author_link=(".postleft dt a::attr(href)",),
    date=("h2 a",),
    link=("h2 a::attr(href)",),
    id=("::attr(id)",),
    title=("ul.crumbs li:last-child", ".postright h3"),
)
_PUNBB = Layout(
    post='xpath://div[contains(concat(" ",normalize-space(@class)," ")," post ")][.//*[contains(@class,"post-byline")]]',
    text=(".entry-content",),
    drop=".quotebox, blockquote, .sig-content, .sig-line, .postedit, .note",
    author=(".post-byline em, .post-byline strong", ".author .username"),
    date=(".post-link a", ".post-byline .published"),
    link=("a.permalink::attr(href)", ".post-link a::attr(href)"),
    id=("::attr(id)",),
    title=("h1.main-title, .main-head .hn",),
)
FLUXBB = Engine(
    name="FluxBB",
    marks={
        "#punviewtopic": 0.9,
        "#punviewforum": 0.9,
        "#punindex": 0.9,
        'powered by <a href="https://fluxbb': 0.8,
        'powered by <a href="http://fluxbb': 0.8,
        ".blockpost": 0.6,
        ".postfootleft": 0.5,
        "#brd-viewtopic": 0.9,
        "punbb": 0.4,
    },
    layouts=(_FLUXBB, _PUNBB),
    threads="#vf .tclcon a:first-child::attr(href), .main-item h3 a::attr(href)",
    following='a[rel="next"]::attr(href), .pagelink strong + a::attr(href), .paging strong + a::attr(href)',
)
