"""Warning signs (INDICATOR), by the ILO's indicators of forced labour, and the facts of an offer; negated ones told."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import Generic, TypeVar

from casefile.records import Label, Mention
from pipeline.extract.composed import Composed, find_composed
from pipeline.extract.denial import is_denied
from pipeline.extract.mentions import make_mention
from pipeline.extract.vocabulary import minimum_day
from pipeline.homes import countries_of_readers
from pipeline.lexicon import Sense
from pipeline.plain import Plain
from pipeline.tables import read_table

Span = TypeVar("Span", Sense, Composed)


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of config/indicators.csv; the weight `fact` says that it is a fact of an offer and warns of nothing."""

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
    composed, negations = find_composed(plain)
    together = _Spans(composed)
    signs = [sense for sense in senses if sense.name in known_indicators() and not _is_hidden(sense, together)]
    sure = _Spans([sense for sense in signs if sense.sure])
    composed = [sign for sign in composed if sign.denied or not _is_said(sign, sure)]
    sorts = {sense.name for sense in signs} | {sign.name for sign in composed if not _is_fact(sign.name)}
    for sense in signs:
        if sense.sure or len(sorts) > 1:
            denied = is_denied(plain.text, ((sense.start, sense.end),), negations)
            yield _mention(plain, sense, denied, _SURE if sense.sure else _UNSURE)
    for sign in composed:
        yield _mention(plain, sign, sign.denied, _COMPOSED)
    for sense in senses:
        if sense.name == "job-title":
            yield _mention(plain, replace(sense, name=_JOB_TITLE), False, _SURE if sense.sure else _UNSURE)


_JOB_TITLE = "job-title-named"


def _is_fact(name: str) -> bool:
    return known_indicators()[name].weight == "fact"


_LONGEST = 80  # characters that a sign may span
_SURE, _COMPOSED, _UNSURE, _DENIED = 0.8, 0.7, 0.5, 0.2  # confidences


class _Spans(Generic[Span]):
    """Finds of one text, to be asked what lies at a place."""

    def __init__(self, found: Sequence[Span]) -> None:
        self._found: list[Span] = sorted(found, key=lambda one: one.start)
        self._starts: list[int] = [one.start for one in self._found]

    def at(self, start: int, end: int) -> Iterator[Span]:
        """Those that share a character with the place."""
        first = bisect_left(self._starts, start - _LONGEST)
        for one in self._found[first : bisect_left(self._starts, end)]:
            if one.end > start:
                yield one


def _is_hidden(sense: Sense, composed: _Spans[Composed]) -> bool:
    """Whether a phrase is a part of a denial, or an unsure one of what words that stand together tell surely."""
    return any(
        (sign.denied and sign.start <= sense.start and sense.end <= sign.end)
        or (not sense.sure and sign.name == sense.name)
        for sign in composed.at(sense.start, sense.end)
    )


def _is_said(sign: Composed, sure: _Spans[Sense]) -> bool:
    return any(sense.name == sign.name for sense in sure.at(sign.start, sign.end))


def pay_signs(pay: Iterable[Mention], lang: str) -> Iterator[Mention]:
    """Signs that the pay itself gives, on its words: dollars or coins where pay is in another coin, and outsized day pay."""
    home = countries_of_readers(lang)
    for mention in pay:
        if mention.label is not Label.SALARY:
            continue
        if mention.attributes.get("currency") in _FOREIGN and home and not _PAID_IN_DOLLARS.intersection(home):
            yield _pay_sign(mention, "pay-in-usd-or-crypto")
        if _is_outsized(mention):
            yield _pay_sign(mention, "outsized-pay")


def _is_outsized(pay: Mention) -> bool:
    """Whether a day is paid many times the legal minimum; well-paid work is paid by the month."""
    least = minimum_day(str(pay.attributes.get("currency")))
    most = pay.attributes.get("amount_max") or pay.attributes.get("amount_min")
    by_day = pay.attributes.get("period") == "day"
    return by_day and least is not None and isinstance(most, int | float) and most >= _OUTSIZED * least


_FOREIGN = frozenset(("USD", "USDT", "USDC", "BTC", "ETH", "TRX"))
_PAID_IN_DOLLARS = frozenset(("KH", "TL"))  # where dollars are everyday money
_OUTSIZED = 4.0


def _pay_sign(pay: Mention, name: str) -> Mention:
    sign = known_indicators()[name]
    told = MappingProxyType({"title": sign.title, "ilo": sign.ilo, "weight": sign.weight})
    return replace(pay, label=Label.INDICATOR, value=sign.id, confidence=0.6, extractor="indicators", attributes=told)


def _mention(plain: Plain, found: Sense | Composed, denied: bool, confidence: float) -> Mention:
    sign = known_indicators()[found.name]
    return make_mention(
        plain.original,
        plain.folded,
        Label.INDICATOR,
        plain.folded_span(found.start, found.end),
        sign.id,
        confidence=_DENIED if denied else confidence,
        extractor="indicators",
        title=sign.title,
        ilo=sign.ilo or None,
        weight=sign.weight,
        negated=True if denied else None,
    )
