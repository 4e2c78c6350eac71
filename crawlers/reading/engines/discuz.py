"""Discuz! 7 and X1 to X5, desktop and touch, by template/default/forum/viewthread*.htm."""

from __future__ import annotations

from crawlers.reading.engines.engine import Engine
from crawlers.reading.engines.layout import Layout

# Discuz hides nonsense between the words (jammer) from readers, for those who copy.
_NOT_WRITTEN = (
    ".quote, blockquote, .pstatus, .jammer, .tip, .sign, .signatures, .attach_nopermission, .rate, .locked, ignore_js_op em"
    ", [style*='display:none'], [style*='display: none'], .blockcode > em, .aimg_tip, .attach_tips, .posteditstatus, .quote_tit"
)
_DATE = r"(\d{4}[-/年]\d{1,2}[-/月]\d{1,2}.*?\d{1,2}:\d\d(?::\d\d)?|\D{0,3}\d{0,3}\s?\D{0,6}\s?\d{1,2}:\d\d|\d+\s?\D{1,5}前)"
_DESKTOP = Layout(
    post='xpath://*[starts-with(@id,"post_") or starts-with(@id,"pid")][.//*[starts-with(@id,"postmessage_")]]',
    text=('[id^="postmessage_"]', ".t_fsz", ".t_msgfont"),
    drop=_NOT_WRITTEN,
    author=(
        ".pls .authi a, .postauthor .postinfo a, .postauthor cite a",
        ".authi a.xw1",
        ".pi .xw1",
        ".authi a",
        ".pls .pi",
    ),
    author_link=(".pls .authi a::attr(href), .authi a.xw1::attr(href)", ".postauthor .postinfo a::attr(href)"),
    date=('[id^="authorposton"]', ".posterinfo .authorinfo em", ".postcontent .postinfo", ".authi em"),
    date_part=_DATE,
    link=('a[id^="postnum"]::attr(href)', 'a[href*="findpost"]::attr(href)'),
    id=('xpath:(.//*[starts-with(@id,"postmessage_")]/@id)[1]', "::attr(id)"),
    title=("#thread_subject", "h1.ts", "h1", "h2"),
    attached=".pattl ignore_js_op a[href*='attachment'], .t_attach a[href*='attachment']",
)
_TOUCH = Layout(
    post='xpath://*[starts-with(@id,"pid")][.//*[contains(concat(" ",normalize-space(@class)," ")," message ")]]',
    text=(".message",),
    drop=_NOT_WRITTEN,
    author=(".authi b a, .authi a.blue, .mtit a", ".authi a"),
    author_link=(".authi b a::attr(href), .authi a.blue::attr(href)",),
    date=(".mtime", ".authi .rela, .authi .grey.rela", ".authi .mtime"),
    date_part=_DATE,
    link=('a[href*="findpost"]::attr(href)',),
    id=("::attr(id)",),
    title=(".view_tit", ".postlist h2", "h2"),
)
DISCUZ = Engine(
    name="Discuz!",
    marks={
        "generator:discuz": 0.95,
        "discuz_uid": 0.8,
        "powered by discuz": 0.6,
        "postmessage_": 0.5,
        "#postlist": 0.4,
        "#nv_forum": 0.6,
        "mod=viewthread": 0.4,
        "comsenz": 0.4,
    },
    layouts=(_DESKTOP, _TOUCH),
    threads="a.s.xst::attr(href), #threadlist .threadlist_tit a::attr(href), #threadlist li.list > a::attr(href)",
    following="a.nxt::attr(href), .pages a.next::attr(href)",
)
