import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawlers.reading.buttons import more_button
from crawlers.reading.unknown import read_unknown
from tests.crawlers.reading.records.built import cards, page_of


@pytest.mark.parametrize(
    ("button", "css"),
    [
        ("<button class='btn more'>Muat lagi</button>", "button.btn"),
        ("<button id=more>Load more (120)</button>", "#more"),
        ("<a href='#' class=more>ดูเพิ่มเติม</a>", "a.more"),
        ("<div role=button class='md:x load'><span>加载更多</span></div>", "div.load"),
        ("<input type=button value='Xem thêm' name=more>", 'input[name="more"]'),
    ],
)
def test_the_one_button_that_loads_more_is_found_by_its_words(button: str, css: str) -> None:
    page = page_of(cards(6) + button)
    assert more_button(page) == css
    assert len(page.root.css(css)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        "<button>Apply</button>",
        "<p>See more</p><button>See more</button>" * 2,
        "<a href='/page/2'>Load more</a>",
        "<div style='display: none'><button>Load more</button></div>",
        "<button>Load more trouble than you can carry</button>",
    ],
)
def test_no_other_button_and_no_link_is_pressed(markup: str) -> None:
    assert more_button(page_of(markup)) is None


@pytest.mark.parametrize("words", ["Muat lebih banyak", "加载更多", "โหลดเพิ่มเติม"])
def test_the_words_of_the_button_are_in_no_post(words: str) -> None:
    last = f"</time><div role=button><span>{words}</span></div></div>"
    page = page_of(cards(6).removesuffix("</main>") + f"<div class=card>{last}</main>")
    assert not any(words in post.text for post in read_unknown(page).posts)


@pytest.mark.parametrize("attribute", ["{{attrs}}", '{x="1"', "{", "{a}", "{}b"])
def test_what_a_template_left_in_a_tag_breaks_nothing(attribute: str) -> None:
    page = page_of(f"{cards(6)}<button {attribute} class=more>Load more</button><a {attribute} href='/x'>x</a>")
    assert more_button(page) == "button.more"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="<>/=\"' abutonhref#.:[]{}\\", max_size=200), st.text(max_size=30), st.text(max_size=30))
def test_no_markup_breaks_the_search(markup: str, name: str, kind: str) -> None:
    quoted = (name + kind).replace("<", "").replace('"', "")
    more_button(page_of(f'{markup}<button id="{quoted}" class="{quoted}" data-testid="{quoted}">Load more</button>'))
