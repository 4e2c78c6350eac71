"""One post, and what proves it."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, Dashboard, Panels, named
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    rows = (
        *panels.head(
            "**One post, and what proves it.** You come here by clicking a post's id. The evidence names the file, the record in "
            "it and the SHA-256 of the page as it was. In the case, `jejak show CASE ID` shows the post as it was captured, and "
            "`jejak verify CASE` proves that nothing was changed."
        ),
        Row(MEDIUM, ((48, panels.search("Posts")),)),
        Row(MEDIUM, ((48, panels.search("Evidence")),)),
        Row(
            MEDIUM,
            (
                (24, panels.search("Where it is named")),
                (24, panels.chart(named("What it names", ""), "Entity", "Network")),
            ),
        ),
        Row(MEDIUM, ((48, panels.search("Links")),)),
    )
    return Dashboard("Post", "One post, what was read in it, and its evidence.", rows, {})
