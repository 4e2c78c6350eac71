"""What is shown in a terminal."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.terminal import marked, plain, say_json


@given(st.text())
def test_shown_text_has_no_control_character_and_keeps_every_place(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text)
    assert not any(c in shown for c in "\x1b\x07\r\n\x9b\u202e\u2066")


def test_escape_codes_and_direction_controls_become_visible() -> None:
    assert plain("a\x1b[2Jb\u202ec") == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c"


def test_marks_stand_on_the_characters_they_were_given_for() -> None:
    shown = marked("hubungi\n+62 812", [(8, 15)])
    assert [(span.start, span.end) for span in shown.spans] == [(8, 15)]
    assert shown.plain[8:15] == "+62 812"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters()))
def test_a_line_for_programs_says_the_same_and_steers_no_terminal(
    capsys: pytest.CaptureFixture[str], text: str
) -> None:
    say_json({"text": text})
    shown = capsys.readouterr().out
    assert json.loads(shown) == {"text": text}
    assert not any(c in shown[:-1] for c in map(chr, (*range(32), *range(0x7F, 0xA0), 0x202E, 0x2066)))
    assert not any(0xD800 <= ord(c) <= 0xDFFF for c in shown)
