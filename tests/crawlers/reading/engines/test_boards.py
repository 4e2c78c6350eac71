"""Lists of threads, next pages, and the zone that a board says its times are in."""

from __future__ import annotations

import pytest

from crawlers.reading.engines.known import engines, known_engine
from crawlers.reading.engines.layout import post_address, thread_address
from crawlers.reading.engines.zones import stated_zone
from crawlers.reading.page import Page, read_page
from crawlers.reading.understand import understand
from tests.crawlers.reading.engines.test_known import saved


def page(body: str) -> Page:
    return read_page(f"<html>{body}</html>".encode(), "https://board.example/f/2")


BOARDS = [
    ("phpBB", '<body id="phpbb"><a href="./viewtopic.php?f=2&amp;t=7" class="topictitle">', "viewtopic.php?f=2&t=7"),
    (
        "XenForo",
        '<body data-xf-init="x"><div class="bbWrapper p-body-pageContent"></div><div class="structItem structItem--thread">'
        '<div class="structItem-title"><a href="/?prefix_id=1" class="labelLink">x</a><a href="/threads/work.7/">',
        "threads/work.7/",
    ),
    (
        "Discuz!",
        '<head><meta name="generator" content="Discuz! X3.4"></head><body><a href="/thread-7-1-1.html" class="s xst">',
        "thread-7-1-1.html",
    ),
    (
        "MyBB",
        '<script>var my_post_key = "1"</script><span class="subject_new" id="tid_7"><a href="/thread-7.html">',
        "thread-7.html",
    ),
    (
        "Discourse",
        '<head><meta name="generator" content="Discourse 3"></head><table class="topic-list">'
        '<a class="title raw-link raw-topic-link" href="/t/jobs/7">',
        "t/jobs/7",
    ),
]


@pytest.mark.parametrize(("engine", "markup", "thread"), BOARDS, ids=[row[0] for row in BOARDS])
def test_the_threads_of_a_board_are_listed(engine: str, markup: str, thread: str) -> None:
    known = known_engine(page(markup + "Work</a>"))
    assert known is not None
    assert known.engine.name == engine
    assert [
        url.rpartition("board.example/")[2].removeprefix("f/") for url in known.engine.list_threads(page(markup))
    ] == [thread]


NEXT = [
    (
        "phpbb_prosilver",
        "viewtopic.php?t=7&sid=0123456789abcdef0123456789abcdef&start=20",
        "viewtopic.php?t=7&start=20",
    ),
    ("xenforo_1", "", "threads/work.7/page-2"),
    ("xenforo_2", "", "threads/work.7/page-2"),
    ("vbulletin_3", "", "showthread.php?t=7&page=2"),
    ("mybb_18", "", "showthread.php?tid=7&page=2"),
    ("ips_4", "", "topic/7-work/page/2/"),
    ("discuz_x3", "", "forum.php?mod=viewthread&tid=7&page=2"),
]


@pytest.mark.parametrize(("name", "_", "following"), NEXT, ids=[row[0] for row in NEXT])
def test_the_next_page_of_a_thread_is_found(name: str, _: str, following: str) -> None:
    assert understand(saved(name)).next_page == f"https://board.example/{following}"


ZONES = [
    ("phpbb_prosilver", "Asia/Jakarta"),
    ("phpbb_2", "Etc/GMT-7"),
    ("vbulletin_3", "Etc/GMT-7"),
    ("vbulletin_4", "Etc/GMT-7"),
    ("discuz_x3", "Etc/GMT-8"),
    ("smf_21", None),
]


@pytest.mark.parametrize(("name", "zone"), ZONES, ids=[row[0] for row in ZONES])
def test_a_board_says_its_time_zone(name: str, zone: str | None) -> None:
    assert understand(saved(name)).timezone == zone


def test_half_an_hour_is_a_zone_too() -> None:
    assert stated_zone(page('<div class="smallfont">All times are GMT +5.5.</div>')) == "Asia/Kolkata"
    assert stated_zone(page('<div class="smallfont">All times are UTC +06:30</div>')) == "Asia/Yangon"
    assert stated_zone(page('<div class="smallfont">All times are UTC-05:00</div>')) == "Etc/GMT+5"
    assert stated_zone(page('<div class="smallfont">All times are GMT. The time now is 9:00</div>')) == "UTC"
    assert stated_zone(page('<div class="smallfont">All times are GMT +99</div>')) is None


@pytest.mark.parametrize(
    ("address", "permanent"),
    [
        ("https://b.example/t.php?s=0123456789abcdef0123456789abcdef&p=1#post1", "https://b.example/t.php?p=1#post1"),
        ("https://b.example/t.php?p=1&s=0123456789abcdef0123456789abcdef#post1", "https://b.example/t.php?p=1#post1"),
        (
            "https://b.example/?PHPSESSID=0123456789abcdef0123456789&topic=7.msg1#msg1",
            "https://b.example/?topic=7.msg1#msg1",
        ),
        ("https://b.example/find?s=cook#p1", "https://b.example/find?s=cook#p1"),
    ],
)
def test_a_permalink_holds_no_session(address: str, permanent: str) -> None:
    assert post_address(address) == permanent


def test_words_about_an_engine_are_no_mark_of_it() -> None:
    assert (
        known_engine(page("<body><p>How to move from vBulletin and phpBB to Discourse, XenForo or MyBB</p></body>"))
        is None
    )


def test_a_trap_of_nested_boxes_is_left() -> None:
    nested = '<body id="phpbb">' + '<div id="p1" class="post"><div class="content">x' * 5_000
    known = known_engine(page(nested))
    assert known is None or len(known.reading.posts) < 2


def test_every_engine_is_sure_of_something() -> None:
    assert all(max(engine.marks.values()) >= 0.5 for engine in engines())
    assert len({engine.name for engine in engines()}) == len(engines())


THREADS = [
    ("https://b.example/threads/work.7/page-3", "https://b.example/threads/work.7"),
    ("https://b.example/threads/work.7/", "https://b.example/threads/work.7"),
    ("https://b.example/viewtopic.php?t=7&start=20", "https://b.example/viewtopic.php?t=7"),
    ("https://b.example/topic/7-work/page/2/", "https://b.example/topic/7-work"),
    ("https://b.example/thread-7-3-1.html", "https://b.example/thread-7-1-1.html"),
    ("https://b.example/thread-7-page-2.html", "https://b.example/thread-7.html"),
    ("https://b.example/index.php?topic=7.15", "https://b.example/index.php?topic=7.0"),
    ("https://b.example/t/jobs/7?page=2", "https://b.example/t/jobs/7"),
]


@pytest.mark.parametrize(("address", "thread"), THREADS)
def test_all_pages_of_a_thread_are_one_thread(address: str, thread: str) -> None:
    assert thread_address(read_page(b"<p>x</p>", address)) == thread
