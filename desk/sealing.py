"""Sealing a case: signing it, asking the authority for time stamps, and telling how it went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.errors import CrawlError, SealError
from casefile.seals.check import stamp_of
from casefile.seals.places import seals_folder
from casefile.seals.seal import Seal, key_name
from casefile.seals.sealing import Sealed, add_reply, seal_case, seals_of
from casefile.seals.tokens import LARGEST_REPLY
from desk import terminal

_QUERY = "application/timestamp-query"  # RFC 3161, 3.4


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was done: the seal, the seals that got a time stamp now, and why others did not."""

    sealed: Sealed | None
    stamped: tuple[Seal, ...]
    unstamped: tuple[tuple[Seal, str], ...]


def seal(case: Case) -> Outcome:
    """Seal the case, and have its seals stamped if an authority is named."""
    with terminal.progress("Sealing", "") as _:
        sealed = seal_case(case)
    return _stamp(case, sealed)


def stamp(case: Case, replies: Sequence[Path]) -> Outcome:
    """Have the seals stamped that are not, or take the replies in these files; nothing is sealed."""
    if not replies:
        if not case.settings.seal.authority:
            raise SealError(
                "case.toml names no time stamping authority",
                'Add [seal] authority = "https://…" there; or send the .tsq of seals/ to one, and give its reply: --reply FILE',
            )
        return _stamp(case, None)
    stamped = []
    for path in replies:
        try:
            with path.open("rb") as file:
                reply = file.read(LARGEST_REPLY + 1)
        except OSError as error:
            raise SealError(f"{path}: cannot be read ({error.strerror})", "Check the file's name.") from error
        stamped.append(add_reply(case, reply))
    return Outcome(None, tuple(stamped), ())


def _stamp(case: Case, sealed: Sealed | None) -> Outcome:
    stamped, unstamped = [], []
    waiting = [seal for seal in seals_of(case) if not seal.reply]
    for number, seal in enumerate(waiting if case.settings.seal.authority else ()):
        try:
            stamped.append(add_reply(case, _asked(case, seal.request)))
        except (CrawlError, SealError) as error:
            unstamped += [(seal, str(error)) for seal in waiting[number:]]
            break  # the others would fail the same way
    return Outcome(sealed, tuple(stamped), tuple(unstamped))


def _asked(case: Case, request: bytes) -> bytes:
    from crawlers.exits import exit_for
    from crawlers.single import post  # Scrapy's resolver is loaded only when somebody is asked

    with terminal.progress("Asking for a time stamp", ""):
        return post(str(case.settings.seal.authority), request, _QUERY, LARGEST_REPLY, exit_for(case.settings))


def show(case: Case, outcome: Outcome, as_json: bool) -> None:
    """Tell what was sealed and stamped, and what to do with it."""
    last = outcome.sealed.seal if outcome.sealed else None
    if as_json:
        told = {
            "new": bool(outcome.sealed and outcome.sealed.new),
            "seals": [seal_json(case, seal) for seal in seals_of(case)],
            "unstamped": [{"number": seal.number, "why": why} for seal, why in outcome.unstamped],
        }
        terminal.say_json(told)
        return
    if outcome.sealed and outcome.sealed.new_key:
        terminal.say(f"A key was made for this case: {outcome.sealed.new_key}", "bold")
        terminal.say("Keep a copy of it in a safe place; whoever has it can seal in your name. It is not in the case.")
    if outcome.sealed and last:
        made = "sealed" if outcome.sealed.new else "has not grown since it was sealed"
        held = last.statement
        terminal.say(f"{case.folder}: {made} (seal {last.number}, key {key_name(held.key)}).", "bold green")
        terminal.say(
            f"It holds {held.manifest.head.seq:,} lines of the manifest ({held.manifest.files:,} WARC files, "
            f"{held.manifest.bytes:,} bytes) and {held.journal.seq:,} of the journal."
        )
        terminal.say(
            f"Give {seals_folder(case)}/{last.number:04}.json and .sig to somebody outside: with them, "
            "whatever is cut off or changed later is found."
        )
    for seal in outcome.stamped:
        terminal.say(f"Seal {seal.number} was stamped: {_stamp_words(case, seal)}.", "bold")
    for seal, why in outcome.unstamped:
        terminal.note(f"Seal {seal.number} has no time stamp yet: {why}", "yellow")
    if outcome.unstamped:
        terminal.note(f"→ Later: jejak seal {case.folder} --stamp (the requests lie in seals/*.tsq)", "")


def seal_json(case: Case, seal: Seal) -> dict[str, Any]:
    """A seal for programs."""
    held = seal.statement
    told = {
        "number": seal.number,
        "at": held.at.isoformat(),
        "by": held.by,
        "key": held.key,
        "manifest": {"line": held.manifest.head.seq, "sha256": held.manifest.head.sha256},
        "journal": {"line": held.journal.seq, "sha256": held.journal.sha256},
        "file": f"seals/{seal.number:04}.json",
    }
    try:
        token = stamp_of(case, seal)
    except SealError as error:
        return {**told, "stamp": {"problem": str(error)}}
    return {**told, "stamp": {"at": token.at.isoformat(), "trusted": token.trusted} if token else None}


def seal_words(case: Case, seal: Seal) -> str:
    """A seal in one line."""
    held = seal.statement
    return (
        f"seal {seal.number}: {held.at:%Y-%m-%d %H:%M:%S} UTC by {held.by}, key {key_name(held.key)}, "
        f"manifest to line {held.manifest.head.seq:,}, journal to line {held.journal.seq:,}; {_stamp_words(case, seal)}"
    )


def _stamp_words(case: Case, seal: Seal) -> str:
    try:
        token = stamp_of(case, seal)
    except SealError:
        return "its time stamp does not hold"
    if token is None:
        return "no time stamp"
    trust = "" if token.trusted else " (by whom is not checked: case.toml names no [seal] root)"
    return f"there at {token.at:%Y-%m-%d %H:%M:%S} UTC by the authority's clock{trust}"
