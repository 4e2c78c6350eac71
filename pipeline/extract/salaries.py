"""Pay: amount or range, currency and period."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from casefile.records import Label, Mention
from pipeline.extract.amounts import Amount, find_amounts
from pipeline.extract.cues import Cue, Cues, find_cues, is_latin
from pipeline.extract.digits import not_numbers
from pipeline.extract.emails import find_emails
from pipeline.extract.links import find_links
from pipeline.extract.mentions import make_mention
from pipeline.extract.phones import find_phones
from pipeline.extract.vocabulary import pay_limits, unit_currency, usual_currency
from pipeline.folding import Folded
from pipeline.hints import Hints

_REACH = 48
_BELIEVED = 1.5
_ANNOUNCED = 2.5
_NEAR_PAY = 60  # characters behind one pay in which `up to …` speaks of another
_SPEAKS = ("pay", "currency", "period", "unit", "multiplier")
_SPEAKS_SHORTLY = re.compile(r"\d ?[a-zđ](?![a-z])|p\d")  # `5k`, `800u`, `P500`: letters that are no cues of their own
_LINKERS = ("na", "ng", "ang", "as", "in")  # `$1,200 na sahod`
_OTHER_MONEY = -1.0  # the next word speaks of other money: `10jt potongan 500rb`
_YEARS = ((1800, 2100), (2400, 2650))  # in the common and in the Buddhist era
_LEAST_BARE = 100  # less than this is no pay unless a currency or a multiplier stands with it
_SENTENCE_END = re.compile(r"[!?。]|\.\s|\n\s*\n")
_PER = re.compile(r"[ ,]{0,2}(?:/ ?|(?:per|a|kada|isang|mỗi|ต่อ|每) )?(?:1 )?")
_MORE_MARKS = (">", "≥")


@dataclass(frozen=True, slots=True)
class _Pay:
    """An amount with what the words around say about it; `weight` is how much speaks for pay."""

    amount: Amount
    period: str | None
    weight: float
    low: float | None
    high: float | None


@dataclass(slots=True)
class _Before:
    """What stands before an amount."""

    weight: float = 0.0
    told_at: int = -1
    monthly: bool = False
    period: str | None = None
    period_touches: bool = False
    bound: str | None = None


def salaries(text: str, folded: Folded, hints: Hints) -> Iterator[Mention]:
    """Pay; attributes amount_min, amount_max, currency (ISO 4217 or USDT) and period, None where it is not told."""
    reader = _Reader(folded.text, hints)
    for pay in reader.read():
        amount = pay.amount
        currency = reader.currency(amount)
        low, high = _plain(pay.low), _plain(pay.high)
        ends = f"{'' if low is None else low}-{'' if high is None else high}"
        yield make_mention(
            text,
            folded,
            Label.SALARY,
            (amount.start, amount.end),
            f"{ends} {currency or '?'}/{pay.period or '?'}",
            confidence=min(0.97, 0.75 + 0.06 * pay.weight) - 0.1 * (amount.currency is None),
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
        self.hints = hints
        self.phones = find_phones(text, hints)
        self.taken = sorted(
            [(link.start, link.end) for link in find_links(text)]
            + [(email.start, email.end) for email in find_emails(text)]
            + [(phone.start, phone.end) for phone in self.phones]
            + not_numbers(text)
        )

    def read(self) -> Iterator[_Pay]:
        index, last_end, last_pay = 0, 0, -_NEAR_PAY
        for amount in find_amounts(self.cues, self.taken) if self._speaks_of_money() else ():
            while index < len(self.taken) and self.taken[index][1] <= amount.start:
                index += 1
            if index < len(self.taken) and self.taken[index][0] < amount.end:
                continue
            if amount.high < _LEAST_BARE and _is_bare(amount):
                continue
            pay = self._judge(amount, last_end, amount.start - last_pay < _NEAR_PAY)
            last_end = amount.end
            if pay.weight >= _BELIEVED and _is_sensible(pay) and self._is_credible(pay):
                last_pay = amount.end
                yield pay

    def _speaks_of_money(self) -> bool:
        """Whether any word could make a number pay."""
        return any(map(self.cues.of, _SPEAKS)) or _SPEAKS_SHORTLY.search(self.text) is not None

    def currency(self, amount: Amount) -> str | None:
        """The currency that is named, or else usual among the readers, or else tied to the unit: `lakh`, `jt`."""
        return amount.currency or self._usual_currency() or unit_currency(self.text[amount.start : amount.end])

    def _usual_currency(self) -> str | None:
        """What the language, the places or else the country of the first telephone number suggest."""
        regions = self.hints.regions or tuple(phone.region for phone in self.phones if phone.region)
        return usual_currency(self.hints.lang, regions)

    def _is_credible(self, pay: _Pay) -> bool:
        """Whether somebody may be paid so much, or so little if nothing but the amount speaks for pay."""
        least, most = pay_limits(self.currency(pay.amount) or "")
        announced = pay.period is not None or pay.weight >= _ANNOUNCED
        return pay.amount.high <= most and (announced or pay.amount.high >= least)

    def _judge(self, amount: Amount, last_end: int, near_pay: bool) -> _Pay:
        """Add up what speaks for and against pay around an amount; `last_end` is where the amount before ended."""
        amount, more = self._with_more(amount)
        amount, period = self._with_period(amount)
        before = self._before(amount.start)
        behind, monthly = self._behind(amount.end)
        behind = max(behind, 0.0) if behind == _OTHER_MONEY and before.weight > 0 else behind
        if not (amount.currency or amount.multiplier) and before.weight > 0 and before.told_at < last_end:
            before.weight = 0.0  # the word spoke of the amount before
        weight = before.weight + behind + 2.0 * (period is not None) + 1.5 * before.period_touches
        if amount.is_range and (amount.currency or amount.multiplier):
            weight += 1.5 if amount.currency or self.text[amount.end - 1].isascii() else 1.0
        if amount.currency:
            weight += 1.5 if more and not amount.is_range else 0.5
            weight += 0.0 if period else self._period_further_on(amount.end)
            weight += 1.0 if near_pay and before.bound else 0.0
        period = period or before.period or ("month" if before.monthly or monthly else None)
        low: float | None = amount.low
        high: float | None = amount.high
        if not amount.is_range and (more or before.bound == "from"):
            high = None
        elif not amount.is_range and (before.bound == "up_to" or self._is_most(amount.end)):
            low = None
        return _Pay(amount, period, weight, low, high)

    def _with_more(self, amount: Amount) -> tuple[Amount, bool]:
        """The amount with `>` before it, or `+`, `and above` and a currency behind it."""
        if self.text[amount.start - 1 : amount.start] in _MORE_MARKS:
            return replace(amount, start=amount.start - 1), True
        cue = self.cues.at(amount.end) or self.cues.at(amount.end + self.text.startswith(" ", amount.end))
        if not cue or cue.value("and_more") is None:
            return amount, False
        word = self.text[cue.start : cue.end]
        if word == "plus":
            return amount, not self.text[cue.end + 1 : cue.end + 2].isalpha()  # else it is what comes on top
        if word.strip("+"):
            return amount, True
        on_top = self.text[cue.end : cue.end + 1].isalpha() and not self._is_currency(cue.end)
        if on_top or (cue.start > amount.end and word != "++"):
            return amount, False  # a plus and what comes on top
        amount = replace(amount, end=cue.end)
        again = self.cues.at(cue.end) or self.cues.at(cue.end + 1)
        if again and again.value("currency"):
            amount = replace(amount, end=again.end, currency=again.value("currency"))
        return amount, True

    def _is_most(self, end: int) -> bool:
        """`10 သိန်း အထိ`, `50 हजार तक`: the amount is the upper end."""
        cue = self.cues.at(end) or self.cues.at(end + self.text.startswith(" ", end))
        return cue is not None and cue.value("and_less") is not None

    def _is_currency(self, start: int) -> bool:
        cue = self.cues.at(start)
        return cue is not None and cue.value("currency") is not None

    def _with_period(self, amount: Amount) -> tuple[Amount, str | None]:
        """The amount with the period that touches it: `/month`, `per hari`, or `วันละ` before it."""
        inside: Cue | None = next(self.cues.between(amount.end - 5, amount.end), None)
        if inside and inside.end == amount.end and inside.value("period"):
            return amount, inside.value("period")  # 6 LPA
        per = _PER.match(self.text, amount.end)
        behind_per = per.end() if per else amount.end
        for at in (amount.end, amount.end + 1, behind_per):
            cue = self.cues.at(at)
            if cue is None or "\n" in self.text[amount.end : at]:
                continue
            said_per = at == behind_per and at > amount.end + 1
            period = cue.value("period") or (cue.value("unit") if said_per or _may_have_unit(amount, cue) else None)
            if period:
                return replace(amount, end=cue.end), period
        nearest: Cue | None = next(self.cues.between(amount.start - 14, amount.start), None)
        if nearest and nearest.value("period") and amount.start - nearest.end <= 1 and _may_lead(self.text, nearest):
            return replace(amount, start=nearest.start), nearest.value("period")
        return amount, None

    def _period_further_on(self, end: int) -> float:
        """`6,000 can be received every day`: a period in the same sentence speaks for pay."""
        for cue in self.cues.after(end, end + 28):
            if _SENTENCE_END.search(self.text, end, cue.start) or cue.value("not_pay") is not None:
                break
            if cue.value("period") and cue.end - cue.start > 5:
                return 1.0
        return 0.0

    def _before(self, start: int) -> _Before:
        """What the words before an amount say, as far as the sentence goes back."""
        before, unit = _Before(), None
        for cue in self.cues.between(start - _REACH, start):
            if _SENTENCE_END.search(self.text, cue.end, max(cue.end, start - 1)):
                break
            distance = start - cue.end
            if before.bound is None and distance <= 14:
                before.bound = next((kind for kind in ("up_to", "from") if cue.value(kind) is not None), None)
            if cue.value("period") and before.period is None:
                before.period, before.period_touches = cue.value("period"), distance <= 2
            if cue.value("unit") and distance <= 2:
                unit = cue
            if cue.value("pay") is not None:
                if unit and unit.start - cue.end <= 1:
                    before.period = before.period or unit.value("unit")  # gaji hari RM70
                before.monthly = cue.value("monthly") is not None
                before.weight, before.told_at = 2.0, cue.end
                before.period = before.period or self._period_touching(cue.start)
                break
            if cue.value("not_pay") is not None:
                before.weight = -2.5
                break
        return before

    def _period_touching(self, start: int) -> str | None:
        """The period right before a word for pay: `annual salary`."""
        cue = next(self.cues.between(start - 20, start), None)
        return cue.value("period") if cue and start - cue.end <= 1 else None

    def _behind(self, end: int) -> tuple[float, bool]:
        """What stands directly behind: `8K底薪` speaks for (monthly) pay, `5% off` against pay."""
        for cue in self.cues.after(end, end + 6):
            gap = self.text[end : cue.start].strip()
            if gap not in _LINKERS and (cue.start - end >= 4 or any(map(str.isalpha, gap))):
                break
            word = self.text[cue.start : cue.end]
            if "\n" in self.text[end : cue.start]:
                break
            if word == "薪" and cue.start == end:
                return -3.0, False  # 18薪 is eighteen months' pay a year
            if cue.value("counted") is not None:
                return -3.0, False
            if cue.value("pay") is not None:
                return 1.5, cue.value("monthly") is not None
            if cue.value("not_pay") is not None:
                return _OTHER_MONEY, False
        return -2.0 if self.text[end : end + 2].strip()[:1] == "%" else 0.0, False


def _may_have_unit(amount: Amount, cue: Cue) -> bool:
    """`5,000 วัน` and `10tr tháng` are pay by time; `475 tahun` and `5 juta tahun` are time."""
    if cue.value("unit") == "year":
        return amount.currency is not None
    return not _is_bare(amount)


def _may_lead(text: str, period: Cue) -> bool:
    """`วันละ`, `တစ်လ`, `一天`, `हर महीने`: a period that belongs before its amount, and no word for pay."""
    return not text[period.start].isascii() and not is_latin(text[period.start]) and period.value("pay") is None


def _is_bare(amount: Amount) -> bool:
    """Whether nothing in the amount itself tells of money."""
    return not (amount.currency or amount.multiplier or amount.grouped)


def _is_sensible(pay: _Pay) -> bool:
    """A bare number needs the size of pay, or a sign of money."""
    amount = pay.amount
    if not _is_bare(amount):
        return amount.high >= 1
    is_year = any(first <= amount.low <= amount.high <= last for first, last in _YEARS)
    return amount.high >= _LEAST_BARE and (pay.weight >= 2 or amount.is_range) and not is_year
