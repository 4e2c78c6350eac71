"""Telling alerts outside the terminal: to a file, by e-mail, to a web address; what fails is kept and tried again.

What leaves carries no text of a post, and no post that asks for help. A contact leaves only if it is a recruiter's. Of a
case handled as TLP:RED only the number of alerts leaves.
"""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casefile.alerts import Alert, Watched
from casefile.case import Case, software
from casefile.records import PostKind, Problem
from casefile.settings import Handling
from casefile.watch_settings import Channels, Email, Webhook, read_watches, smtp_password
from casefile.watched_names import contact_ids
from desk import terminal
from desk.answers.alerts import in_words

_SECONDS = 20.0
_MOST_IN_A_LETTER = 200
_STAGE = "alert"


@dataclass(frozen=True, slots=True)
class Letter:
    """Some alerts as they leave: a title line, and what is said of each."""

    title: str
    handling: str
    alerts: tuple[dict[str, Any], ...]
    count: int


def names_of(channels: Channels) -> Iterator[str]:
    """The names of the channels that are set up; the journal keeps them."""
    if channels.file:
        yield f"file {Path(channels.file).name}"
    if channels.email:
        yield f"email {', '.join(channels.email.to)}"
    if channels.webhook:
        yield f"webhook {urlsplit(channels.webhook.url).netloc}"  # not all of it: the rest is often a key


def tell_owed(case: Case, channels: Channels) -> None:
    """Give each channel the alerts that it should have had; a channel that fails is told of, and tried the next time."""
    for name, send in zip(names_of(channels), _senders(channels), strict=True):
        owed = case.alert_book().owed(name)
        if not owed:
            continue
        try:
            send(_letter(case, owed))
        except (OSError, smtplib.SMTPException, HTTPException, ValueError) as error:
            _complain(case, name, len(owed), error)
        else:
            case.write_told(name, [alert.sequence for alert in owed])


def _complain(case: Case, channel: str, alerts: int, error: Exception) -> None:
    reason = f"{alerts} alerts could not be told ({type(error).__name__}: {error})"
    remedy = "They are kept and told with the next `jejak process`, or with `jejak alerts CASE --tell`."
    terminal.note(f"{channel}: {reason}", "yellow")
    terminal.note(f"→ {remedy}", "")
    case.store.add_problem(Problem(at=datetime.now(UTC), stage=_STAGE, item=channel, reason=reason, remedy=remedy))


def _senders(channels: Channels) -> Iterator[Callable[[Letter], None]]:
    if path := channels.file:
        yield lambda letter: _to_file(Path(path).expanduser(), letter)
    if email := channels.email:
        yield lambda letter: _by_email(email, letter)
    if webhook := channels.webhook:
        yield lambda letter: _to_webhook(webhook, letter)


# What leaves ---------------------------------------------------------------------------------------------------------
def _letter(case: Case, alerts: Sequence[Alert]) -> Letter:
    handling = case.settings.handling
    titles = {watch.name: watch.title for watch in read_watches(case.folder)}
    recruiting = {contact for actor in case.store.connections().actors for contact in actor.identifiers}
    told = () if handling is Handling.RED else tuple(_told(case, alert, titles, recruiting) for alert in alerts)
    return Letter(case.settings.title, f"TLP:{handling.upper()}", told, len(alerts))


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


# Ways out ------------------------------------------------------------------------------------------------------------
def _to_file(path: Path, letter: Letter) -> None:
    lines = letter.alerts or ({"alerts": letter.count},)
    with path.open("a", encoding="utf-8") as file:
        for alert in lines:
            told = {"case": letter.title, "handling": letter.handling, **alert}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def _by_email(settings: Email, letter: Letter) -> None:
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, ", ".join(settings.to)
    message["Subject"] = terminal.plain(f"[{letter.handling}] {letter.count} alerts: {letter.title}")[:200]
    message["Date"] = datetime.now(UTC)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content("\n".join(map(terminal.plain, _lines(letter))))
    context = ssl.create_default_context()
    if settings.security == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(settings.host, settings.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(settings.host, settings.port, timeout=_SECONDS)
    with server:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.user and (password := smtp_password()):
            server.login(settings.user, password)
        server.send_message(message)


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


class _NoTurning(urllib.request.HTTPRedirectHandler):
    """An address that sends us on is not the one that was set."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _to_webhook(settings: Webhook, letter: Letter) -> None:
    told = {"case": letter.title, "handling": letter.handling, "count": letter.count, "alerts": list(letter.alerts)}
    request = urllib.request.Request(
        settings.url,
        data=json.dumps(told, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": software()},
        method="POST",
    )
    with urllib.request.build_opener(_NoTurning).open(request, timeout=_SECONDS) as answer:
        answer.read(1_000)
