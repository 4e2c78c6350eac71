"""Warning signs (INDICATOR), by the ILO's indicators of forced labour, and the facts of an offer; negated ones told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType

from casefile.records import Label, Mention
from pipeline.extract.composed import Composed, find_composed
from pipeline.extract.denial import is_denied
from pipeline.extract.mentions import make_mention
from pipeline.homes import countries_of_readers
from pipeline.lexicon import Sense
from pipeline.plain import Plain
from pipeline.tables import read_table


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
    signs = [sense for sense in senses if sense.name in known_indicators() and not _is_inside(sense, composed)]
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


_SURE, _COMPOSED, _UNSURE, _DENIED = 0.8, 0.7, 0.5, 0.2  # confidences


def _is_inside(sense: Sense, composed: Sequence[Composed]) -> bool:
    """Whether words that stand together tell the same sign, or deny one of which this phrase is a part."""
    return any(
        sign.start < sense.end
        and sense.start < sign.end
        and (sign.name == sense.name or (sign.denied and sign.start <= sense.start and sense.end <= sign.end))
        for sign in composed
    )


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
