"""From which country to which place."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, PICKS, Dashboard, Panels, ranked
from desk.kibana.lens import bars, count, distinct, last, over_time, table
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    routes = table(
        "From where to where",
        "posts",
        (
            ranked("entity.origin", "From", 20),
            ranked("entity.destination", "To", 10),
            count(),
            distinct("actor.id", "Recruiters"),
            last("@timestamp", "Last post"),
        ),
    )
    rows = (
        *panels.head(
            "**From which country to which place.** A line is drawn where posts name both. Click a place to keep only the "
            "posts that send people there."
        ),
        Row(24, ((30, panels.drawing("Routes", "routes")), (18, panels.chart(routes, "Entity")))),
        Row(
            MEDIUM,
            (
                (
                    24,
                    panels.chart(
                        bars(
                            "Posts by time and place",
                            "posts",
                            over_time(),
                            count(),
                            ranked("entity.destination", "To", 6),
                        )
                    ),
                ),
                (
                    24,
                    panels.chart(
                        table(
                            "Who sends there",
                            "posts",
                            (ranked("entity.destination", "To", 10), ranked("actor.id", "Recruiter", 5), count()),
                        ),
                        "Entity",
                        "Network",
                    ),
                ),
            ),
        ),
        Row(MEDIUM, ((48, panels.search("Offers")),)),
    )
    return Dashboard("Routes", "From where people are called, and where they are sent.", rows, PICKS)
