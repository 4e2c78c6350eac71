"""`jejak changes`: what was edited or taken down, as a difference between captures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

from rich.text import Text

from casefile.case import Case
from casefile.records import Post
from casefile.versions import Version, versions
from desk import terminal
from desk.answers.sensitive import note_views
from desk.answers.shown import counted, day
from desk.diffs import difference

_STYLES = {"same": "", "gone": "red strike", "new": "green underline"}
_MARKS = {"same": ("", ""), "gone": ("[-", "-]"), "new": ("{+", "+}")}
_CONTEXT = 120  # characters of unchanged text that are shown around a change
# What a reader of the page would not call an edit.
_BESIDE = {"text", "views", "id", "source", "lang", "region"}


@dataclass(frozen=True, slots=True)
class Edit:
    """What changed between two captures of a post that follow each other."""

    before: Version
    after: Version

    def fields(self) -> dict[str, tuple[Any, Any]]:
        """What else than the text changed: each field as it was, and as it is."""
        names = [field.name for field in fields(Post) if field.name not in _BESIDE]
        pairs = {name: (getattr(self.before.post, name), getattr(self.after.post, name)) for name in names}
        return {name: (old, new) for name, (old, new) in pairs.items() if old != new}


def changes(case: Case, words: str | None, limit: int, as_json: bool) -> None:
    """The posts that were edited or are gone (or the one that is asked for)."""
    if words is not None:
        chosen = [case.store.find_post(words).id]
    else:
        edited = case.store.changed_posts()
        chosen = list(dict.fromkeys([*edited, *case.store.gone_posts()]))
    note_views(case, chosen[:limit], "changes")
    held = versions(case, chosen[:limit])
    if as_json:
        for post_id in chosen[:limit]:
            terminal.say_json(_as_json(case, post_id, held[post_id]))
        return
    if not chosen:
        terminal.say("No post was seen to be edited or taken down.")
    for post_id in chosen[:limit]:
        _show(case, post_id, held[post_id])
    if len(chosen) > limit:
        terminal.say(f"\nand {len(chosen) - limit} more (--limit shows more)", "dim")


def _edits(held: list[Version]) -> Iterator[Edit]:
    return (Edit(before, after) for before, after in pairwise(held))


def _show(case: Case, post_id: str, held: list[Version]) -> None:
    post, history = case.store.post(post_id), case.store.history(post_id)
    gone = f", gone on {day(history.gone_at)}" if history.gone_at else ""
    terminal.say(
        f"\n{post_id[:12]}  {post.source}  {post.author or '–'}  {counted(len(held), 'version')}{gone}", "cyan"
    )
    for edit in _edits(held):
        captures = (
            f"{edit.before.capture.captured_at:%Y-%m-%d %H:%M} → {edit.after.capture.captured_at:%Y-%m-%d %H:%M} UTC"
        )
        terminal.say(f"  {captures}", "dim")
        terminal.out.print(_marked(edit), soft_wrap=True)
        for name, (old, new) in edit.fields().items():
            terminal.say(f"  {name}: {_short(old)} → {_short(new)}")
    if history.gone_at and held:
        terminal.say(f"  taken down; last seen {history.last_seen:%Y-%m-%d %H:%M} UTC with these words:", "dim")
        terminal.say(f"  {held[-1].post.text[:500]}", "red")


def _marked(edit: Edit) -> Text:
    """The text with what went and what came marked, by colours and, where there are none, by signs."""
    shown = Text()
    pieces = difference(edit.before.post.text, edit.after.post.text)
    for number, piece in enumerate(pieces):
        left, right = _MARKS[piece.change] if terminal.out.no_color or not terminal.out.is_terminal else ("", "")
        text = piece.text
        if piece.change == "same" and len(text) > 2 * _CONTEXT:
            start = text[:_CONTEXT] if number else ""
            end = text[-_CONTEXT:] if number < len(pieces) - 1 else ""
            text = f"{start} … {end}"
        shown.append(left + terminal.plain(text, lines=True) + right, style=_STYLES[piece.change])
    return shown


def _short(value: object) -> str:
    return terminal.plain(value)[:120] if value not in (None, ()) else "nothing"


def _as_json(case: Case, post_id: str, held: list[Version]) -> dict[str, Any]:
    post, history = case.store.post(post_id), case.store.history(post_id)
    return {
        "post": post_id,
        "source": post.source,
        "url": post.url,
        "gone_at": history.gone_at,
        "versions": [
            {
                "captured_at": version.capture.captured_at,
                "warc_file": version.capture.warc_file,
                "record_id": version.capture.record_id,
                "payload_sha256": version.capture.payload_sha256,
                "text": version.post.text,
            }
            for version in held
        ],
        "edits": [
            {
                "from": edit.before.capture.captured_at,
                "to": edit.after.capture.captured_at,
                "text": [
                    {"change": p.change, "text": p.text}
                    for p in difference(edit.before.post.text, edit.after.post.text)
                ],
                "fields": {name: [str(old), str(new)] for name, (old, new) in edit.fields().items()},
            }
            for edit in _edits(held)
        ],
    }
