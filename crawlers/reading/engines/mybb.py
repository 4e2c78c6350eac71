"""MyBB 1.4 to 1.8, by the default templates `postbit` and `postbit_classic`."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

_POSTBIT = Layout(
    post='xpath://*[self::div or self::table][starts-with(@id,"post_")][.//*[starts-with(@id,"pid_")]]',
    text=('[id^="pid_"]', ".post_body"),
    drop="blockquote, .mycode_quote, .quote_header, .quote_body, .codeblock > .title, .signature, .post_edit",
    author=(".author_information .largetext", ".post_author .largetext", ".largetext", ".author_information strong"),
    author_link=(".author_information a[href*='user']::attr(href)", ".largetext a::attr(href)"),
    date=(".post_date", ".post_head .smalltext", "td.tcat .smalltext", ".smalltext"),
    date_part=r"^\W*(.*?\d{1,2}:\d\d(?:\s?[APap][Mm])?|[^()]*\d[^()]*)",
    link=('.post_head a[href*="pid"]::attr(href)', 'a[id^="post_url_"]::attr(href)', 'a[href*="pid"]::attr(href)'),
    id=("::attr(id)",),
    title=(".thead strong", "h1"),
    attached=".attachment a, fieldset a[href*='attachment.php']",
)
MYBB = Engine(
    name="MyBB",
    marks={
        "my_post_key": 0.8,
        'powered by <a href="https://mybb.com': 0.9,
        "powered by mybb": 0.8,
        "mybb.com": 0.4,
        "mybbuser": 0.5,
        ".post_body": 0.4,
        ".mycode_quote": 0.5,
        ".author_information": 0.5,
        "jscripts/general.js": 0.6,
    },
    layouts=(_POSTBIT,),
    threads='span[id^="tid_"] a::attr(href), .subject_old a::attr(href), .subject_new a::attr(href)',
    following="a.pagination_next::attr(href)",
)
