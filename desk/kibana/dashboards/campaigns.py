"""Texts that were sent many times, and by whom."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, NUMBER, TALL, Dashboard, Panels, ranked
from desk.kibana.lens import Chart, bars, count, distinct, first, highest, last, number, over_time, table
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    listed = table(
        "Campaigns",
        "campaigns",
        (
            ranked("campaign.id", "Campaign", 50, by=highest("campaign.posts", "Posts")),
            highest("campaign.posts", "Posts"),
            highest("campaign.sources", "Sources"),
            first("campaign.first_seen", "First seen"),
            last("campaign.last_seen", "Last seen"),
        ),
    )
    rows = (
        *panels.head(
            "**One text, sent many times.** Click a campaign to see its posts, who sent them, and where. The same text under "
            "several names is a strong sign of one hand."
        ),
        Row(
            NUMBER,
            (
                (24, panels.chart(number("Campaigns", "campaigns", count("Campaigns")))),
                (24, panels.chart(number("Posts in them", "posts", count(), "campaign.id : *"))),
            ),
        ),
        Row(TALL, ((24, panels.chart(listed, "Entity")), (24, panels.chart(_senders(), "Entity", "Network")))),
        Row(
            MEDIUM,
            (
                (
                    48,
                    panels.chart(
                        bars(
                            "Posts of campaigns by time",
                            "posts",
                            over_time(),
                            count(),
                            ranked("campaign.id", "Campaign", 8),
                            "campaign.id : *",
                        )
                    ),
                ),
            ),
        ),
        Row(TALL, ((48, panels.search("Posts")),)),
    )
    return Dashboard("Campaigns", "Texts that were sent many times, and by whom.", rows, {})


def _senders() -> Chart:
    columns = (
        ranked("campaign.id", "Campaign", 20),
        ranked("actor.id", "Recruiter", 5),
        count(),
        distinct("source.name", "Sources"),
    )
    return table("Who sends them", "posts", columns, "campaign.id : *")
