"""Accounts on messengers and platforms, from links, at-signs and the words that announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casefile.records import Label, Mention
from pipeline.extract.contact_links import accounts_in_links
from pipeline.extract.cues import Cue, Cues, find_cues, is_latin
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.mentions import make_mention
from pipeline.extract.phones import find_phones
from pipeline.folding import Folded
from pipeline.hints import Hints

# What an account may look like: the platforms' own rules, as far as they tell them.
_SHAPES = {
    "telegram": re.compile(r"[A-Za-z][A-Za-z0-9_]{3,31}"),
    "wechat": re.compile(r"[A-Za-z0-9][A-Za-z0-9_\-]{4,19}"),
    "line": re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{2,19}"),
    "facebook": re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{4,49}"),
    "instagram": re.compile(r"[A-Za-z0-9_][A-Za-z0-9._]{2,29}"),
    "tiktok": re.compile(r"[A-Za-z0-9_][A-Za-z0-9._]{2,23}"),
    "twitter": re.compile(r"\w{2,15}", re.ASCII),
    "qq": re.compile(r"\d{5,11}"),
    "batchat": re.compile(r"[A-Za-z0-9_]{4,20}"),
    "skype": re.compile(r"(?:live:)?[A-Za-z0-9.][A-Za-z0-9._:\-]{4,31}"),
}
_ANY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._\-]{3,31}")
_CASE_COUNTS: frozenset[str] = frozenset({"kakaotalk"})  # everywhere else capitals are the writer's fancy
_NUMBERS_ONLY = frozenset({"whatsapp", "viber", "signal"})

_AT_NAME = re.compile(r"(?<![\w.@/])@ ?(?=[A-Za-z0-9_])")
_SIGNS = re.compile(r"[^\w\n@]{0,6}(?:\n[^\w\n@]{0,3})?")
_SPACED = re.compile(r"@? ?[A-Za-z0-9_](?: [A-Za-z0-9_]){4,31}(?![\w])")
_REACH = 45


@dataclass(frozen=True, slots=True)
class _Account:
    platform: str
    name: str
    start: int
    end: int
    confidence: float


def handles(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Accounts; the value is `platform:name`, in lower case where the platform ignores case."""
    for account in _Reader(folded.text, hints).read():
        name = account.name.lstrip("@")
        if account.platform not in _CASE_COUNTS:
            name = name.lower()
        yield make_mention(
            text,
            folded,
            Label.HANDLE,
            (account.start, account.end),
            f"{account.platform}:{name}",
            confidence=account.confidence,
            extractor="handles",
            platform=account.platform,
        )


class _Reader:
    """Reads the accounts of one folded text."""

    def __init__(self, text: str, hints: Hints) -> None:
        self.text = text
        self.hints = hints
        self.cues: Cues = find_cues(text)
        self.taken = sorted(
            [(link.start, link.end) for link in find_links(text)]
            + [(email.start, email.end) for email in find_emails(text)]
            + [(phone.start, phone.end) for phone in find_phones(text, hints)]
        )

    def read(self) -> list[_Account]:
        found = [_Account(c.platform, c.name, c.start, c.end, 0.97) for c in accounts_in_links(self.text)]
        for account in [*self._announced(), *self._with_at_sign()]:
            if not any(account.start < other.end and other.start < account.end for other in found[-8:]):
                found.append(account)
        return sorted(found, key=lambda account: account.start)

    def _announced(self) -> Iterator[_Account]:
        """Accounts behind a platform's word: `LINE ID: name`, `加V name`."""
        for cue in self.cues.all:
            platform = cue.value("platform")
            if not platform or platform in _NUMBERS_ONLY:
                continue
            account = self._account_behind(cue, platform)
            if account:
                yield account

    def _account_behind(self, cue: Cue, platform: str) -> _Account | None:
        at, told = self._skip_between(cue.end, platform)
        spaced = _SPACED.match(self.text, at)
        if spaced:
            name = "".join(spaced[0].split()).lstrip("@")
            if _shape(platform).fullmatch(name) and not self._is_taken(spaced.start(), spaced.end()):
                return _Account(platform, name, spaced.start(), spaced.end(), 0.75)
        return self._name_at(at, platform, told)

    def _name_at(self, at: int, platform: str, told: bool) -> _Account | None:
        """The account that begins here, at-sign included."""
        sign = re.compile(r"@ ?").match(self.text, at)
        begin = sign.end() if sign else at
        match = _shape(platform).match(self.text, begin)
        if not match or not self._is_whole(match):
            return None
        end = match.end() - len(match[0]) + len(match[0].rstrip(".-_")) if not match[0].endswith("_") else match.end()
        name = self.text[begin:end]
        if self._is_taken(at, end) or not (sign or self._is_name(name, told)):
            return None
        return _Account(platform, name, at, end, 0.95 if sign else 0.85 if told else 0.7)

    def _skip_between(self, at: int, platform: str) -> tuple[int, bool]:
        """Past signs and words such as `ID`, `official`; and whether a colon or such a word told of an account."""
        told, skipped = False, 0
        while skipped < 4:
            signs = _SIGNS.match(self.text, at)
            if signs:
                told = told or any(sign in signs[0] for sign in ":=>→-")
                at = signs.end()
            cue = self.cues.at(at)
            same = cue is not None and cue.value("platform") == platform
            if cue is None or not (cue.value("between") is not None or same) or self._runs_on(cue.end):
                break
            told = True
            at, skipped = cue.end, skipped + 1
        return at, told

    def _runs_on(self, end: int) -> bool:
        """Whether a word goes on as part of a name: `id_agus`, `hr.lina`."""
        return bool(re.compile(r"[._\-]?[A-Za-z0-9]").match(self.text, end)) or self.text[end : end + 1] == "_"

    def _is_whole(self, match: re.Match[str]) -> bool:
        """A name ends where a name may end, not in the middle of a word or address."""
        behind = self.text[match.end() : match.end() + 2]
        return not behind or not (is_latin(behind[0]) or behind[0].isdecimal() or behind[0] in "@_")

    def _is_name(self, name: str, told: bool) -> bool:
        """Without an at-sign an everyday word is no account."""
        if any(char.isdecimal() or char == "_" for char in name):
            return told or any(char.isalpha() for char in name)
        if "." in name and not told:
            return False
        cue = next(self.cues.between(0, 0), None)
        return told and cue is None and (name.islower() or not name.isalpha() or not name.istitle())

    def _with_at_sign(self) -> Iterator[_Account]:
        """`@name` with the platform told before, behind, or by a contact's word."""
        for sign in _AT_NAME.finditer(self.text):
            platform, confidence = self._platform_of(sign.start(), sign.end())
            if platform:
                account = self._name_at(sign.start(), platform, told=True)
                if account:
                    yield _Account(platform, account.name, account.start, account.end, confidence)

    def _platform_of(self, start: int, name_start: int) -> tuple[str | None, float]:
        for cue in self.cues.between(start - _REACH, start):
            platform = cue.value("platform")
            if "\n" in self.text[cue.end : start].strip("\n :"):
                break
            if platform and platform not in _NUMBERS_ONLY:
                return platform, 0.9
            if cue.value("phone") is not None and start - cue.end <= 6:
                return "telegram", 0.7
        name = _ANY.match(self.text, name_start)
        if name:
            for cue in self.cues.after(name.end(), name.end() + 14):
                platform = cue.value("platform")
                if (
                    platform
                    and platform not in _NUMBERS_ONLY
                    and self.text[name.end() : cue.start].strip(" ()[]") in ("", "on", "in", "di", "via")
                ):
                    return platform, 0.85
        return None, 0.0

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a link, an address or a telephone number stands there."""
        return any(start < other_end and other_start < end for other_start, other_end in self.taken)


def _shape(platform: str) -> re.Pattern[str]:
    return _SHAPES.get(platform, _ANY)
