"""The wording of a campaign, with its slots marked."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.records import Mention
from graph.templates import template_of
from tests.graph.making import Named, company, handle, person, phone, place, read_post
from tests.graph.wordings import PAIRS

TOWNS = ("Poipet", "Bavet", "Sihanoukville")
CONTACTS = ("+6281200000001", "+6281200000002", "+6281200000003")
Read = tuple[str, tuple[Mention, ...]]


def read(text: str, **named: Named) -> Read:
    """A text and its mentions."""
    post = read_post(1, text, named)
    return post.post.text, post.reading.mentions


def copies(words: str, *changed: str) -> list[Read]:
    """Three posts of one wording: town and contact are read, `changed` is not."""
    posts = []
    for town, contact, change in zip(TOWNS, CONTACTS, changed or ("",) * 3, strict=True):
        named = {town: place(f"KH/{town.casefold()}", town), contact: phone(contact)}
        posts.append(read(words.format(town, contact, change), **named))
    return posts


def test_slots_are_named_after_what_stands_in_them() -> None:
    text = "Dicari CS ke Bavet oleh PT Contoh, hubungi Ibu Misal di @misal atau +6281200000001"
    named = {
        "Bavet": place("KH/bavet", "Bavet"),
        "PT Contoh": company("PT Contoh"),
        "Ibu Misal": person("Ibu Misal"),
        "@misal": handle("telegram:misal"),
        "+6281200000001": phone("+6281200000001"),
    }
    assert template_of([read(text, **named)]) == (
        "Dicari CS ke ⟨place⟩ oleh ⟨company⟩, hubungi ⟨name⟩ di ⟨contact⟩ atau ⟨contact⟩"
    )


@pytest.mark.parametrize("lang", PAIRS)
def test_the_wording_of_every_language_is_shown_whole(lang: str) -> None:
    words = PAIRS[lang][0]
    assert template_of(copies(words)) == words.format("⟨place⟩", "⟨contact⟩")


@pytest.mark.parametrize(
    ("words", "changed", "expected"),
    [
        (
            "Dicari {2} cepat untuk {0}, chat {1}",
            ("kasir", "supir", "juru masak"),
            "Dicari ⟨…⟩ cepat untuk ⟨place⟩, chat ⟨contact⟩",
        ),
        ("公司急招{2}数名,地点{0},联系{1}", ("客服", "打字员", "司机"), "公司急招⟨…⟩数名,地点⟨place⟩,联系⟨contact⟩"),
        ("{2}Loker admin di {0}, info {1}", ("", "Repost dari grup: ", ""), "Loker admin di ⟨place⟩, info ⟨contact⟩"),
        ("Umur 18-35, di {0}, info {1}{2}", ("", " 🔥", ""), "Umur 18-35, di ⟨place⟩, info ⟨contact⟩"),
        ("Untuk {2} orang di {0}, info {1}", ("5", "7", "12"), "Untuk ⟨…⟩ orang di ⟨place⟩, info ⟨contact⟩"),
    ],
)
def test_what_differs_is_a_gap_and_what_one_post_adds_is_left_out(
    words: str, changed: tuple[str, str, str], expected: str
) -> None:
    assert template_of(copies(words, *changed)) == expected


def test_a_number_that_was_not_read_does_not_show() -> None:
    assert (
        template_of([read("Lowongan admin, hubungi 0812 0000 0009 sekarang")]) == "Lowongan admin, hubungi ⟨…⟩ sekarang"
    )


def test_another_order_of_the_lines_leaves_no_gap() -> None:
    lines = ["Dicari admin chat", "Mes dan makan gratis", "Tiket diurus kantor"]
    posts = [read("\n".join(lines)), read("\n".join(reversed(lines))), read("\n".join(lines))]
    assert template_of(posts) == " ".join(lines)


def test_a_long_template_is_cut() -> None:
    template = template_of([read("sebuah kata " * 50_000)])
    assert len(template) < 610
    assert template.endswith(" …")


@settings(deadline=None)
@given(st.lists(st.text(max_size=200), min_size=1, max_size=10))
def test_any_posts_have_a_template_without_long_numbers(texts: list[str]) -> None:
    template = template_of((text, ()) for text in texts)
    digits = "".join("1" if character.isdigit() else " " for character in template).split()
    assert all(len(run) < 5 for run in digits)
