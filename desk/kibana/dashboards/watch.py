"""What the watches found."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, NUMBER, TALL, Dashboard, Panels, ranked
from desk.kibana.lens import bars, count, last, number, over_time, table
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    rows = (
        *panels.head(
            "**What the watches found.** Watches are set up in the case (`jejak watchlist CASE`). Click what was found to see "
            "everything about it."
        ),
        Row(
            NUMBER,
            (
                (24, panels.chart(number("Alerts", "alerts", count("Alerts")))),
                (24, panels.chart(number("The last one", "alerts", last("@timestamp", "The last one")))),
            ),
        ),
        Row(
            MEDIUM,
            (
                (
                    24,
                    panels.chart(
                        bars(
                            "Alerts by time and watch",
                            "alerts",
                            over_time(),
                            count("Alerts"),
                            ranked("alert.watch", "Watch", by=count("Alerts")),
                        )
                    ),
                ),
                (
                    24,
                    panels.chart(
                        table(
                            "What they are about",
                            "alerts",
                            (
                                ranked("alert.subject", "About", 30, by=count("Alerts")),
                                count("Alerts"),
                                last("@timestamp", "Last"),
                            ),
                        ),
                        "Entity",
                    ),
                ),
            ),
        ),
        Row(TALL, ((48, panels.search("Alerts")),)),
    )
    return Dashboard("Watch", "Alerts of the watches.", rows, {"alert.watch": "Watch"}, "alerts")
