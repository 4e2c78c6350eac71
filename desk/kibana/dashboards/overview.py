"""The first page: what was collected, who recruits, where people are sent."""

from __future__ import annotations

from desk.kibana.dashboards.parts import (
    CONTACTS,
    MEDIUM,
    NUMBER,
    OFFERS,
    PICKS,
    SENT,
    TALL,
    Dashboard,
    Panels,
    named,
    ranked,
)
from desk.kibana.lens import bars, count, distinct, number, over_time, shares
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    offers = count("Offers", OFFERS)
    rows = (
        *panels.head(
            "**What was collected.** Pick a source, a language or a kind of post above. Click a contact to see everything "
            "about it; click a place on the map to keep only the posts that send people there."
        ),
        Row(
            NUMBER,
            (
                (8, panels.chart(number("Posts collected", "posts", count()))),
                (8, panels.chart(number("Offers of work", "posts", offers))),
                (8, panels.chart(number("Contacts", "mentions", distinct("entity.id", "Contacts"), CONTACTS))),
                (8, panels.chart(number("Recruiters", "posts", distinct("actor.id", "Recruiters")))),
                (8, panels.chart(number("Networks", "posts", distinct("network.id", "Networks")))),
                (8, panels.chart(number("Campaigns", "posts", distinct("campaign.id", "Campaigns")))),
            ),
        ),
        _by_time(panels),
        Row(
            TALL,
            (
                (28, panels.drawing("Where people are sent", "map")),
                (20, panels.chart(named("Contacts on most posts", CONTACTS), "Entity", "Network")),
            ),
        ),
        _named(panels),
    )
    return Dashboard("Overview", "What was collected, who recruits, and where people are sent.", rows, PICKS)


def _by_time(panels: Panels) -> Row:
    return Row(
        MEDIUM,
        (
            (
                24,
                panels.chart(
                    bars("Posts by time and kind", "posts", over_time(), count(), ranked("post.kind", "Kind"))
                ),
            ),
            (
                12,
                panels.chart(shares("Languages", "posts", ranked("post.lang", "Language", 8, rest=True), count())),
            ),
            (
                12,
                panels.chart(bars("Sources", "posts", ranked("source.name", "Source", 12), count()), "Crawl health"),
            ),
        ),
    )


def _named(panels: Panels) -> Row:
    return Row(
        MEDIUM,
        (
            (24, panels.chart(named("Places where people are sent", SENT), "Entity", "Routes")),
            (
                12,
                panels.chart(
                    bars(
                        "Warning signs in offers",
                        "posts",
                        ranked("indicator.name", "Sign", 12),
                        count(),
                        only=OFFERS,
                    )
                ),
            ),
            (12, panels.chart(named("Companies", "entity.label : ORG"), "Entity")),
        ),
    )
