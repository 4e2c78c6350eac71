"""Threads by their engine: one small page for each engine and version family, true to its default markup."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawlers.reading.engines.layout import MOST_POSTS
from crawlers.reading.page import Page, read_page
from crawlers.reading.understand import PageType, understand

PAGES = Path(__file__).parent / "pages"
WORDS = ("Cooks wanted at the harbour.\nPay 800 USD a month.", "Is it still open?")
# What stands in the boxes of these pages and was not written by their authors.
LEAKS = (
    "QUOTED",
    "SIGNED",
    "EDITED",
    "SHARED",
    "REACTED",
    "PHOTO",
    "JAMMED",
    "HIDDEN",
    "Click to expand",
    "wrote",
    "said",
)

ENGINES = [
    (
        "phpbb_prosilver",
        "phpBB",
        ("2024-03-05T09:14:00+00:00", "Tue Mar 05, 2024 10:02 am"),
        "viewtopic.php?p=102#p102",
    ),
    (
        "phpbb_subsilver2",
        "phpBB",
        ("Tue Mar 05, 2024 9:14 am", "Tue Mar 05, 2024 10:02 am"),
        "viewtopic.php?p=102#p102",
    ),
    ("phpbb_2", "phpBB", ("Sat Mar 05, 2005 9:14 am", "Sat Mar 05, 2005 10:02 am"), "viewtopic.php?p=102#102"),
    ("xenforo_1", "XenForo", ("1709630040", "Mar 5, 2024 at 10:02 AM"), "threads/work.7/#post-102"),
    ("xenforo_2", "XenForo", ("2024-03-05T09:14:00+0700", "2024-03-05T10:02:00+0700"), "threads/work.7/post-102"),
    ("vbulletin_3", "vBulletin", ("03-05-2009, 09:14 AM", "03-05-2009, 10:02 AM"), "showpost.php?p=102&postcount=2"),
    (
        "vbulletin_4",
        "vBulletin",
        ("03-05-2014, 09:14 AM", "Today, 10:02 AM"),
        "forum/showthread.php?7-work&p=102&viewfull=1#post102",
    ),
    ("vbulletin_5", "vBulletin", ("2024-03-05T02:14:00", "2024-03-05T03:02:00"), "forum/jobs/7-work?p=102#post102"),
    ("smf_1", "SMF", ("March 05, 2009, 09:14:00 AM", "March 05, 2009, 10:02:00 AM"), "index.php?topic=7.msg102#msg102"),
    (
        "smf_20",
        "SMF",
        ("March 05, 2014, 09:14:00 AM", "March 05, 2014, 10:02:00 AM"),
        "index.php?topic=7.msg102#msg102",
    ),
    ("smf_21", "SMF", ("March 05, 2024, 09:14:00 AM", "March 05, 2024, 10:02:00 AM"), "index.php?msg=102"),
    ("mybb_18", "MyBB", ("03-05-2024, 09:14 AM", "03-05-2024, 10:02 AM"), "showthread.php?tid=7&pid=102#pid102"),
    ("ips_4", "Invision", ("2024-03-05T02:14:00Z", "2024-03-05T03:02:00Z"), "topic/7-work/?do=findComment&comment=102"),
    ("ipb_3", "Invision", ("2014-03-05T02:14:00+00:00", "2014-03-05T03:02:00+00:00"), "topic/7-work/#entry102"),
    ("ipb_2", "Invision", ("Mar 5 2009, 09:14 AM", "Mar 5 2009, 10:02 AM"), "thread#entry102"),
    (
        "discuz_x3",
        "Discuz!",
        ("2024-3-5 09:14:33", "2024-3-5 10:02:11"),
        "forum.php?mod=redirect&goto=findpost&ptid=7&pid=102",
    ),
    ("fluxbb", "FluxBB", ("2024-03-05 09:14:33", "Yesterday 10:02:11"), "viewtopic.php?pid=102#p102"),
    ("punbb", "FluxBB", ("2014-03-05 09:14:33", "2014-03-05 10:02:11"), "post102.html#p102"),
    (
        "vanilla",
        "Vanilla",
        ("2024-03-05T02:14:00+00:00", "2024-03-05T03:02:00+00:00"),
        "discussion/comment/102/#Comment_102",
    ),
    ("nodebb", "NodeBB", ("1709604840000", "1709607720000"), "post/102"),
    ("flarum_payload", "Flarum", ("2024-03-05T02:14:00+00:00", "2024-03-05T03:02:00+00:00"), "d/7-work/2"),
    (
        "bbpress",
        "bbPress",
        ("March 5, 2024 at 9:14 am", "March 5, 2024 at 10:02 am"),
        "forums/topic/jobs/#post-102",
    ),
    ("discourse_crawler", "Discourse", ("2024-03-05T02:14:00Z", "2024-03-05T03:02:00Z"), "t/jobs/7/2"),
    ("discourse_live", "Discourse", ("1709604840000", "1709607720000"), "t/jobs/7/2"),
    ("discourse_preloaded", "Discourse", ("2024-03-05T02:14:00.000Z", "2024-03-05T03:02:00.000Z"), "t/jobs/7/2"),
    (
        "reddit_old",
        "Reddit",
        ("2024-03-05T02:14:00+00:00", "2024-03-05T03:02:00+00:00"),
        "r/harbour/comments/abc/jobs/def/",
    ),
    ("hacker_news", "Hacker News", ("2024-03-05T02:14:00", "2024-03-05T03:02:00"), "item?id=102"),
    ("schema_microdata", "schema.org", ("2024-03-05T02:14:00Z", "2024-03-05T03:02:00Z"), "talk/7#c102"),
    ("schema_json", "schema.org", ("2024-03-05T02:14:00Z", "2024-03-05T03:02:00Z"), "talk/7#c102"),
    (
        "pantip",
        "Pantip",
        ("05 มีนาคม 2567 เวลา 09:14:33", "05 มีนาคม 2567 เวลา 10:02:11"),
        "thread#comment-102",
    ),
    (
        "woltlab",
        "WoltLab",
        ("2024-03-05T09:14:00+07:00", "2024-03-05T10:02:00+07:00"),
        "thread/7-work/?postID=102#post102",
    ),
    ("khoros", "Khoros", ("03-05-2024 09:14 AM", "03-05-2024 10:02 AM"), "t5/jobs/m-p/102#M1"),
    ("tieba", "Tieba", ("2024-03-05 09:14", "2012-03-05 10:02"), "thread#102"),
    ("wpforo", "wpForo", ("05/03/2024 9:14 am", "05/03/2024 10:02 am"), "forum/jobs/#post-102"),
    ("lowyat", "Invision", ("Mar 5 2024, 09:14 AM", "Mar 5 2024, 10:02 AM"), "index.php?act=findpost&pid=102"),
    (
        "kaskus_nested",
        "Kaskus",
        ("2020-03-05T09:14:00+07:00", "2020-03-05T10:02:00+07:00"),
        "show_post/5e1e8e6cbb5ceb431f491475/?child_id=5e1e8e6cbb5ceb431f491476",
    ),
    ("kaskus", "Kaskus", ("2014-03-05T09:14:00+07:00", "2014-03-05T10:02:00+07:00"), "show_post/102abc/2/-"),
]
IN_OTHER_LANGUAGES = {
    "discuz_x3": ("港口招厨师。\n月薪800美元。", "还招人吗？"),
    "pantip": ("รับพ่อครัวที่ท่าเรือ\nเงินเดือน 800 ดอลลาร์", "ยังรับไหมครับ"),
    "tieba": ("港口招厨师。\n月薪800美元。", "还招人吗？"),
    "kaskus_nested": ("Dicari koki di pelabuhan.\nGaji 800 USD sebulan.", "Masih ada, gan?"),
    "kaskus": ("Dicari koki di pelabuhan.\nGaji 800 USD sebulan.", "Masih ada, gan?"),
}


def saved(name: str) -> Page:
    return read_page((PAGES / f"{name}.html").read_bytes(), "https://board.example/thread")


@pytest.mark.parametrize(("name", "engine", "dates", "link"), ENGINES, ids=[row[0] for row in ENGINES])
def test_a_thread_is_read_as_its_engine_wrote_it(name: str, engine: str, dates: tuple[str, str], link: str) -> None:
    understood = understand(saved(name))
    first, second = understood.posts[:2]
    assert (understood.type, understood.engine) == (PageType.FORUM, engine)
    assert (first.text, second.text) == IN_OTHER_LANGUAGES.get(name, WORDS)
    assert first.author == "budi_kapal"
    assert (second.author or "").replace("_", " ") == "Nok Talay"
    assert (first.published_words, second.published_words) == dates
    assert second.url == f"https://board.example/{link}"
    assert not [leak for post in understood.posts for leak in LEAKS if leak in post.text]
    assert understood.signs or engine == "schema.org"
    assert {"text", "author", "published"} <= set(understood.why)


def test_an_answer_in_discourse_says_what_it_answers() -> None:
    first, second = understand(saved("discourse_preloaded")).posts
    assert (first.reply_to, second.reply_to) == (None, first.url)


def test_a_post_that_is_only_a_link_is_not_lost() -> None:
    box = (
        '<div class="bbCodeBlock bbCodeBlock--unfurl js-unfurl"><h3 class="contentRow-header"><a href="https://t.me/harbour_jobs">'
        'Telegram channel</a></h3><div class="contentRow-snippet">Words of a preview</div></div>'
    )
    markup = (PAGES / "xenforo_2.html").read_text().replace("Is it still open?", box)
    post = understand(read_page(markup.encode(), "https://board.example/thread")).posts[1]
    assert post.text == "Telegram channel\nhttps://t.me/harbour_jobs"


def test_a_page_that_holds_more_posts_than_are_read_says_so() -> None:
    post = "<tr class=comtr id=1><td><a class=hnuser>nok</a><div class=commtext>Is it open?</div></td></tr>"
    markup = f"<table id=hnmain>{post * (MOST_POSTS + 1)}</table>"
    understood = understand(read_page(markup.encode(), "https://board.example/item?id=1"))
    assert len(understood.posts) == MOST_POSTS
    assert understood.complaint == "it holds 10,001 posts, and the first 10,000 of them were read"
