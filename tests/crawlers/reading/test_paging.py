import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.page import Page, read_page
from crawlers.reading.paging import next_page, page_number


def _page(body: str, url: str = "https://papan.example/lowongan") -> Page:
    return read_page(f"<body>{body}</body>".encode(), url, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "words",
    ["Next", "NEXT »", "Older posts", "Berikutnya", "Selanjutnya ›", "Seterusnya", "Tiếp", "Trang sau", "ถัดไป", "下一页", "下一頁 >",
     "Susunod", "နောက်သို့", "បន្ទាប់", "ຕໍ່ໄປ", "अगला", "다음", "次へ"],
)  # fmt: skip
def test_the_next_page_is_known_by_its_name(words: str) -> None:
    assert (
        next_page(_page(f'<a href="/about">About</a><a href="?p=2">{words}</a>'))
        == "https://papan.example/lowongan?p=2"
    )


def test_what_the_page_declares_comes_first() -> None:
    assert (
        next_page(_page('<a href="/x">Next</a><a rel="next" href="/lowongan?p=2">more</a>'))
        == "https://papan.example/lowongan?p=2"
    )


def test_an_arrow_is_a_next_page_among_page_numbers_only() -> None:
    assert next_page(_page('<ul class="pagination"><li><a href="/l/2">›</a></li></ul>')) == "https://papan.example/l/2"
    assert next_page(_page('<div class="slider"><a href="/l/2">›</a></div>')) is None


@pytest.mark.parametrize("mark", ["<b>{n}</b>", "<li class=active><span>{n}</span></li>"])
def test_in_a_row_of_numbers_the_next_one_follows(mark: str) -> None:
    numbers = "".join(mark.format(n=n) if n == 2 else f'<li><a href="/l?page={n}">{n}</a></li>' for n in range(1, 6))
    assert (
        next_page(_page(f"<ul class=pages>{numbers}</ul>", "https://papan.example/l?page=2"))
        == "https://papan.example/l?page=3"
    )


def test_an_address_tells_the_next_page_where_no_words_do() -> None:
    body = '<a href="/l/page/7/">7</a><a href="/l/page/4/"><img src=a.png></a><a href="/other/page/4/">x</a>'
    assert next_page(_page(body, "https://papan.example/l/page/3/")) == "https://papan.example/l/page/4/"


@pytest.mark.parametrize(
    "body",
    ["", '<a href="#">Next</a>', '<a href="javascript:go()">Next</a>', '<a href="https://other.example/2">Next</a>',
    '<a class="disabled" href="?p=2">Next</a>', '<a href="/lowongan">Next</a>', '<a href="/a">What happens next</a>',
     '<td><a href="/day/2">2</a></td>', "<a href='http://[::1'>Next</a>"],
)  # fmt: skip
def test_no_other_link_is_the_next_page(body: str) -> None:
    assert next_page(_page(body)) is None


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("/l?page=7", 7),
        ("/l?a=1&p=3", 3),
        ("/l/page/12", 12),
        ("/l/page-2.html", 2),
        ("/l?hal=4", 4),
        ("/l/2026", 1),
        ("/l", 1),
    ],
)
def test_the_number_of_a_page_is_read_from_its_address(address: str, number: int) -> None:
    assert page_number(f"https://papan.example{address}") == number


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60), st.text(alphabet="0123456789page=/?&-#:[]", max_size=40))
def test_a_next_page_is_another_page_of_the_same_site(words: str, link: str) -> None:
    page = _page(f'<div class="pager"><a href="{link}">{words}</a><a href="{link}">Next</a></div>')
    found = next_page(page)
    assert found is None or (found.startswith("https://papan.example/") and found != page.url)
