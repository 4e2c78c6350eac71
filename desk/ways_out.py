"""The ways out of a case that a person set up: a file, e-mail through the own server, a web address. Each takes a message whole or fails."""

from __future__ import annotations

import json
import smtplib
import ssl
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casefile.case import software
from casefile.watch_settings import Channels, Email, Webhook, smtp_password
from desk import terminal

_SECONDS = 20.0
FAILURES = (OSError, smtplib.SMTPException, HTTPException, ValueError)
"""What a way out raises when it does not take a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What leaves: `lines` for a file, `subject` with `text` (and `html`) by e-mail, `data` to a web address."""

    subject: str
    text: str
    data: Mapping[str, Any]
    lines: Sequence[Mapping[str, Any]]
    html: str = ""


@dataclass(frozen=True, slots=True)
class WayOut:
    """A channel by the name that the journal keeps, and how it is given a message."""

    name: str
    send: Callable[[Message], None]


def ways_out(channels: Channels) -> Iterator[WayOut]:
    """The channels that are set up."""
    if path := channels.file:
        yield WayOut(f"file {Path(path).name}", lambda message: _to_file(Path(path).expanduser(), message))
    if email := channels.email:
        yield WayOut(f"email {', '.join(email.to)}", lambda message: _by_email(email, message))
    if webhook := channels.webhook:
        # Not all of the address: the rest is often a key.
        yield WayOut(f"webhook {urlsplit(webhook.url).netloc}", lambda message: _to_webhook(webhook, message))


def _to_file(path: Path, message: Message) -> None:
    with path.open("a", encoding="utf-8") as file:
        for line in message.lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _by_email(settings: Email, told: Message) -> None:
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, ", ".join(settings.to)
    message["Subject"] = terminal.plain(told.subject)[:200]
    message["Date"] = datetime.now(UTC)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content("\n".join(map(terminal.plain, told.text.split("\n"))))
    if told.html:
        message.add_alternative(told.html, subtype="html")
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


class _NoTurning(urllib.request.HTTPRedirectHandler):
    """An address that sends us on is not the one that was set."""

    def redirect_request(self, *_: object, **__: object) -> None:
        return None


def _to_webhook(settings: Webhook, message: Message) -> None:
    request = urllib.request.Request(
        settings.url,
        data=json.dumps(message.data, ensure_ascii=False).encode(),
        headers={"Content-Type": "application/json; charset=utf-8", "User-Agent": software()},
        method="POST",
    )
    with urllib.request.build_opener(_NoTurning).open(request, timeout=_SECONDS) as answer:
        answer.read(1_000)
