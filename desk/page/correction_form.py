"""What a person typed, or pointed at, to set a post's reading right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from casefile.case import Case
from casefile.records import Label, Post, PostKind, Role
from desk import correcting
from desk.page.forms import Stale
from desk.page.typed import whole_number


@dataclass(frozen=True, slots=True)
class CorrectionForm:
    """The fields of the form on a post's screen. `start` and `end` are the place in the text that was pointed at."""

    told: str = ""
    kind: str = ""
    words: str = ""
    start: int | None = None
    end: int | None = None
    label: str = ""
    means: str = ""
    role: str = ""
    number: int | None = None
    because: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, str], post: Post) -> CorrectionForm:
        """The form as it was sent, or as an address asks for it (`start`, `end`, `label`)."""
        start, end = whole_number(fields.get("start", "")), whole_number(fields.get("end", ""))
        words = fields.get("words", "").replace("\r\n", "\n")
        return cls(
            told=fields.get("told", ""),
            kind=fields.get("kind", ""),
            words=words or ("" if start is None or end is None else post.text[start:end]),
            start=start,
            end=end,
            label=fields.get("label", ""),
            means=fields.get("means", "").strip(),
            role=fields.get("role", ""),
            number=whole_number(fields.get("number", "")),
            because=fields.get("because", ""),
        )

    def write_down(self, case: Case, post: Post) -> None:
        """Keep what it says; raises Stale where this page cannot have sent it, CorrectionError where it is wrong."""
        try:
            if self.told == "kind":
                correcting.correct_kind(case, post, PostKind(self.kind), self.because)
            elif self.told in ("words", "nothing"):
                label, role = Label(self.label), Role(self.role) if self.role else None
                meant = "" if self.told == "nothing" else self.means or self.words
                correcting.correct_words(case, post, self._spans(post), label, meant, role, self.because)
            elif self.told == "undo" and self.number is not None:
                correcting.take_back(case, self.number, self.because)
            else:
                raise Stale
        except ValueError as error:  # no such kind, label or role
            raise Stale from error

    def _spans(self, post: Post) -> list[tuple[int, int]]:
        """The place that was pointed at, if the words stand there; else wherever they stand."""
        if self.start is not None and self.end is not None and post.text[self.start : self.end] == self.words != "":
            return [(self.start, self.end)]
        return correcting.places_of(post, self.words)
