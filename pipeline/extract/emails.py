"""E-mail addresses, disguised ones too: `name (at) mail [dot] com`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from casefile.records import Label, Mention
from pipeline.extract.cues import find_cues
from pipeline.extract.domains import domains, is_known_host, known_part
from pipeline.extract.mentions import make_mention
from pipeline.folding import Folded
from pipeline.hints import Hints

# Every alternative begins with one of few signs, which keeps the search quick.
_AT = re.compile(
    r"@|[\[({<]\s{0,2}(?:at|a|@|arroba|et|a còng|แอท|แอต)\s{0,2}[\])}>]|[ _\-](?:at|a keong|a còng|a móc|arroba|@)[ _\-]"
    r"|艾特|#(?=(?:qq|163|126|139|gmail|yahoo|hotmail|outlook|foxmail|sina)\.)",
    re.IGNORECASE,
)
_SIGNS = ("@", "#", "(a", "[a", "(et", "[et")  # without these or a word for it there is no at-sign
_BRACKETED_DOT = r"\s{0,2}[\[({<]\s{0,2}(?:\.|dot|titik|chấm|punto|จุด|点)\s{0,2}[\])}>]\s{0,2}"
_DOT_WORD = r"\s(?:dot|titik|chấm|punto|tuldok|จุด)\s"
_DOT = rf"(?:[。点點](?=com|net|org|cn|cc|vip|top)|{_BRACKETED_DOT}|{_DOT_WORD}|[_-]dot[_-])"
_NAME = re.compile(rf"(?:[A-Za-z0-9._%+\-]|{_DOT})+\Z", re.IGNORECASE)
_NAME_CHARACTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._%+-"
_ENDS_OF_DOTS = (*")]}>。点點", "dot", "titik", "chấm", "punto", "tuldok", "จุด")
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_HOST = re.compile(rf"\s{{0,2}}({_LABEL}(?:(?:\.|{_DOT}){_LABEL})+)", re.IGNORECASE)
_SPACED_HOST = re.compile(rf" ?({_LABEL}(?: ?\. ?[A-Za-z]{{2,10}}){{1,3}})(?![A-Za-z0-9])")
_COMMA_HOST = re.compile(r" ?([A-Za-z0-9]{2,12}) ?, ?(com|net|co\.[a-z]{2})(?![\w.])", re.IGNORECASE)
_DOTS = re.compile(_DOT, re.IGNORECASE)
_ONLY_DOT_WORDS = re.compile(rf"(?:[A-Za-z0-9\-]|{_DOT_WORD})+", re.IGNORECASE)
_SPACED_NAME = re.compile(r"(?<![\w.])[A-Za-z0-9_+\-]+(?: \. [A-Za-z0-9_+\-]+){1,3} ?\Z")
_SPELT_NAME = re.compile(r"(?<![\w.])[A-Za-z0-9._](?: [A-Za-z0-9._]){2,63} ?\Z")
_SPELT_HOST = re.compile(r" ?([A-Za-z0-9](?: [A-Za-z0-9])+(?: \. ?[A-Za-z](?: [A-Za-z])+){1,3})(?![A-Za-z0-9])")
_LONGEST_NAME = 64  # RFC 5321, 4.5.3.1.1
_FURTHEST_BACK = 2 * _LONGEST_NAME  # a disguised name may be twice as long


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
    if not any(map(text.__contains__, _SIGNS)) and not find_cues(text).of("at"):
        return ()
    for sign in _AT.finditer(text):
        email = _email_around(text, sign.start(), sign.end(), found[-1].end if found else 0)
        if email:
            found.append(email)
    return tuple(found)


def _email_around(text: str, at: int, after: int, free: int) -> Email | None:
    """The address around one at-sign, not reaching back before `free`."""
    host = _host_behind(text, after) if _touches_words(text, at, after) else None
    if not host:
        return None
    domain, end = host
    sign = text[at:after]
    if text.startswith("/", end) and sign.strip().lower() == "at":
        return None  # `apply at demo[dot]com/jobs`
    window = text[max(free, at - _FURTHEST_BACK) : at]
    begin, stop = _name_before(window, text[after:end])
    shown = window[begin:stop].lstrip(".-_%+ ")
    local = _undotted(shown).replace(" ", "")
    if not local or len(local) > _LONGEST_NAME or local.endswith("."):
        return None
    start = at - len(window) + stop - len(shown)
    disguised = text[start:end] != f"{local}@{domain}"
    if disguised and not _is_believable(text, start, sign, text[after:end], local, domain):
        return None
    return Email(start, end, f"{local}@{domain}".lower(), disguised)


def _name_before(window: str, host: str) -> tuple[int, int]:
    """Where in a window before an at-sign the name stands; it may be as spaced as the host, or hide its dots."""
    if " . " in host:
        spaced = (_SPELT_NAME if _SPELT_HOST.fullmatch(host) else _SPACED_NAME).search(window)
        if spaced:
            return spaced.span()
    plain = window.rstrip(" ")
    begin = len(plain.rstrip(_NAME_CHARACTERS))
    hidden = _NAME.search(plain) if plain[:begin].rstrip().lower().endswith(_ENDS_OF_DOTS) else None
    return hidden.span() if hidden else (begin, len(plain))


def _touches_words(text: str, at: int, after: int) -> bool:
    """Whether a spaced at-sign stands between two words."""
    if text[at] not in " _-":
        return True
    before, behind = text[at - 1 : at], text[after : after + 1]
    return (before.isalnum() or before in "._") and before != "" and behind.isalnum()


def _host_behind(text: str, after: int) -> tuple[str, int] | None:
    """The host that stands behind an at-sign, without disguise, and where it ends."""
    match = _HOST.match(text, after, after + 300)
    if match:
        known = known_part(match[1]) if "." in match[1] and not _DOTS.search(match[1]) else None
        if known:
            return known, match.start(1) + len(known)
        if is_known_host(_undotted(match[1])):
            return _undotted(match[1]), match.end()
    match = _COMMA_HOST.match(text, after, after + 40)
    if match and match[1].lower() in domains().mail:
        return f"{match[1]}.{match[2]}", match.end()
    match = _SPACED_HOST.match(text, after, after + 100) or _SPELT_HOST.match(text, after, after + 200)
    host = "".join(match[1].split()) if match else ""
    return (host, match.end()) if match and is_known_host(host) else None


def _undotted(host: str) -> str:
    return _DOTS.sub(".", host)


def _is_believable(text: str, start: int, sign: str, host: str, local: str, domain: str) -> bool:
    """Brackets hide an address; bare words or spaces do so only near a mail service or a word that asks for a message."""
    only_words = sign.strip() in ("at", "At") and _ONLY_DOT_WORDS.fullmatch(host.strip())
    if sign.strip() not in ("@", "at", "AT", "At") or (sign == " @ " and " . " in host):
        return True
    if _DOTS.search(host) and not only_words:
        return True
    kinds = ("mail", "phone", "invite", "reach") if only_words else ("mail",) if sign.strip() == "@" else ()
    if any(kind in cue.meanings for cue in find_cues(text).between(start - 40, start) for kind in kinds):
        return True
    return domain.partition(".")[0].lower() in domains().mail and (len(local) > 3 or not local.isalpha())
