"""Web addresses: without scheme, defanged, split, inside other scripts."""

from __future__ import annotations

from collections.abc import Iterator

from casefile.records import Label, Mention
from pipeline.extract.links import find_links
from pipeline.extract.mentions import make_mention
from pipeline.folding import Folded
from pipeline.hints import Hints


def urls(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Web addresses; the value has a scheme and a lower-case host and is no longer defanged."""
    for link in find_links(folded.text):
        yield make_mention(
            text, folded, Label.URL, (link.start, link.end), link.url, confidence=link.confidence, extractor="urls"
        )
