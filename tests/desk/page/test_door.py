"""Who may come in."""

from hypothesis import given
from hypothesis import strategies as st

from desk.page.door import Door


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_key_opens_once() -> None:
    door = Door()
    key = door.key
    session = door.enter(key)
    assert session is not None and door.knows(session)
    assert door.enter(key) is None


@given(st.text(max_size=60))
def test_no_other_key_opens(key: str) -> None:
    door = Door()
    assert door.enter(key + "x") is None and door.enter("") is None


def test_the_door_stays_shut_when_keys_are_guessed() -> None:
    door = Door()
    for number in range(20):
        assert door.enter(f"guess {number}") is None
    assert door.is_shut and door.enter(door.key) is None


def test_a_session_ends_when_nobody_uses_it_and_not_before() -> None:
    clock = Clock()
    door = Door(clock)
    session = door.enter(door.key)
    assert session is not None
    for _ in range(3):
        clock.now += 7 * 3600
        assert door.knows(session)
    clock.now += 9 * 3600
    assert not door.knows(session)


def test_who_left_is_not_known_any_more() -> None:
    door = Door()
    session = door.enter(door.key)
    assert session is not None
    door.leave(session)
    assert not door.knows(session)


def test_a_mark_is_that_of_its_session_only() -> None:
    door = Door()
    assert door.is_marked("one", door.mark("one"))
    assert not door.is_marked("other", door.mark("one"))
    assert not Door().is_marked("one", door.mark("one"))
