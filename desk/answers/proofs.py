"""Posts as the proof of an answer: one line each, few of many."""

from __future__ import annotations

from collections.abc import Sequence

from casefile.case import Case
from desk import terminal
from desk.answers.shown import POSTS_SHOWN, counted, cut, day

_TEXT_SHOWN = 90  # characters


def say_posts(case: Case, post_ids: Sequence[str], indent: int = 3, most: int = POSTS_SHOWN) -> None:
    """The first `most` posts, a line each, and how many more there are."""
    room = " " * indent
    found = {read.post.id: read.post for read in case.store.read_posts(post_ids[:most])}
    for post in (found[post_id] for post_id in post_ids[:most] if post_id in found):
        words = cut(post.text, _TEXT_SHOWN)
        terminal.say(f"{room}{post.id[:12]}  {day(post.published)}  {post.source}  {words}", "dim")
    if len(post_ids) > most:
        terminal.say(f"{room}and {counted(len(post_ids) - most, 'more post')}", "dim")
