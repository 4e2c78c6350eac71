"""What is told of the campaigns of a case."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import timedelta

from casefile.records import Campaign, PostKind, ReadPost
from graph.connect import connect
from tests.graph.making import START, read_post, unlike
from tests.graph.wordings import PAIRS, A, B, offer


def campaigns_of(posts: Sequence[ReadPost]) -> tuple[Campaign, ...]:
    """The campaigns that connecting tells, with posts fetched from the given ones."""

    def read(post_ids: Collection[str]) -> list[ReadPost]:
        return [post for post in posts if post.post.id in post_ids]

    return connect(posts, read=read).campaigns


def test_a_campaign_tells_its_wording_times_and_sources() -> None:
    words = PAIRS["id"][0]
    posts = [offer(3, words, "Poipet", A), offer(1, words, "Bavet", B), read_post(9, unlike(1), day=2)]
    (campaign,) = campaigns_of(posts)
    assert campaign.posts == tuple(sorted(post.post.id for post in posts[:2]))
    assert campaign.template == words.format("⟨place⟩", "⟨contact⟩")
    assert (campaign.first_seen, campaign.last_seen) == (START + timedelta(days=1), START + timedelta(days=3))
    assert (campaign.sources, campaign.translation_of) == (1, None)


def test_words_that_nobody_offers_work_with_are_no_campaign() -> None:
    posts = [read_post(number, unlike(1), kind=PostKind.WARNING, day=number) for number in range(3)]
    assert campaigns_of(posts) == ()


def test_a_translated_campaign_leads_to_the_first() -> None:
    english = "🔥 Chat agents wanted for {} ✅ Age 18-35 ✅ paid every month ✅ 12 hours 📩 write to {}"
    malay = "🔥 Ejen sembang dicari untuk {} ✅ Umur 18-35 ✅ dibayar tiap bulan ✅ 12 jam 📩 hubungi {}"
    posts = [_in_language(offer(number, english, "Poipet", A), "en") for number in (1, 2)]
    posts += [_in_language(offer(number, malay, "Poipet", A), "ms") for number in (3, 4)]
    first, second = sorted(campaigns_of(posts), key=lambda campaign: str(campaign.first_seen))
    assert (first.translation_of, second.translation_of) == (None, first.id)


def _in_language(post: ReadPost, lang: str) -> ReadPost:
    return replace(post, reading=replace(post.reading, lang=lang))
