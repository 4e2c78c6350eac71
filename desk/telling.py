"""Telling alerts outside the terminal: to a file, by e-mail, to a web address; what fails is kept and tried again.

What leaves carries no text of a post, and no post that asks for help. A contact leaves only if it is a recruiter's. Of a
case handled as TLP:RED only the number of alerts leaves.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from casefile.alerts import Alert, Watched
from casefile.case import Case
from casefile.records import PostKind, Problem
from casefile.settings import Handling
from casefile.watch_settings import Channels, read_watches
from casefile.watched_names import contact_ids
from desk import terminal
from desk.answers.alerts import in_words
from desk.ways_out import FAILURES, Message, ways_out

_MOST_IN_A_LETTER = 200
_STAGE = "alert"


@dataclass(frozen=True, slots=True)
class Letter:
    """Some alerts as they leave: a title line, and what is said of each."""

    title: str
    handling: str
    alerts: tuple[dict[str, Any], ...]
    count: int


def tell_owed(case: Case, channels: Channels) -> None:
    """Give each channel the alerts that it should have had; a channel that fails is told of, and tried the next time."""
    for way in ways_out(channels, case.settings):
        owed = case.alert_book().owed(way.name)
        if not owed:
            continue
        try:
            way.send(_message(_letter(case, owed)))
        except FAILURES as error:
            _complain(case, way.name, len(owed), error)
        else:
            case.write_told(way.name, [alert.sequence for alert in owed])


def _complain(case: Case, channel: str, alerts: int, error: Exception) -> None:
    reason = f"{alerts} alerts could not be told ({type(error).__name__}: {error})"
    remedy = "They are kept and told with the next `jejak process`, or with `jejak alerts CASE --tell`."
    terminal.note(f"{channel}: {reason}", "yellow")
    terminal.note(f"→ {remedy}", "")
    case.store.add_problem(Problem(at=datetime.now(UTC), stage=_STAGE, item=channel, reason=reason, remedy=remedy))


# What leaves ---------------------------------------------------------------------------------------------------------
def _letter(case: Case, alerts: Sequence[Alert]) -> Letter:
    handling = case.settings.handling
    told = () if handling is Handling.RED else shielded(case, alerts)
    return Letter(case.settings.title, f"TLP:{handling.upper()}", told, len(alerts))


def shielded(case: Case, alerts: Sequence[Alert]) -> tuple[dict[str, Any], ...]:
    """What may be told of alerts outside the case."""
    titles = {watch.name: watch.title for watch in read_watches(case.folder)}
    recruiting = {contact for actor in case.store.connections().actors for contact in actor.identifiers}
    return tuple(_told(case, alert, titles, recruiting) for alert in alerts)


def _told(case: Case, alert: Alert, titles: dict[str, str], recruiting: set[str]) -> dict[str, Any]:
    reads = list(case.store.read_posts(alert.posts))
    pleas = {read.post.id for read in reads if read.reading.kind is PostKind.PLEA}
    left = replace(alert, posts=tuple(post for post in alert.posts if post not in pleas))
    if alert.kind in _OF_CONTACTS and recruiting.isdisjoint(contact_ids(alert.subject)):
        left = replace(left, subject="a watched contact")
    return {
        "id": alert.id,
        "number": alert.sequence,
        "at": alert.at.isoformat(timespec="seconds"),
        "watch": alert.watch,
        "title": titles.get(alert.watch, alert.watch),
        "kind": alert.kind.value,
        "reason": in_words(left) if left.posts or not pleas else "something only the case may tell",
        "found": list(left.found),
        "posts": list(left.posts),
        "withheld": len(pleas),
    }


_OF_CONTACTS = (Watched.CONTACT, Watched.RETURN, Watched.MAYBE_RETURN, Watched.MOVE)


def _message(letter: Letter) -> Message:
    named = {"case": letter.title, "handling": letter.handling}
    return Message(
        subject=f"[{letter.handling}] {letter.count} alerts: {letter.title}",
        text="\n".join(_lines(letter)),
        data={**named, "count": letter.count, "alerts": list(letter.alerts)},
        lines=[{**named, **alert} for alert in letter.alerts or ({"alerts": letter.count},)],
    )


def _lines(letter: Letter) -> Iterator[str]:
    yield f"{letter.count} alerts in the case “{letter.title}”, handling {letter.handling}."
    if not letter.alerts:
        yield "What they are about does not leave the case; see them there with `jejak alerts CASE`."
    for alert in letter.alerts[:_MOST_IN_A_LETTER]:
        yield ""
        yield f"{alert['number']}  {alert['title']} ({alert['watch']}): {alert['reason']}"
        if alert["posts"]:
            more = f" and {len(alert['posts']) - 5} more" if len(alert["posts"]) > 5 else ""
            yield f"   posts {', '.join(alert['posts'][:5])}{more}"
        if alert["withheld"]:
            yield f"   {alert['withheld']} more only in the case: they may tell of somebody who asks for help"
    if len(letter.alerts) > _MOST_IN_A_LETTER:
        yield f"\nand {len(letter.alerts) - _MOST_IN_A_LETTER} more: `jejak alerts CASE`"
    yield ""
    yield "See a post with its evidence: jejak show CASE POST"
