"""phpBB 2 (subSilver) and 3 (prosilver, subsilver2): marks and places by the default styles of phpbb/phpbb."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_QUOTES = "blockquote, .quotetitle, .quotecontent, .quotewrapper"
_PROSILVER = Layout(
    post='xpath://*[contains(concat(" ",normalize-space(@class)," ")," post ")][starts-with(@id,"p")]',
    text=(".postbody .content", ".content", ".postbody"),
    drop=f"{_QUOTES}, .signature, .notice, .codebox > p, dl.codebox > dt, .inline-attachment dd, .attachbox > dt"
    ", .post-buttons, .author, h3",
    author=(
        ".author a.username, .author a.username-coloured",
        ".author .username, .author .username-coloured, .author strong",
        ".postprofile .username, .postprofile .username-coloured, .postprofile dt > a, .postprofile dt > strong",
        ".username, .username-coloured",
    ),
    author_link=("a.username::attr(href), a.username-coloured::attr(href)", ".postprofile dt > a::attr(href)"),
    date=(".author time", ".postbody time", ".author"),
    # "by NAME » Sun Dec 17, 2023 11:23 am" in any language; some styles show the date alone.
    date_part=r"(?:^|[»:]\s*)([^»]*\d[^»]*)$",
    link=('.author a[href*="p="]', 'h3 a[href*="#p"]'),
    id=("::attr(id)",),
    title=("h2.topic-title", "#page-body h2", "h1"),
    attached=".attachbox dt.attach-image img, .attachbox a.postlink",
)
_SUBSILVER2 = Layout(
    post='xpath://table[contains(@class,"tablebg")][.//div[@class="postbody"]][.//a[starts-with(@name,"p")]]',
    text=(".postbody",),
    drop=f"{_QUOTES}, .codetitle, .attachtitle",
    cut=r"^_{10,}$",
    author=(".postauthor",),
    date=('xpath:.//*[b[starts-with(normalize-space(.),"Posted")]]', "td.gensmall div"),
    date_part=r"(?:^|:)\s*([^:]*\d{1,4}[^:]*:\d\d(?::\d\d)?[^:]*)$",
    link=('a[href*="viewtopic"][href*="#p"]', 'a[href*="#p"]'),
    id=('xpath:(.//a[starts-with(@name,"p")]/@name)[1]',),
    title=("a.titles",),
)
_SUBSILVER = Layout(
    post='xpath://tr[td/span[@class="name"]/a[@name]][.//*[contains(@class,"postbody")]]',
    # quotations stand in tables between spans of the author's words
    text=('xpath:(.//span[@class="postbody"])[1]/..', ".postbody"),
    drop="td.quote, .genmed, .gensmall",
    cut=r"^_{10,}$",
    author=("span.name b", "span.name"),
    date=('xpath:(.//table//span[@class="postdetails"][contains(.,":")])[1]', ".postdetails"),
    # "Posted: Mon Jan 05, 2009 3:14 pm    Post subject: Re: ..."
    date_part=r"^[^:]*:\s*(.{4,60}?\d{1,2}:\d\d(?:\s?[ap]m)?)",
    link=('a[href*="viewtopic"][href*="#"]', 'a[href*="#"]'),
    id=('xpath:.//span[@class="name"]/a/@name',),
    title=("a.maintitle",),
)
PHPBB = Engine(
    name="phpBB",
    marks={
        "#phpbb": 0.9,
        "powered by phpbb": 0.6,
        "phpbb group": 0.5,
        "phpbb.com/": 0.4,
        "viewtopic.php?": 0.4,
        ".postprofile": 0.6,
        ".postbody": 0.3,
        "styles/prosilver": 0.7,
        "#page-body": 0.2,
        ".subsilver": 0.5,
        "memberlist.php?mode=viewprofile": 0.6,
    },
    layouts=(_PROSILVER, _SUBSILVER2, _SUBSILVER),
    threads="a.topictitle::attr(href)",
    following='.pagination li.next a::attr(href), .pagination li.arrow.next a::attr(href), a[rel~="next"]::attr(href)'
    ", a.right-box.right::attr(href)",
)
