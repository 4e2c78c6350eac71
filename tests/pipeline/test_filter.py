"""The stream behind `jejak extract`."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from pipeline.filter import run_filter


def run(*lines: str, workers: int = 1) -> tuple[list[dict[str, Any]], list[tuple[int, str]]]:
    out = io.StringIO()
    problems: list[tuple[int, str]] = []
    written = run_filter(
        lines, out, workers=workers, on_problem=lambda number, reason: problems.append((number, reason))
    )
    readings = [json.loads(line) for line in out.getvalue().splitlines()]
    assert written == len(readings)
    return readings, problems


def line(**post: Any) -> str:
    return json.dumps(post) + "\n"


def test_every_reading_has_the_promised_keys() -> None:
    [reading], problems = run(line(id="7", text="Kerja di Poipet, gaji RM8,000 sebulan, WA +60 12-300 0123"))
    assert problems == []
    assert {"id", "lang", "kind", "suspect", "reasons", "mentions"} <= set(reading)
    by_label = {mention["label"]: mention for mention in reading["mentions"]}
    assert by_label["LOC"]["country"] == "KH" and by_label["LOC"]["role"]
    assert by_label["SALARY"]["amount_min"] == 8000 and by_label["SALARY"]["currency"] == "MYR"
    assert {"amount_max", "period"} <= set(by_label["SALARY"])


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ("not json\n", "not JSON"),
        ("[1]\n", "not a JSON object"),
        ('{"id": 1}\n', "'text' is missing"),
        ('{"id": 1, "text": 5}\n', "'text' is missing"),
        ('{"text": "a"}\n', "'id' is missing"),
        ("[" * 100_000 + "\n", "not JSON"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_left_out(bad: str, told: str) -> None:
    readings, problems = run(line(id="1", text="a"), bad, line(id="3", text="b"))
    assert [reading["id"] for reading in readings] == ["1", "3"]
    [(number, reason)] = problems
    assert number == 2 and told in reason


def test_other_keys_and_empty_lines_are_passed_over() -> None:
    readings, problems = run("\n", line(id=5, text="halo", kind="x", lang=None, region=7, mentions="?"))
    assert readings[0]["id"] == 5 and problems == []


def test_a_text_that_json_can_hold_but_unicode_cannot_is_written() -> None:
    readings, problems = run('{"id": "s", "text": "hubungi \\ud800 +62 812-0000-1234"}\n')
    assert problems == []
    assert readings[0]["mentions"][0]["value"] == "+6281200001234"


def test_lines_stream_through() -> None:
    taken = []

    def lines() -> Any:
        for i in range(3):
            taken.append(i)
            yield line(id=str(i), text="halo")

    class Out(io.StringIO):
        def write(self, text: str) -> int:
            assert taken[-1] == int(json.loads(text)["id"])  # nothing was taken ahead of what is written
            return super().write(text)

    assert run_filter(lines(), Out(), on_problem=lambda number, reason: None) == 3


def test_several_processes_write_what_one_writes() -> None:
    lines = [line(id=i, text=f"Kerja di Poipet {i}, WA +62 812-0000-{i:04}") for i in range(150)]
    lines[70] = "not json\n"
    assert run(*lines, workers=2) == run(*lines)
