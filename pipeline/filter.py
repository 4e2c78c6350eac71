"""The stream behind `jejak extract`: JSON lines of posts in, JSON lines of readings out, in order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, NamedTuple, TextIO

from casefile.records import Label, Mention, Reading
from pipeline.processes import in_processes, portions
from pipeline.reader import KILLED, Reader, Text, Unreadable, load_reader

OnProblem = Callable[[int, str], None]
"""Called with a line's number, from 1, and what is wrong with it."""

_LONGEST_LINE = 16_000_000  # characters


class _Line(NamedTuple):
    """A line of the input with its number, from 1."""

    number: int
    text: str


class _Answer(NamedTuple):
    """The reading of a line as JSON, or what is wrong with the line."""

    number: int
    reading: str = ""
    problem: str = ""


def run_filter(
    lines: Iterable[str], out: TextIO, *, workers: int = 1, model: bool = True, on_problem: OnProblem
) -> int:
    """Read every line's post and write its reading; lines that cannot be read are told and left out.

    Returns how many readings were written. Memory does not grow with the number of lines.
    """
    written = 0
    given = (_Line(number, line) for number, line in enumerate(lines, 1) if line.strip())
    for answer in _answers(given, workers, model):
        if answer.problem:
            on_problem(answer.number, answer.problem)
            continue
        out.write(answer.reading)
        written += 1
    return written


def _answers(lines: Iterable[_Line], workers: int, model: bool) -> Iterator[_Answer]:
    """In order. Other processes do all of it, parsing and writing JSON too, so that this one never keeps them waiting."""
    if workers > 1:
        work = partial(_answer_portion, model=model)
        return in_processes(portions(lines, lambda line: len(line.text)), work, _killed, workers)
    return map(partial(_answer, load_reader(model=model)), lines)


def _answer_portion(lines: list[_Line], *, model: bool) -> list[_Answer]:
    return list(map(partial(_answer, load_reader(model=model)), lines))


def _answer(reader: Reader, line: _Line) -> _Answer:
    try:
        post = _parse(line.text)
    except ValueError as error:
        return _Answer(line.number, problem=str(error))
    text = Text(post_id=str(post["id"]), text=post["text"], lang=post.get("lang"), region=post.get("region"))
    result = reader.read_one(text)
    if isinstance(result, Unreadable):
        return _Answer(line.number, problem=result.reason)
    written = json.dumps(as_line(result, post["id"]), ensure_ascii=False)
    return _Answer(line.number, written.encode("utf-8", "backslashreplace").decode() + "\n")


def _killed(line: _Line) -> _Answer:
    return _Answer(line.number, problem=KILLED)


def _parse(line: str) -> dict[str, Any]:
    """One line as a post; ValueError says what is wrong in words."""
    if len(line) > _LONGEST_LINE:
        raise ValueError(f"the line is longer than {_LONGEST_LINE:,} characters")
    try:
        post = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"not JSON: {error}") from error
    if not isinstance(post, dict):
        raise ValueError('not a JSON object; expected one like {"id": "1", "text": "..."}')
    if not isinstance(post.get("text"), str):
        raise ValueError("'text' is missing or is no text")
    if not isinstance(post.get("id"), str | int):
        raise ValueError("'id' is missing or is neither text nor number")
    for name, longest in (("lang", 3), ("region", 2)):
        given = post.get(name)
        post[name] = (
            given.strip() or None if isinstance(given, str) and given.isascii() and len(given) <= longest else None
        )
    return post


def as_line(reading: Reading, given_id: Any = None) -> dict[str, Any]:
    """A reading as `jejak extract` writes it."""
    return {
        "id": reading.post_id if given_id is None else given_id,
        "lang": reading.lang,
        "languages": list(reading.languages),
        "kind": reading.kind.value,
        "kind_confidence": reading.kind_confidence,
        "suspect": reading.suspect,
        "reasons": list(reading.reasons),
        "mentions": [_as_object(mention) for mention in reading.mentions],
    }


_ALWAYS = {
    Label.LOC: ("country", "role"),
    Label.SALARY: ("amount_min", "amount_max", "currency", "period"),
}


def _as_object(mention: Mention) -> dict[str, Any]:
    told = {name: mention.attributes.get(name) for name in _ALWAYS.get(mention.label, ())}
    return {
        **told,
        **mention.attributes,
        "label": mention.label.value,
        "start": mention.start,
        "end": mention.end,
        "text": mention.surface,
        "value": mention.value,
        "confidence": mention.confidence,
        "extractor": mention.extractor,
    }


def main() -> None:
    """`python -m pipeline.filter < posts.jsonl > readings.jsonl`, in one process."""
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]  # both are text files here
    run_filter(
        sys.stdin, sys.stdout, on_problem=lambda number, reason: print(f"line {number}: {reason}", file=sys.stderr)
    )


if __name__ == "__main__":
    main()
