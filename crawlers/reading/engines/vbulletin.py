"""vBulletin 3, 4, 5 and 6, by the markup of their default styles."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

# A quotation is an inset cell in a box of its own, headed by "Quote:"; code has such a box too, but no cell.
_BOXES = (
    "div[style*='margin:20px'] > table, div[style*='margin: 20px'] > table, div[style*='margin:20px'] > div.smallfont"
    ", td[style*='1px inset'], div.panel[style*='1px inset'], div[style*='margin'] > div > label"
)
_FIVE = Layout(
    post='xpath://li[contains(concat(" ",normalize-space(@class)," ")," b-post ")][@data-node-id]',
    text=(".js-post__content-text", ".b-post__content .restore", '[itemprop="text"]'),
    drop=".bbcode_container, .b-bbcode, blockquote, .post-signature, .b-post__signature, .b-post__edit",
    author=('[itemprop="author"] [itemprop="name"]', ".b-userinfo .author", ".b-userinfo a"),
    author_link=(".b-userinfo .author a::attr(href)",),
    date=("time[itemprop]", ".b-post__timestamp time", "time"),
    link=("a.b-post__count::attr(href)",),
    id=("::attr(data-node-id)",),
    title=("h1.main-title, h1.b-content-entry-title", "h1"),
    attached=".b-post-attachments__item a",
)
_FOUR = Layout(
    post='xpath://li[starts-with(@id,"post_")][.//*[starts-with(@id,"post_message_")]]',
    text=(".postcontent", '[id^="post_message_"]'),
    drop=".bbcode_quote, .bbcode_description, .bbcode_quote_container, .quote_container, .lastedited, .signature",
    author=(".userinfo .username strong", "a.username, span.username", ".username", ".username_container"),
    author_link=("a.username::attr(href)",),
    date=(".postdate .date", ".postdate", ".date"),
    link=("a.postcounter::attr(href)",),
    id=("::attr(id)",),
    title=(".threadtitle", "#pagetitle h1", "h1"),
    attached=".attachments a",
)
_THREE = Layout(
    post=r'xpath://*[starts-with(@id,"post") or starts-with(@id,"edit")][re:test(@id,"^(?:post|edit)_?\d+$")]'
    '[.//*[starts-with(@id,"post_message_")]]',
    text=('[id^="post_message_"]',),
    drop=f"{_BOXES}, blockquote, .quote, .bbcode_quote, fieldset",
    author=(".bigusername", '[id^="postmenu_"] a', '[id^="postmenu_"]', ".username"),
    author_link=("a.bigusername::attr(href)", '[id^="postmenu_"] a::attr(href)'),
    date=(
        'xpath:.//a[starts-with(@name,"post")][not(@href)]/parent::*',
        'xpath:.//a[starts-with(@name,"post")]/following-sibling::*[1]',
        ".thead .normal",
        ".thead, .tcell.thead, .trow.thead",
        "xpath:.//*[contains(@class,'thead')]",
    ),
    date_part=r"^\W*(.*?\d{1,2}:\d\d(?:\s?[APap][Mm])?)",
    link=('a[id^="postcount"]::attr(href)', 'a[href*="showpost.php"]::attr(href)', 'a[href*="#post"]::attr(href)'),
    id=('xpath:(.//*[starts-with(@id,"post_message_")]/@id)[1]',),
    title=(".navbar strong", "td.navbar", "h1"),
    attached='a[href*="attachment.php"]',
)
VBULLETIN = Engine(
    name="vBulletin",
    marks={
        "generator:vbulletin": 0.95,
        "vbulletin_global": 0.9,
        "vbulletin-core": 0.9,
        "vbulletin_menu": 0.8,
        "#vbulletin_html": 0.9,
        "powered by vbulletin": 0.7,
        "jelsoft": 0.5,
        "showthread.php": 0.4,
        ".b-post__content": 0.8,
        ".postbitlegacy": 0.7,
        ".postcontent": 0.3,
        "post_message_": 0.6,
        ".bigusername": 0.7,
    },
    layouts=(_FIVE, _FOUR, _THREE),
    threads='a[id^="thread_title_"]::attr(href), a.js-topic-title::attr(href), .threadtitle a.title::attr(href)',
    following='a[rel="next"]::attr(href), .prev_next a[rel="next"]::attr(href), a.js-pagenav-next-button::attr(href)',
)
