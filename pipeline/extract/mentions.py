"""How extractors make mentions: from folded offsets to the surface that the writer typed."""

from __future__ import annotations

from types import MappingProxyType

from casefile.records import NO_ATTRIBUTES, Label, Mention, Scalar
from pipeline.folding import Folded


def make_mention(
    text: str,
    folded: Folded,
    label: Label,
    span: tuple[int, int],
    value: str,
    *,
    confidence: float,
    extractor: str,
    keep_none: tuple[str, ...] = (),
    **attributes: Scalar,
) -> Mention:
    """A mention whose `span` counts in folded text; attributes that are None are left out unless named in `keep_none`."""
    start, end = folded.span(*span)
    told = {name: held for name, held in attributes.items() if held is not None or name in keep_none}
    return Mention(
        label=label,
        start=start,
        end=end,
        surface=text[start:end],
        value=value,
        confidence=round(confidence, 3),
        extractor=extractor,
        attributes=MappingProxyType(told) if told else NO_ATTRIBUTES,
    )
