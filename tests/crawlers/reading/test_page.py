import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.page import read_page
from crawlers.reading.visible import visible_text

URL = "https://a.example/"


@pytest.mark.parametrize(
    ("text", "encoding", "content_type"),
    [
        ("รับสมัครงานต่างประเทศ", "tis-620", "text/html; charset=tis-620"),
        ("高薪招聘海外客服人员", "gbk", "text/html; charset=gbk"),
        ("高薪招聘海外客服人員", "big5", "text/html; charset=big5"),
        ("Tuyển dụng việc nhẹ lương cao", "utf-8", "text/html"),
        ("អត្ថបទ", "utf-8", None),
    ],
)
def test_a_page_is_read_in_its_charset(text: str, encoding: str, content_type: str | None) -> None:
    page = read_page(f"<p>{text}</p>".encode(encoding), URL, content_type)
    assert text in page.html
    assert page.complaint == ""


def test_a_charset_in_the_page_itself_is_read() -> None:
    page = read_page('<meta charset="gb2312"><p>高薪招聘</p>'.encode("gb2312"), URL, "text/html")
    assert "高薪招聘" in page.html


def test_a_wrong_charset_is_corrected_and_complained_of() -> None:
    text = "รับสมัครแอดมินตอบแชท เงินเดือนสูง มีที่พักและอาหาร " * 5
    page = read_page(text.encode(), URL, "text/html; charset=tis-620")
    assert "แอดมิน" in page.html
    assert "tis-620" in page.complaint or "cp874" in page.complaint or "iso-8859-11" in page.complaint


TEXTS = {
    "tis-620": "รับสมัครแอดมินตอบแชท เงินเดือนสูง มีที่พักและอาหาร",
    "gbk": "高薪招聘海外客服人员，包吃住，月薪八百美元，我们的公司在这里",
    "big5": "高薪招聘海外客服人員，包吃住，月薪八百美元，我們的公司在這裡",
    "euc-kr": "해외에서 일할 직원을 모집합니다 월급 높음",
    "cp1252": "Nous recrutons des employés à l'étranger, salaire élevé",
    "cp1258": "Việc nhẹ lương cao, tìm người làm việc ngay",
    "utf-8": "Tuyển dụng việc nhẹ lương cao, bao ăn ở",
}


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "windows-874", "gb2312", "big5", "windows-1258"])
@pytest.mark.parametrize("charset", TEXTS)
def test_a_page_is_read_in_the_charset_that_it_is_in_whatever_it_declares(charset: str, declared: str | None) -> None:
    body = f"<html><body><p>{TEXTS[charset]}</p></body></html>".encode(charset)
    page = read_page(body, URL, f"text/html; charset={declared}" if declared else "text/html")
    assert TEXTS[charset] in page.html


def test_a_page_that_is_nested_beyond_what_a_parser_keeps_loses_no_word() -> None:
    page = read_page(("<p>top</p>" + "<div><font>x" * 20_000 + "deep<p>after").encode(), URL)
    text = visible_text(page.root)
    assert text.startswith("top") and text.endswith("after")
    assert text.count("x") == 20_000
    assert "nested" in page.complaint


def test_a_page_of_a_million_tags_is_read_up_to_a_place_that_is_named() -> None:
    page = read_page(b"<p>a</p>" * 500_000, URL)
    assert "300,000 tags, and was read up to there (character 1,199,996)" in page.complaint
    assert page.root.xpath("count(//p)").get() == "150000.0"


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_page(body: bytes) -> None:
    visible_text(read_page(body, URL, "text/html").root)
