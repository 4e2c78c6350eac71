"""Probing an address: one polite visit, and a second one in a browser where the page seems to need JavaScript."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit, urlunsplit

from protego import Protego

from casefile.errors import MissingProgram, Refused, SourceDown
from casefile.settings import NetworkSettings
from crawlers.browser import find_browser
from crawlers.probing.feeds import feed_format, probe_feed
from crawlers.probing.pages import probe_page
from crawlers.probing.probed import Probed
from crawlers.probing.visits import Answer, Visit, visit
from crawlers.reading.page import Page, read_page
from crawlers.reading.walls import name_wall
from crawlers.robots import FORBIDDEN, UNKNOWN
from crawlers.settings import ROBOTSTXT_USER_AGENT

_FEW_POSTS = 2
_FEW_WORDS = 1_500
_ASKS_FOR_SCRIPT = re.compile(
    r"javascript (?:is|must be|to run|enabled)|(?:enable|needs?|requires?|aktifkan|bật|เปิดใช้งาน|启用|啟用) ?javascript",
    re.IGNORECASE,
)
_TELEGRAM = ("t.me", "telegram.me", "telegram.dog")
_CHANNEL = re.compile(r"/(?:s/)?([A-Za-z]\w{3,31})(?:/\d+)?/?")


def probe_address(
    address: str,
    *,
    contact: str,
    allow: tuple[str, ...] = (),
    network: NetworkSettings | None = None,
    zone: str | None = None,
    use_browser: bool = True,
) -> Probed:
    """What stands at an address. Raises Refused or SourceDown when there is nothing to be seen."""
    address = readable_address(address)
    look = partial(visit, contact=contact, allow=allow, network=network)
    seen = look(address)
    allowed, delay = robots_words(seen)
    if seen.page is None:
        return _not_had(address, seen, allowed)
    probed = replace(_probe_answer(seen.page, seen, zone), robots=allowed, crawl_delay=delay)
    if probed.wall or probed.type == "feed":
        return probed
    if seen.page.status >= 400:
        raise SourceDown(f"{address}: {seen.reason}.", seen.remedy)
    return _with_javascript(probed, seen, look, zone) if use_browser else probed


def readable_address(address: str) -> str:
    """The address that shows the posts: of a Telegram channel, its preview; of a bare name, its https."""
    if "://" not in address:
        address = f"https://{address}"
    parts = urlsplit(address)
    channel = _CHANNEL.fullmatch(parts.path)
    if parts.hostname in _TELEGRAM and channel and channel[1] not in ("joinchat", "addstickers", "share"):
        return urlunsplit(("https", "t.me", f"/s/{channel[1]}", "", ""))
    return address


def robots_words(seen: Visit) -> tuple[str, float | None]:
    """What robots.txt says of this page, and how many seconds it asks for between two visits."""
    if seen.reason == FORBIDDEN:
        return FORBIDDEN, None
    if seen.reason.startswith(UNKNOWN):
        return seen.reason, None
    if seen.robots is None or seen.robots.status >= 300 or not seen.robots.body.strip():
        return "there is no robots.txt, so nothing is forbidden", None
    delay = Protego.parse(seen.robots.body.decode("utf-8", "replace")).crawl_delay(ROBOTSTXT_USER_AGENT)
    asks = f"; it asks for {delay:g} s between visits" if delay else ""
    return f"robots.txt allows it{asks}", delay


def _not_had(address: str, seen: Visit, robots: str) -> Probed:
    if FORBIDDEN in robots or UNKNOWN in robots:
        raise Refused(f"{address}: {robots}.", seen.remedy)
    raise SourceDown(f"{address}: {seen.reason or 'nothing came back'}.", seen.remedy or "Look at it in a browser.")


def _probe_answer(answer: Answer, seen: Visit, zone: str | None) -> Probed:
    if answer.status < 400 and feed_format(answer.body):
        return probe_feed(answer.body, answer.url, at=seen.at, content_type=answer.content_type, zone=zone)
    page = _page(answer)
    if answer.status >= 400:
        wall = None if answer.status in (404, 410) else name_wall(page, answer.status)
        return Probed(type=None, engine=None, sure=0.0, url=answer.url, wall=wall, at=seen.at)
    return probe_page(page, at=seen.at, status=answer.status, zone=zone)


def _page(answer: Answer) -> Page:
    return read_page(answer.body, answer.url, answer.content_type)


def _with_javascript(probed: Probed, seen: Visit, look: Callable[..., Visit], zone: str | None) -> Probed:
    """Whether the page shows more posts, or more of them, when a browser draws it."""
    assert seen.page is not None  # whoever has no page does not come here
    if not seems_empty(probed, seen.page.body):
        return replace(probed, javascript=False)
    try:
        find_browser()
    except MissingProgram as error:
        note = f"The page may need JavaScript, which could not be tried: {error} {error.remedy}"
        return replace(probed, notes=(*probed.notes, note))
    drawn = look(seen.page.url, browser=True)
    if drawn.rendered is None:
        return replace(probed, notes=(*probed.notes, f"A browser could not draw the page: {drawn.reason}."))
    page = read_page(drawn.rendered, seen.page.url, "text/html; charset=utf-8")
    shown = replace(probe_page(page, at=drawn.at, zone=zone), robots=probed.robots, crawl_delay=probed.crawl_delay)
    better = len(shown.posts) > len(probed.posts) or _words(shown) > 2 * _words(probed) + 20
    return replace(shown, javascript=True) if better else replace(probed, javascript=False)


def seems_empty(probed: Probed, body: bytes) -> bool:
    """Whether a page has scripts and shows so little that a browser may show more."""
    if b"<script" not in body or len(probed.posts) >= _FEW_POSTS:
        return False
    words = _words(probed)
    sample = body[:300_000].decode("utf-8", "replace")
    return words < _FEW_WORDS or (words < 3 * _FEW_WORDS and bool(_ASKS_FOR_SCRIPT.search(sample)))


def _words(probed: Probed) -> int:
    return sum(len(post.text) for post in probed.posts)
