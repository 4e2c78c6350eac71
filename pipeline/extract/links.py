"""Web addresses as writers give them, and the accounts and numbers that such links name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extract.domains import domains, is_known_host, is_plausible_host
from pipeline.extract.emails import find_emails

_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_BRACKETED_DOT = r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?"
_DOT = rf"(?:\.|。|{_BRACKETED_DOT}|\s(?:dot|DOT)\s)"
_PORT_AND_PATH = r"(?::\d{2,5}(?!\d))?(?:[/?#][A-Za-zÀ-ɏḀ-ỿ0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*)?"
_SCHEME = re.compile(
    r"(?:h(?:tt|xx|\*\*|XX|TT)ps?|ftp|whatsapp|viber|tg|tel|line|weixin|zalo|fb|skype)\s?(?:\[:\]|:)?\s?//+\s?"
    r"|(?<=[\"'=(<\[])(?:tel|sms|mailto):(?=[+\d])",
    re.IGNORECASE,
)
_IDN_HOST = re.compile(rf"\+?[^\W_][\w-]{{0,62}}(?:{_DOT}[\w-]{{1,63}})*")
_BARE = re.compile(rf"(?<![A-Za-z0-9@._/\-]){_LABEL}(?:{_DOT}{_LABEL})+", re.IGNORECASE)
_REST = re.compile(_PORT_AND_PATH)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_CLOSING = {")": "(", "]": "[", "}": "{"}
_JUNK = ".,;:!?'\"*~_-…|+=&#"


@dataclass(frozen=True, slots=True)
class Link:
    """A web address at its place in folded text; `url` is what a browser would open."""

    start: int
    end: int
    url: str
    host: str
    confidence: float


@lru_cache(maxsize=4)
def find_links(text: str) -> tuple[Link, ...]:
    """The addresses in folded text, first to last, none inside an e-mail address or another link."""
    taken = [(email.start, email.end) for email in find_emails(text)]
    found: list[Link] = []
    free = 0
    for link in sorted(_candidates(text), key=lambda link: (link.start, -link.end)):
        if link.start >= free and not _overlaps(link, taken):
            found.append(link)
            free = link.end
    return tuple(found)


def _overlaps(link: Link, taken: list[tuple[int, int]]) -> bool:
    while taken and taken[0][1] <= link.start:
        taken.pop(0)
    return bool(taken) and taken[0][0] < link.end


def _candidates(text: str) -> Iterator[Link]:
    if "/" in text or ":" in text:
        yield from _with_scheme(text)
    yield from _without_scheme(text)
    yield from _split_by_spaces(text)


def _with_scheme(text: str) -> Iterator[Link]:
    free = 0
    for scheme in _SCHEME.finditer(text):
        if scheme.start() < free:
            continue
        start, name = scheme.start(), scheme[0].lower()
        host = _IDN_HOST.match(text, scheme.end(), scheme.end() + 300)
        if not host:
            continue
        known_scheme = name.startswith(("h", "ftp"))
        if known_scheme and "." not in _dotted(host[0]):
            continue
        ascii_end = host.end()
        end = _end_of_link(text, start, _REST.match(text, ascii_end).end())  # type: ignore[union-attr]  # matches ""
        end = max(end, ascii_end)
        address = _dotted(host[0]).lower() + text[ascii_end:end]
        kind = (
            "https" if re.match(r"h..ps", name) else "http" if known_scheme and name[0] == "h" else name.split(":")[0]
        )
        if name.startswith(("tel", "sms", "mailto")):
            url = f"{kind}:{address}"
        else:
            url = f"{kind}://{address}"
        free = end
        yield Link(start, end, _trimmed(url), _dotted(host[0]).lower(), 0.99 if known_scheme else 0.9)


def _without_scheme(text: str) -> Iterator[Link]:
    for bare in _BARE.finditer(text):
        host = _dotted(bare[0])
        start, end = bare.span()
        if host.isdecimal() or not is_known_host(host):
            cut = _cut_run_on(host)
            if not cut or cut == host:
                continue
            end, host = start + len(cut), cut
        rest = _REST.match(text, end)
        stop = _end_of_link(text, start, rest.end()) if rest else end
        path = text[end:stop]
        told = host.lower().startswith("www.") or len(path) > 1 or _is_contact_host(host)
        if not told and not is_plausible_host(host):
            continue
        yield Link(
            start, max(stop, end), _trimmed(f"https://{host.lower()}{path}"), host.lower(), 0.95 if told else 0.85
        )


def _cut_run_on(host: str) -> str | None:
    """The host without words that ran into it: `shop.comCall`."""
    run_on = re.search(r"\.(?:com|net|org)(?=[A-Z])", host)
    return host[: run_on.end()] if run_on else None


@cache
def _spaced_hosts() -> re.Pattern[str]:
    hosts = "|".join(r"\s?(?:\.|chấm|dot)\s?".join(map(re.escape, host.split("."))) for host in domains().split)
    return re.compile(rf"(?<![A-Za-z0-9@.])(?:{hosts})\s?/\s?(?=[A-Za-z0-9+~@])", re.IGNORECASE)


def _split_by_spaces(text: str) -> Iterator[Link]:
    """Links of well-known hosts that were split by spaces: `t . me / name`."""
    for host in _spaced_hosts().finditer(text):
        if not any(char.isspace() for char in host[0]):
            continue
        end = _end_of_link(
            text, host.start(), _REST.match("/" + text[host.end() : host.end() + 300]).end() + host.end() - 1
        )  # type: ignore[union-attr]
        name = re.sub(r"\s?(?:chấm|dot)\s?", ".", host[0], flags=re.IGNORECASE)
        clean = "".join(name.split()).lower()
        yield Link(host.start(), end, f"https://{clean}{text[host.end() : end]}", clean.rstrip("/"), 0.8)


def _dotted(host: str) -> str:
    return _DOTS.sub(".", host)


def _is_contact_host(host: str) -> bool:
    return host.lower() in domains().split


def _end_of_link(text: str, start: int, end: int) -> int:
    """Where a link ends once the punctuation of the sentence around it is taken off."""
    inner = re.search(r"(?<=[A-Za-z0-9/])https?://", text[start + 8 : end])
    if inner and text[start + 8 + inner.start() - 1] not in "=/":
        end = start + 8 + inner.start()
    unmatched = {
        closing: text.count(closing, start, end) - text.count(_CLOSING[closing], start, end) for closing in _CLOSING
    }
    while end > start:
        last = text[end - 1]
        if last not in _JUNK and unmatched.get(last, 0) <= 0:
            break
        if last in _CLOSING:
            unmatched[last] -= 1
        end -= 1
    return end


def _trimmed(url: str) -> str:
    """Without the lone slash behind a host, so that both ways of writing are one address."""
    scheme, _, rest = url.partition("://")
    return url[:-1] if rest.endswith("/") and rest.count("/") == 1 else url
