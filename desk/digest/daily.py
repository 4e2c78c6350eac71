"""Making the digest and telling it by every way out; a way that fails is told all of it the next time."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from casefile.atomic import write_text
from casefile.case import Case
from desk import terminal
from desk.digest.gathering import Digest, gather
from desk.digest.page import render
from desk.digest.words import headline, lines, tells_only_numbers
from desk.report.wording import tlp
from desk.schedule.turns import make_folder, read_note, write_note
from desk.watching import told_channels
from desk.ways_out import FAILURES, Message, WayOut, ways_out

_A_DAY = timedelta(days=1)


def tell_digest(case: Case, now: datetime) -> bool:
    """Make the digest since the last one, keep it as a page in the case, tell it; True when every way took it."""
    note = read_note(case.folder, "digest")
    gathered = cache(lambda since: gather(case, since, now))  # most ways were told the last time, all of them
    digest = gathered(_since(note, "told", now))
    page = write_page(case, digest)
    failed = [
        way.name
        for way in ways_out(told_channels(), case.settings)
        if not _told(case, way, note, gathered(_since(note, way.name, now)))
    ]
    if not failed:
        note = {**note, "made": now.isoformat()}
    write_note(case.folder, "digest", **{**note, "told": now.isoformat()})
    terminal.say(f"{headline(digest)}; {page.relative_to(case.folder)}")
    if failed:
        terminal.say(f"could not be told: {', '.join(failed)}")
    return not failed


def write_page(case: Case, digest: Digest) -> Path:
    """Write the digest into the case's exports, one page a day."""
    folder = case.folder / "exports" / "digests"
    make_folder(folder)
    path = folder / f"{digest.until:%Y-%m-%d}.html"
    write_text(path, render(digest))
    return path


def show(case: Case, since: datetime | None, now: datetime, html: Path | None, *, as_json: bool) -> None:
    """Tell the digest here, since the last one where nothing else is asked for; or write it as a page."""
    digest = gather(case, since or _since(read_note(case.folder, "digest"), "told", now), now)
    if html is not None:
        write_text(html, render(digest))
        terminal.say(f"Digest: {html}", "bold")
    elif as_json:
        terminal.say_json(as_dict(digest, outside=False))
    else:
        for line in lines(digest, outside=False):
            terminal.say(line)


def _told(case: Case, way: WayOut, note: dict[str, str], digest: Digest) -> bool:
    """Tell one way what it was not told yet."""
    since = digest.since.isoformat()
    try:
        way.send(_message(digest))
    except FAILURES as error:
        terminal.note(f"{way.name}: the digest could not be told ({type(error).__name__}: {error})", "yellow")
        note.setdefault(way.name, since)
        return False
    note[way.name] = digest.until.isoformat()
    case.audit("digest", channel=way.name, since=since, posts=digest.new_posts, alerts=len(digest.alerts))
    return True


def _since(note: dict[str, str], name: str, now: datetime) -> datetime:
    try:
        return min(datetime.fromisoformat(note[name]), now)
    except (KeyError, ValueError):
        return now - _A_DAY


def _message(digest: Digest) -> Message:
    named = {"case": digest.title, "handling": tlp(digest.handling)}
    told = {**named, "digest": as_dict(digest)}
    return Message(
        subject=f"[{tlp(digest.handling)}] {headline(digest)}: {digest.title}",
        text="\n".join(lines(digest, outside=True)),
        html="" if tells_only_numbers(digest) else render(digest),
        data=told,
        lines=[told],
    )


def as_dict(digest: Digest, *, outside: bool = True) -> dict[str, Any]:
    """A digest for programs; `outside` the case, of one handled as TLP:RED only numbers are told."""
    numbers = {
        "since": digest.since.isoformat(),
        "until": digest.until.isoformat(),
        "new_posts": digest.new_posts,
        "kinds": {kind.value: count for kind, count in digest.kinds.items()},
        "gone": digest.gone,
        "alerts": len(digest.alerts),
        "networks": len(digest.networks),
        "sources_in_trouble": len(digest.unwell),
        "problems": digest.problems,
    }
    if outside and tells_only_numbers(digest):
        return numbers
    told = asdict(digest)
    whole = {name: told[name] for name in ("alerts", "networks", "offers", "sources")}
    return {**numbers, **{name: [_plain(one) for one in many] for name, many in whole.items()}}


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}
