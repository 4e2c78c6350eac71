"""Probing an address or a file, and telling what was found."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from crawlers.importing.options import make_options
from crawlers.probing.files import probe_file
from crawlers.probing.probed import Probed, ProbedPost
from desk import terminal

_TOLD = ("type", "engine", "sure", "signs", "robots", "javascript", "wall", "next_page", "notes")
_SHOWN = 20


def look(address: str, *, url: str | None, timezone: str | None) -> Probed:
    """What stands at an address or in a file."""
    path = Path(address)
    options = make_options(path, source=None, columns={}, timezone=timezone, region=None, lang=None, date_order=None)
    return probe_file(path, options, url=url, zone=timezone)


def show_json(probed: Probed) -> None:
    """Everything in one JSON object."""
    told = asdict(probed)
    terminal.say_json({**{name: told[name] for name in _TOLD}, "posts": told["posts"]})


def show(probed: Probed, *, explain: bool) -> None:
    """What was found, for a person."""
    terminal.say(f"{probed.type}, {probed.engine} (sure: {probed.sure:.0%})", "bold")
    terminal.table(("author", "published", "text", "link"), map(_row, probed.posts[:_SHOWN]))


def _row(post: ProbedPost) -> tuple[object, ...]:
    return post.author, post.published, post.text[:60], post.url
