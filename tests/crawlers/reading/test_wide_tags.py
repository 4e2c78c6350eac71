"""Tags with more attributes than any page gives them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.page import read_page
from crawlers.reading.wide_tags import MOST_ATTRIBUTES, without_wide_tags

_MANY = 100_000


@pytest.mark.parametrize(
    "attributes",
    [
        " ".join(f"a{n}=b" for n in range(_MANY)),
        "".join(f'a{n}="b"' for n in range(_MANY)),
        "".join(f"a{n}='<'" for n in range(_MANY)),
        "/".join(f"a{n}" for n in range(_MANY)),
    ],
)
def test_a_tag_with_very_many_attributes_loses_them_and_the_page_is_read(attributes: str) -> None:
    html = f"<li class=ad><p>satu</p></li><p class=x {attributes}>na</p><p>dua</p>"

    page = read_page(html.encode(), "https://forum.example/")

    assert page.root.css("p::text").getall() == ["satu", "na", "dua"]
    assert "1 of its tags" in page.complaint


@given(
    st.text(),
    st.lists(st.sampled_from(["a", 'b="x y"', "c='<>'", "d = e", "/", '"', "'"]), max_size=MOST_ATTRIBUTES // 4),
    st.text(),
)
def test_other_pages_stay_as_they_are(before: str, attributes: list[str], after: str) -> None:
    html = f"{before}<p {' '.join(attributes)}>{after}"

    assert without_wide_tags(html) == (html, 0)


def test_a_long_address_or_script_is_no_wide_tag() -> None:
    html = f'<a href="data:,{"x y/" * 5_000}">a</a><script>if (1 <b) {{ {"go(1); " * 200} }}</script>' + "word " * 5_000

    assert without_wide_tags(html) == (html, 0)
