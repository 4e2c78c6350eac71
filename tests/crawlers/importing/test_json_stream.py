import io
import json
from typing import Any

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from crawlers.importing.json_stream import JsonStream, Malformed, Unreadable

_JSON: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**9), 10**9)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)


@pytest.mark.parametrize("window", [1, 3, 17, 4096])
@settings(deadline=None)
@for_all(rows=st.lists(_JSON, max_size=6), indent=st.sampled_from([None, 2]), pure=st.booleans())
def test_any_list_is_walked_value_by_value(window: int, rows: list[Any], indent: int | None, pure: bool) -> None:
    text = json.dumps({"before": rows, "list": rows, "after": 1}, indent=indent, ensure_ascii=pure)
    stream = JsonStream(io.StringIO(text), window)
    found: list[Any] = []
    names = []
    for name in stream.names():
        names.append(name)
        if name == "list":
            found = [stream.value() for _ in stream.places()]
        else:
            stream.skip()
    assert (found, names, stream.peek()) == (rows, ["before", "list", "after"], "")


def test_a_broken_value_does_not_hide_the_next() -> None:
    stream = JsonStream(io.StringIO('[{"a": 1}, {"a" 2}, {"a": 3}]'))
    values = [stream.value() for _ in stream.places()]
    assert values[0] == {"a": 1}
    assert isinstance(values[1], Unreadable)
    assert values[2] == {"a": 3}


def test_a_value_nested_too_deeply_is_passed_over() -> None:
    stream = JsonStream(io.StringIO("[" + "[" * 200_000 + "]" * 200_000 + ", 7]"))
    values = [stream.value() for _ in stream.places()]
    assert isinstance(values[0], Unreadable)
    assert values[1] == 7


@pytest.mark.parametrize("text", ['[{"a": 1}, {"b": "c', "[1, 2", "[1 2]", "[}", "{1: 2}", '{"a" 1}', "", "["])
def test_a_text_that_breaks_off_says_so(text: str) -> None:
    stream = JsonStream(io.StringIO(text))
    with pytest.raises(Malformed):
        if text.startswith("{"):
            for _ in stream.names():
                stream.skip()
        else:
            for _ in stream.places():
                stream.value()


@settings(deadline=None)
@for_all(st.text('[]{},:"\\0a ', max_size=60))
def test_no_text_hangs_or_crashes(text: str) -> None:
    stream = JsonStream(io.StringIO("[" + text), 3)
    try:
        for _ in stream.places():
            stream.value()
    except Malformed:
        pass
