import pytest

from crawlers.reading.found import Found
from crawlers.reading.records.fields import read_record, wordless_parts
from crawlers.reading.records.outline import read_outline
from crawlers.reading.records.regions import find_regions
from tests.crawlers.reading.records.built import card, cards, page_of, row


def _found(body: str) -> list[Found]:
    page = page_of(body)
    outline = read_outline(page)
    without = wordless_parts(outline)
    return [read_record(record, page, without).found for region in find_regions(outline) for record in region.records]


def test_a_job_card_tells_its_title_company_date_link_and_picture() -> None:
    post = _found(cards(5))[3]
    assert (post.title, post.author) == ("Warehouse clerk number 3", "Maju Example 3")
    assert (post.url, post.author_url) == ("https://papan.example/jobs/3", "https://papan.example/company/maju-3")
    assert post.published_words == "2026-03-04"
    assert [media.url for media in post.media] == ["https://papan.example/logo/3.png"]


def test_a_card_is_read_title_first_and_without_its_buttons() -> None:
    post = _found(cards(5).replace("<h3>", "<span>Verified</span><h3>"))[2]
    lines = post.text.split("\n")
    assert lines[:2] == ["Warehouse clerk number 2", "Verified"]
    assert "Save" not in lines and "Apply now" not in lines


@pytest.mark.parametrize(
    "button", ["Read more »", "LAMAR SEKARANG", "Xem chi tiết", "สมัครงาน", "查看更多 >", "Selengkapnya…"]
)
def test_buttons_are_no_text_in_any_of_our_languages(button: str) -> None:
    markup = "".join(card(n).replace("Apply now", button) for n in range(4))
    assert all(button not in post.text for post in _found(markup))


def test_what_a_card_shows_twice_is_read_once() -> None:
    twice = "".join(
        f"<li><a href='/e/{n}'>Evening at the pier {n}</a><div>Evening at the pier {n}</div>Free entry</li>"
        for n in range(4)
    )
    assert _found(f"<ul>{twice}</ul>")[1].text == "Evening at the pier 1\nFree entry"


def test_a_date_in_the_second_row_of_a_record_belongs_to_it() -> None:
    posts = _found(f"<table>{''.join(map(row, range(6)))}</table>")
    assert {post.published_words for post in posts} == {"2026-03-07T17:01:14"}
    assert posts[4].url == "https://papan.example/item/4"


@pytest.mark.parametrize(
    "words",
    [
        "3 hours ago",
        "kemarin",
        "2 ngày trước",
        "3 ชั่วโมงที่แล้ว",
        "5小时前",
        "12 Mar 2026",
        "Mar 12",
        "2026年3月12日",
        "12/03/2026",
    ],
)
def test_a_date_is_known_by_its_words(words: str) -> None:
    lines = "".join(f"<li><a href='/e/{n}'>Evening at the pier {n}</a><br>{words}</li>" for n in range(4))
    assert {post.published_words for post in _found(f"<ul>{lines}</ul>")} == {words}


@pytest.mark.parametrize("words", ["Free entry", "Room 12", "Pier 3 and 4", "20 people"])
def test_other_words_are_no_date(words: str) -> None:
    lines = "".join(f"<li><a href='/e/{n}'>Evening at the pier {n}</a><br>{words}</li>" for n in range(4))
    assert {post.published_words for post in _found(f"<ul>{lines}</ul>")} == {None}


def test_an_address_that_no_browser_may_follow_is_none() -> None:
    lines = "".join(
        f"<li><a href='javascript:open({n})'>Evening at the pier {n}</a> free entry for all</li>" for n in range(4)
    )
    assert {post.url for post in _found(f"<ul>{lines}</ul>")} == {None}


def test_a_job_of_a_company_is_not_taken_for_the_company() -> None:
    lines = "".join(
        f"<li><a href='/companies/maju/jobs/{n}'>Clerk wanted {n}</a> in the harbour</li>" for n in range(4)
    )
    assert {post.author for post in _found(f"<ul>{lines}</ul>")} == {None}


def test_a_line_that_somebody_wrote_twice_in_a_reply_stays() -> None:
    replies = "".join(f"<div class=m><b>budi</b><br>Beware!<br>They lied {n} times.<br>Beware!</div>" for n in range(4))
    assert _found(f"<section>{replies}</section>")[1].text.count("Beware!") == 2
