"""The content of the demo is what it says of itself: enough, varied, invented, the same on every machine."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict

import phonenumbers
import pytest

from casefile.records import PostKind
from casefile.settings import CONFIG_FOLDER
from desk.demo.truth import TODAY, DemoContent
from desk.demo.writing import write_content

HOTLINES = ("1300", "1441", "1343", "1288", "111", "997", "110", "96110", "12308", "1930")
LANGUAGES = {"id", "ms", "vi", "th", "zh", "en", "tl", "my", "km", "hi"}


@pytest.fixture(scope="module")
def content() -> DemoContent:
    return write_content()


def test_there_are_three_hundred_posts_of_a_hundred_and_ten_texts(content: DemoContent) -> None:
    assert len(content.posts) >= 300
    assert len({post.written for post in content.posts}) >= 110


def test_ten_languages_each_speak_often(content: DemoContent) -> None:
    spoken = Counter(post.language for post in content.posts)
    assert set(spoken) == LANGUAGES
    assert min(spoken.values()) >= 15


def test_every_kind_of_post_is_there(content: DemoContent) -> None:
    kinds = Counter(post.kind for post in content.posts)
    assert set(kinds) == set(PostKind)
    assert min(kinds.values()) >= 10


def test_no_two_adverts_are_the_same_to_the_letter(content: DemoContent) -> None:
    repeated = Counter(post.text for post in content.posts if post.kind is PostKind.RECRUITMENT)
    assert [text for text, times in repeated.items() if times > 1] == []


def test_no_thread_and_no_channel_says_the_same_twice(content: DemoContent) -> None:
    repeated = Counter((post.site, post.thread, post.text) for post in content.posts)
    assert [key for key, times in repeated.items() if times > 1] == []


def test_every_network_is_seen_often_on_several_sites_in_several_languages(content: DemoContent) -> None:
    assert len(content.networks) >= 5
    for network in content.networks:
        own = [post for post in content.posts if post.network == network.name]
        assert len(own) >= 15, network.name
        assert len({post.site for post in own}) >= 3, network.name
        assert len({post.language for post in own}) >= 2, network.name
        assert (max(p.published for p in own) - min(p.published for p in own)).days >= 180, network.name


def test_every_destination_is_a_place_of_the_gazetteer(content: DemoContent) -> None:
    with (CONFIG_FOLDER / "places.csv").open(encoding="utf-8", newline="") as file:
        known = {row["id"] for row in csv.DictReader(file)}
    named = {place.lower().replace("/", "-") for network in content.networks for place in network.destinations}
    assert named and named <= known


def test_contacts_of_a_network_hang_together(content: DemoContent) -> None:
    for network in content.networks:
        own = [post.contacts for post in content.posts if post.network == network.name and post.contacts]
        reached = set(own[0])
        while grown := {c for contacts in own if contacts & reached for c in contacts} - reached:
            reached |= grown
        assert reached == network.contacts, network.name


def test_no_contact_belongs_to_two_networks_or_to_an_honest_advert(content: DemoContent) -> None:
    owners = defaultdict(set)
    for post in content.posts:
        if post.kind is PostKind.RECRUITMENT:
            for contact in post.contacts:
                owners[contact].add(post.network)
    assert {contact for contact, names in owners.items() if len(names) > 1} == set()


def test_warnings_quote_recruiters_and_pleas_give_numbers_of_their_own(content: DemoContent) -> None:
    recruiters = frozenset().union(*(network.contacts for network in content.networks))
    quoting = [p for p in content.posts if p.kind is PostKind.WARNING and p.contacts]
    pleading = [p for p in content.posts if p.kind is PostKind.PLEA and p.contacts]
    assert quoting and all(post.contacts <= recruiters for post in quoting)
    assert any(post.contacts - recruiters for post in pleading)


def test_every_number_is_valid_and_american_ones_are_fictional(content: DemoContent) -> None:
    numbers = {c.removeprefix("phone:") for post in content.posts for c in post.contacts if c.startswith("phone:")}
    assert len(numbers) >= 40
    for number in numbers:
        assert phonenumbers.is_valid_number(phonenumbers.parse(number)), number
        assert not number.startswith("+1") or "55501" in number, number


def test_public_hotlines_stand_only_in_warnings(content: DemoContent) -> None:
    for post in content.posts:
        words = set("".join(c if c.isdigit() and c.isascii() else " " for c in post.text).split())
        if post.kind is not PostKind.WARNING and not post.network:
            assert not words & set(HOTLINES), post.written


def test_addresses_lead_nowhere(content: DemoContent) -> None:
    for post in content.posts:
        for contact in post.contacts:
            if contact.startswith("email:"):
                assert contact.endswith(".example"), contact
            elif not contact.startswith("phone:"):
                assert "demo" in contact, contact


def test_no_post_is_younger_than_today_and_no_slot_is_left_open(content: DemoContent) -> None:
    for post in content.posts:
        assert post.published.year == 2026 and post.published.date() <= TODAY.date()
        assert post.text and "{" not in post.text + post.title + post.author, post.written


def test_posts_come_oldest_first_with_ids_of_their_own(content: DemoContent) -> None:
    assert [p.published for p in content.posts] == sorted(p.published for p in content.posts)
    assert len({(p.site, p.id) for p in content.posts}) == len(content.posts)


def test_the_second_edition_has_one_edit_one_loss_and_two_new_posts(content: DemoContent) -> None:
    before = {(p.site, p.id): p for p in content.posts}
    after = {(p.site, p.id): p for p in write_content(2).posts}
    assert len(before.keys() - after.keys()) == 1
    assert len(after.keys() - before.keys()) == 2
    changed = [key for key in before.keys() & after.keys() if before[key] != after[key]]
    assert [before[key].text != after[key].text for key in changed] == [True]


def test_the_content_is_the_same_every_time(content: DemoContent) -> None:
    assert write_content() == content


def test_one_network_moves_its_destination_and_keeps_its_contacts(content: DemoContent) -> None:
    own = [post for post in content.posts if post.network == "pindah"]
    bavet = [post for post in own if "Bavet" in post.text or "巴域" in post.text]
    oecusse = [post for post in own if "Oecusse" in post.text or "欧库西" in post.text]
    assert max(post.published for post in bavet) < min(post.published for post in oecusse)
    assert frozenset().union(*(p.contacts for p in bavet)) & frozenset().union(*(p.contacts for p in oecusse))
