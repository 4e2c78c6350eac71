"""Amounts of money as people write them: `10jt`, `1.5万`, `$800-1200`, `3 vạn`, `2,06,000 rupees`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.cues import Cue, Cues, is_latin
from pipeline.extract.spelled import CHINESE_DIGITS, spelled_amounts

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_SPACED_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3}){1,3}(?!\d)")
_TAILED = ("万", "萬", "w", "千", "tr")
_TAIL = re.compile(r"([1-9一二三四五六七八九])千?(?![\d.,万萬%年月天人])")
_MORE_DIGITS = re.compile(r" ?(\d{1,3})(?![\d.,])")
_LEAST_PESOS = 100
_ENDS_NO_CURRENCY = frozenset("\n\t()[]-,;|~+*=!?0123456789")
_NEVER_BEFORE = frozenset({"won", "yen", "kip", "lari", "dong", "bath", "euro"})


@dataclass(frozen=True, slots=True)
class Amount:
    """One amount at its place in folded text, in units of `currency`."""

    start: int
    end: int
    low: float
    high: float
    currency: str | None = None
    multiplier: float | None = None
    grouped: bool = False

    @property
    def is_range(self) -> bool:
        return self.low != self.high


def parse_number(digits: str) -> tuple[float, bool]:
    """The value of digits with dots and commas, and whether these part the thousands.

    `1.500.000`, `1,500`, `2,06,000` (India) and even `4,400.000` part thousands; `8.50` and `1,3` part decimals.
    """
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return float(digits), False
    if all(len(part) == 3 for part in parts[1:]) and parts[0][0] != "0" and len(parts[0]) <= 3:
        return float("".join(parts)), True
    if len(parts) > 2 and len(parts[-1]) == 3 and all(len(part) == 2 for part in parts[1:-1]):
        return float("".join(parts)), True
    return float("".join(parts[:-1]) + "." + parts[-1]), len(parts) > 2


def find_amounts(cues: Cues, taken: Sequence[tuple[int, int]] = ()) -> Iterator[Amount]:
    """Single amounts and ranges in lower-case folded text, first to last; none of a number in a `taken` span."""
    pending: Amount | None = None
    for amount in _single_amounts(cues, taken):
        if pending is None:
            pending = amount
            continue
        joined = _join(cues, pending, amount)
        if joined:
            yield joined
            pending = None
        else:
            yield pending
            pending = amount
    if pending:
        yield pending


def _single_amounts(cues: Cues, taken: Sequence[tuple[int, int]]) -> Iterator[Amount]:
    text = cues.text
    found = [amount for match in _free_numbers(text, taken) if (amount := _amount(cues, match))]
    for start, last, value, unit in spelled_amounts(cues):
        found.append(_with_currency(cues, Amount(start, last, value, value, multiplier=unit)))
    end = 0
    for amount in sorted(found, key=lambda amount: amount.start):
        if amount.end <= end:
            continue  # the last thousands of the amount before
        if amount.start < end:  # the currency before it belongs to the amount before: `50k RMB 18`
            number = _NUMBER.search(text, end, amount.end)
            amount = replace(amount, start=number.start() if number else end, currency=None)
        end = amount.end
        yield amount


def _free_numbers(text: str, taken: Sequence[tuple[int, int]]) -> Iterator[re.Match[str]]:
    """The numbers outside the spans that other extractors took; both in order."""
    index = 0
    for match in _NUMBER.finditer(text):
        while index < len(taken) and taken[index][1] <= match.start():
            index += 1
        if index == len(taken) or taken[index][0] >= match.end():
            yield match


def _amount(cues: Cues, match: re.Match[str]) -> Amount | None:
    """A number with the multiplier and the currency that touch it."""
    text, start, end = cues.text, match.start(), match.end()
    if len(match[0]) > 16 or (start and text[start - 1] in "#_@"):
        return None
    if end - start <= 2 and not _has_company(cues, start, end):
        return None
    spaced = _SPACED_THOUSANDS.match(text, start) if text[end : end + 1] == " " else None
    if spaced and spaced.end() > end and not (start and text[start - 1].isdecimal()):
        value, grouped, end = float(spaced[0].replace(" ", "")), True, spaced.end()
        with_spaces = _with_currency(cues, Amount(start, end, value, value, grouped=grouped))
        if with_spaces.currency:
            return with_spaces
        end = match.end()
    value, grouped = parse_number(match[0])
    start, multiplier = _multiplier_before(cues, start)
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and _touching(cues, end + 1, "multiplier"):
        start, end = start - 1, end + 1
    cue, currency = _touching(cues, end, "multiplier"), None
    while cue and cue.value("multiplier"):
        multiplier = (multiplier or 1) * float(cue.value("multiplier") or 1)
        currency = cue.value("currency") or currency  # `15krmb`, `6 LPA`
        end = cue.end
        cue = _touching(cues, end, "multiplier")
    if multiplier is None and _is_part_of_a_word(cues, start, end):
        return None
    if text.startswith((".-", ",-"), end) and not text[end + 2 : end + 3].isalnum():
        end += 2  # no cents
    value *= multiplier or 1
    if multiplier:
        value, end = _with_rest(cues, start, end, value, multiplier)
    return _with_currency(cues, Amount(start, end, value, value, currency, multiplier, grouped))


def _has_company(cues: Cues, start: int, end: int) -> bool:
    """Whether a word of money or of a range stands beside a small number; alone it counts or dates something."""
    if cues.at(end) or cues.at(end + 1) or cues.text[end : end + 1] == " " == cues.text[end + 1 : end + 2]:
        return True
    nearest = next(cues.between(start - 12, start), None)
    return (nearest is not None and start - nearest.end <= 3) or cues.text[max(0, start - 1) : start] in ("p", "(")


def _with_rest(cues: Cues, start: int, end: int, value: float, unit: float) -> tuple[float, int]:
    """What follows the unit: `1万5`, `1万五`, `3万5千`, `7tr5`, `2 triệu rưỡi`, `1 หมื่น 5 พัน`, `2 lakh 50 thousand`."""
    text = cues.text
    tail = _TAIL.match(text, end) if text[start:end].endswith(_TAILED) else None
    if tail:
        return value + int(CHINESE_DIGITS.get(tail[1], tail[1])) * unit / 10, tail.end()
    half = _touching(cues, end, "half")
    if half:
        return value + unit / 2, half.end
    more = _MORE_DIGITS.match(text, end)
    lower = _touching(cues, more.end(), "multiplier") if more else None
    if more and lower and int(more[1]) * float(lower.value("multiplier") or 0) < unit:
        return value + int(more[1]) * float(lower.value("multiplier") or 0), lower.end
    return value, end


def _multiplier_before(cues: Cues, start: int) -> tuple[int, float | None]:
    """Burmese writers put the unit of larger amounts first: `သိန်း ၂၀` is twenty lakh."""
    if not _is_burmese(cues.text[max(0, start - 2) : start].rstrip()[-1:]):
        return start, None
    cue = next(cues.between(start - 8, start), None)
    if cue is None or not cue.value("multiplier") or start - cue.end > 1 or not _is_burmese(cues.text[cue.start]):
        return start, None
    if cues.text[max(0, cue.start - 3) : cue.start].rstrip()[-1:].isdecimal():
        return start, None  # it belongs to the number before it
    return cue.start, float(cue.meanings["multiplier"])


def _is_burmese(char: str) -> bool:
    return "\u1000" <= char <= "\u109f"


def _is_part_of_a_word(cues: Cues, start: int, end: int) -> bool:
    """`100th`, `B2`: Latin letters touch the digits and are no word for money or time."""
    text = cues.text
    if end < len(text) and is_latin(text[end]) and not _tells_of_money(cues.at(end)):
        return True
    if not start or not is_latin(text[start - 1]) or _is_peso_sign(text, start):
        return False
    nearest = next(cues.between(start - 20, start), None)
    return nearest is None or nearest.end != start


def _tells_of_money(cue: Cue | None) -> bool:
    return cue is not None and any(kind in cue.meanings for kind in ("currency", "period", "unit", "pay", "to"))


def _is_peso_sign(text: str, start: int) -> bool:
    """`P500`, as Filipinos write pesos."""
    return text[start - 1] == "p" and not (start > 1 and is_latin(text[start - 2]))


def _with_currency(cues: Cues, amount: Amount) -> Amount:
    """The amount with the currency that stands behind it, or else before it."""
    behind = _touching(cues, amount.end, "currency")
    if behind:
        amount = replace(amount, end=behind.end, currency=behind.value("currency"))
    if amount.start and _is_peso_sign(cues.text, amount.start) and amount.high >= _LEAST_PESOS:
        return replace(amount, start=amount.start - 1, currency=amount.currency or "PHP")
    before = cues.text[max(0, amount.start - 3) : amount.start].rstrip(" .:")[-1:]
    if before in _ENDS_NO_CURRENCY:
        return amount
    for cue in cues.between(amount.start - 20, amount.start):
        if cues.text[cue.end : amount.start].strip(" .:"):
            break
        if _may_stand_before(cues.text[cue.start : cue.end], cue) and amount.start - cue.end <= 2:
            return replace(amount, start=cue.start, currency=amount.currency or cue.value("currency"))
        if not cue.value("currency"):
            break
    return amount


def _may_stand_before(word: str, cue: Cue) -> bool:
    """`Rp 500`, `US$500`, `THB 500`; but not `元500` or `won 500`."""
    return (
        bool(cue.value("currency"))
        and word not in _NEVER_BEFORE
        and (len(word) <= 4 or "$" in word or _is_burmese(word[0]))
        and (word.isascii() or _is_burmese(word[0]) or any(unicodedata.category(char) == "Sc" for char in word))
    )


def _touching(cues: Cues, end: int, kind: str) -> Cue | None:
    """The cue of this kind directly behind, or behind one space if it is more than one letter."""
    cue = cues.at(end)
    if cue and cue.value(kind) is not None:
        return cue
    if cues.text[end : end + 1] == " ":
        cue = cues.at(end + 1)
        if cue and cue.value(kind) is not None and not (cue.end - cue.start == 1 and is_latin(cues.text[cue.start])):
            return cue
    return None


def _join(cues: Cues, first: Amount, second: Amount) -> Amount | None:
    """The two ends of a range as one amount; multiplier and currency count for both."""
    gap = cues.text[first.end : second.start]
    if len(gap) > 14 or "\n" in gap:
        return None
    words = gap.strip(" .+>")
    cue = cues.at(first.end + len(gap) - len(gap.lstrip(" .+>"))) if words else None
    joins = words in ("-", "--", "~", "/", "->", "→", "—", "至", "到") or (
        cue is not None and cue.value("to") is not None and cue.end - first.end >= len(gap.rstrip(" .>")) - 1
    )
    if not joins or (first.currency and second.currency and first.currency != second.currency):
        return None
    low, high = first.low, second.high
    if second.multiplier and not first.multiplier and low < 1000 and not first.grouped:
        low *= second.multiplier
    elif first.multiplier and not second.multiplier and high < 1000 and not second.grouped:
        high *= first.multiplier
    if not low < high:
        return None
    return Amount(
        first.start, second.end, low, high, second.currency or first.currency,
        first.multiplier or second.multiplier, first.grouped or second.grouped,
    )  # fmt: skip
