"""Doubts: what is least sure and touches most is asked first, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.identity import link_id
from casefile.judgements import InForce, pair_of
from casefile.records import Actor, Connections, JoinReason, Link, LinkKind
from graph.doubts import find_doubts, probability_of


def actor(name: str, contacts: Sequence[str], weights: Sequence[float] = (), posts: int = 1) -> Actor:
    """An actor whose contacts are joined in a chain with these weights."""
    joins = tuple(
        JoinReason(left=left, right=right, reason="beside", weight=weight, posts=(f"{left}-0",))
        for (left, right), weight in zip(pairwise(contacts), weights, strict=True)
    )
    return Actor(
        id=f"actor:{name}",
        name=name,
        identifiers=tuple(contacts),
        posts=tuple(f"{contact}-{n}" for contact in contacts for n in range(posts)),
        confidence=0.9,
        joins=joins,
    )


def link(start: str, kind: LinkKind, end: str, posts: Sequence[str], confidence: float = 0.9) -> Link:
    return Link(
        id=link_id(start, kind, end), from_id=start, kind=kind, to_id=end, confidence=confidence, posts=tuple(posts)
    )


def connections(*actors: Actor, shared: Mapping[str, Sequence[Actor]] | None = None) -> Connections:
    links = [
        link(a.id, LinkKind.USES_CONTACT, contact, [p for p in a.posts if p.startswith(f"{contact}-")])
        for a in actors
        for contact in a.identifiers
    ]
    for text, users in (shared or {}).items():
        links += [link(a.id, LinkKind.SAME_TEXT, text, a.posts[:1]) for a in users]
    return Connections(entities=(), actors=tuple(actors), links=tuple(links), networks=())


def test_the_weak_join_of_many_posts_is_asked_before_the_weak_join_of_few() -> None:
    few = actor("few", ["phone:+1", "phone:+2"], [0.5])
    many = actor("many", ["phone:+3", "phone:+4"], [0.5], posts=9)
    asked = find_doubts(connections(few, many))
    assert [(doubt.left, doubt.right) for doubt in asked] == [("phone:+3", "phone:+4"), ("phone:+1", "phone:+2")]


def test_the_less_sure_of_two_joins_is_asked_first() -> None:
    asked = find_doubts(connections(actor("a", ["phone:+1", "phone:+2", "phone:+3"], [0.9, 0.5])))
    assert [doubt.sure for doubt in asked] == [0.5, 0.9]


def test_a_sure_join_is_not_asked() -> None:
    assert find_doubts(connections(actor("a", ["phone:+1", "phone:+2"], [0.99]))) == []


def test_actors_that_share_a_text_are_asked_about_unless_everybody_shares_it() -> None:
    actors = [actor(str(n), [f"phone:+{n}"]) for n in range(20)]
    (doubt,) = find_doubts(connections(*actors, shared={"text:1": actors[:2], "text:2": actors}))
    assert (doubt.left, doubt.right, doubt.joined) == ("phone:+0", "phone:+1", False)
    assert doubt.left_posts == ("phone:+0-0",)


def test_what_was_judged_is_not_asked_again() -> None:
    known = connections(actor("a", ["phone:+1", "phone:+2"], [0.5]))
    pair = frozenset({pair_of("phone:+1", "phone:+2")})
    assert find_doubts(known, InForce(same=pair)) == []
    one, other = actor("a", ["phone:+1"]), actor("b", ["phone:+2"])
    apart = connections(one, other, shared={"text:1": [one, other]})
    assert find_doubts(apart)
    assert find_doubts(apart, InForce(different=pair)) == []


@given(st.lists(st.integers(1, 99).map(lambda hundredths: hundredths / 100), min_size=1, max_size=12))
def test_every_doubt_divides_the_actor_in_two(weights: list[float]) -> None:
    contacts = [f"phone:+{n:02}" for n in range(len(weights) + 1)]
    for doubt in find_doubts(connections(actor("a", contacts, weights))):
        assert doubt.left != doubt.right
        assert 2 <= doubt.hangs <= len(contacts)
        assert 0 < doubt.sure < 1


def test_match_weights_of_several_reasons_add_up_to_one_probability() -> None:
    prior = -3.0

    def reason(bits: float) -> JoinReason:
        alone = 1 / (1 + 2 ** -(prior + bits))
        return JoinReason(left="phone:+1", right="phone:+2", reason="r", weight=alone, posts=("p",), bits=bits)

    assert probability_of([reason(3.0)]) == pytest.approx(0.5)
    assert probability_of([reason(3.0), reason(2.0)]) == pytest.approx(0.8)
    assert probability_of([reason(5.0), reason(-2.0)]) == pytest.approx(0.5)
    assert probability_of([reason(90.0), reason(90.0)]) <= 1
