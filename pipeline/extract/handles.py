"""Accounts on messengers and platforms, from links, at-signs and the words that announce them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain

from casefile.records import Label, Mention
from pipeline.extract.accounts import NUMBERS_ONLY, canonical_account, is_account, shape_of
from pipeline.extract.contact_links import accounts_in_links
from pipeline.extract.cues import Cue, Cues, find_cues, is_latin
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.mentions import make_mention
from pipeline.extract.phones import find_phones
from pipeline.folding import Folded
from pipeline.hints import Hints

_AT_NAME = re.compile(r"(?<![\w.@/])@(?=[A-Za-z0-9_])")
_AT = re.compile(r"@ ?")
_SIGNS = re.compile(r"[^\w\n@]{0,6}(?:\n[^\w\n@]{0,3}){0,2}")
_TELLING_SIGNS = ":=>→"
_TELLING_ENDS = (" id", "username", "号", "號", "ไอดี")  # of a phrase such as `viber id`
_REST_OF_LINE = re.compile(r"@?[A-Za-z0-9._\-]+[ \t]*(?:\n|\Z)")
_SPACED = re.compile(r"@? ?[A-Za-z0-9_]([ \-*.])[A-Za-z0-9_](?:\1[A-Za-z0-9_]){3,30}(?!\w)")
_PART = re.compile(r"[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]+)*")
_OPENS_JOINT, _CLOSES_JOINT = re.compile(r" ?[\[({<]? ?"), re.compile(r" ?[\])}>]? ?")
_JOINTS = {"underscore": "_", "dot": "."}
_SPACED_JOINT = re.compile(r" _ ?|_ ")
_MOST_PARTS = 5  # of one name with spelled-out signs
_RUNS_ON = re.compile(r"[._\-]?[A-Za-z0-9]|_")
_OTHER_SCRIPT = re.compile(r"[^A-Za-z0-9\n@.,/()\[\]]{1,26}(?=[A-Za-z0-9@])")
_CHINESE_NAME = re.compile(r"[：: ]{0,2}[\u4e00-\u9fff]{0,4}[：: ]{0,2}")
_ANSWER = re.compile(r"\bRT @|//t\.c[on]/|\bvia @")
_LINE_END = re.compile(r"[ .!]*(?:\n|\Z)")
_MOST_BARE = 2  # who names more accounts without platform talks about them
_REACH = 45
_NEAR = 12  # characters between the word and its account, such as ` username `
_MOST_WORDS = 4  # between a platform's word and the account


@dataclass(frozen=True, slots=True)
class _Account:
    platform: str
    name: str
    start: int
    end: int
    confidence: float
    guessed: bool = False


def handles(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Accounts; the value is `platform:name`. Attribute platform_guessed where only custom tells the platform."""
    for account in _Reader(folded.text, hints).read():
        yield make_mention(
            text,
            folded,
            Label.HANDLE,
            (account.start, account.end),
            canonical_account(account.platform, account.name),
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

    @cached_property
    def is_answer(self) -> bool:
        """Whether the text looks like a message to and about users of a platform that we are not told."""
        if self.text.startswith("@") or _ANSWER.search(self.text):
            return True
        return len(_AT_NAME.findall(self.text)) > _MOST_BARE

    @cached_property
    def has_joints(self) -> bool:
        """Whether signs of names may be spelled out."""
        return " _" in self.text or "_ " in self.text or any(self.cues.of(kind) for kind in _JOINTS)

    @cached_property
    def speaks_of_contact(self) -> bool:
        """Whether any word speaks of reaching or paying somebody."""
        return any(self.cues.of(kind) for kind in ("phone", "platform", "mail", "reach", "pay"))

    @cached_property
    def taken(self) -> list[tuple[int, int]]:
        """Where links, addresses and telephone numbers stand."""
        return sorted(
            [(link.start, link.end) for link in find_links(self.text)]
            + [(email.start, email.end) for email in find_emails(self.text)]
            + [(phone.start, phone.end) for phone in find_phones(self.text, self.hints)]
        )

    def read(self) -> list[_Account]:
        found = [_Account(c.platform, c.name, c.start, c.end, 0.97) for c in accounts_in_links(self.text)]
        taken = {place for account in found for place in range(account.start, account.end)}
        for account in chain(self._announced(), self._with_at_sign(), self._without_platform()):
            if not taken.intersection(range(account.start, account.end)):
                taken.update(range(account.start, account.end))
                found.append(account)
        return sorted(found, key=lambda account: account.start)

    def _announced(self) -> Iterator[_Account]:
        """Accounts behind a platform's word: `LINE ID: name`, `加V name`."""
        for cue in self.cues.of("platform"):
            platform = cue.meanings["platform"]
            account = self._account_behind(cue, platform) if platform not in NUMBERS_ONLY else None
            if account:
                yield account

    def _account_behind(self, cue: Cue, platform: str) -> _Account | None:
        at, told = self._skip_between(cue.end, platform)
        words = cue.words(self.text)
        told = told or words.endswith(_TELLING_ENDS) or (words[0].isalpha() and not is_latin(words[0]))
        spaced = _SPACED.match(self.text, at)
        if spaced:
            name = "".join(spaced[0].split()).lstrip("@").replace(spaced[1], "")
            if shape_of(platform).fullmatch(name) and not self._is_taken(spaced.start(), spaced.end()):
                return _Account(platform, name, spaced.start(), spaced.end(), 0.75)
        account = self._name_at(at, platform, told)
        over = _OTHER_SCRIPT.match(self.text, at) if account is None else None
        if over and any(char.isalpha() for char in over[0]):
            at, told = self._skip_between(over.end(), platform)
            account = self._name_at(at, platform, told)
        return account

    def _name_at(self, at: int, platform: str, told: bool) -> _Account | None:
        """The account that begins here, at-sign included."""
        sign = _AT.match(self.text, at)
        begin = sign.end() if sign else at
        name, end = self._joined_name(begin, platform) or self._plain_name(begin, platform, bool(sign)) or ("", begin)
        behind = self.text[end : end + 4]
        if not sign and behind.startswith(":"):
            return None  # what is a name for something else
        if not name or self._is_taken(at, end) or not (sign or is_account(platform, name, told, behind)):
            return None
        return _Account(platform, name, at, end, 0.95 if sign else 0.85 if told else 0.7)

    def _plain_name(self, begin: int, platform: str, has_sign: bool) -> tuple[str, int] | None:
        """The name that begins here; behind an at-sign a writer's name may break the platform's rules."""
        match = shape_of(platform).match(self.text, begin) or (
            shape_of("").match(self.text, begin) if has_sign else None
        )
        if not match:
            return None
        behind = self.text[match.end() : match.end() + 1]
        if behind and (is_latin(behind) or behind.isdecimal() or behind in "@_"):
            return None  # the middle of a longer word
        name = match[0].rstrip(".-")
        return name, begin + len(name)

    def _joined_name(self, begin: int, platform: str) -> tuple[str, int] | None:
        """A name whose signs are spelled out: `job (underscore) hr`; None for one without such a sign."""
        if not self.has_joints:
            return None
        part = _PART.match(self.text, begin)
        parts: list[str] = []
        for _ in range(_MOST_PARTS):
            joint = self._joint(part.end()) if part else None
            following = _PART.match(self.text, joint[1]) if joint else None
            if not part or not joint or not following:
                break
            parts += (part[0], joint[0])
            part = following
        name = "".join((*parts, part[0])) if part else ""
        return (name, part.end()) if parts and part and shape_of(platform).fullmatch(name) else None

    def _joint(self, at: int) -> tuple[str, int] | None:
        """The sign that is spelled out here, and where it ends; a dot needs its brackets."""
        spaced = _SPACED_JOINT.match(self.text, at)
        if spaced:
            return "_", spaced.end()
        opens = _OPENS_JOINT.match(self.text, at)
        cue = self.cues.at(opens.end()) if opens else None
        sign = next((sign for kind, sign in _JOINTS.items() if cue and kind in cue.meanings), None)
        closes = _CLOSES_JOINT.match(self.text, cue.end) if cue and sign else None
        return (sign, closes.end()) if sign and closes else None

    def _skip_between(self, at: int, platform: str) -> tuple[int, bool]:
        """Past signs and words such as `official`; and whether a colon or a word like `ID` told of an account."""
        told = False
        for _ in range(_MOST_WORDS):
            signs = _SIGNS.match(self.text, at)
            if signs:
                told = told or self._tells(signs)
                if signs[0].count("\n") > 1 and not told:
                    break
                at = signs.end()
            cue = self.cues.at(at)
            if cue is None or _RUNS_ON.match(self.text, cue.end):
                break
            tells = cue.value("id") is not None or cue.value("platform") == platform
            if not tells and cue.value("between") is None:
                break
            told = told or tells
            at = cue.end
        return at, told

    def _tells(self, signs: re.Match[str]) -> bool:
        """Whether these signs say that an account follows: a colon, or a dash before the last word of the line."""
        if any(sign in signs[0] for sign in _TELLING_SIGNS):
            return True
        return signs[0].strip(" ") == "-" and _REST_OF_LINE.match(self.text, signs.end()) is not None

    def _with_at_sign(self) -> Iterator[_Account]:
        """`@name` with the platform told before, behind, or by a contact's word."""
        for sign in _AT_NAME.finditer(self.text) if "@" in self.text else ():
            platform, confidence = self._platform_before(sign.start()) or self._platform_behind(sign.end()) or (None, 0)
            if platform:
                account = self._name_at(sign.start(), platform, told=True)
                if account:
                    yield replace(account, confidence=confidence, guessed=confidence < 0.65)

    def _platform_before(self, start: int) -> tuple[str, float] | None:
        """The platform that was last named on the line, or Telegram where a contact's word stands before."""
        number_platform = None
        for cue in self.cues.between(start - _REACH, start):
            if "\n" in self.text[cue.end : start].strip("\n :"):
                break
            platform = cue.value("platform")
            if platform and platform not in NUMBERS_ONLY:
                return platform, 0.9
            if platform and start - cue.end <= _NEAR:
                number_platform = platform
            elif cue.value("phone") is not None and start - cue.end <= 6:
                return "telegram", 0.7
        return (number_platform, 0.7) if number_platform else None

    def _platform_behind(self, name_start: int) -> tuple[str, float] | None:
        """The platform named behind the account: `@name (TG)`; else Telegram, unless this answers somebody."""
        name = shape_of("").match(self.text, name_start)
        for cue in self.cues.after(name.end(), name.end() + 14) if name else ():
            platform = cue.value("platform")
            between = self.text[name.end() if name else 0 : cue.start].strip(" ()[]-|")
            if platform and platform not in NUMBERS_ONLY and between in ("", "on", "in", "di", "via", "sa", "qua"):
                return platform, 0.85
        quoted = self.text[name_start - 2 : name_start - 1] in ("“", '"', "'")
        if self.is_answer or quoted or not name or name[0].isalpha():
            return None
        told = _LINE_END.match(self.text, name.end()) is not None or any(
            "id" in cue.meanings for cue in self.cues.between(name_start - _NEAR, name_start - 1)
        )
        return ("telegram", 0.5) if self.speaks_of_contact or told else None

    def _without_platform(self) -> Iterator[_Account]:
        """Accounts behind `ID` in Thai (LINE) and behind `联系…` in Chinese (WeChat): custom tells the platform."""
        if self.hints.lang == "th":
            yield from self._guessed(
                "line", ((cue, self._skip_between(cue.end, "line")[0]) for cue in self.cues.of("id"))
            )
        if self.hints.lang == "zh":
            yield from self._guessed("wechat", ((cue, self._behind_name(cue.end)) for cue in self.cues.of("reach")))

    def _guessed(self, platform: str, places: Iterator[tuple[Cue, int]]) -> Iterator[_Account]:
        for cue, at in places:
            account = self._name_at(at, platform, told=True) if cue.value("platform") is None else None
            letters = any(map(str.isalpha, account.name)) if account else False
            if account and letters and not account.name.isalpha():
                yield replace(account, confidence=0.55, guessed=True)

    def _behind_name(self, end: int) -> int:
        match = _CHINESE_NAME.match(self.text, end)
        return match.end() if match else end

    def _is_taken(self, start: int, end: int) -> bool:
        """Whether a link, an address or a telephone number stands there."""
        nearest = bisect_left(self.taken, (end,)) - 1
        return nearest >= 0 and self.taken[nearest][1] > start
