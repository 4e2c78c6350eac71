"""What a person types leads to the recruiter that is meant."""

from __future__ import annotations

import pytest

from casefile.errors import NotFound
from casefile.records import Connections
from desk.names import find_actor, find_node
from graph.connect import connect
from tests.graph.making import phone, read_post, unlike

FIRST, SECOND = "+62812000111", "+62812000222"


def connected(*, merged: bool) -> Connections:
    posts = [
        read_post(1, f"{unlike(1)} {FIRST}", {FIRST: phone(FIRST)}, author="agen a"),
        read_post(2, f"{unlike(2)} {SECOND}", {SECOND: phone(SECOND)}, author="agen b", day=1),
    ]
    both = {FIRST: phone(FIRST), SECOND: phone(SECOND)}
    posts += [
        read_post(number, f"{unlike(number)} {FIRST} {SECOND}", both, author="agen a", day=number)
        for number in ((3, 4, 5) if merged else ())
    ]
    return connect(posts)


def test_the_id_of_a_recruiter_who_merged_into_another_leads_to_that_one() -> None:
    before, after = connected(merged=False), connected(merged=True)
    assert len(before.actors) == 2 and len(after.actors) == 1
    for actor in before.actors:
        assert find_actor(after, actor.id) == after.actors[0]
        assert find_node(after, actor.id) == after.actors[0].id


def test_an_id_that_no_recruiter_ever_had_is_not_found() -> None:
    with pytest.raises(NotFound):
        find_actor(connected(merged=True), "actor:000000000000")
