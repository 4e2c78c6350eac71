"""Web addresses as writers give them, and the accounts and numbers that such links name."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from pipeline.extract.cues import find_cues
from pipeline.extract.domains import domains, ending, is_known_host, is_plausible_host, known_part
from pipeline.extract.emails import find_emails

_LABEL = r"[A-Za-z0-9][A-Za-z0-9-]{0,62}+"
_BRACKETED_DOT = r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?"
_DOT = rf"(?:\.|。|[点點](?=com|net|org|cn|cc|vip|top)|{_BRACKETED_DOT}|\s(?:dot|DOT)\s)"
_MAY_BE_HOST = re.compile(r"\.[A-Za-z]")
_ODD_DOTS = ("。", "[.", "(.", "{.", "[ .", "( .")
_COMMONEST = ("com", "net", "org")
_HOST_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
_LONGEST_HOST = 300
_SLASHES = re.compile(r"//+|:/")
_LONGEST_SCHEME = 16  # characters before the slashes
_PATH_CHARS = r"[A-Za-zÀ-ɏḀ-ỿ0-9\-._~:/?#\[\]@!$&'()*+,;=%|]*"
_SCHEME = re.compile(
    r"(?:h(?:tt|xx|\*\*)ps?|ftp|whatsapp|viber|tg|tel|line|weixin|zalo|fb|skype)(?:\s?(?:\[:\]|:)?\s?//+|\s?:/)\s?",
    re.IGNORECASE,
)
_CALL = re.compile(r"(?<=[\"'=(<\[])(?:tel|sms|mailto):(?=[+\d])", re.IGNORECASE)  # in what is left of a page's code
_IDN_HOST = re.compile(rf"\+?[^\W_][\w-]{{0,62}}(?:{_DOT}[\w-]{{1,63}})*")
_BARE = re.compile(rf"(?<![A-Za-z0-9@._/\-]){_LABEL}(?:{_DOT}{_LABEL})+", re.IGNORECASE)
_PATH = re.compile(_PATH_CHARS)
_REST = re.compile(rf"(?::\d{{2,5}}(?!\d))?(?:[/?#]{_PATH_CHARS})?")
_SPACED_SLASH = re.compile(r"/\s?(?=[A-Za-z0-9+~@])")
_SPACED_ENDING = re.compile(r" ?\. ?(?:com|net|org)(?:\.[a-z]{2})?(?![\w.])")
_NAME_BEFORE = re.compile(
    r"(?:(https?) ?: ?// ?)?(?:www ?\. ?)?(?<![@\w.\-])[A-Za-z0-9][A-Za-z0-9\-]{2,60}\Z", re.IGNORECASE
)
_SURE = 0.95  # of a link with scheme, `www.` or path
_SITES = ("com", "net", "org", "co", "or", "go", "gov", "ac", "edu", "example")
_DOTTED_NAMES = ("instagram", "tiktok", "facebook", "twitter", "line")
_LONGEST_SPACED = 30  # characters of a well-known host with spaces
_WEB = ("http", "https", "ftp")
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
    taken = deque((email.start, email.end) for email in find_emails(text))
    found: list[Link] = []
    free = 0
    for link in sorted(_candidates(text), key=lambda link: (link.start, -link.end)):
        if link.start >= free and not _is_part_of(link, taken):
            found.append(link)
            free = link.end
    return tuple(found)


def _is_part_of(link: Link, taken: deque[tuple[int, int]]) -> bool:
    """Whether a link is only part of an e-mail address; one that holds an address in its query is a link."""
    while taken and taken[0][1] <= link.start:
        taken.popleft()
    return bool(taken) and taken[0][0] < link.end and (taken[0][0] <= link.start or link.confidence < _SURE)


def _candidates(text: str) -> Iterator[Link]:
    if "/" in text:
        yield from _with_scheme(text, _schemes(text))
        yield from _split_by_spaces(text)
    if ":" in text:
        yield from _with_scheme(text, _CALL.finditer(text))
    yield from _without_scheme(text)
    if any(map(text.__contains__, _COMMONEST)):
        yield from _with_spaced_ending(text)


def _schemes(text: str) -> Iterator[re.Match[str]]:
    """Where a scheme stands before two slashes, or before one with a colon."""
    for slashes in _SLASHES.finditer(text):
        begin = max(0, slashes.start() - _LONGEST_SCHEME)
        scheme = _SCHEME.search(text, begin, slashes.end() + 2)
        if scheme and scheme.start() < slashes.start():
            yield scheme


def _with_scheme(text: str, schemes: Iterable[re.Match[str]]) -> Iterator[Link]:
    free = 0
    for scheme in schemes:
        host = _IDN_HOST.match(text, scheme.end(), scheme.end() + 300)
        if scheme.start() < free or not host:
            continue
        kind = _kind(scheme[0])
        if kind in _WEB and "." not in _dotted(host[0]):
            continue
        end = max(_end_of_path(text, scheme.start(), host.end()), host.end())
        address = _dotted(host[0]).lower() + text[host.end() : end]
        slashes = "" if kind in ("tel", "sms", "mailto") and "/" not in scheme[0] else "//"
        free = end
        yield Link(
            scheme.start(),
            end,
            _trimmed(f"{kind}:{slashes}{address}"),
            _dotted(host[0]).lower(),
            0.99 if kind in _WEB else 0.9,
        )


def _kind(scheme: str) -> str:
    """The scheme without defanging: `hxxps[:]//` is https."""
    name = "".join(char for char in scheme.lower() if char.isalpha() or char == "*")
    if name[0] == "h":
        return "https" if name.endswith("s") else "http"
    return name


def _bare_hosts(text: str) -> Iterator[re.Match[str]]:
    """Runs of labels and dots; where all dots are plain only those are looked at that a letter follows."""
    if any(map(text.__contains__, _ODD_DOTS)) or find_cues(text).of("dot"):
        yield from _BARE.finditer(text)
        return
    free = 0
    for dot in _MAY_BE_HOST.finditer(text):
        if dot.start() < free:
            continue
        before = text[max(free, dot.start() - _LONGEST_HOST) : dot.start()]
        bare = _BARE.match(text, dot.start() - len(before) + len(before.rstrip(_HOST_CHARACTERS)))
        if bare:
            free = bare.end()
            yield bare


def _without_scheme(text: str) -> Iterator[Link]:
    for bare in _bare_hosts(text):
        host, start, end = _dotted(bare[0]), bare.start(), bare.end()
        if host == bare[0]:
            host = known_part(host) or ""
            end = start + len(host)
        if not is_known_host(host):
            continue
        stop = max(_end_of_path(text, start, end), end)
        path = text[end:stop]
        told = host.lower().startswith("www.") or len(path) > 1 or host.lower() in domains().split
        if told or (is_plausible_host(host) and not _is_account(text, start, host)):
            url = _trimmed(f"https://{host.lower()}{path}")
            yield Link(start, stop, url, host.lower(), 0.95 if told else 0.85)


def _is_account(text: str, start: int, host: str) -> bool:
    """`IG: jobs.example.id`: dots are part of names there, and what looks like a country is one more word."""
    if ending(host) in _SITES or host.lower().split(".")[-2] in _SITES:
        return False
    nearest = next(find_cues(text).between(start - 24, start), None)
    return (
        nearest is not None
        and nearest.value("platform") in _DOTTED_NAMES
        and not text[nearest.end : start].strip(" :“\"'-=@")
    )


def _with_spaced_ending(text: str) -> Iterator[Link]:
    """`example . com`: only the commonest endings, since any sentence has dots."""
    for close in _SPACED_ENDING.finditer(text):
        name = _NAME_BEFORE.search(text, max(0, close.start() - 64), close.start())
        if name and any(char.isspace() for char in close[0]):
            host = "".join((name[0] + close[0]).split()).lower().rpartition("//")[2]
            host = host.removeprefix("www.")
            yield Link(name.start(), close.end(), f"{(name[1] or 'https').lower()}://{host}", host, 0.6)


@cache
def _spaced_hosts() -> re.Pattern[str]:
    hosts = "|".join(r"\s?(?:\.|chấm|dot)\s?".join(map(re.escape, host.split("."))) for host in domains().split)
    return re.compile(rf"(?<![A-Za-z0-9@.])(?:{hosts})\s?\Z", re.IGNORECASE)


@cache
def _ends_of_hosts() -> tuple[str, ...]:
    return tuple({host.rpartition(".")[2] for host in domains().split})


def _split_by_spaces(text: str) -> Iterator[Link]:
    """Links of well-known hosts that were split by spaces or words: `t . me / name`."""
    for slash in _SPACED_SLASH.finditer(text):
        begin = max(0, slash.start() - _LONGEST_SPACED)
        if not text[begin : slash.start()].rstrip().lower().endswith(_ends_of_hosts()):
            continue
        host = _spaced_hosts().search(text[begin : slash.start()])
        if not host or not any(char.isspace() for char in host[0] + slash[0]):
            continue
        start = begin + host.start()
        path = _PATH.match(text, slash.end())
        end = _end_of_link(text, start, path.end() if path else slash.end())
        clean = "".join(re.sub(r"\s(?:chấm|dot)\s", ".", host[0], flags=re.IGNORECASE).split()).lower()
        yield Link(start, end, f"https://{clean}/{text[slash.end() : end]}", clean, 0.8)


def _end_of_path(text: str, start: int, host_end: int) -> int:
    """Where the link that begins at `start` ends, with port, path and query."""
    rest = _REST.match(text, host_end)
    return _end_of_link(text, start, rest.end() if rest else host_end)


def _dotted(host: str) -> str:
    return _DOTS.sub(".", host)


def _end_of_link(text: str, start: int, end: int) -> int:
    """Where a link ends once the punctuation of the sentence around it is taken off."""
    inner = re.search(r"(?<=[A-Za-z0-9/,;|])https?://", text[start + 8 : end])
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
    rest = url.partition("://")[2]
    return url[:-1] if rest.endswith("/") and rest.count("/") == 1 else url
