from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desk.report.book import Book

START = datetime(2026, 3, 2, tzinfo=UTC)
OFFERS = {f"p{n}": (START + timedelta(days=n), n / 100) for n in range(50)}


@given(st.lists(st.lists(st.sampled_from(sorted(OFFERS)), min_size=1, max_size=10), max_size=20))
def test_every_claim_cites_a_post_that_stands_in_the_report(claims: list[list[str]]) -> None:
    book = Book(OFFERS, limit=20)
    cited = [book.cite(1, posts) for posts in claims]
    standing = set(book.of(1))
    assert all(
        refs.shown and set(refs.shown) <= standing and set(refs.shown) <= set(posts)
        for refs, posts in zip(cited, claims, strict=True)
    )
    assert all(refs.total == len(set(posts)) for refs, posts in zip(cited, claims, strict=True))


def test_only_job_offers_prove() -> None:
    refs = Book(OFFERS, limit=5).cite(1, ["warning", "p1", "plea"])
    assert (refs.shown, refs.total) == (("p1",), 1)


def test_the_rest_goes_to_the_most_telling_posts_and_stops_at_the_limit() -> None:
    book = Book(OFFERS, limit=3)
    book.cite(1, ["p0"])
    book.fill(1, OFFERS)
    assert book.of(1) == ["p0", "p48", "p49"]


def test_a_post_stands_once_although_two_networks_cite_it() -> None:
    book = Book(OFFERS, limit=3)
    assert book.cite(1, ["p7"]).shown == book.cite(2, ["p7"]).shown == ("p7",)
    assert (book.of(1), book.of(2)) == (["p7"], [])
