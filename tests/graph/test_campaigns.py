"""Which posts are one text sent many times."""

from __future__ import annotations

import random
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.store.texts import TextMemory
from graph.campaigns import CampaignIndex
from graph.settings import load_settings
from graph.texts import is_telling, shape_of
from tests.graph.making import unlike
from tests.graph.wordings import PAIRS, A, B, offer

SETTINGS = load_settings().texts


def place(texts: list[str], index: CampaignIndex | None = None) -> list[str]:
    """The campaigns of texts in which the reader found nothing."""
    index = index or CampaignIndex(SETTINGS)
    return [index.place(f"post-{number}", shape_of(text, (), SETTINGS)) for number, text in enumerate(texts)]


@pytest.mark.parametrize("lang", PAIRS)
def test_a_text_with_another_number_and_town_and_small_changes_is_one_campaign(lang: str) -> None:
    index = CampaignIndex(SETTINGS)
    first, second = PAIRS[lang]
    posts = [offer(1, first, "Poipet", A), offer(2, second, "Bavet", B)]
    campaigns = {index.place(p.post.id, shape_of(p.post.text, p.reading.mentions, SETTINGS)) for p in posts}
    assert len(campaigns) == 1


def test_offers_of_different_wording_are_different_campaigns() -> None:
    assert len(set(place([first for first, _ in PAIRS.values()]))) == len(PAIRS)


def test_what_the_reader_missed_does_not_part_a_campaign() -> None:
    words = "Dicari admin chat penempatan {}, gaji besar, tiket dan paspor diurus, mes dan makan gratis, hubungi {}"
    towns = ["Kota Contoh Raya", "Desa Misal", "Pulau Umpama Selatan", "Bandar Ibarat"]
    texts = [words.format(town, f"Bapak {unlike(n)[:9]}") for n, town in enumerate(towns)]
    assert len(set(place(texts))) == 1


def test_lines_may_come_in_another_order() -> None:
    lines = [unlike(number)[:40] for number in range(6)]
    assert len(set(place(["\n".join(lines), "\n".join(reversed(lines))]))) == 1


def test_small_changes_do_not_chain_two_wordings_together() -> None:
    first, last = unlike(1).split(), unlike(2).split()
    steps = [" ".join(last[:n] + first[n:]) for n in range(len(first) + 1)]
    placed = place(steps)
    assert placed[0] != placed[-1]


def test_a_footer_on_many_texts_hides_none_of_them() -> None:
    footer = f"\n-- {unlike(999)}"
    alone = [unlike(number) for number in range(40)]
    placed = place(
        [*alone, *(unlike(number) + footer for number in range(100, 110)), *(text + footer for text in alone)]
    )
    assert placed[:40] == placed[50:]


def test_a_text_between_two_campaigns_goes_to_the_nearer_one() -> None:
    first, second = unlike(1).split(), unlike(2).split()
    texts = [" ".join(first), " ".join(second), " ".join(second[:14] + first[14:])]
    placed = place(texts)
    assert placed[2] == placed[1] != placed[0]


def test_short_texts_are_one_campaign_only_if_nearly_all_is_the_same() -> None:
    placed = place(["lowongan admin chat cepat", "LOWONGAN admin chat cepat!!", "lowongan supir truk cepat"])
    assert placed[0] == placed[1] != placed[2]
    assert not is_telling(placed[0])


def test_a_post_without_letters_stands_for_itself() -> None:
    assert place(["", "🔥🔥 12345"]) == ["post-0", "post-1"]


def test_a_million_characters_are_placed() -> None:
    placed = place(["ก" * 1_000_000, unlike(1) * 10_000, unlike(1) * 10_001])
    assert placed[0] != placed[1] == placed[2]


def _noisy(seed: int) -> list[str]:
    """Copies of a few texts, each with some words changed."""
    chance = random.Random(seed)
    texts = []
    for _ in range(60):
        words = unlike(chance.randrange(4)).split()
        for _ in range(chance.randrange(6)):
            words[chance.randrange(len(words))] = unlike(chance.randrange(100, 200))[:7]
        texts.append(" ".join(words))
    return texts


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.integers(0, 60))
def test_the_campaign_of_a_post_does_not_change_when_later_ones_come(seed: int, seen: int) -> None:
    texts = _noisy(seed)
    assert place(texts[:seen]) == place(texts)[:seen]


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 50), st.integers(0, 60))
def test_a_memory_that_was_kept_places_as_one_run_does(seed: int, seen: int) -> None:
    texts = _noisy(seed)
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.row_factory = sqlite3.Row  # as in a case
    shapes = [(f"post-{number}", shape_of(text, (), SETTINGS)) for number, text in enumerate(texts)]
    before = [CampaignIndex(SETTINGS, TextMemory(database)).place(*shape) for shape in shapes[:seen]]
    index = CampaignIndex(SETTINGS, TextMemory(database))
    assert before + [index.place(*shape) for shape in shapes[seen:]] == place(texts)


@settings(deadline=None)
@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_texts_can_be_placed_and_copies_are_together(texts: list[str]) -> None:
    placed = place([*texts, *texts])
    for text, first, second in zip(texts, placed, placed[len(texts) :], strict=False):
        if shape_of(text, (), SETTINGS).key is not None:
            assert first == second
