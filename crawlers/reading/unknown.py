"""Pages of no known engine: a list of posts, a thread, one advert or one article, told apart by how they are built."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.reading.addresses import permalink, without_fragment
from crawlers.reading.article import read_article
from crawlers.reading.found import Found
from crawlers.reading.page import Page
from crawlers.reading.posts import with_title
from crawlers.reading.records.deciding import likely_list
from crawlers.reading.records.densest import fuller_text
from crawlers.reading.records.fields import Reading, is_headed, is_of_links, read_record, wordless_parts
from crawlers.reading.records.openings import posted_date
from crawlers.reading.records.outline import Outline, read_outline
from crawlers.reading.records.regions import Record
from crawlers.reading.records.sifting import Sifted, sift
from crawlers.reading.visible import visible_text
from crawlers.reading.words import page_words

_LEAST_WORDS = 120  # characters of running text from which on a list's own words are a post beside its cards
_SIGNED = 0.6  # share of a thread's posts that name their author
_MAYBE = 0.3  # from which on a page that looks like no list is tried as a thread
_SPOKEN = 60  # characters of a thread's median post


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What an unknown page was read as: `kind` is forum, listing, job or article; `sure` is between 0 and 1."""

    kind: str
    sure: float
    signs: tuple[str, ...]
    posts: tuple[Found, ...]
    threads: tuple[str, ...] = ()
    why: dict[str, str] = field(default_factory=dict)


def read_unknown(page: Page, *, has_comments: bool = False) -> Read:
    """Read a page by its structure alone; one where nothing repeats is one post.

    Where it `has_comments` that can be read in a better way, what repeats under an article is left to that.
    """
    outline = read_outline(page)
    sifted = sift(outline)
    likely = likely_list(page, outline, sifted)
    thread = _read_thread(page, outline, sifted, likely) if likely >= (0.5 if has_comments else _MAYBE) else None
    if thread:
        return thread
    return _read_list(page, outline, sifted, likely) if likely >= 0.5 else _read_one(page, outline, 1 - likely)


def _read_thread(page: Page, outline: Outline, sifted: Sifted, likely: float) -> Read | None:
    """The replies of a page, if its records are such; on a page that hardly looks like a list they must be most of it."""
    records = _records(sifted)
    if 2 * sum(map(is_headed, records)) >= len(records):
        return None
    without = wordless_parts(outline, of_replies=True)
    read = [(record, read_record(record, page, without, headed=False)) for record in records]
    readings = _spoken(reading for record, reading in read if reading.found.published_words or not is_of_links(record))
    if not _is_thread([reading.found for reading in readings]):
        return None
    if likely < 0.5 and sum(len(reading.found.text) for reading in readings) < sifted.prose:
        return None
    # The opening post often looks like no reply, and is found among the page's own words.
    posts = (*_own_words(page, sifted), *(reading.found for reading in readings))
    return Read(kind="forum", sure=max(likely, 0.5), signs=_signs(sifted), posts=posts, why=_why(readings))


def _read_list(page: Page, outline: Outline, sifted: Sifted, likely: float) -> Read:
    without = wordless_parts(outline)
    readings = _spoken(read_record(record, page, without) for record in _records(sifted))
    posts = tuple(reading.found for reading in readings)
    threads = tuple(dict.fromkeys(post.url for post in posts if post.url and _leads_away(post.url, page)))
    posts = (*_own_words(page, sifted), *posts)
    return Read(kind="listing", sure=likely, signs=_signs(sifted), posts=posts, threads=threads, why=_why(readings))


def _records(sifted: Sifted) -> list[Record]:
    return [record for region in sifted.regions for record in region.records]


def _signs(sifted: Sifted) -> tuple[str, ...]:
    where = ", ".join(f"{len(region.records)} times <{region.records[0][0].key}>" for region in sifted.regions)
    return (f"parts that repeat: {where}",)


def _spoken(readings: Iterable[Reading]) -> list[Reading]:
    return [reading for reading in readings if reading.found.text or reading.found.media]


def _is_thread(posts: Sequence[Found]) -> bool:
    """Whether posts are signed and dated, and say something themselves."""
    signed = sum(post.author is not None and post.published_words is not None for post in posts)
    lengths = sorted(len(post.text) for post in posts)
    return bool(posts) and signed >= _SIGNED * len(posts) and lengths[len(lengths) // 2] >= _SPOKEN


def _own_words(page: Page, sifted: Sifted) -> tuple[Found, ...]:
    """What a list says about itself, where that is more than a heading."""
    if sifted.prose < _LEAST_WORDS:
        return ()
    return (Found(text=sifted.words, title=_title(page), url=permalink(page.url) if page.url else None),)


def _title(page: Page) -> str | None:
    heading = page.root.css("h1")
    return (visible_text(heading[0]).replace("\n", " ") or None) if heading else None


def _leads_away(url: str, page: Page) -> bool:
    return without_fragment(url) != without_fragment(page.url)


def _why(readings: Sequence[Reading]) -> dict[str, str]:
    """For each field the place that most posts have it from."""
    places: dict[str, Counter[str]] = {}
    for reading in readings:
        for name, place in reading.why.items():
            places.setdefault(name, Counter())[place] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in places.items()}


def _read_one(page: Page, outline: Outline, sure: float) -> Read:
    article = read_article(page)
    job = _is_job(page, article)
    if job:
        text = fuller_text(outline, article.text, article.title)
        article = replace(article, text=text, published_words=posted_date(text) or article.published_words)
    body = article.text or "\n".join(visible_text(node, contacts=True) for node in page.root.css("body"))
    address = article.url or (permalink(page.url) if page.url else None)
    posts = (replace(article, text=with_title(article.title, body), url=address),) if body else ()
    signs = ("nothing repeats that reads like posts", *(("its address or title speaks of a job",) if job else ()))
    return Read(kind="job" if job else "article", sure=max(0.3, sure), signs=signs, posts=posts)


def _is_job(page: Page, article: Found) -> bool:
    """Whether one text is an advert for a job: its address says so, and it asks for applicants."""
    path = urlsplit(page.url).path.casefold() + " " + (urlsplit(page.url).hostname or "")
    words = page_words()
    parts = set(re.split(r"[^\w-]+|_", path)) | set(re.split(r"[\W_]+", path))
    asked = article.text.casefold()
    return not parts.isdisjoint(words.job_paths) and any(word in asked for word in words.job_words)
