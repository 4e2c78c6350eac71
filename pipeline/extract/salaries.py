"""Pay: amount or range, currency and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casefile.records import Label, Mention
from pipeline.extract.amounts import Amount, find_amounts
from pipeline.extract.cues import Cues, find_cues
from pipeline.extract.digits import not_numbers
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.mentions import make_mention
from pipeline.extract.phones import find_phones
from pipeline.extract.vocabulary import usual_currency
from pipeline.folding import Folded
from pipeline.hints import Hints

_REACH = 48
_BELIEVED = 1.5
_SENTENCE_END = re.compile(r"[!?。]|\.\s|\n\s*\n")


@dataclass(frozen=True, slots=True)
class _Pay:
    """An amount with what the words around say about it."""

    amount: Amount
    period: str | None
    weight: float
    low: float | None
    high: float | None


def salaries(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Pay; attributes amount_min, amount_max, currency (ISO 4217 or USDT) and period, None where it is not told."""
    for pay in _Reader(folded.text, hints).read():
        amount = pay.amount
        currency = amount.currency or usual_currency(hints.lang, hints.regions)
        low, high = _plain(pay.low), _plain(pay.high)
        yield make_mention(
            text,
            folded,
            Label.SALARY,
            (amount.start, amount.end),
            f"{'' if low is None else low}-{'' if high is None else high} {currency or '?'}/{pay.period or '?'}",
            confidence=min(0.95, 0.5 + 0.12 * pay.weight) - 0.1 * (amount.currency is None),
            extractor="salaries",
            keep_none=("amount_min", "amount_max", "currency", "period"),
            amount_min=low,
            amount_max=high,
            currency=currency,
            period=pay.period,
        )


def _plain(value: float | None) -> float | int | None:
    if value is None:
        return None
    value = round(value, 2)
    return int(value) if value == int(value) else value


class _Reader:
    """Reads the pay in one folded text."""

    def __init__(self, text: str, hints: Hints) -> None:
        self.cues: Cues = find_cues(text)
        self.text = self.cues.text
        self.taken = sorted(
            [(link.start, link.end) for link in find_links(text)]
            + [(email.start, email.end) for email in find_emails(text)]
            + [(phone.start, phone.end) for phone in find_phones(text, hints)]
            + not_numbers(text)
        )

    def read(self) -> Iterator[_Pay]:
        index = 0
        for amount in find_amounts(self.cues):
            while index < len(self.taken) and self.taken[index][1] <= amount.start:
                index += 1
            if index < len(self.taken) and self.taken[index][0] < amount.end:
                continue
            pay = self._judge(amount)
            if pay.weight >= _BELIEVED and self._is_sensible(pay):
                yield pay

    def _is_sensible(self, pay: _Pay) -> bool:
        """A bare number needs the size of pay, or a sign of money."""
        amount = pay.amount
        if amount.currency or amount.multiplier or amount.grouped:
            return amount.high >= 1
        return amount.high >= 100 and (pay.weight >= 2 or amount.is_range) and not (1990 <= amount.high <= 2035)

    def _judge(self, amount: Amount) -> _Pay:
        amount, more = self._with_more(amount)
        amount, period, said = self._with_period(amount)
        before, monthly, period_before, touching, bound = self._before(amount.start)
        weight = before + (2.0 if said else 0.0) + (1.5 if touching else 0.0)
        weight += 1.5 if amount.is_range and (amount.currency or amount.multiplier) else 0.0
        weight += 0.5 if amount.currency else 0.0
        weight += self._behind(amount.end)
        period = period or period_before or ("month" if monthly else None)
        low: float | None = amount.low
        high: float | None = amount.high
        if not amount.is_range:
            if more or bound == "from":
                high = None
            elif bound == "up_to":
                low = None
        return _Pay(amount, period, weight, low, high)

    def _with_more(self, amount: Amount) -> tuple[Amount, bool]:
        """The amount with a plus or `and above` behind it, and a currency behind that."""
        at = amount.end + (self.text[amount.end : amount.end + 1] == " ")
        cue = self.cues.at(amount.end) or self.cues.at(at)
        if not cue or cue.value("and_more") is None:
            return amount, False
        if cue.start == amount.end and self.text[cue.start : cue.end] == "+":
            amount = replace(amount, end=cue.end)
        again = self.cues.at(cue.end) or self.cues.at(cue.end + 1)
        if again and again.value("currency") and amount.end == cue.end:
            amount = replace(amount, end=again.end, currency=again.value("currency"))
        return amount, True

    def _with_period(self, amount: Amount) -> tuple[Amount, str | None, bool]:
        """The amount with the period that touches it: `/month`, `per hari`, or `วันละ` before it."""
        behind = re.compile(r"[ ,]{0,2}(?:/ ?|(?:per|a|kada|isang|mỗi|ต่อ|每) )?(?:1 )?").match(self.text, amount.end)
        for at in (amount.end, amount.end + 1, behind.end() if behind else amount.end):
            cue = self.cues.at(at)
            period = cue.value("period") if cue else None
            if cue and period:
                return replace(amount, end=cue.end), period, True
        for cue in self.cues.between(amount.start - 14, amount.start):
            period = cue.value("period")
            if period and amount.start - cue.end <= 1 and self.text[cue.start : cue.end].endswith("ละ"):
                return replace(amount, start=cue.start), period, True
            break
        return amount, None, False

    def _before(self, start: int) -> tuple[float, bool, str | None, bool, str | None]:
        """What stands before: weight for or against pay, monthly pay, a period, whether that touches, the bound."""
        weight, monthly, period, touching, bound = 0.0, False, None, False, None
        for cue in self.cues.between(start - _REACH, start):
            if _SENTENCE_END.search(self.text, cue.end, max(cue.end, start - 1)):
                break
            near = start - cue.end <= 14
            if bound is None and near:
                bound = next((kind for kind in ("up_to", "from") if cue.value(kind) is not None), None)
            if cue.value("period") and period is None:
                period = cue.value("period")
                touching = start - cue.end <= 2
            if cue.value("pay") is not None:
                monthly = monthly or cue.value("monthly") is not None
                weight = 2.0
                break
            if cue.value("not_pay") is not None:
                weight = -2.5
                break
        return weight, monthly, period, touching, bound

    def _behind(self, end: int) -> float:
        """Words directly behind the amount: `8K底薪` speaks for pay, `5% off` against."""
        for cue in self.cues.after(end, end + 4):
            if cue.value("pay") is not None:
                return 1.5
            if cue.value("not_pay") is not None:
                return -1.0
        return -2.0 if self.text[end : end + 2].strip()[:1] == "%" else 0.0
