"""What recruiters did over time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from casefile.records import ReadPost
from graph.analysis.activity import Activity, EventKind, activity_of
from graph.connect import connect
from tests.graph.making import MYAWADDY, POIPET, Named, handle, phone, read_post, unlike

A, B = "+6281200000001", "+6281200000002"
START = datetime(2026, 3, 2, tzinfo=UTC)


def _post(number: int, day: int, contact: str, town: str = "Poipet") -> ReadPost:
    places = {"Poipet": POIPET, "Myawaddy": MYAWADDY}
    named: dict[str, Named] = {contact: phone(contact), "@contoh": handle("telegram:contoh"), town: places[town]}
    text = f"{unlike(number)} {contact} @contoh {town}"
    return read_post(number, text, named, author="HR", day=200, published=START + timedelta(days=day))


def _activity(posts: Sequence[ReadPost]) -> Activity:
    connections = connect(posts)
    (actor,) = connections.actors
    return activity_of([actor], posts, {})


def test_a_number_that_comes_when_another_goes_is_a_change() -> None:
    posts = [_post(n, day, A if day < 30 else B) for n, day in enumerate((0, 10, 20, 40, 50, 60))]
    (change,) = [event for event in _activity(posts).events if event.kind is EventKind.CHANGED]
    assert (change.now, change.before) == (f"phone:{B}", f"phone:{A}")
    assert change.last_before == START + timedelta(days=20)
    assert change.post == posts[3].post.id


def test_a_number_beside_another_is_no_change() -> None:
    posts = [_post(n, 5 * n, (A, B)[n % 2]) for n in range(8)]
    kinds = {event.now: event.kind for event in _activity(posts).events}
    assert kinds[f"phone:{B}"] is EventKind.ADDED
    assert EventKind.CHANGED not in kinds.values()


def test_a_destination_that_comes_later_is_told() -> None:
    posts = [_post(1, 0, A), _post(2, 10, A), _post(3, 40, A, "Myawaddy")]
    (move,) = [event for event in _activity(posts).events if event.kind is EventKind.MOVED]
    assert (move.now, move.at, move.post) == ("place:MM/myawaddy", START + timedelta(days=40), posts[2].post.id)


def test_every_post_counts_once_and_no_step_between_is_left_out() -> None:
    posts = [_post(n, day, A) for n, day in enumerate((0, 1, 1, 9))]
    activity = _activity(posts)
    assert [len(step.posts) for step in activity.steps] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert sorted(post for step in activity.steps for post in step.posts) == sorted(read.post.id for read in posts)


def test_copies_are_one_text() -> None:
    posts = [_post(1, 0, A), _post(2, 0, A)]
    (actor,) = connect(posts).actors
    (step,) = activity_of([actor], posts, {read.post.id: "text:one" for read in posts}).steps
    assert (len(step.posts), step.texts) == (2, 1)


def test_a_post_without_a_date_counts_when_it_was_seen_and_is_told() -> None:
    posts = [_post(1, 0, A), _post(2, 1, A)]
    undated = replace(posts[1], post=replace(posts[1].post, published=None))
    activity = _activity([posts[0], undated])
    assert activity.undated == 1
    assert activity.steps[-1].posts == (undated.post.id,)
