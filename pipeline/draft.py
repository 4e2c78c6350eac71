"""A reading in the making: what the components of the pipeline read and write, carried by a spaCy Doc."""

from __future__ import annotations

from dataclasses import dataclass, field

from casefile.corrections import Correction
from casefile.records import Mention, PostKind
from pipeline.hints import Hints
from pipeline.kind_cues import Cue
from pipeline.lexicon import Sense
from pipeline.plain import Plain


@dataclass(slots=True, kw_only=True)
class Draft:
    """One post between its text and its reading; every component adds its part."""

    post_id: str
    plain: Plain
    given_lang: str | None = None
    region: str | None = None
    with_model: bool = True
    corrections: tuple[Correction, ...] = ()
    hints: Hints = field(default_factory=Hints)
    languages: tuple[str, ...] = ()
    senses: tuple[Sense, ...] = ()
    cues: tuple[Cue, ...] = ()
    mentions: list[Mention] = field(default_factory=list)
    kind: PostKind = PostKind.OTHER
    kind_confidence: float = 0.0
    offer_chance: float = 0.0
    suspect: float = 0.0
    reasons: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The text as it was published."""
        return self.plain.original
