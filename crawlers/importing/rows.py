"""Rows of named values (tables, JSON lines) into posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from casefile.errors import ImportRefused
from casefile.identity import post_id
from casefile.records import Post, Precision
from crawlers.importing.model import DateOrder, NativeIds, Note, Options, Read, SetAside, clean, many, one_line
from crawlers.importing.words import plain, words
from crawlers.importing.written_dates import plain_digits
from crawlers.reading.addresses import web_address
from crawlers.reading.date_order import OrderVote
from crawlers.reading.dates import Published, needs_now, numbers_of, read_date

_BARE_ADDRESS = re.compile(r"[\w-]+(?:\.[\w-]+)+(?:[/?#].*)?")
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}(?:[:.]\d{2})?(?:\s?[^\W\d_.]\.?\s?[^\W\d_.]?\.?)?")
_MANY_DIGITS = re.compile(r"\d{9,10}(?:\.\d{1,6})?|\d{13}|\d{16}")
_ENOUGH_WITHOUT_NUMBERS = 500


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it stands in the file (`line 17`), and its values by the file's own names."""

    where: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Columns:
    """Which of a file's names hold which field of a post; a time may stand in two of them (date, hour)."""

    by_field: Mapping[str, str]
    hour: str | None = None

    def value(self, row: Row, field: str) -> str | None:
        """What a row says in a field, as a text; None where it says nothing."""
        name = self.by_field.get(field)
        if name is None:
            return None
        value = row.values.get(name)
        if isinstance(value, str):
            return value
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


def columns_of(names: Iterable[str], options: Options, *, strict: bool = True) -> Columns:
    """What the names mean: as the investigator says, else as `config/importing.toml` knows them.

    Raises ImportRefused where a name that was told is none of them; if not `strict`, it is passed over (another
    sheet or row may have it).
    """
    names = tuple(names)
    told = tuple(options.columns.items())
    return _columns_of(names, told if strict else tuple(pair for pair in told if pair[1] in names))


def columns_note(columns: Columns, names: Iterable[str]) -> str:
    """How the columns of a table were read, in words, and which were not."""
    used = {*columns.by_field.values(), columns.hour}
    unused = [name for name in names if name and name not in used]
    told = "columns were read as " + ", ".join(f"{field}={name}" for field, name in columns.by_field.items())
    return told + (f"; not used: {', '.join(unused)[:300]}." if unused else ".")


def unlike(names: Iterable[str]) -> list[str]:
    """The names, with a number behind those that stand there twice, so that no column hides another."""
    seen: Counter[str] = Counter()
    told = []
    for name in names:
        seen[name] += 1
        told.append(f"{name} {seen[name]}" if name and seen[name] > 1 else name)
    return told


@lru_cache(maxsize=64)
def _columns_of(names: tuple[str, ...], told: tuple[tuple[str, str], ...]) -> Columns:
    known = words().columns
    for field, name in told:
        if field not in known:
            raise ImportRefused(f"a post has no field {field!r}", f"The fields are: {', '.join(known)}.")
        if name not in names:
            raise ImportRefused(f"there is no column {name!r}", f"The columns are: {', '.join(names)[:600]}.")
    by_field = dict(told)
    taken = set(by_field.values())
    by_plain: dict[str, str] = {}
    for name in names:
        by_plain.setdefault(plain(name), name)
    hour = None
    for field, candidates in known.items():
        found = [by_plain[word] for word in candidates if word in by_plain and by_plain[word] not in taken]
        if found and field not in by_field:
            by_field[field] = found[0]
            taken.add(found[0])
        if field == "published":
            hour = next((name for name in found if name != by_field.get(field)), None)
    return Columns(by_field, hour)


def infer_order(rows: Iterable[Row], options: Options) -> tuple[DateOrder, str]:
    """The order of dates of numbers over all rows, and why; the reason is empty where there are none."""
    if options.date_order:
        return options.date_order, "as you said"
    vote, numeric = OrderVote(), 0
    for count, row in enumerate(rows):
        said = columns_of(row.values, options).value(row, "published") or ""
        if numbers := numbers_of(said):
            numeric += 1
            vote.see(numbers)
        if not numeric and count >= _ENOUGH_WITHOUT_NUMBERS:
            break
    return vote.order(options.region)


class RowReader:
    """Makes posts of the rows of one file, and remembers what the investigator should know about them."""

    def __init__(self, options: Options, order: DateOrder, now: datetime | None = None) -> None:
        self._options, self._order = options, order
        self._now = now or datetime.now(UTC)
        self._ids = NativeIds()
        self._unread_dates = 0
        self._without_zone = 0

    def read(self, row: Row) -> Post | SetAside:
        """The post that a row holds."""
        options, columns = self._options, columns_of(row.values, self._options)

        def said(field: str) -> str | None:
            return columns.value(row, field)

        title = one_line(said("title"))
        text = clean(said("text") or "") or title
        if not text:
            remedy = (
                "If the text stands under another name, name it: text=NAME." if "text" not in columns.by_field else ""
            )
            return SetAside(row.where, "there is no text in it", remedy)
        author, words_of_time = one_line(said("author")), self._words_of_time(row, columns)
        published, precision = self._time(words_of_time)
        url = _address(said("url"))
        given_id = one_line(said("id"))
        content = (url, author, words_of_time, text)
        native_id = self._ids.given(given_id, *content) if given_id else self._ids.next(*content)
        return Post(
            id=post_id(options.source, native_id),
            source=options.source,
            url=url,
            text=text,
            native_id=native_id,
            title=title,
            author=author,
            author_url=_address(said("author_url")),
            published=published,
            published_precision=precision,
            published_words=words_of_time,
            lang=_code(said("lang")) or options.lang,
            region=_code(said("region")) or options.region,
            thread=one_line(said("thread")) or one_line(said("source")),
            reply_to=one_line(said("reply_to")),
            forwarded_from=one_line(said("forwarded_from")),
            views=_count(said("views")),
        )

    def notes(self) -> Iterator[str]:
        """What the investigator should know, after all rows were read."""
        if self._without_zone and not self._options.zone_is_told:
            yield f"{many(self._without_zone, 'time')} without a zone, read as UTC; name the zone to correct them."
        if self._unread_dates:
            yield f"{many(self._unread_dates, 'date')} could not be read; the words are kept with the posts."
        if self._ids.shared:
            rows = many(self._ids.shared, "row")
            yield f"{rows} with the id of another row but other words: each is kept as a post of its own."

    def _words_of_time(self, row: Row, columns: Columns) -> str | None:
        said = one_line(columns.value(row, "published"))
        hour = row.values.get(columns.hour) if columns.hour else None
        if said and isinstance(hour, str) and ":" not in said and _CLOCK.fullmatch(plain_digits(hour).strip()[:20]):
            return f"{said} {hour.strip()}"
        return said

    def _time(self, said: str | None) -> tuple[datetime | None, Precision | None]:
        if not said:
            return None, None
        # "3 hours ago" and "12 July" count from a moment that the file does not tell.
        found = None if needs_now(said) else self._moment(said)
        if found is None:
            self._unread_dates += 1
            return None, None
        self._without_zone += not found.zone_is_stated and found.precision in (Precision.SECOND, Precision.MINUTE)
        return found.at, found.precision

    def _moment(self, said: str) -> Published | None:
        if _MANY_DIGITS.fullmatch(said):  # seconds since 1970, in fewer or more digits than pages write
            number = float(said)
            seconds = number / 1e6 if number > 1e14 else number / 1e3 if number > 1e11 else number
            return Published(datetime.fromtimestamp(int(seconds), UTC), Precision.SECOND, zone_is_stated=True)
        languages = (self._options.lang,) if self._options.lang else ()
        zone = getattr(self._options.zone, "key", None)
        return read_date(said, now=self._now, timezone=zone, languages=languages, order=self._order)


def read_rows(rows: Iterable[Row | SetAside], options: Options, order: DateOrder, reason: str) -> Iterator[Read]:
    """The posts of the rows, in order, and notes at the end."""
    reader = RowReader(options, order)
    for row in rows:
        yield reader.read(row) if isinstance(row, Row) else row
    if reason:
        yield Note(f"Dates in numbers were read as {order.value}: {reason}.")
    yield from map(Note, reader.notes())


def _address(said: str | None) -> str | None:
    link = (said or "").strip()
    if link and "://" not in link[:12] and _BARE_ADDRESS.fullmatch(link[:4000]):
        link = f"https://{link}"
    return web_address("", link) if "://" in link else None


def _code(said: str | None) -> str | None:
    """A language or country as two or three letters; a longer name is not guessed at."""
    word = (said or "").strip().casefold().replace("_", "-").partition("-")[0]
    return word if word.isascii() and word.isalpha() and 2 <= len(word) <= 3 else None


def _count(said: str | None) -> int | None:
    digits = plain_digits(said or "").strip().replace(",", "").replace(" ", "")
    return int(digits) if digits.isdecimal() and len(digits) < 16 else None
