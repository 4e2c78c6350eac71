"""Words about a time cut into what they consist of: numbers, dates of numbers, times of day, names of months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from crawlers.reading.date_order import Numbers
from crawlers.reading.date_words import date_words, plain, plain_word

LONGEST = 200
"""Words longer than so many characters name no time."""

# Every alternative is bounded, so a text is read in one pass. The first that fits wins.
_SIGNS = r"""
  (?P<era>(?:民国|民國)\s?(?P<era_y>\d{2,3})[年/]\s?(?P<era_m>\d{1,2})[月/]\s?(?P<era_d>\d{1,2})日?)
| (?P<cjk>(?P<cjk_y>\d{2,4})\s?[年년]\s?(?P<cjk_m>\d{1,2})\s?[月월](?:\s?(?P<cjk_d>\d{1,2})\s?[日号號일]?)?)
| (?P<cjk_day>(?P<cd_m>\d{1,2})\s?[月월]\s?(?P<cd_d>\d{1,2})\s?[日号號일]?)
| (?P<numeric>(?<!\d)(?P<a>\d{1,4})(?P<sep>\s?[./-]\s?|\s[–]\s)(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{1,2})(?!\d)(?:\.(?!\d))?)
| (?P<year_month>(?<![\d./-])(?:(?P<ym_y>(?:19|20|24|25)\d\d)[./-](?P<ym_m>\d{1,2})|(?P<my_m>\d{1,2})[./-](?P<my_y>(?:19|20|25)\d\d))(?![\d./-]))
| (?P<clock>(?<!\d)(?P<hour>\d{1,2})
    (?: : (?P<m1>\d{2})(?!\d)(?: : (?P<s1>\d{2})(?!\d)(?:[.,]\d{1,9})?)?
      | (?:h|\s?giờ\s?)(?P<m2>\d{2})(?!\d|\s?m|\s?phút\s?trước)(?:\s?phút)?
      | \s?(?:时(?!间|間)|時(?!间|間)|点|點|시(?!간))\s?(?:(?P<m3>\d{1,2})\s?[分분]?)?(?:\s?(?P<s3>\d{1,2})\s?[秒초])?
    )(?:\s?(?P<ap>[ap])(?![^\W\d_.]))?)
| (?P<dotted>(?<![\d.])(?P<dh>[0-2]?\d)\.(?P<dm>[0-5]\d)(?:\.(?P<ds>[0-5]\d))?(?![\d.]))
| (?P<offset>(?<=[\d\smz])(?:(?:utc|gmt)\s?)?(?P<os>[+\-−])(?P<oh>[01]\d):?(?P<om>[0-5]\d)(?!\d)|(?:utc|gmt)\s?(?P<os2>[+\-−])(?P<oh2>\d{1,2})(?!\d))
| (?P<month_number>(?:tháng|thg|th)\.?\s?(?P<mn>\d{1,2})(?!\d))
| (?P<reference>\#\s?\d{1,9})
| (?P<pair>(?<!\d)(?P<p1>\d{1,2})(?P<psep>[/-])(?P<p2>\d{1,2})(?![\d/-]))
| (?P<number>['’]?\d{1,9})(?:(?:st|nd|rd|th)(?![^\W\d_]))?
"""


@dataclass(frozen=True, slots=True)
class Token:
    """One part: `kind` is one letter, `value` what it says, `meanings` those of a word (see `date_words`).

    d a number, D three numbers, Y a full date, P two numbers, c a time of day, o an offset, w a known word, x another.
    """

    kind: str
    value: Any = None
    meanings: Mapping[str, Any] = field(default_factory=dict)
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as written; `dotted` ones (21.03) are one only where a date stands beside them."""

    hour: int
    minute: int = 0
    second: int | None = None
    half: str | None = None
    dotted: bool = False


def date_tokens(words: str) -> tuple[Token, ...]:
    """What words about a time consist of, in order; white space and signs between them are left out."""
    text = _T.sub(r"\1 \2", plain(words[:LONGEST]))
    return tuple(_token(match) for match in _pattern().finditer(text))


# In scripts without spaces, an unknown sign may be followed by a known word at once.
_OTHER = r"[^\W\d_\u0e00-\u1dff\u2e80-\uffff]+|[^\W\d_]"
_T = re.compile(r"(\d)t(\d\d:)")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = date_words().pattern
    return re.compile(f"{_SIGNS}|(?P<word>{words})|(?P<other>{_OTHER})", re.VERBOSE)


def _token(match: re.Match[str]) -> Token:
    make = _MAKERS.get(match.lastgroup or "")
    return make(match) if make else Token("x", shown=match.group())


def _era(match: re.Match[str]) -> Token:
    return Token("Y", (int(match["era_y"]) + 1911, int(match["era_m"]), int(match["era_d"])))


def _cjk(match: re.Match[str]) -> Token:
    year, day = int(match["cjk_y"]), match["cjk_d"]
    return Token("Y", (year, int(match["cjk_m"]), int(day) if day else None))


def _year_month(match: re.Match[str]) -> Token:
    return Token("Y", (int(match["ym_y"] or match["my_y"]), int(match["ym_m"] or match["my_m"]), None))


def _cjk_day(match: re.Match[str]) -> Token:
    return Token("P", (int(match["cd_m"]), int(match["cd_d"]), "月"))


def _numeric(match: re.Match[str]) -> Token:
    numbers = (int(match["a"]), int(match["b"]), int(match["c"]))
    padded = match["a"].startswith("0") or match["b"].startswith("0")
    return Token("D", Numbers(numbers, padded, match["sep"].strip()), shown=match["a"])


def _clock(match: re.Match[str]) -> Token:
    minute, second = match["m1"] or match["m2"] or match["m3"], match["s1"] or match["s3"]
    half = {"a": "am", "p": "pm"}.get(match["ap"] or "")
    return Token("c", Clock(int(match["hour"]), int(minute or 0), int(second) if second else None, half))


def _dotted(match: re.Match[str]) -> Token:
    second = int(match["ds"]) if match["ds"] else None
    return Token("c", Clock(int(match["dh"]), int(match["dm"]), second, dotted=True))


def _offset(match: re.Match[str]) -> Token:
    minutes = int(match["oh"] or match["oh2"]) * 60 + int(match["om"] or 0)
    return Token("o", minutes if (match["os"] or match["os2"]) == "+" else -minutes)


def _month_number(match: re.Match[str]) -> Token:
    return Token("w", meanings={"month": int(match["mn"])})


def _pair(match: re.Match[str]) -> Token:
    return Token("P", (int(match["p1"]), int(match["p2"]), match["psep"]))


def _number(match: re.Match[str]) -> Token:
    shown = match["number"]
    return Token("d", int(shown.lstrip("'’")), shown=shown)


def _word(match: re.Match[str]) -> Token:
    return Token("w", meanings=date_words().meanings.get(plain_word(match.group()), {}), shown=match.group())


# "reference" (#4) and "other" are words that say nothing of a time.
_MAKERS = {
    "era": _era,
    "cjk": _cjk,
    "cjk_day": _cjk_day,
    "year_month": _year_month,
    "numeric": _numeric,
    "clock": _clock,
    "dotted": _dotted,
    "offset": _offset,
    "month_number": _month_number,
    "pair": _pair,
    "number": _number,
    "word": _word,
}
