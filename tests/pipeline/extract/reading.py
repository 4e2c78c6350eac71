"""One way for the tests of contacts and pay to read a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casefile.records import Mention
from pipeline.folding import Folded, fold
from pipeline.hints import Hints

Extractor = Callable[[str, Folded, Hints], Iterator[Mention]]

REGIONS = {"id": "ID", "ms": "MY", "vi": "VN", "th": "TH", "km": "KH", "my": "MM", "tl": "PH", "hi": "IN", "bn": "BD"}


def read(extract: Extractor, text: str, lang: str = "und", regions: tuple[str, ...] | None = None) -> list[Mention]:
    """The mentions of one extractor; the language's own country is the hint unless `regions` says otherwise."""
    if regions is None:
        regions = (REGIONS[lang],) if lang in REGIONS else ()
    mentions = list(extract(text, fold(text), Hints(lang=lang, regions=regions)))
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)
    return mentions


def values(extract: Extractor, text: str, lang: str = "und") -> list[str]:
    """The canonical values alone, first to last."""
    return [mention.value for mention in read(extract, text, lang)]
