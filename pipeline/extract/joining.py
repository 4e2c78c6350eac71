"""Names of the model joined with those of rules and gazetteer: one mention a name, with one confidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.plain import Plain
from pipeline.tagger.tag import TaggedName, tag_names

_NAMES = (Label.ORG, Label.LOC, Label.PERSON)
_MOST = 0.98


def join(plain: Plain, found: Sequence[Mention]) -> list[Mention]:
    """All mentions, those of names surer where the model agrees, and the names that only the model sees."""
    tagged = list(tag_names(plain.folded.text))
    if not tagged:
        return list(found)
    joined = list(found)
    places = {(m.start, m.end, m.label): i for i, m in enumerate(found) if m.label in _NAMES}
    for name in tagged:
        label = Label(name.label)
        span = plain.folded.span(name.start, name.end)
        at = places.get((*span, label))
        if at is not None:
            joined[at] = replace(joined[at], confidence=_both(joined[at].confidence, name.probability))
        else:
            joined.append(_mention(plain, name, label))
    return joined


def _both(rule: float, model: float) -> float:
    """How sure two witnesses make a name who do not know of each other."""
    return round(min(_MOST, 1 - (1 - rule) * (1 - model)), 3)


def _mention(plain: Plain, name: TaggedName, label: Label) -> Mention:
    words = " ".join(plain.folded.text[name.start : name.end].split())
    return make_mention(
        plain.original,
        plain.folded,
        label,
        (name.start, name.end),
        words,
        confidence=name.probability,
        extractor="model",
        name=words if label is Label.LOC else None,
    )
