"""Who hangs together with whom."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, Dashboard, Panels, ranked
from desk.kibana.lens import count, highest, last, newest, table, total
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    listed = table(
        "Networks",
        "networks",
        (
            ranked("network.id", "Network", 30, by=highest("network.posts", "Posts")),
            newest("network.name", "Name"),
            highest("network.members", "Members"),
            highest("network.posts", "Posts"),
            highest("network.suspect", "Suspicion", 2),
            last("network.last_seen", "Last seen"),
        ),
    )
    members = table(
        "Members",
        "entities",
        (
            ranked("entity.id", "Contact, place or company", 50, by=highest("entity.degree", "Neighbours")),
            newest("entity.name", "Name"),
            newest("entity.label", "What"),
            highest("entity.degree", "Neighbours"),
            highest("entity.posts", "Posts"),
        ),
    )
    rows = (
        *panels.head(
            "**Who hangs together with whom.** Click a dot to keep only what it is linked with, click a network in the list to "
            "see it alone. Thick lines rest on many posts. The 400 links with most posts are drawn; take filters away above."
        ),
        Row(30, ((32, panels.drawing("Links", "network")), (16, panels.chart(listed, "Entity", "Routes")))),
        Row(
            MEDIUM,
            (
                (24, panels.chart(members, "Entity")),
                (
                    24,
                    panels.chart(
                        table(
                            "Kinds of links",
                            "links",
                            (
                                ranked("link.kind", "Kind", 10),
                                count("Links"),
                                total("link.posts", "Posts that prove them"),
                            ),
                        )
                    ),
                ),
            ),
        ),
        Row(MEDIUM, ((48, panels.search("Links")),)),
    )
    return Dashboard("Network", "Recruiters, contacts, places and what ties them together.", rows, {})
