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


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=2_000))
def test_any_bytes_are_a_page(body: bytes) -> None:
    visible_text(read_page(body, URL, "text/html").root)
