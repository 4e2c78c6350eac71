"""When a post was published, from whatever words a page uses; never more exact than the words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from casefile.records import Precision
from crawlers.reading.date_order import DateOrder, Numbers, OrderVote
from crawlers.reading.date_phrases import Phrase, read_phrase
from crawlers.reading.date_tokens import LONGEST
from crawlers.reading.date_words import plain

_UNIX = re.compile(r"(?P<seconds>\d{10})(?:\.\d{1,6}|\d{3}|\d{6})?")
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)")
_MIDNIGHT = datetime(1, 1, 1).time()
# Languages of pages that are met now and then, and whose months stand only in part in `config/dates.toml`.
_OTHERS = (
    "de",
    "fr",
    "es",
    "pt",
    "it",
    "nl",
    "ru",
    "uk",
    "pl",
    "tr",
    "ar",
    "fa",
    "ur",
    "bn",
    "ta",
    "ne",
    "si",
    "sv",
    "ro",
)
_OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
_CLOCKS_DIFFER = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Published:
    """A moment in UTC, and how exactly it is known. A day is that calendar day at 00:00 UTC, wherever it was.

    `zone_is_stated` tells whether the words themselves say their zone.
    """

    at: datetime
    precision: Precision
    zone_is_stated: bool = False


def is_relative(words: str | None) -> bool:
    """Whether the words count from the moment of reading ("3 hours ago"), so that they change by themselves."""
    phrase = _phrase(words)
    return phrase is not None and phrase.is_relative


def needs_now(words: str | None) -> bool:
    """Whether the words name a moment only for somebody who knows when they were shown: "3 hours ago", "5 March"."""
    phrase = _phrase(words)
    return phrase is not None and (phrase.is_relative or phrase.has_no_year)


def numbers_of(words: str | None) -> Numbers | None:
    """The three numbers of a date whose order of day and month must be found out; None for any other words."""
    phrase = _phrase(words)
    return phrase.numbers if phrase else None


def page_order(words: Iterable[str | None], languages: Sequence[str] = ()) -> DateOrder | None:
    """The order of day and month in a page, from all its dates together; None where no date consists of numbers."""
    vote, seen = OrderVote(), False
    for numbers in map(numbers_of, words):
        if numbers:
            seen = True
            vote.see(numbers)
    return vote.order(language=languages[0] if languages else None)[0] if seen else None


def read_date(
    words: str | None,
    *,
    now: datetime,
    timezone: str | None = None,
    languages: Sequence[str] = (),
    order: DateOrder | None = None,
) -> Published | None:
    """What moment `words` name; `timezone` is the zone of words that state none, `now` what "ago" counts from.

    `order` is that of dates in numbers (see `page_order`); by default what the words alone make likely.
    """
    said = (words or "").strip()
    if not said or len(said) > LONGEST:
        return None
    if exact := _exact(plain(said), zone_of(timezone)):
        return _plausible(exact, now)
    phrase = _phrase(said)
    if phrase is None:
        return _plausible(_by_dateparser(said, tuple(languages), zone_of(timezone)), now)
    if phrase.numbers and order is None:
        order = page_order([said], languages)
    return _plausible(_moment(phrase, now.astimezone(phrase.zone or zone_of(timezone)), order), now)


def zone_of(name: str | None) -> ZoneInfo:
    """The time zone of that name; UTC where none is given or nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def _phrase(words: str | None) -> Phrase | None:
    said = (words or "").strip()
    return read_phrase(said) if said and len(said) <= LONGEST else None


def _exact(said: str, zone: ZoneInfo) -> Published | None:
    """Seconds (or thousandths or millionths) since 1970, or ISO 8601 with a time of day or without any sign."""
    if match := _COMPACT.fullmatch(said):
        said = f"{match[1]}-{match[2]}-{match[3]}"
        return Published(datetime.fromisoformat(f"{said}T00:00+00:00"), Precision.DAY) if _is_day(said) else None
    if match := _UNIX.fullmatch(said):
        return Published(datetime.fromtimestamp(int(match["seconds"]), UTC), Precision.SECOND, zone_is_stated=True)
    if not _ISO.fullmatch(said):
        return None
    try:
        moment = datetime.fromisoformat(said.upper())
    except ValueError:
        return None
    precision = Precision.SECOND if re.match(r".{16}:", said) else Precision.MINUTE
    stated = moment.tzinfo is not None
    return Published(_in_utc(moment if stated else moment.replace(tzinfo=zone)), precision, zone_is_stated=stated)


def _is_day(said: str) -> bool:
    try:
        datetime.fromisoformat(said)
    except ValueError:
        return False
    return True


def _moment(phrase: Phrase, now: datetime, order: DateOrder | None) -> Published | None:
    """The moment of a phrase; `now` is in the zone of its words."""
    local = phrase.at(now, order)
    if local is None:
        return None
    if phrase.precision in (Precision.SECOND, Precision.MINUTE):
        if phrase.precision is Precision.MINUTE:
            local = local.replace(second=0, microsecond=0)
        return Published(_in_utc(local), phrase.precision, zone_is_stated=phrase.zone is not None)
    month = 1 if phrase.precision is Precision.YEAR else local.month
    day = local.day if phrase.precision is Precision.DAY else 1
    return Published(datetime(local.year, month, day, tzinfo=UTC), phrase.precision)


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return moment.replace(tzinfo=UTC)


def _plausible(found: Published | None, now: datetime) -> Published | None:
    """No post is older than the web or comes from the future; a clock may be a day off."""
    return found if found and _OLDEST <= found.at <= now + _CLOCKS_DIFFER else None


@lru_cache(maxsize=4096)
def _by_dateparser(said: str, languages: tuple[str, ...], zone: ZoneInfo) -> Published | None:
    """Words of a language that `config/dates.toml` does not know; only if they name day, month and year."""
    if not re.search(r"\d", said) or not re.search(r"[^\W\d_]{2}", said):
        return None
    import dateparser  # type: ignore[import-untyped]  # it ships no types

    settings = {
        "REQUIRE_PARTS": ["day", "month", "year"],
        "PARSERS": ["absolute-time"],
        "RETURN_AS_TIMEZONE_AWARE": False,
    }
    try:
        known = [code for code in dict.fromkeys([*languages, *_OTHERS]) if code in _dateparser_languages()]
        found: datetime | None = dateparser.parse(said, languages=known, settings=settings)
    except (ValueError, OverflowError, RecursionError, TypeError):  # what it raises for words that are no date
        return None
    if found is None:
        return None
    if found.time() == _MIDNIGHT and ":" not in said:
        return Published(found.replace(tzinfo=UTC), Precision.DAY)
    return Published(_in_utc(found.replace(tzinfo=found.tzinfo or zone)), Precision.MINUTE)


@lru_cache(maxsize=1)
def _dateparser_languages() -> frozenset[str]:
    from dateparser.data.languages_info import language_order  # type: ignore[import-untyped]  # it ships no types

    return frozenset(language_order)
