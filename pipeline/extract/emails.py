"""E-mail addresses, disguised ones too: `name (at) mail [dot] com`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casefile.records import Label, Mention
from pipeline.extract.cues import find_cues
from pipeline.extract.domains import domains, is_known_host
from pipeline.extract.mentions import make_mention
from pipeline.folding import Folded
from pipeline.hints import Hints

_AT = re.compile(
    r"@"
    r"|[\[({<]\s{0,2}(?:at|a|@|arroba|et)\s{0,2}[\])}>]"
    r"|(?<=[\w.]) (?:at|a keong|arroba|@) (?=[\w])"
    r"|(?<=[\w.])[_-](?:at|AT)[_-](?=[\w])",
    re.IGNORECASE,
)
_DOT = r"(?:\s{0,2}[\[({<]\s{0,2}(?:\.|dot|titik|chấm|punto)\s{0,2}[\])}>]\s{0,2}|\s(?:dot|titik|chấm|punto)\s|[_-]dot[_-])"
_BEFORE = re.compile(rf"(?:[A-Za-z0-9._%+\-]|{_DOT})+\Z", re.IGNORECASE)
_SPACED_BEFORE = re.compile(r"[A-Za-z0-9._%+\-]+ ?\Z")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_AFTER = re.compile(rf"\s{{0,2}}({_LABEL}(?:(?:\.|{_DOT}){_LABEL})+)", re.IGNORECASE)
_SPACED_AFTER = re.compile(rf" ?({_LABEL}(?: ?\. ?[A-Za-z]{{2,10}}){{1,3}})(?![A-Za-z0-9])")
_DOTS = re.compile(_DOT, re.IGNORECASE)
_LONGEST_NAME = 64  # RFC 5321, 4.5.3.1.1
_RUN_ON = re.compile(r"\.(com|net|org)(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Email:
    """An address at its place in folded text."""

    start: int
    end: int
    value: str
    disguised: bool


def emails(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """E-mail addresses; the value is in lower case and without disguise."""
    for email in find_emails(folded.text):
        yield make_mention(
            text,
            folded,
            Label.EMAIL,
            (email.start, email.end),
            email.value,
            confidence=0.85 if email.disguised else 0.98,
            extractor="emails",
        )


@lru_cache(maxsize=4)
def find_emails(text: str) -> tuple[Email, ...]:
    """The addresses in folded text, first to last."""
    found: list[Email] = []
    for sign in _AT.finditer(text):
        email = _email_around(text, sign.start(), sign.end(), found[-1].end if found else 0)
        if email:
            found.append(email)
    return tuple(found)


def _email_around(text: str, at: int, after: int, free: int) -> Email | None:
    """The address around one at-sign, not reaching back before `free`."""
    plain = text[at:after] == "@"
    window = text[max(free, at - 2 * _LONGEST_NAME) : at]
    host = _AFTER.match(text, after, after + 300)
    spaced = False
    if not host or not is_known_host(_undotted(_cut(host[1]))):
        host, spaced = _SPACED_AFTER.match(text, after, after + 100), True
        if not host or not is_known_host(host[1].replace(" ", "")):
            return None
    name = (_BEFORE.search(window.rstrip(" ")) if not plain or spaced else None) or _BEFORE.search(window)
    if not name and plain:
        name, spaced = _SPACED_BEFORE.search(window), True
    if not name:
        return None
    domain = _undotted(_cut(host[1])).replace(" ", "")
    if (spaced or not plain) and not _believable(text, at, after, host[1], domain):
        return None
    local = _undotted(name[0]).strip(" ").lstrip(".-_%+")
    if not local or len(local) > _LONGEST_NAME or local.endswith("."):
        return None
    shift = len(name[0]) - len(name[0].lstrip(".-_%+ "))
    start = at - len(window) + name.start() + shift
    end = host.start(1) + len(_cut(host[1]))
    return Email(start, end, f"{local}@{domain}".lower(), not plain or end - start != len(local) + 1 + len(domain))


def _undotted(host: str) -> str:
    return _DOTS.sub(".", host)


def _cut(host: str) -> str:
    """Without words that ran into the address: `mail.comPhone`."""
    run_on = _RUN_ON.search(host)
    return host[: run_on.end()] if run_on else host


def _believable(text: str, at: int, after: int, host: str, domain: str) -> bool:
    """A bare word ` at ` or spaces are only believed before a mail service, or with disguised dots."""
    if any(cue.value("mail") is not None for cue in find_cues(text).between(at - 40, at)):
        return True
    if text[at - 1 : at] == " " and " . " in host:
        return True
    bracketed = text[at:after] != "@" and not text[at:after].startswith(" ")
    return bracketed or bool(_DOTS.search(host)) or domain.split(".")[0].lower() in domains().mail
