"""Everything about one contact, place, company or recruiter."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, NUMBER, POSTS, TALL, Dashboard, Panels, ranked
from desk.kibana.lens import Chart, bars, count, first, highest, last, newest, number, over_time, table
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    rows = (
        *panels.head(
            "**Everything about one contact, place, company or recruiter.** You come here by clicking one. Or type above: "
            '`entity.phone : "+62 812-0000 0001"` (any way of writing it), `entity.id : "telegram:name"`, '
            "`entity.name : *harbour*`. While nothing is chosen, this shows all."
        ),
        Row(
            NUMBER,
            (
                (12, panels.chart(number("Posts that name it", "mentions", POSTS))),
                (12, panels.chart(number("First post", "mentions", first("@timestamp", "First post")))),
                (12, panels.chart(number("Last post", "mentions", last("@timestamp", "Last post")))),
                (12, panels.chart(number("Links", "links", count("Links")))),
            ),
        ),
        Row(
            MEDIUM,
            (
                (24, panels.chart(_recruiters(), "Network")),
                (24, panels.chart(_networks(), "Network")),
            ),
        ),
        Row(
            MEDIUM,
            (
                (16, panels.chart(bars("Posts by time", "posts", over_time(), count()))),
                (16, panels.chart(_beside(), "Entity")),
                (
                    16,
                    panels.chart(
                        table(
                            "Where its posts send people", "posts", (ranked("entity.destination", "Place", 20), count())
                        ),
                        "Routes",
                    ),
                ),
            ),
        ),
        Row(TALL, ((48, panels.drawing("What it hangs together with", "network")),)),
        Row(MEDIUM, ((48, panels.search("Links")),)),
        Row(TALL, ((48, panels.search("Posts")),)),
        Row(MEDIUM, ((24, panels.search("Where it is named")), (24, panels.search("Evidence")))),
    )
    return Dashboard("Entity", "Everything about one contact, place, company or recruiter.", rows, {})


def _beside() -> Chart:
    return table(
        "Named in the same posts",
        "posts",
        (ranked("entity.id", "Contact, place or company", 50), count(), last("@timestamp", "Last post")),
    )


def _recruiters() -> Chart:
    return table(
        "Recruiters it belongs to",
        "actors",
        (
            ranked("actor.id", "Recruiter", 20, by=highest("actor.posts", "Posts")),
            newest("actor.name", "Name"),
            highest("actor.posts", "Posts"),
            highest("actor.confidence", "Certainty", 2),
            newest("actor.reasons", "Why"),
        ),
    )


def _networks() -> Chart:
    return table(
        "Networks it is part of",
        "networks",
        (
            ranked("network.id", "Network", 10, by=highest("network.posts", "Posts")),
            newest("network.name", "Name"),
            highest("network.members", "Members"),
            highest("network.posts", "Posts"),
        ),
    )
