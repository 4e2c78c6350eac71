"""Two hundred searches that nobody thought of find the same on both engines."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import Label, PostKind, ReadPost, Role
from casefile.search.engines import engine_of
from casefile.search.query import PLATFORMS
from casefile.search.tokens import sign_runs, tokens
from tests.elastic.indexed import Indexer
from tests.elastic.server import Server

SEARCHES = 200
_DIGITS = {"៛": "០១២៣៤៥៦៧៨៩", "Burmese": "၀၁၂၃၄၅၆၇၈၉", "Thai": "๐๑๒๓๔๕๖๗๘๙", "wide": "０１２３４５６７８９"}


@pytest.fixture(scope="module")
def demo(demo_case: Path, elastic: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Case]:
    """A copy of the demo case, indexed."""
    folder = tmp_path_factory.mktemp("searched") / "demo-case"
    shutil.copytree(demo_case, folder)
    indexer = Indexer(elastic)
    with Case.open(folder) as case:
        yield indexer.index(case)
    indexer.remove()


class Searcher:
    """Makes up searches out of what stands in the posts."""

    def __init__(self, posts: list[ReadPost], seed: int) -> None:
        self._chance = random.Random(seed)
        self._posts = posts

    def search(self) -> str:
        """One to three conditions, some turned round, sometimes a choice."""
        terms = [self._negated(self._term()) for _ in range(self._chance.choice((1, 1, 2, 2, 3)))]
        if len(terms) > 1 and self._chance.random() < 0.3:
            terms.insert(1, "OR")
        return " ".join(terms)

    def _negated(self, term: str) -> str:
        return f"-{term}" if self._chance.random() < 0.15 else term

    def _term(self) -> str:
        makers: list[Callable[[ReadPost], str]] = [
            self._word, self._word, self._phrase, self._phrase, self._beginning, self._substring, self._signs, self._number,
            self._named, self._named, self._place, self._place, self._platform, self._day, self._field,
        ]  # fmt: skip
        while not (term := self._chance.choice(makers)(self._chance.choice(self._posts))):
            pass
        return term

    def _words_of(self, found: ReadPost, most: int) -> str:
        text = found.post.text
        words = list(tokens(text))
        start = self._chance.randrange(len(words))
        return text[words[start].start : words[min(len(words), start + most) - 1].end].replace('"', " ")

    def _word(self, found: ReadPost) -> str:
        word = self._chance.choice((str.upper, str.lower, str))(self._words_of(found, 1))
        return word.lower() if word == "OR" else word  # in capitals it is no word of a post but asks for a choice

    def _phrase(self, found: ReadPost) -> str:
        return f'"{self._words_of(found, self._chance.randint(2, 5))}"'

    def _beginning(self, found: ReadPost) -> str:
        word = self._words_of(found, 1)
        return f"{word[: self._chance.randint(1, len(word))]}*"

    def _substring(self, found: ReadPost) -> str:
        start = self._chance.randrange(len(found.post.text))
        return '"' + found.post.text[start : start + self._chance.randint(1, 12)].replace('"', " ") + '"'

    def _signs(self, found: ReadPost) -> str:
        runs = sign_runs(found.post.text)
        return f'"{self._chance.choice(runs)}"'.replace('""', '"') if runs and '"' not in "".join(runs) else ""

    def _number(self, found: ReadPost) -> str:
        numbers = [mention.value for mention in found.reading.mentions if mention.label is Label.PHONE]
        if not numbers:
            return ""
        number = self._chance.choice(numbers)
        local = f"0{number[3:]}"
        shapes = (
            number, f"phone:{number}", local, f'"{number[:3]} {number[3:6]}-{number[6:9]} {number[9:]}"', number[1:],
            f"phone:{number[-6:]}", local.translate(str.maketrans("0123456789", self._chance.choice([*_DIGITS.values()]))),
        )  # fmt: skip
        return self._chance.choice(shapes)

    def _named(self, found: ReadPost) -> str:
        fields = {
            Label.ORG: "org",
            Label.PERSON: "person",
            Label.EMAIL: "email",
            Label.URL: "url",
            Label.INDICATOR: "indicator",
        }
        mentions = [mention for mention in found.reading.mentions if mention.label in fields]
        if not mentions:
            return ""
        mention = self._chance.choice(mentions)
        part = mention.value[: self._chance.randint(2, len(mention.value))] if len(mention.value) > 2 else mention.value
        value = self._chance.choice((mention.value, mention.value.upper(), part, f"{part}*")).replace('"', " ")
        return f'{fields[mention.label]}:"{value}"'

    def _place(self, found: ReadPost) -> str:
        places = [mention for mention in found.reading.mentions if mention.label is Label.LOC]
        if not places:
            return ""
        mention = self._chance.choice(places)
        values = (
            mention.value,
            mention.value[:2],
            mention.value.split("/")[-1],
            mention.surface,
            mention.surface.upper(),
        )
        field = self._chance.choice(("place", "place", *(role.value for role in Role)))
        return f'{field}:"{self._chance.choice(values)}"'

    def _platform(self, found: ReadPost) -> str:
        handles = [mention.value for mention in found.reading.mentions if mention.label is Label.HANDLE]
        if not handles:
            return ""
        platform, _, name = self._chance.choice(handles).partition(":")
        if platform not in PLATFORMS:
            return f'handle:"{name}"'
        return self._chance.choice(
            (f"{platform}:{name}", f"{platform}:@{name.upper()}", f"{platform}:{name[:3]}*", f"handle:{name}")
        )

    def _day(self, found: ReadPost) -> str:
        day = f"{found.post.published or found.first_seen:%Y-%m-%d}"
        return f"{self._chance.choice(('after', 'before'))}:{day[: self._chance.choice((4, 7, 10))]}"

    def _field(self, found: ReadPost) -> str:
        author = (
            f'author:"{found.post.author[:4]}"' if found.post.author and '"' not in found.post.author else "author:a"
        )
        return self._chance.choice(
            (
                f"lang:{found.reading.lang}", f"kind:{self._chance.choice(list(PostKind))}", f"source:{found.post.source}",
                f"source:{found.post.source[:3]}*", f"suspect:0.{self._chance.randrange(1, 10)}", author,
                f"has:{self._chance.choice(list(Label)).lower()}",
            )
        )  # fmt: skip


def test_two_hundred_random_searches_find_and_count_the_same_on_both_engines(demo: Case) -> None:
    searcher = Searcher(list(demo.store.read_posts()), seed=7)
    embedded, elastic = engine_of(demo, "embedded"), engine_of(demo, "elastic")
    found = 0
    for text in (searcher.search() for _ in range(SEARCHES)):
        here, there = embedded.search(text, limit=5), elastic.search(text, limit=5)
        assert elastic.matching_posts(text) == embedded.matching_posts(text), text
        assert (there.total, there.facets) == (here.total, here.facets), text
        marks = {hit.post.id: hit.snippet for hit in here.hits}
        assert all(hit.snippet == marks.get(hit.post.id, hit.snippet) for hit in there.hits), text
        found += here.total > 0
    # Searches that find nothing would agree on anything.
    assert found > SEARCHES // 2


def test_networks_are_found_by_their_ids_on_both_engines(demo: Case) -> None:
    embedded, elastic = engine_of(demo, "embedded"), engine_of(demo, "elastic")
    for network in demo.store.connections().networks:
        posts = embedded.matching_posts(f"network:{network.id}")
        assert posts == sorted(network.posts)
        assert elastic.matching_posts(f"network:{network.id}") == posts


def test_pages_follow_each_other_on_both_engines_however_deep(demo: Case) -> None:
    for name in ("embedded", "elastic"):
        engine = engine_of(demo, name)
        every = [hit.post.id for hit in engine.search("kerja OR งาน", limit=10_001, facets=False).hits]
        paged = [
            hit.post.id
            for at in range(0, len(every), 40)
            for hit in engine.search("kerja OR งาน", limit=40, offset=at).hits
        ]
        assert paged == every and len(set(every)) == len(every) > 0
