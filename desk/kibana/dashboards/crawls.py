"""Whether collecting goes well."""

from __future__ import annotations

from desk.kibana.dashboards.parts import MEDIUM, NUMBER, TALL, Dashboard, Panels, ranked
from desk.kibana.lens import Chart, bars, count, last, newest, number, over_time, table, total
from desk.kibana.panels import Row


def dashboard(panels: Panels) -> Dashboard:
    """This dashboard over one set of names."""
    rows = (
        *panels.head(
            "**Whether collecting goes well.** A crawl that shows less than its source is used to is an alarm, not a quiet "
            "day: the page may have changed, or we are no longer welcome."
        ),
        Row(
            NUMBER,
            (
                (12, panels.chart(number("Crawls", "crawls", count("Crawls")))),
                (12, panels.chart(number("Failed", "crawls", count("Failed", "crawl.outcome : failed")))),
                (12, panels.chart(number("With an alarm", "crawls", count("Alarms", "crawl.alarm : *")))),
                (12, panels.chart(number("New posts", "crawls", total("crawl.posts_new", "New posts")))),
            ),
        ),
        _by_time(panels),
        Row(TALL, ((24, panels.chart(_sources())), (24, panels.search("Crawls to look at")))),
    )
    return Dashboard(
        "Crawl health",
        "Whether every source still gives what it is used to.",
        rows,
        {"source.name": "Source"},
        "crawls",
    )


def _sources() -> Chart:
    return table(
        "Sources",
        "crawls",
        (
            ranked("source.name", "Source", 100, by=count("Crawls")),
            count("Crawls"),
            last("@timestamp", "Last crawl"),
            newest("crawl.outcome", "How it ended"),
            total("crawl.pages", "Pages"),
            total("crawl.posts_new", "New posts"),
            total("crawl.posts_gone", "Posts gone"),
        ),
    )


def _by_time(panels: Panels) -> Row:
    return Row(
        MEDIUM,
        (
            (
                24,
                panels.chart(
                    bars(
                        "Crawls by how they ended",
                        "crawls",
                        over_time(),
                        count("Crawls"),
                        ranked("crawl.outcome", "How it ended", by=count("Crawls")),
                    )
                ),
            ),
            (
                24,
                panels.chart(
                    bars(
                        "New posts by source",
                        "crawls",
                        over_time(),
                        total("crawl.posts_new", "New posts"),
                        ranked("source.name", "Source", by=total("crawl.posts_new", "New posts")),
                    )
                ),
            ),
        ),
    )
