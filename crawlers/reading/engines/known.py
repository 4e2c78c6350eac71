"""All engines that are known, and the one that drew a page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from crawlers.reading.engines.engine import Engine, Reading, Recognition
from crawlers.reading.engines.marks import DEEPEST, marks_of
from crawlers.reading.page import Page

_SURE_ENOUGH = 0.5


@dataclass(frozen=True, slots=True)
class Known:
    """An engine that drew a page, how sure that is, and the posts that it shows (none on a list of threads)."""

    engine: Engine
    recognition: Recognition
    reading: Reading


@cache
def engines() -> tuple[Engine, ...]:
    """Every engine; where two are as sure, the earlier is tried first."""
    from crawlers.reading.engines.bbpress import BBPRESS
    from crawlers.reading.engines.discourse import DISCOURSE
    from crawlers.reading.engines.discuz import DISCUZ
    from crawlers.reading.engines.flarum import FLARUM
    from crawlers.reading.engines.fluxbb import FLUXBB
    from crawlers.reading.engines.invision import INVISION
    from crawlers.reading.engines.kaskus import KASKUS
    from crawlers.reading.engines.khoros import KHOROS
    from crawlers.reading.engines.linked_news import HACKER_NEWS, LEMMY, LOBSTERS, SLASHDOT
    from crawlers.reading.engines.mybb import MYBB
    from crawlers.reading.engines.nodebb import NODEBB
    from crawlers.reading.engines.pantip import PANTIP
    from crawlers.reading.engines.phpbb import PHPBB
    from crawlers.reading.engines.reddit import REDDIT
    from crawlers.reading.engines.smf import SMF
    from crawlers.reading.engines.stackexchange import STACK_EXCHANGE
    from crawlers.reading.engines.tieba import TIEBA
    from crawlers.reading.engines.vanilla import VANILLA
    from crawlers.reading.engines.vbulletin import VBULLETIN
    from crawlers.reading.engines.woltlab import WOLTLAB
    from crawlers.reading.engines.wpforo import WPFORO
    from crawlers.reading.engines.xenforo import XENFORO

    forums = (XENFORO, VBULLETIN, PHPBB, DISCOURSE, SMF, MYBB, INVISION, DISCUZ, FLUXBB, VANILLA, NODEBB, FLARUM)
    rarer = (WOLTLAB, KHOROS, WPFORO, BBPRESS, TIEBA, PANTIP, KASKUS)
    others = (STACK_EXCHANGE, REDDIT, LEMMY, LOBSTERS, HACKER_NEWS, SLASHDOT)
    return forums + rarer + others


def known_engine(page: Page) -> Known | None:
    """The engine that drew a page: of those whose marks it carries, the surest that finds posts, else the surest."""
    if marks_of(page).depth > DEEPEST:
        return None
    candidates = [(engine.recognises(page), engine) for engine in engines()]
    likely = sorted((pair for pair in candidates if pair[0].sure >= _SURE_ENOUGH), key=lambda pair: -pair[0].sure)
    for recognition, engine in likely:
        if (reading := engine.read(page)).posts:
            return Known(engine, recognition, reading)
    return Known(likely[0][1], likely[0][0], Reading()) if likely else None
