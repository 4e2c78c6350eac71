"""The walk through the demo case, `docs/walkthrough.md`: what stands there as output is what the commands say.

A line `$ jejak …` in a fenced block is a command; what follows it, up to the next command or the end of the block, is
its output. `python -m desk.demo.walkthrough docs/walkthrough.md` makes a demo case and writes the outputs anew.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
import tempfile
from collections.abc import Iterator
from contextlib import chdir, redirect_stdout, suppress
from pathlib import Path

from desk import terminal
from desk.cli import main

_WIDTH = 240  # characters: no line is broken
_COMMAND = "$ jejak "
_FENCE = "```"


def rewritten(document: str, folder: Path) -> str:
    """The document with every output made anew; `folder` holds the cases that it names."""
    return "".join(line + "\n" for line in _lines(document, folder))


def _lines(document: str, folder: Path) -> Iterator[str]:
    inside, is_output = False, False
    for line in document.splitlines():
        if line.startswith(_FENCE):
            inside, is_output = not inside, False
        if inside and line.startswith(_COMMAND):
            yield line
            yield from output_of(line.removeprefix(_COMMAND), folder)
            is_output = True
        elif not is_output:
            yield line


def output_of(command: str, folder: Path) -> list[str]:
    """The lines that a command writes to stdout, without spaces at their ends."""
    written, before = io.StringIO(), terminal.out.width
    terminal.out.width = _WIDTH
    try:
        with chdir(folder), redirect_stdout(written), suppress(SystemExit):
            main(shlex.split(command))
    finally:
        terminal.out.width = before
    return [line.rstrip() for line in written.getvalue().rstrip("\n").splitlines()]


_VARIES = (
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "ID"),
    (re.compile(r"^ +ID  .*"), "a post"),  # which of many are shown depends on which were crawled first
    (re.compile(r" {2,}"), "  "),
)


def without_what_varies(document: str) -> list[str]:
    """The document's lines without ids, hashes and the widths of columns; in order, for equals may change places."""
    lines = document.splitlines()
    for pattern, instead in _VARIES:
        lines = [pattern.sub(instead, line) for line in lines]
    return sorted(lines)


def _rewrite(path: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="jejak-walk-") as room:
        with suppress(SystemExit):
            main(["demo", str(Path(room) / "demo-case"), "--no-open"])
        path.write_text(rewritten(path.read_text(encoding="utf-8"), Path(room)), encoding="utf-8")


if __name__ == "__main__":
    _rewrite(Path(sys.argv[1]))
