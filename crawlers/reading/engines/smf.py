"""Simple Machines Forum 1.1, 2.0 and 2.1, by Themes/default/Display.template.php of each."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_QUOTES = "blockquote, .quoteheader, .codeheader, .quote, .bbc_standard_quote, .topslice_quote, .botslice_quote"
_TWO = Layout(
    post='xpath://*[contains(concat(" ",normalize-space(@class)," ")," post_wrapper ")]',
    text=(".post .inner", ".inner", ".post"),
    drop=f"{_QUOTES}, .signature, .modified, .attachments",
    author=(".poster h4 a", ".poster h4"),
    author_link=(".poster h4 a::attr(href)",),
    date=(".postinfo a.smalltext::text, .postinfo time", ".keyinfo .smalltext", ".postinfo .smalltext"),
    # 2.0 writes « Reply #1 on: January 05, 2009, 10:00:00 PM » in every language
    date_part=r"(?:«.*?:\s)?\s*([^«»]*\d[^«»]*)",
    link=('.keyinfo a[href*="msg"]::attr(href)', ".keyinfo h5 a::attr(href)", ".postinfo a::attr(href)"),
    id=('xpath:(.//*[starts-with(@id,"msg_")]/@id)[1]', 'xpath:(.//*[starts-with(@id,"subject_")]/@id)[1]'),
    title=("#display_head .display_title", "h3.catbg", "h1"),
    attached=".attachments a[href*='attach']",
)
_ONE = Layout(
    post='xpath://td[starts-with(@class,"windowbg")][.//div[starts-with(@id,"subject_")]]',
    text=("div.post", ".personalmessage"),
    drop=f"{_QUOTES}, .code + br, .signature",
    author=('b a[href*="action=profile"]', "b"),
    author_link=('b a[href*="action=profile"]::attr(href)',),
    date=('xpath:.//div[starts-with(@id,"subject_")]/following-sibling::div[1]', ".smalltext"),
    date_part=r"«[^:]*:\s*([^«»]*\d[^«»]*)",
    link=('div[id^="subject_"] a::attr(href)',),
    id=('xpath:(.//div[starts-with(@id,"subject_")]/@id)[1]',),
    title=("h1",),
)
SMF = Engine(
    name="SMF",
    marks={
        "generator:smf": 0.9,
        "simplemachines.org": 0.6,
        "smf_scripturl": 0.9,
        "smf_theme_url": 0.9,
        "smf_images_url": 0.8,
        "#forumposts": 0.5,
        ".post_wrapper": 0.4,
        ".keyinfo": 0.4,
        "index.php?topic=": 0.3,
        "powered by smf": 0.7,
    },
    layouts=(_TWO, _ONE),
    threads='span[id^="msg_"] a::attr(href), td.subject a[href*="topic="]:first-child::attr(href)'
    ", .subject .preview a::attr(href)",
    following="a.nav_page:has(.main_icons.next_page)::attr(href), .pagelinks strong + a.navPages::attr(href)"
    ", .pagelinks .current_page + a::attr(href)",
)
