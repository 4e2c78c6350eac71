"""Sites where people share links and talk: Lemmy, Lobsters, Hacker News, Slashdot."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_LEMMY = Layout(
    post='xpath://article[starts-with(@id,"comment-")] | //*[@id="app"]//*[contains(@class,"post-listing")][1]',
    text=(
        ".comment-content .md-div",
        ".comment-content",
        "xpath:self::*[not(self::article)]/following-sibling::*[1]//*"
        '[contains(@class,"md-div")] | self::*[not(self::article)]//*[@id="postContent"]',
        "h1",
    ),
    drop="blockquote",
    author=("xpath:(.//a[contains(@class,'person-listing')])[1]/span[1]", "a.person-listing"),
    author_link=("a.person-listing::attr(href)",),
    date=("xpath:(.//*[contains(@class,'moment-time')])[1]/@data-tippy-content", ".moment-time"),
    link=('a[title="link"]::attr(href)', "h1 a::attr(href)"),
    title=("h1",),
)
LEMMY = Engine(
    name="Lemmy",
    marks={".md-div": 0.4, ".person-listing": 0.5, ".comment-node": 0.4, "window.isodata": 0.6, ".post-listing": 0.3},
    layouts=(_LEMMY,),
    threads=".post-listing h1 a::attr(href), .post-listing h5 a::attr(href)",
)
_LOBSTERS = Layout(
    post='xpath://div[contains(concat(" ",normalize-space(@class)," ")," comment ")][starts-with(@id,"c_")]'
    ' | //li[contains(concat(" ",normalize-space(@class)," ")," story ")][//*[contains(@class,"comments_subtree")]]',
    text=(
        ".comment_text",
        "xpath:self::li//*[contains(@class,'story_text')]",
        "xpath:self::li//a[contains(@class,'u-url')]",
    ),
    drop="blockquote",
    author=(
        'xpath:(.//*[contains(@class,"byline")]//a[starts-with(@href,"/~") or starts-with(@href,"/u/")][not(img)])[1]',
    ),
    author_link=('.byline a[href^="/~"]::attr(href)', '.byline a[href^="/u/"]::attr(href)'),
    date=(".byline time", ".byline span[title]"),
    link=('.byline a[href^="/c/"]::attr(href)', '.byline a[href*="#c_"]::attr(href)', ".comments_label a::attr(href)"),
    title=(".story .link a, .story_liner .link",),
)
LOBSTERS = Engine(
    name="Lobsters",
    marks={".comments_subtree": 0.6, ".comment_text": 0.3, ".story_liner": 0.6, ".comment_folder": 0.3},
    layouts=(_LOBSTERS,),
    threads=".story .comments_label a::attr(href)",
    following=".morelink a::attr(href)",
)
_HACKER_NEWS = Layout(
    post='xpath://tr[contains(concat(" ",normalize-space(@class)," ")," comtr ")]'
    ' | //table[contains(concat(" ",normalize-space(@class)," ")," fatitem ")]',
    text=(".commtext", ".toptext", ".titleline > a, .storylink, a.titlelink"),
    drop=".reply, .quote",
    author=(".hnuser",),
    author_link=(".hnuser::attr(href)",),
    date=(".age",),
    date_part=r"^(\S+)",
    link=(".age a::attr(href)",),
    id=("::attr(id)",),
    title=(".fatitem .titleline > a, .fatitem .storylink",),
)
HACKER_NEWS = Engine(
    name="Hacker News",
    marks={"#hnmain": 0.8, ".comtr": 0.6, ".hnuser": 0.4, ".athing": 0.3},
    layouts=(_HACKER_NEWS,),
    following="a.morelink::attr(href)",
)
_SLASHDOT = Layout(
    post='xpath://li[starts-with(@id,"tree_")] | //article[starts-with(@id,"firehose-")][//*[@id="commentlisting"]]',
    text=(
        'xpath:./div/div[contains(@class,"commentBody")]/div[starts-with(@id,"comment_body_")]',
        'xpath:self::article//*[starts-with(@id,"text-")]',
        'xpath:self::article//*[contains(@class,"body")]',
    ),
    drop="blockquote, .quote, .sig",
    author=(
        'xpath:./div/div[contains(@class,"commentTop")]//*[@class="by"]/a',
        'xpath:./div/div[contains(@class,"commentTop")]//*[@class="by"]',
        'xpath:self::article//*[contains(@class,"story-byline")]//a',
    ),
    date=('xpath:./div/div[contains(@class,"commentTop")]//*[@class="otherdetails"]', "xpath:self::article//time"),
    date_part=r"(?:^\W*on\s+)?([^(]*\d[^(]*)",
    link=('xpath:./div/div[contains(@class,"commentTop")]//h4/a/@href', "xpath:self::article//h2//a[1]/@href"),
    id=("xpath:self::li/@id",),
    title=(".story-title a",),
    nested=True,
)
SLASHDOT = Engine(
    name="Slashdot",
    marks={"#commentlisting": 0.6, ".commenttop": 0.4, ".fhitem": 0.4, "#firehose": 0.4, ".story-title": 0.3},
    layouts=(_SLASHDOT,),
)
