"""The time zone that a forum says its times are in ("All times are GMT +8", "UTC+7 hours")."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crawlers.reading.page import Page
from crawlers.reading.visible import visible_text

_NAMED = re.compile(r"\b(?:Asia|Europe|America|Africa|Australia|Pacific|Atlantic|Indian)/[A-Z][A-Za-z_/]{2,30}\b")
_OFFSET = re.compile(r"\b(?:GMT|UTC)(?:\s?([+-−±])\s?(\d{1,2})(?:[:.](\d{1,2}))?)?(?=\W|$)", re.IGNORECASE)
_FOOTERS = (
    "p.small, .copyright, #frt, #ft, #footer, footer, .footer, .page-footer, .time, .smallfont, .tz, .navbar, #footer_bottom"
    ", #footer_time, .forum_time, .gensmall, .bottom, .nav-footer, #page-footer, .linklist, #nav-footer"
)
_SAYS_SO = re.compile(
    r"all times are|time is now|times? (?:zone|are)|alle zeiten|waktu|giờ|thời gian|เวลา|时间|時間|heures|horarios|часовой"
    r"|^\W*GMT|Forum time",
    re.IGNORECASE,
)
# Zones whose offset is no whole hour; a place stands for each, as there is no Etc zone for them.
_BROKEN = {
    (3, 30): "Asia/Tehran",
    (4, 30): "Asia/Kabul",
    (5, 30): "Asia/Kolkata",
    (5, 45): "Asia/Kathmandu",
    (6, 30): "Asia/Yangon",
    (9, 30): "Australia/Darwin",
}


def stated_zone(page: Page) -> str | None:
    """The zone of a page's times by the page's own words, as the tz database names it; None where it is silent."""
    for node in page.root.css(_FOOTERS)[:200]:
        words = visible_text(node)[-600:]
        if not _SAYS_SO.search(words):
            continue
        titles = " ".join(node.xpath(".//@title").getall()[:20])
        if (named := _NAMED.search(f"{titles} {words}")) and _exists(named[0]):
            return named[0]
        if offset := _OFFSET.search(words):
            return _zone_at(offset[1], int(offset[2] or 0), _minutes(offset[3]))
    return None


def _minutes(words: str | None) -> int:
    """`:30` and vBulletin's `.5` are both half an hour."""
    return {"5": 30, "75": 45}.get(words or "0", int(words or 0))


def _zone_at(sign: str | None, hours: int, minutes: int) -> str | None:
    if not sign or not (hours or minutes):
        return "UTC"
    ahead = sign not in "-−"
    if minutes:
        return _BROKEN.get((hours, minutes)) if ahead else None
    # The Etc zones count the other way round: Etc/GMT-7 is seven hours ahead.
    name = f"Etc/GMT{'-' if ahead else '+'}{hours}"
    return name if _exists(name) else None


def _exists(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return False
    return True
