import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from parsel import Selector

from crawlers.reading.records.outline import read_outline
from crawlers.reading.records.regions import Region, find_regions
from crawlers.reading.visible import visible_text
from tests.crawlers.reading.records.built import FOOTER, MENU, cards, page_of, reply, row


def _regions(body: str) -> list[Region]:
    return find_regions(read_outline(page_of(body)))


def _words(region: Region) -> list[str]:
    return [" ".join(visible_text(Selector(root=node.element)) for node in record) for record in region.records]


def test_cards_of_one_kind_are_one_region_though_one_is_marked_out() -> None:
    (region,) = _regions(cards(9))
    assert [f"number {n}\n" in words for n, words in enumerate(_words(region))] == [True] * 9


def test_a_record_of_several_rows_is_one_record() -> None:
    (region,) = _regions(f"<table>{''.join(map(row, range(12)))}</table>")
    assert len(region.records) == 12
    assert all("Fish packer" in words and "3 hours ago" in words for words in _words(region))


def test_terms_and_their_explanations_are_records_of_two() -> None:
    terms = "".join(f"<dt><a href='/p/{n}'>Place {n}</a></dt><dd>Works at the port {n}</dd>" for n in range(5))
    (region,) = _regions(f"<dl>{terms}</dl>")
    assert [len(record) for record in region.records] == [2] * 5


def test_cards_on_shelves_are_the_records_and_not_the_shelves() -> None:
    shelf = "".join(f"<div class=shelf>{cards(4)}</div>" for _ in range(3))
    (region,) = _regions(f"<div>{shelf}</div>")
    assert len(region.records) == 12


def test_paragraphs_of_a_text_are_no_records() -> None:
    assert _regions("<article>" + "<p>A sentence that somebody wrote about the harbour.</p>" * 12 + "</article>") == []


def test_headlines_that_are_paragraphs_are_records() -> None:
    lines = "".join(f"<p>Mar {n} - <a href='/ad/{n}'>Room to let near the harbour {n}</a></p>" for n in range(1, 9))
    (region,) = _regions(f"<blockquote>{lines}</blockquote>")
    assert len(region.records) == 8


def test_the_parts_of_a_page_are_no_records() -> None:
    regions = _regions(f"<div>{MENU}</div><div>{cards(6)}</div><div>{FOOTER}</div>")
    assert [len(region.records) for region in regions] == [8, 6, 6]


@pytest.mark.parametrize("tag", ["div", "b", "table", "blockquote"])
def test_no_depth_of_nesting_stops_the_search(tag: str) -> None:
    assert _regions(f"<{tag}>" * 5_000 + cards(4)) is not None


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<div>", "<li>", "<tr>", "<td>", "<a href=/x>", "</div>", "</table>", "words", "<p class=a>", "<h2>"]
        )
    )
)
def test_no_record_lies_in_another_whatever_the_markup(parts: list[str]) -> None:
    regions = _regions("".join(parts * 3))
    taken = {id(node) for region in regions for record in region.records for node in record}
    for region in regions:
        for record in region.records:
            for node in record:
                above = node.parent
                while above is not None:
                    assert id(above) not in taken
                    above = above.parent


def test_twice_the_cards_are_twice_the_records_and_no_more() -> None:
    assert [len(_regions(f"<ul>{''.join(map(reply, range(n)))}</ul>")[0].records) for n in (5, 10, 20)] == [5, 10, 20]
