"""Other finders of contacts, for `benchmarks.peers` to compare with: as their makers ship them, told our countries."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

import phonenumbers
import spacy
from spacy.matcher import Matcher

from pipeline.extract.numbering import NEIGHBOURS

_FEWEST_DIGITS = 7
_PRESIDIO = {
    "PhoneRecognizer": ("PHONE_NUMBER", "PHONE"),
    "EmailRecognizer": ("EMAIL_ADDRESS", "EMAIL"),
    "UrlRecognizer": ("URL", "URL"),
    "CryptoRecognizer": ("CRYPTO", "WALLET"),
}


class Span(NamedTuple):
    """A contact of one label at its place in a text."""

    label: str
    start: int
    end: int


def libphonenumber(text: str, region: str | None) -> Iterator[Span]:
    """The matcher of Google's library, valid numbers only (its default)."""
    for match in phonenumbers.PhoneNumberMatcher(text, region):
        yield Span("PHONE", match.start, match.end)


def spacy_patterns(text: str, region: str | None) -> Iterator[Span]:
    """spaCy's lexical flags: `like_url`, `like_email`, and numbers of 7 digits and more by `like_num`."""
    nlp, matcher = _spacy()
    doc = nlp.make_doc(text)
    for label, start, end in matcher(doc):
        span = doc[start:end]
        if nlp.vocab.strings[label] != "PHONE" or sum(map(str.isdecimal, span.text)) >= _FEWEST_DIGITS:
            yield Span(nlp.vocab.strings[label], span.start_char, span.end_char)


@cache
def _spacy() -> tuple[Any, Matcher]:
    nlp = spacy.blank("xx")
    matcher = Matcher(nlp.vocab)
    matcher.add("URL", [[{"LIKE_URL": True}]])
    matcher.add("EMAIL", [[{"LIKE_EMAIL": True}]])
    matcher.add(
        "PHONE", [[{"LIKE_NUM": True}, {"ORTH": "-", "OP": "?"}, {"LIKE_NUM": True, "OP": "*"}]], greedy="LONGEST"
    )
    return nlp, matcher


def presidio() -> Callable[[str, str | None], Iterator[Span]] | None:
    """Microsoft Presidio's recognisers of patterns, None where it is not installed."""
    if importlib.util.find_spec("presidio_analyzer") is None:
        return None
    module: Any = importlib.import_module("presidio_analyzer.predefined_recognizers")
    options = {"PhoneRecognizer": {"supported_regions": NEIGHBOURS}}
    recognisers = [(getattr(module, name)(**options.get(name, {})), *names) for name, names in _PRESIDIO.items()]

    def find(text: str, region: str | None) -> Iterator[Span]:
        for recogniser, theirs, ours in recognisers:
            for result in recogniser.analyze(text, [theirs], None):
                yield Span(ours, result.start, result.end)

    return find
