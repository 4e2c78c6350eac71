"""What the words and signs around digits say: that a telephone number follows, or that it is something else."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.cues import Cue, find_cues

_REACH = 45  # characters that a word may stand before the number it announces
_HOTLINE_REACH = 25
_NEXT_IN_A_LIST = 12  # characters between two numbers of one list
_SENTENCE_END = re.compile(r"[!?。]|\.\s|\n\s*\n")
_WORD_BETWEEN = re.compile(r"[A-Za-z]{4}")
_PARTING_WORD = re.compile(r"[A-Za-z]{2,}")
_TELLING = frozenset({"phone", "platform", "hotline"})
_OF_DIGITS = frozenset({"qq", "wechat", "line", "batchat", "facebook", "tiktok", "instagram"})


@dataclass(frozen=True, slots=True)
class Announced:
    """How the words around a number speak for it: 2 they announce it, 1 they hint, 0 nothing, -1 against it."""

    strength: int
    touching: bool = False
    account: bool = False  # the word announces an account, which may also be of digits


class Surroundings:
    """Looks around places in one folded text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cues = find_cues(text)

    def before(self, start: int, last_number_end: int) -> Announced:
        """What the words before a number say, or the number before it in the same list."""
        is_next = 0 <= start - last_number_end <= _NEXT_IN_A_LIST
        if is_next and not _WORD_BETWEEN.search(self.text, last_number_end, start):
            return Announced(2, touching=True)
        begun = self._sentence_start(start)
        for cue in self.cues.between(start - _REACH, start):
            if cue.end < begun:
                break
            if not _TELLING.isdisjoint(cue.meanings):
                if self._numbers_something_else(cue):
                    return Announced(-1)
                account = cue.value("platform") in _OF_DIGITS
                return Announced(2, touching=start - cue.end <= 6, account=account)
            if "not_phone" in cue.meanings and start - cue.end <= 15 and not self._is_sentence(cue.end, start):
                return Announced(-1)
            if "invite" in cue.meanings:
                return Announced(1)
        return Announced(0)

    def _is_sentence(self, start: int, end: int) -> bool:
        """Whether two words and more part a number from the word before: `passport picture to 0812…`."""
        return len(_PARTING_WORD.findall(self.text, start, end)) > 1

    def _numbers_something_else(self, cue: Cue) -> bool:
        """Whether a mere `No.` stands behind a word for another number: `student no.`, `CMND số`."""
        if "id" not in cue.meanings or "platform" in cue.meanings:
            return False
        named = next(self.cues.between(cue.start - _REACH, cue.start), None)
        return named is not None and "not_phone" in named.meanings and cue.start - named.end <= 2

    def behind(self, end: int) -> int:
        """2 where a platform is named right behind: `012 000 103 (Telegram)`; else 0."""
        end += self.text[end : end + 1] == ")"
        for cue in self.cues.after(end, end + 5):
            if "platform" in cue.meanings and not re.search(r"[\n/,]", self.text[end : cue.start]):
                return 2
        return 0

    def is_money(self, start: int, end: int) -> bool:
        """Whether a currency or a multiplier touches the digits."""
        behind = self.cues.at(end) or self.cues.at(end + self.text.startswith(" ", end))
        if behind and ("currency" in behind.meanings or "multiplier" in behind.meanings):
            return "platform" not in behind.meanings
        return any(
            "currency" in cue.meanings and not self.text[cue.end : start].strip(" .:")
            for cue in self.cues.between(start - 8, start)
        )

    def hotline(self, start: int) -> Cue | None:
        """The last word before a short number, if it stands in the same sentence."""
        cue = next(self.cues.between(start - _HOTLINE_REACH, start), None)
        return cue if cue and cue.end >= self._sentence_start(start) else None

    def _sentence_start(self, at: int) -> int:
        """Where the sentence before a number begins, or the furthest place from which a word announces it."""
        begun = max(0, at - _REACH)
        for end in _SENTENCE_END.finditer(self.text, begun, max(begun, at - 1)):
            begun = end.end()
        return begun
