"""What changed in the networks: found by where the contacts went, never by names."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from casefile.records import Actor, Connections, Network
from graph.changes import Change, ChangeKind, network_changes, silent_networks

DAY = datetime(2026, 3, 1, tzinfo=UTC)


def network(name: str, contacts: Sequence[str], posts: Sequence[str], places: Sequence[str] = ()) -> Network:
    return Network(
        id=f"network:{name}",
        name=name,
        members=tuple(contacts),
        posts=tuple(posts),
        destinations=tuple(places),
        origins=(),
        suspect=0.9,
    )


def state(*networks: Network) -> Connections:
    actors = tuple(
        Actor(id=f"actor:{n.id}", name=n.name, identifiers=n.members, posts=n.posts, confidence=0.9) for n in networks
    )
    return Connections(entities=(), actors=actors, links=(), networks=networks)


def kinds(changes: Sequence[Change]) -> list[tuple[str, str]]:
    return [(change.kind.value, change.network.name) for change in changes]


A = network("a", ["phone:+1", "phone:+2"], ["p1", "p2"], ["place:KH/poipet"])
B = network("b", ["phone:+3"], ["p3"], ["place:MM/myawaddy"])


def test_nothing_happened_to_what_stayed() -> None:
    assert network_changes(state(A, B), state(A, B)) == []


def test_a_network_of_unknown_contacts_is_new() -> None:
    (change,) = network_changes(state(A), state(A, B))
    assert (change.kind, change.network, change.posts) == (ChangeKind.NEW, B, ("p3",))


def test_a_network_grows_under_another_name_and_id() -> None:
    grown = network("z", [*A.members, "phone:+9"], [*A.posts, "p9"], A.destinations)
    (change,) = network_changes(state(A), state(grown))
    assert (change.kind, change.contacts, change.posts) == (ChangeKind.GROWN, ("phone:+9",), ("p9",))


def test_two_networks_that_are_one_now_are_merged() -> None:
    both = network("a", [*A.members, *B.members], [*A.posts, *B.posts], [*A.destinations, *B.destinations])
    (change,) = network_changes(state(A, B), state(both))
    assert (change.kind, change.before) == (ChangeKind.MERGED, (A, B))


def test_a_network_that_was_divided_is_split() -> None:
    left, right = network("l", ["phone:+1"], ["p1"]), network("r", ["phone:+2"], ["p2"])
    changes = network_changes(state(A), state(left, right))
    assert sorted(kinds(changes)) == [("split", "l"), ("split", "r")]


def test_a_network_that_sends_elsewhere_has_moved_but_not_to_its_own_country() -> None:
    moved = network("a", A.members, [*A.posts, "p9"], ["place:LA/golden", "place:KH", *A.destinations])
    changes = network_changes(state(A), state(moved))
    assert kinds(changes) == [("moved", "a"), ("grown", "a")]
    assert changes[0].destinations == ("place:LA/golden",)


def test_a_network_whose_contacts_are_in_none_any_more_is_gone() -> None:
    assert kinds(network_changes(state(A, B), state(A))) == [("gone", "b")]


def test_a_network_is_silent_if_it_was_active_before_and_others_are_since() -> None:
    since = DAY + timedelta(days=10)
    seen = {"p1": DAY, "p2": DAY + timedelta(days=8), "p3": DAY + timedelta(days=15)}
    assert kinds(silent_networks(state(A, B), seen, since)) == [("silent", "a")]
    assert silent_networks(state(A, B), {**seen, "p2": DAY + timedelta(days=11)}, since) == []


def test_where_nothing_was_seen_since_nobody_is_silent() -> None:
    assert silent_networks(state(A, B), {"p1": DAY, "p2": DAY, "p3": DAY}, DAY + timedelta(days=10)) == []


def test_a_network_long_silent_is_not_told_of_each_time() -> None:
    since = DAY + timedelta(days=100)
    seen = {"p1": DAY, "p2": DAY, "p3": DAY + timedelta(days=105)}
    assert silent_networks(state(A, B), seen, since) == []


_states = st.lists(st.sampled_from("abcde"), min_size=8, max_size=8).map(
    lambda groups: state(
        *(network(g, [f"phone:+{i}" for i, h in enumerate(groups) if h == g], [f"p{g}"]) for g in sorted(set(groups)))
    )
)


@given(_states, _states)
def test_every_network_that_is_not_as_it_was_is_told(before: Connections, after: Connections) -> None:
    told = {change.network.id for change in network_changes(before, after)}
    same = {n.members for n in before.networks} & {n.members for n in after.networks}
    assert told >= {n.id for n in after.networks if n.members not in same}
    assert network_changes(before, before) == []
