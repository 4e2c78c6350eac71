"""Warning signs (INDICATOR), by the ILO's indicators of forced labour: phrases of the lexicon, negated ones told."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.homes import countries_of_readers
from pipeline.lexicon import Sense
from pipeline.phrases import PhraseFinder
from pipeline.plain import Plain
from pipeline.tables import read_lists, read_table

_NEGATION_REACH = 14  # characters between a negation and what it denies
_STOPS = ".!?。！？\n;；"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of config/indicators.csv."""

    id: str
    title: str
    ilo: str
    weight: str


@cache
def known_indicators() -> dict[str, Indicator]:
    """The indicators by their ids."""
    rows = read_table("indicators", ("id", "title", "ilo_indicator", "weight"))
    return {row["id"]: Indicator(row["id"], row["title"], row["ilo_indicator"], row["weight"]) for row in rows}


def indicators(plain: Plain, senses: Sequence[Sense]) -> Iterator[Mention]:
    """Every warning sign in a text; an unsure phrase counts only beside a sign of another sort."""
    signs = [sense for sense in senses if sense.name in known_indicators()]
    sorts = {sense.name for sense in signs}
    denied = _negations(plain) if signs else []
    for sense in signs:
        if sense.sure or len(sorts) > 1:
            yield _mention(plain, sense, _is_denied(plain, sense, denied))


def pay_signs(pay: Iterable[Mention], lang: str) -> Iterator[Mention]:
    """Pay in dollars or coins offered to readers whose country pays otherwise, on the words of the pay."""
    home = countries_of_readers(lang)
    sign = known_indicators()[_FOREIGN_PAY]
    for mention in pay:
        foreign = mention.attributes.get("currency") in _FOREIGN_CURRENCIES
        if mention.label is Label.SALARY and foreign and home and not _PAID_IN_DOLLARS.intersection(home):
            told = MappingProxyType({"title": sign.title, "ilo": sign.ilo, "weight": sign.weight})
            yield replace(
                mention,
                label=Label.INDICATOR,
                value=sign.id,
                confidence=0.6,
                extractor="indicators",
                attributes=told,
            )


_FOREIGN_PAY = "pay-in-usd-or-crypto"
_FOREIGN_CURRENCIES = frozenset(("USD", "USDT", "USDC", "BTC", "ETH", "TRX"))
_PAID_IN_DOLLARS = frozenset(("KH", "TL"))  # where dollars are everyday money


def _mention(plain: Plain, sense: Sense, negated: bool) -> Mention:
    sign = known_indicators()[sense.name]
    return make_mention(
        plain.original,
        plain.folded,
        Label.INDICATOR,
        plain.folded_span(sense.start, sense.end),
        sign.id,
        confidence=0.2 if negated else 0.8 if sense.sure else 0.5,
        extractor="indicators",
        title=sign.title,
        ilo=sign.ilo,
        weight=sign.weight,
        negated=True if negated else None,
    )


def _negations(plain: Plain) -> list[int]:
    """Where the negations of a text end."""
    return [found.end for found in _negation_finder().find(plain)]


def _is_denied(plain: Plain, sense: Sense, denied: Sequence[int]) -> bool:
    """Whether the nearest negation before stands close by, in the same sentence."""
    i = bisect_right(denied, sense.start) - 1
    if i < 0 or sense.start - denied[i] > _NEGATION_REACH:
        return False
    return not any(stop in plain.text[denied[i] : sense.start] for stop in _STOPS)


@cache
def _negation_finder() -> PhraseFinder[str]:
    return PhraseFinder(
        (word, str(lang)) for lang, words in read_lists("negations").items() for word in str(words).split(", ")
    )
