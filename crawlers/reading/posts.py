"""From what a page tells about a post to the record that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from casefile.identity import post_id, short_hash
from casefile.records import Post
from casefile.settings import SourceSettings
from crawlers.reading.date_order import DateOrder
from crawlers.reading.dates import read_date
from crawlers.reading.found import Found
from crawlers.reading.visible import clean

_TITLE_LIMIT = 1_000
_NAME_LIMIT = 300


def make_post(
    found: Found,
    source: SourceSettings,
    now: datetime,
    *,
    timezone: str | None = None,
    languages: Sequence[str] = (),
    order: DateOrder | None = None,
) -> Post | None:
    """The post that `found` describes; None where the page shows neither words nor media of it.

    `timezone` and `languages` are the page's own, for a source that names none; `order` is that of its dates in numbers.
    Its identity is the platform's own id, else its permalink, else (a site that gives neither) author and words.
    """
    text = clean(found.text)
    if not text and not found.media:
        return None
    published = read_date(
        found.published_words,
        now=now,
        timezone=source.timezone or timezone,
        languages=source.languages or tuple(languages),
        order=order,
    )
    name = found.native_id or found.url or short_hash(found.thread or "", found.author or "", text)
    return Post(
        id=post_id(source.name, name),
        source=source.name,
        url=found.url,
        text=text,
        native_id=found.native_id,
        title=_short(found.title, _TITLE_LIMIT),
        author=_short(found.author, _NAME_LIMIT),
        author_url=found.author_url,
        published=published.at if published else None,
        published_precision=published.precision if published else None,
        published_words=_short(found.published_words, _NAME_LIMIT),
        region=source.region or source.country,
        thread=found.thread,
        reply_to=found.reply_to,
        forwarded_from=_short(found.forwarded_from, _NAME_LIMIT),
        views=found.views,
        media=found.media,
    )


def with_title(title: str | None, text: str) -> str:
    """An advert's text with its headline before it, as a reader meets it, unless the text holds it already."""
    headline = clean(title or "").replace("\n", " ")
    if not headline or headline.casefold() in " ".join(text[: 5 * len(headline) + 500].split()).casefold():
        return text
    return f"{headline}\n{text}".strip()


def count_of(words: str | None) -> int | None:
    """A number of views as sites write it: `1,234`, `2.5K`, `1.2M`, `3万`."""
    plain = (words or "").strip().replace(",", "").replace(" ", "")
    digits = "".join(c for c in plain.split("+")[0] if c.isdigit() or c == ".")
    scale = next((size for unit, size in _SCALES.items() if unit in plain.casefold()), 1)
    try:
        number = float(digits)
    except ValueError:
        return None
    return round(number * scale) if number < 1e12 else None


_SCALES = {"k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "rb": 1_000, "jt": 1_000_000, "万": 10_000, "萬": 10_000}


def _short(text: str | None, limit: int) -> str | None:
    words = clean(text or "").replace("\n", " ")
    return words[:limit] or None
