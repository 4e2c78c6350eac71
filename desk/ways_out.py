"""The ways out of a case that a person set up: a file, e-mail through the own server, a web address.

Each takes a message whole or fails. What does not stay on this computer leaves as the case's requests do: by its proxy,
or not at all where `only_by_proxy` is set.
"""

from __future__ import annotations

import json
import smtplib
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from functools import partial
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from casefile.errors import JejakError
from casefile.settings import CaseSettings
from casefile.watch_settings import THIS_COMPUTER, Channels, Email, Webhook, smtp_password
from desk import terminal

_SECONDS = 20.0
FAILURES = (JejakError, OSError, smtplib.SMTPException, HTTPException, ValueError)
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


def ways_out(channels: Channels, case: CaseSettings) -> Iterator[WayOut]:
    """The channels that are set up."""
    if path := channels.file:
        yield WayOut(f"file {Path(path).name}", lambda message: _to_file(Path(path).expanduser(), message))
    if email := channels.email:
        yield WayOut(f"email {', '.join(email.to)}", lambda message: _by_email(email, message, case))
    if webhook := channels.webhook:
        # Not all of the address: the rest is often a key.
        yield WayOut(f"webhook {urlsplit(webhook.url).netloc}", lambda message: _to_webhook(webhook, message, case))


def _connected(case: CaseSettings, host: str, port: int, seconds: float) -> socket.socket:
    """A connection to a server; raises JejakError or OSError."""
    from crawlers.exits import Direct, exit_for  # loaded only when something leaves

    if host not in THIS_COMPUTER and not isinstance(way_out := exit_for(case), Direct):
        return way_out.open_socket(host, port, seconds)
    # The person named this server, so it may stand in the own house.
    return socket.create_connection((host, port), timeout=seconds)


def _to_file(path: Path, message: Message) -> None:
    with path.open("a", encoding="utf-8") as file:
        for line in message.lines:
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def _by_email(settings: Email, told: Message, case: CaseSettings) -> None:
    message = EmailMessage()
    message["From"], message["To"] = settings.sender, ", ".join(settings.to)
    message["Subject"] = terminal.plain(told.subject)[:200]
    message["Date"] = datetime.now(UTC)
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834: no out-of-office answers
    message.set_content("\n".join(map(terminal.plain, told.text.split("\n"))))
    if told.html:
        message.add_alternative(told.html, subtype="html")
    context = ssl.create_default_context()
    secured = settings.security == "tls"
    server = _MailServer(settings.host, settings.port, case, context if secured else None)
    with server:
        if settings.security == "starttls":
            server.starttls(context=context)
        if settings.user and (password := smtp_password()):
            server.login(settings.user, password)
        server.send_message(message)


class _MailServer(smtplib.SMTP):
    """A mail server that is reached as the case's requests are; encrypted from the first byte where a context is given."""

    def __init__(self, host: str, port: int, case: CaseSettings, context: ssl.SSLContext | None) -> None:
        self._case, self._context = case, context
        super().__init__(host, port, timeout=_SECONDS)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:  # smtplib's place for it
        plain = _connected(self._case, host, port, timeout)
        plain.settimeout(timeout)
        return self._context.wrap_socket(plain, server_hostname=host) if self._context else plain


def _to_webhook(settings: Webhook, message: Message, case: CaseSettings) -> None:
    from crawlers.single import posted

    body = json.dumps(message.data, ensure_ascii=False).encode("utf-8", "backslashreplace")
    with posted(settings.url, body, "application/json; charset=utf-8", partial(_connected, case)) as answer:
        if not 200 <= answer.status < 300:  # an address that sends us on is not the one that was set
            raise HTTPException(f"the server answers {answer.status} {answer.reason}"[:300])
