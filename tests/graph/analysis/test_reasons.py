"""Why contacts are one recruiter's, and what would break it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from casefile.records import Actor, JoinReason
from graph.actors import JUDGED_SAME
from graph.analysis.reasons import chain_of
from graph.connect import connect
from graph.evidence import SAME_POST, SAME_TOWN
from tests.graph.making import phone, read_post, unlike

A, B, C = "phone:+6281200000001", "phone:+6281200000002", "phone:+6281200000003"


def _reason(left: str, right: str, reason: str, bits: float, weight: float) -> JoinReason:
    return JoinReason(left=left, right=right, reason=reason, weight=weight, posts=(f"post of {reason}",), bits=bits)


def _strong(left: str, right: str) -> list[JoinReason]:
    # A prior of -7 bits: 12 bits leave the odds at 2^5.
    return [_reason(left, right, SAME_POST, 12.0, 32 / 33), _reason(left, right, SAME_TOWN, 1.0, 1 / 65)]


def _actor(*joins: JoinReason, contacts: tuple[str, ...] = (A, B, C)) -> Actor:
    return Actor(id="actor:a", name="a", identifiers=contacts, posts=("p",), confidence=0.9, joins=joins)


def test_a_chain_joins_all_contacts_and_names_what_each_side_would_be() -> None:
    chain = chain_of(_actor(*_strong(A, B), *_strong(B, C)), ())
    assert [{link.left, link.right} for link in chain] == [{B, C}, {A, B}]
    assert [sorted(part) for part in chain[1].parts] == [[A], [B, C]]


def test_a_join_breaks_without_the_reason_that_carries_it_and_not_without_a_weak_one() -> None:
    (link,) = chain_of(_actor(*_strong(A, B), contacts=(A, B)), ())
    assert link.needs == (SAME_POST,)
    assert link.probability == pytest.approx(64 / 65, abs=1e-6)


def test_two_strong_reasons_carry_each_other() -> None:
    reasons = [*_strong(A, B), _reason(A, B, "given in the same text", 11.0, 16 / 17)]
    (link,) = chain_of(_actor(*reasons, contacts=(A, B)), ())
    assert link.needs == ()


def test_other_joins_that_would_hold_are_told() -> None:
    chain = chain_of(_actor(*_strong(A, B), *_strong(B, C), *_strong(A, C)), ())
    assert len(chain) == 2
    assert all(link.beside for link in chain)


def test_the_weakest_join_comes_first() -> None:
    weak = [_reason(B, C, SAME_POST, 8.0, 2 / 3)]
    chain = chain_of(_actor(*_strong(A, B), *weak), ())
    assert [link.probability for link in chain] == sorted(link.probability for link in chain)
    assert {chain[0].left, chain[0].right} == {B, C}


def test_what_an_investigator_judged_is_certain() -> None:
    judged = JoinReason(left=A, right=B, reason=JUDGED_SAME, weight=1.0, posts=("p",))
    (link,) = chain_of(_actor(judged, contacts=(A, B)), ())
    assert link.probability == 1.0
    assert link.needs == (JUDGED_SAME,)


def test_one_contact_needs_no_chain() -> None:
    assert chain_of(_actor(contacts=(A,)), ()) == []


def test_the_chain_of_a_connected_recruiter_cites_its_posts() -> None:
    numbers = ["+6281200000001", "+6281200000002"]
    posts = [
        read_post(n, f"{unlike(n)} {' '.join(numbers)}", {number: phone(number) for number in numbers}, author="HR")
        for n in range(3)
    ]
    connections = connect(posts)
    (actor,) = connections.actors
    (link,) = chain_of(actor, connections.links)
    assert {link.left, link.right} == {A, B}
    assert {post for reason in link.reasons for post in reason.posts} <= {read.post.id for read in posts}
    assert link.posts_apart == (3, 3)
    assert link.probability == pytest.approx(actor.confidence, abs=1e-4)
    assert chain_of(replace(actor, joins=()), connections.links) == []
