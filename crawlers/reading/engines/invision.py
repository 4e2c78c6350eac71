"""Invision: IP.Board 1 to 3 and Invision Community 4 and 5, by the markup of their default themes."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout, with_class

_FOUR = Layout(
    post='xpath://*[starts-with(@id,"elComment_") or starts-with(@id,"elAnswer_")][.//*[@data-role="commentContent"]]',
    text=('[data-role="commentContent"]',),
    drop="blockquote, .ipsQuote, .ipsQuote_citation, .ipsSpoiler_header, [data-excludequote], [data-role='memberSignature']"
    ", .ipsComment_controls, .ipsItemControls, .ipsEdited, .ipsEmbedded_headerArea, .ipsEmbedded_content",
    author=(
        ".ipsEntry__username a, .ipsEntry__username",
        ".cAuthorPane_author a, .cAuthorPane_author",
        ".ipsComment_author strong a, .ipsComment_author h3",
        ".ipsUsername, .ipsComment_author a",
    ),
    author_link=(".ipsEntry__username a::attr(href)", ".cAuthorPane_author a::attr(href)"),
    date=(".ipsComment_meta time", ".ipsEntry__date time, .ipsEntry__header time", "time"),
    link=(
        'a[data-role="shareComment"]::attr(href)',
        'a[href*="findComment"]::attr(href)',
        'a[href*="#comment-"]::attr(href), a[href*="#findComment"]::attr(href)',
    ),
    id=("::attr(id)",),
    title=(".ipsType_pageTitle, .ipsPageHeader__title, .ipsTitle--h1", "h1"),
    attached="a.ipsAttachLink",
)
_THREE = Layout(
    post='xpath://*[contains(concat(" ",normalize-space(@class)," ")," post_block ")]',
    text=(".entry-content", ".post"),
    drop="blockquote, .citation, .edit, .signature, .ipsBlockquote, .bbc_spoiler_show",
    author=(".author.vcard .name, .author.vcard a", ".post_username .author, .post_username", ".author"),
    author_link=(".author.vcard a::attr(href)",),
    date=(".posted_info .published", ".published"),
    link=('a[rel="bookmark"]::attr(href)', 'a[href*="#entry"]::attr(href)'),
    id=("::attr(id)",),
    title=("h1.ipsType_pagetitle", "h1", ".maintitle"),
    attached=".attach_button a, a.resized_img",
)
_TWO = Layout(
    post='xpath://table[.//*[contains(concat(" ",normalize-space(@class)," ")," postcolor ")]][.//*[contains(@class,"normalname")]]',
    text=(".postcolor",),
    drop=".quotetop, .quotemain, .codetop, .edit, .signature, #QUOTE, [id='QUOTE-WRAP'], [id='QUOTE']",
    cut=r"^-{20,}$",
    author=(".normalname a", ".normalname"),
    author_link=(".normalname a::attr(href)",),
    date=('xpath:(.//span[@class="postdetails"][contains(.,":")])[1]', ".postdetails", ".post_date"),
    date_part=r"^\W*(?:Posted:?\s*)?(.{3,40}?\d{1,2}:\d\d(?:\s?[APap][Mm])?)",
    link=('a[href*="findpost"]::attr(href)', 'a[href*="#entry"]::attr(href)', 'a[href*="view=findpost"]::attr(href)'),
    id=(
        'xpath:(.//a[starts-with(@name,"entry")]/@name)[1]',
        'xpath:(.//*[contains(@class,"postcolor")]/@id)[1]',
    ),
    title=(".maintitle b", ".maintitle"),
)
# Lowyat, Malaysia's largest forum, has grown out of version 1.3.
_LOWYAT = Layout(
    post=f"xpath://*[{with_class('post_table')}][.//*[{with_class('post_text')} or {with_class('postcolor')}]]",
    text=(".post_text", ".postcolor"),
    drop=".quotetop, .quotemain, .edit, .signature, .spoilerbutton, blockquote",
    author=(".normalname a", ".normalname"),
    author_link=(".normalname a::attr(href)",),
    date=(".postdetails",),
    date_part=r"^\W*(.{3,40}?\d{1,2}:\d\d(?::\d\d)?(?:\s?[APap][Mm])?)",
    link=('a[href*="findpost"]::attr(href)', 'a[href*="#entry"]::attr(href)'),
    id=('xpath:(.//a[starts-with(@name,"entry")]/@name)[1]', "::attr(id)"),
    title=(".maintitle p b", ".maintitle"),
)
INVISION = Engine(
    name="Invision",
    marks={
        "#ipslayout_body": 0.9,
        "#ipslayout": 0.8,
        "ips.board.css": 0.7,
        "data-ips-hook": 0.8,
        "ipssettings": 0.6,
        ".ipscomment": 0.7,
        ".ipsentry": 0.7,
        "#ipboard_body": 0.9,
        ".post_block": 0.5,
        ".postcolor": 0.6,
        ".post_table": 0.3,
        ".normalname": 0.5,
        "#topic_content": 0.3,
        "ipb_var": 0.5,
        "ipb.vars": 0.7,
        "invision power": 0.4,
        "invisioncommunity.com": 0.4,
        "ip.board": 0.4,
    },
    layouts=(_FOUR, _THREE, _TWO, _LOWYAT),
    threads=".ipsDataItem_title a[href*='topic']::attr(href), .ipsData__title a[href*='topic']::attr(href)"
    ", a.topic_title::attr(href), a[id^='tid-link-']::attr(href)",
    following=".ipsPagination_next a::attr(href), .ipsPagination__next a::attr(href), a[rel~='next']::attr(href)"
    ", li.next a::attr(href)",
)
