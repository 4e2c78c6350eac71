"""Doubts are weighed by connecting itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from casefile.judgements import InForce
from casefile.records import ReadPost
from graph.connect import connect
from graph.doubts import find_doubts
from graph.sureness import weigh
from tests.graph.making import phone, read_post, unlike


def test_only_posts_in_doubt_are_connected_to_weigh_it() -> None:
    """Two numbers in one text, by turns: connected strictly they are or are not one, and the question says how sure."""
    text, numbers = unlike(1), ["+6281200003101", "+6281200003102"]
    posts = [
        read_post(n, f"{text} {number}", {number: phone(number)}, author="Harbor HR", day=n)
        for n, number in enumerate(numbers * 3)
    ]
    others = [
        read_post(n, f"{unlike(n)} +62812000042{n}", {f"+62812000042{n}": phone(f"+62812000042{n}")})
        for n in range(10, 20)
    ]
    apart = InForce(rejected=frozenset({("phone:+6281200003101", "phone:+6281200003102")}))
    known = connect([*posts, *others], judged=apart)
    asked: set[str] = set()

    def read(ids: Collection[str]) -> Iterable[ReadPost]:
        asked.update(ids)
        return [post for post in [*posts, *others] if post.post.id in asked]

    (doubt,) = weigh(find_doubts(known), known, read, InForce())
    assert {doubt.left, doubt.right} == {"phone:+6281200003101", "phone:+6281200003102"}
    assert not doubt.joined
    assert 0 < doubt.sure < 1
    assert doubt.reasons
    assert asked == {post.post.id for post in posts}
    assert weigh(find_doubts(known), known, read, apart) == []
