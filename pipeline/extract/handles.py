"""Accounts on messengers and platforms, from links, at-signs and the words that announce them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace

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

_AT_NAME = re.compile(r"(?<![\w.@/])@(?=[A-Za-z0-9_])")
_SIGNS = re.compile(r"[^\w\n@]{0,6}(?:\n[^\w\n@]{0,3})?")
_SPACED = re.compile(r"@? ?[A-Za-z0-9_](?: [A-Za-z0-9_]){4,31}(?![\w])")
_REACH = 45
_OTHER_SCRIPT = re.compile(r"[^A-Za-z0-9\n@.,/()\[\]]{1,26}(?=[A-Za-z0-9@])")
_GUESSED = {"th": "line", "zh": "wechat"}  # where an account without platform is nearly always one of these
_OF_DIGITS = frozenset({"qq", "batchat"})
_DOTTED = frozenset({"facebook", "instagram", "tiktok"})


@dataclass(frozen=True, slots=True)
class _Account:
    platform: str
    name: str
    start: int
    end: int
    confidence: float
    guessed: bool = False


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
            platform_guessed=account.guessed or None,
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
        taken = {place for account in found for place in range(account.start, account.end)}
        for account in [*self._announced(), *self._with_at_sign(), *self._without_platform()]:
            if not taken.intersection(range(account.start, account.end)):
                taken.update(range(account.start, account.end))
                found.append(account)
        return sorted(found, key=lambda account: account.start)

    def _announced(self) -> Iterator[_Account]:
        """Accounts behind a platform's word: `LINE ID: name`, `加V name`."""
        for cue in self.cues.of("platform"):
            platform = cue.meanings["platform"]
            account = self._account_behind(cue, platform) if platform not in _NUMBERS_ONLY else None
            if account:
                yield account

    def _account_behind(self, cue: Cue, platform: str) -> _Account | None:
        at, told = self._skip_between(cue.end, platform)
        spaced = _SPACED.match(self.text, at)
        if spaced:
            name = "".join(spaced[0].split()).lstrip("@")
            if _shape(platform).fullmatch(name) and not self._is_taken(spaced.start(), spaced.end()):
                return _Account(platform, name, spaced.start(), spaced.end(), 0.75)
        account = self._name_at(at, platform, told)
        over = _OTHER_SCRIPT.match(self.text, at) if account is None else None
        if over and any(char.isalpha() for char in over[0]):
            at, told = self._skip_between(over.end(), platform)
            account = self._name_at(at, platform, told)
        return account

    def _name_at(self, at: int, platform: str, told: bool) -> _Account | None:
        """The account that begins here, at-sign included."""
        sign = re.compile(r"@ ?").match(self.text, at)
        begin = sign.end() if sign else at
        match = _shape(platform).match(self.text, begin)
        if not match or not self._is_whole(match):
            return None
        end = match.end() - len(match[0]) + len(match[0].rstrip(".-_")) if not match[0].endswith("_") else match.end()
        name = self.text[begin:end]
        if self._is_taken(at, end) or not (sign or self._is_name(name, told, platform)):
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

    def _is_name(self, name: str, told: bool, platform: str) -> bool:
        """Without an at-sign an everyday word is no account."""
        if platform in _OF_DIGITS:
            return True
        if any(char.isdecimal() or char == "_" for char in name):
            return told or any(char.isalpha() for char in name)
        if "." in name and not told:
            return platform in _DOTTED and name.islower()
        return told and name.islower()

    def _with_at_sign(self) -> Iterator[_Account]:
        """`@name` with the platform told before, behind, or by a contact's word."""
        for sign in _AT_NAME.finditer(self.text):
            platform, confidence = self._platform_of(sign.start(), sign.end())
            if platform:
                account = self._name_at(sign.start(), platform, told=True)
                if account:
                    yield replace(account, confidence=confidence, guessed=confidence < 0.65)

    def _without_platform(self) -> Iterator[_Account]:
        """Accounts behind `ID` or `联系…` where the language tells which platform that must be."""
        platform = _GUESSED.get(self.hints.lang)
        for cue in self.cues.all if platform else ():
            if platform == "line" and cue.value("id") is not None:
                at, _ = self._skip_between(cue.end, platform)
            elif platform == "wechat" and self.text[cue.start : cue.end] in (
                "联系",
                "聯繫",
                "联系人",
                "联系我",
                "咨询",
            ):
                between = re.compile(r"[：: ]{0,2}[\u4e00-\u9fff]{0,4}[：: ]{0,2}").match(self.text, cue.end)
                at = between.end() if between else cue.end
            else:
                continue
            account = self._name_at(at, platform, told=True)
            if account and not account.name.isalpha():
                yield replace(account, confidence=0.55, guessed=True)

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
        if self.text.startswith(("@", "RT @", "rt @")):
            return None, 0.0  # an answer on a platform that we are not told
        return "telegram", 0.5

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a link, an address or a telephone number stands there."""
        nearest = bisect_left(self.taken, (end,)) - 1
        return nearest >= 0 and self.taken[nearest][1] > start


def _shape(platform: str) -> re.Pattern[str]:
    return _SHAPES.get(platform, _ANY)
