"""New posts into a connected case: the same result as connecting everything anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casefile.judgements import NOTHING_JUDGED, InForce, pair_of
from casefile.records import Connections, PostKind, ReadPost
from casefile.store.connected import Kept, load
from casefile.store.database import open_database
from casefile.store.texts import TextMemory
from graph.campaigns import CampaignIndex
from graph.connect import connect, connect_into
from graph.rejudging import read_judged, rejudged, write_judged
from graph.settings import load_settings
from graph.update import NeedsRebuild, Update
from tests.graph.making import company, handle, phone, read_post, unlike
from tests.graph.test_connect import NAMED, WORDS, cases


class Grown:
    """A database to which posts are connected batch by batch."""

    def __init__(self, judged: InForce = NOTHING_JUDGED) -> None:
        self.database = open_database(Path(":memory:"))
        self.kept, self.judged = Kept(self.database), judged
        self.posts: dict[str, ReadPost] = {}

    def read(self, post_ids: Collection[str]) -> Iterable[ReadPost]:
        return [self.posts[post_id] for post_id in post_ids if post_id in self.posts]

    def add(self, posts: Iterable[ReadPost]) -> None:
        batch = {read.post.id: read for read in posts}
        self.posts |= batch
        weights = load_settings()
        index = CampaignIndex(weights.texts, TextMemory(self.database))
        self.database.execute("BEGIN")
        Update(self.kept, index, self.read, weights, {}, self.judged).run(batch)
        self.database.execute("COMMIT")

    def judge(self, judged: InForce) -> None:
        """Connect what is judged otherwise now; nothing is read."""
        weights = load_settings()
        before, self.judged = self.judged, judged
        index = CampaignIndex(weights.texts, TextMemory(self.database))
        self.database.execute("BEGIN")
        Update(self.kept, index, self.read, weights, {}, judged).run([], rejudged(before, judged))
        self.database.execute("COMMIT")

    def connections(self) -> Connections:
        return load(self.database)

    def anew(self) -> Connections:
        return connect(self.posts.values(), judged=self.judged, read=self.read)


def check(grown: Grown) -> None:
    found, anew = grown.connections(), grown.anew()
    for name in ("actors", "links", "networks", "entities", "campaigns"):
        assert getattr(found, name) == getattr(anew, name)


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_batches_come_out_as_one_full_build(posts: list[ReadPost], chance: random.Random) -> None:
    grown = Grown()
    waiting = sorted(posts, key=lambda read: (read.first_seen, read.post.id))
    while waiting:
        size = chance.randint(1, len(waiting))
        grown.add(waiting[:size])
        waiting = waiting[size:]
        check(grown)


@given(cases(), st.data())
@settings(max_examples=40, deadline=None)
def test_posts_that_are_read_again_come_out_as_one_full_build(posts: list[ReadPost], data: st.DataObject) -> None:
    grown = Grown()
    grown.add(sorted(posts, key=lambda read: (read.first_seen, read.post.id)))
    again = data.draw(st.lists(st.sampled_from(posts), unique_by=lambda read: read.post.id)) if posts else []
    kind = data.draw(st.sampled_from(list(PostKind)))
    grown.add([replace(read, reading=replace(read.reading, kind=kind, suspect=0.7)) for read in again])
    check(grown)


def crowd(seed: int, count: int) -> list[ReadPost]:
    """Posts of recruiters who change numbers, share texts, accounts and companies, and stand in lists and warnings."""
    chance = random.Random(seed)
    posts = []
    for number in range(count):
        who = chance.randrange(8)
        numbers = [f"+6281200{who:02}{turn:03}" for turn in range(3)]
        given = chance.sample(numbers, chance.randint(1, 2))
        if chance.random() < 0.15:
            given = [f"+6281200{other:02}000" for other in chance.sample(range(8), 4)]
        named = {one: phone(one) for one in given}
        if chance.random() < 0.4:
            named[f"@hr_desa{who}"] = handle(f"telegram:hr_desa{who:02}")
        if chance.random() < 0.4:
            named[f"PT Fajar {who // 3}"] = company(f"PT Fajar {who // 3}")
        if chance.random() < 0.5:
            place = chance.choice(("Poipet", "Myawaddy", "Medan"))
            named[place] = NAMED[place]
        words = unlike(who // 2 if chance.random() < 0.6 else 100 + number)
        posts.append(
            read_post(
                number,
                " ".join([words, chance.choice(WORDS), *named]),
                named,
                kind=chance.choice([PostKind.RECRUITMENT] * 5 + [PostKind.WARNING]),
                suspect=chance.choice([0.2, 0.8, 0.9]),
                author=chance.choice([f"agen {who}", f"agen {who}", "kanal info", None]),
                day=number // 3 + (400 if number > count // 2 else 0),
            )
        )
    return sorted(posts, key=lambda read: (read.first_seen, read.post.id))


@pytest.mark.parametrize("seed", range(6))
def test_a_case_that_grows_in_small_steps_comes_out_as_one_full_build(seed: int) -> None:
    grown, posts = Grown(), crowd(seed, 60)
    for start in range(0, len(posts), 7):
        grown.add(posts[start : start + 7])
        check(grown)


def kept_beside(database: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
    """What is kept of contacts and joins for the next update. How accounts and texts stand is kept of those asked for."""
    queries = ("SELECT * FROM verdicts", "SELECT * FROM joined", "SELECT * FROM belongs", "SELECT * FROM namesakes")
    return [sorted(map(tuple, database.execute(query))) for query in queries]


@pytest.mark.parametrize("seed", range(3))
def test_what_the_next_update_needs_is_kept_as_a_full_build_keeps_it(seed: int) -> None:
    grown, posts = Grown(), crowd(seed, 60)
    for start in range(0, len(posts), 9):
        grown.add(posts[start : start + 9])
        grown.add(replace(read, reading=replace(read.reading, suspect=0.6)) for read in posts[start : start + 2])
    whole = Grown()
    whole.posts = grown.posts
    memory = TextMemory(whole.database)
    whole.database.execute("BEGIN")
    connect_into(whole.kept, memory, whole.posts.values(), whole.read)
    whole.database.execute("COMMIT")
    assert kept_beside(grown.database) == kept_beside(whole.database)


def test_a_crowd_of_new_namesakes_parts_those_that_a_name_joined() -> None:
    names = [f"telegram:kerjaenak_{number:02}" for number in range(20)]
    posts = [
        read_post(n, f"{unlike(n // 2)} @{name}", {f"@{name}": handle(name)}, day=n // 2)
        for n, name in enumerate(names)
    ]
    grown = Grown()
    grown.add(posts[:4])
    assert any(len(actor.identifiers) > 1 for actor in grown.connections().actors)
    grown.add(posts[4:])
    check(grown)


def test_a_help_line_that_becomes_known_leaves_its_recruiters() -> None:
    desk = "+628120000077"
    offers = [
        read_post(
            n,
            f"{unlike(n)} +62813000{n:04} {desk}",
            {f"+62813000{n:04}": phone(f"+62813000{n:04}"), desk: phone(desk)},
            author=f"agen {n}",
            day=n,
        )
        for n in range(8)
    ]
    grown = Grown()
    for offer in offers:
        grown.add([offer])
        check(grown)
    owned = [actor for actor in grown.connections().actors if f"phone:{desk}" in actor.identifiers]
    assert not owned


def test_judgements_hold_in_an_update() -> None:
    posts = crowd(1, 40)
    first, second = "phone:+628120000000", "phone:+628120000001"
    judged = InForce(same=frozenset({(first, second)}), hidden=frozenset({posts[3].post.id}))
    grown = Grown(judged)
    for start in range(0, len(posts), 10):
        grown.add(posts[start : start + 10])
    check(grown)


@st.composite
def verdicts(draw: st.DrawFn) -> InForce:
    """Judgements on the contacts and links of `crowd`."""
    contacts = [f"phone:+6281200{who:02}{turn:03}" for who in range(4) for turn in range(2)]
    links = [(contact, "sends_to", "place:KH/poipet") for contact in contacts]
    links += [(f"account:xx_board/agen {who}", "posted", f"phone:+6281200{who:02}000") for who in range(4)]
    pairs = [pair_of(one, other) for one, other in combinations(contacts, 2)]
    drawn = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=6))
    things = [*contacts, "account:xx_board/agen 0", "place:KH/poipet", "phone:+6281200007777"]
    claims = draw(st.lists(st.sampled_from([*links, *((one,) for one in things)]), unique=True, max_size=6))
    return InForce(
        same=frozenset(drawn[:2]),
        different=frozenset(drawn[2:4]),
        confirmed=frozenset(claims[:2]),
        rejected=frozenset([*claims[2:], *drawn[4:]]),
    )


@given(st.integers(0, 3), verdicts(), verdicts())
@settings(max_examples=25, deadline=None)
def test_judgements_that_change_come_out_as_one_full_build(seed: int, first: InForce, then: InForce) -> None:
    grown, posts = Grown(first), crowd(seed, 40)
    grown.add(posts[:25])
    grown.judge(then)
    check(grown)
    grown.add(posts[25:])
    check(grown)
    grown.judge(NOTHING_JUDGED)
    check(grown)


def test_a_judgement_on_an_account_makes_it_nobodys_contact() -> None:
    grown = Grown()
    grown.add(crowd(1, 30))
    grown.judge(InForce(confirmed=frozenset({("account:xx_board/agen 0",), ("account:xx_board/agen 1",)})))
    check(grown)


@given(verdicts())
def test_judgements_are_read_as_they_were_written(judged: InForce) -> None:
    assert read_judged(write_judged(judged)) == judged


SIGNS = "🔥 {} ✅ 18-35 ✅ {} ✅ 12 📩 +62812000000{}"


@pytest.mark.parametrize("seed", range(4))
def test_hints_at_translations_come_out_as_one_full_build(seed: int) -> None:
    chance = random.Random(seed)
    posts = []
    for number in range(50):
        text, contact = chance.randrange(12), chance.randrange(3)
        signs = SIGNS if text % 4 else SIGNS.replace("✅ 12", "⭐ 9 ⭐")
        words = signs.format(unlike(text), unlike(50 + text), contact)
        read = read_post(number, words, {f"+62812000000{contact}": phone(f"+62812000000{contact}")}, day=number)
        posts.append(replace(read, reading=replace(read.reading, lang=("id", "en", "ms")[text % 3])))
    grown, size = Grown(), chance.randint(3, 9)
    for start in range(0, len(posts), size):
        grown.add(posts[start : start + size])
        check(grown)
    assert any(campaign.translation_of for campaign in grown.connections().campaigns)
    grown.add(replace(read, reading=replace(read.reading, lang="th")) for read in posts[5:15])
    check(grown)


def test_a_post_that_was_captured_before_others_asks_for_a_rebuild() -> None:
    early, late = read_post(1, unlike(1)), read_post(2, unlike(2), day=3)
    grown = Grown()
    grown.add([late])
    with pytest.raises(NeedsRebuild):
        grown.add([early])


def test_another_text_of_an_old_post_asks_for_a_rebuild() -> None:
    grown = Grown()
    grown.add([read_post(1, unlike(1))])
    with pytest.raises(NeedsRebuild):
        grown.add([read_post(1, unlike(2))])
