"""When a post was published, from whatever words a page uses; never more exact than the words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casefile.records import Precision

_SECONDS = re.compile(r"\d{1,2}:\d{2}:\d{2}")
_MINUTES = re.compile(r"\d{1,2}[:.]\d{2}(?!\d|[.]\d)|\d{1,2}\s?[ap]\.?m\b|\d\s?[時时点點]|\dh\d\d", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})")
_YEAR = re.compile(r"\d{4}")
_UNIX = re.compile(r"\d{10}(?:\d{3})?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?")
_BUDDHIST = re.compile(r"(?<!\d)(2[45]\d\d)(?!\d)")
# "3 hours ago" in the languages of our region, as digits beside a unit or a word for ago, today, yesterday.
_RELATIVE = re.compile(
    r"\bago\b|\byesterday\b|\btoday\b|just now|lalu|kemarin|hari ini|baru saja|semalam|trước|hôm qua|hôm nay|vừa xong"
    r"|ที่แล้ว|ที่ผ่านมา|เมื่อวาน|วันนี้|เมื่อสักครู่|前|昨天|今天|刚刚|剛剛|nakaraan|kahapon|ngayon|पहले|कल|आज|전|어제"
    r"|မိနစ်|နာရီ|မနေ့|မုន|មុន|ម្សិលមិញ|\b(?:hours?|mins?|days?)$",
    re.IGNORECASE,
)
_SHORT_AGO = re.compile(
    r"\b(min(?:ute)?s?|menit|minit|phút|分钟|分鐘|นาที|minuto|sec(?:ond)?s?|detik|saat|giây|秒|วินาที)\b"
    r"|分钟|分鐘|นาที|မိနစ်|នាទី|मिनट|분 전|just now|刚刚|剛剛|vừa xong|baru saja",
    re.IGNORECASE,
)

_LEAD = re.compile(
    r"^(?:posted|published|updated|diposting|dipublikasikan|diterbitkan|đăng|เผยแพร่|โพสต์|发布|發布|发表|發表)"
    r"(?:\s(?:on|at|pada|lúc|ngày|เมื่อ))?[\s:：于於]*",
    re.IGNORECASE,
)
# What dateparser does not know, or reads only in part.
_UNITS = (
    ("minutes", r"min(?:ute)?s?|menit|minit|phút|นาที|分钟|分鐘|minuto|मिनट|မိနစ်|នាទី|ນາທີ|분"),
    ("hours", r"hours?|hrs?|h|jam|giờ|tiếng|ชั่วโมง|ชม\.?|小时|小時|oras|घंटे|နာရီ|ម៉ោង|ຊົ່ວໂມງ|시간"),
    ("days", r"days?|d|hari|ngày|วัน|天|araw|दिन|ရက်|ថ្ងៃ|ມື້|일"),
    ("weeks", r"weeks?|w|minggu|tuần|สัปดาห์|周|週|linggo|सप्ताह|ပတ်|សប្តាហ៍|주"),
)
_AGO = tuple(
    (unit, re.compile(rf"(\d{{1,3}})\s?(?:{names})(?![^\W\d_][a-z])", re.IGNORECASE)) for unit, names in _UNITS
)
# Tried after the source's own languages.
_SERVED = ("en", "id", "ms", "vi", "th", "zh", "tl", "fil", "my", "km", "hi", "ko")


@dataclass(frozen=True, slots=True)
class Published:
    """A moment in UTC, and how exactly it is known. A day is that calendar day at 00:00 UTC, wherever it was."""

    at: datetime
    precision: Precision


def is_relative(words: str | None) -> bool:
    """Whether the words count from the moment of reading ("3 hours ago"), so that they change by themselves."""
    return bool(words) and not _ISO.match(words or "") and bool(_RELATIVE.search(words or ""))


def read_date(
    words: str | None, *, now: datetime, timezone: str | None = None, languages: Sequence[str] = ()
) -> Published | None:
    """What moment `words` name; `timezone` is the zone of words that state none, `now` what "ago" counts from."""
    if not words or len(words) > 200:
        return None
    plain = _western_digits(words).strip()
    if _UNIX.fullmatch(plain):
        return _plausible(datetime.fromtimestamp(int(plain[:10]), UTC), Precision.SECOND, now)
    zone = zone_of(timezone)
    exact = _iso(plain) or _mail(plain)
    if exact is None:
        # Without seconds, so that hundreds of like words on one page are parsed once.
        base = now.astimezone(zone).replace(tzinfo=None, second=0, microsecond=0)
        exact = _ago(plain, base) or _free_words(_LEAD.sub("", plain), base, tuple(languages), _day_first(languages))
    if exact is None:
        return None
    precision = precision_of(plain)
    if precision in (Precision.SECOND, Precision.MINUTE):
        moment = exact if exact.tzinfo else exact.replace(tzinfo=zone)
        return _plausible(moment.astimezone(UTC), precision, now)
    return _plausible(_calendar_day(exact, precision), precision, now)


def precision_of(words: str) -> Precision:
    """How exact words about a time are: what they do not say is not known."""
    if _SECONDS.search(words):
        return Precision.SECOND
    if is_relative(words) and not re.search(r"\d{1,2}:\d{2}", words):
        return Precision.MINUTE if _SHORT_AGO.search(words) else Precision.DAY
    if _MINUTES.search(words) and not re.fullmatch(r"\d{1,2}\.\d{1,2}\.?(\d{2,4})?", words):
        return Precision.MINUTE
    if _YEAR.fullmatch(words):
        return Precision.YEAR
    if _YEAR_MONTH.fullmatch(words) or (len(words.split()) == 2 and _YEAR.search(words) and not _two_numbers(words)):
        return Precision.MONTH
    return Precision.DAY


def zone_of(name: str | None) -> ZoneInfo:
    """The time zone of that name; UTC where none is given or nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _two_numbers(words: str) -> bool:
    return len(re.findall(r"\d+", words)) > 1


def _calendar_day(moment: datetime, precision: Precision) -> datetime:
    month = 1 if precision is Precision.YEAR else moment.month
    day = moment.day if precision is Precision.DAY else 1
    return datetime(moment.year, month, day, tzinfo=UTC)


def _plausible(moment: datetime, precision: Precision, now: datetime) -> Published | None:
    """No post is older than the web or comes from the future; a clock may be a day off."""
    if datetime(1990, 1, 1, tzinfo=UTC) <= moment <= now + timedelta(days=2):
        return Published(moment, precision)
    return None


def _western_digits(words: str) -> str:
    """Digits of any script as 0-9, and years of the Buddhist era (Thailand, Laos, Cambodia) as common years."""
    plain = "".join(str(unicodedata.digit(c)) if c.isdigit() and not c.isascii() else c for c in words)
    return _BUDDHIST.sub(lambda year: str(int(year[1]) - 543), plain)


def _iso(words: str) -> datetime | None:
    if not (_ISO.fullmatch(words) or _YEAR.fullmatch(words) or _YEAR_MONTH.fullmatch(words)):
        return None
    if _YEAR.fullmatch(words):
        words += "-01-01"
    elif match := _YEAR_MONTH.fullmatch(words):
        words = f"{match[1]}-{int(match[2]):02}-01"
    try:
        return datetime.fromisoformat(words)
    except ValueError:
        return None


def _mail(words: str) -> datetime | None:
    """The date format of RSS (RFC 5322)."""
    if "," not in words[:4] and not re.match(r"\d{1,2} [A-Z][a-z]{2} \d{4} \d", words):
        return None
    try:
        return parsedate_to_datetime(words)
    except (ValueError, IndexError):
        return None


def _day_first(languages: Sequence[str]) -> bool:
    """Whether 3/4 is the third of April: everywhere but in East Asia, Iran and the United States' English."""
    return not languages or languages[0] not in ("zh", "ja", "ko")


def _ago(words: str, base: datetime) -> datetime | None:
    """A count of minutes, hours, days or weeks before `base`."""
    if not is_relative(words):
        return None
    found = ((unit, match) for unit, pattern in _AGO if (match := pattern.search(words)))
    return next((base - timedelta(**{unit: int(match[1])}) for unit, match in found), None)


@lru_cache(maxsize=4096)
def _free_words(words: str, base: datetime, languages: tuple[str, ...], day_first: bool) -> datetime | None:
    import dateparser  # type: ignore[import-untyped]  # it ships no types

    settings = {
        "RELATIVE_BASE": base,
        "PREFER_DATES_FROM": "past",
        "PREFER_DAY_OF_MONTH": "first",
        "DATE_ORDER": "DMY" if day_first else "YMD",
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    known = [code for code in dict.fromkeys([*languages, *_SERVED]) if code in _dateparser_languages()]
    try:
        found: datetime | None = dateparser.parse(words, languages=known, settings=settings)
        return found
    except (ValueError, OverflowError, RecursionError, TypeError):  # what it raises for words that are no date
        return None


@lru_cache(maxsize=1)
def _dateparser_languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order  # type: ignore[import-untyped]  # it ships no types

    return frozenset(language_order)
