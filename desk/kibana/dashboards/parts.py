"""What dashboards are made of, and what several of them show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desk.kibana.drawings import drawing
from desk.kibana.lens import Chart, Column, count, distinct, last, newest, table, top
from desk.kibana.names import Names
from desk.kibana.panels import Panel, Row, chart_panel, drawing_panel, links_panel, search_panel, text_panel

NUMBER, MEDIUM, TALL = 5, 12, 20
"""Heights of rows: of large numbers, of charts, of long lists and drawings."""
_WAYS = ("Overview", "Entity", "Network", "Routes", "Campaigns", "Watch", "Crawl health")

OFFERS = "post.kind : recruitment"
CONTACTS = "entity.label : (PHONE or HANDLE or EMAIL or WALLET)"
SENT = "mention.role : (destination or worksite)"
POSTS = distinct("post.id", "Posts")
PICKS = {"source.name": "Source", "post.lang": "Language", "post.kind": "Kind of post"}


@dataclass(frozen=True, slots=True)
class Dashboard:
    """One dashboard: what it is for, its rows, and the fields (with their labels) that can be picked from above it."""

    title: str
    description: str
    rows: tuple[Row, ...]
    picks: Mapping[str, str]
    picked_from: str = "posts"


@dataclass(frozen=True, slots=True)
class Panels:
    """Makes panels for the dashboards of one set of names."""

    names: Names

    def chart(self, chart: Chart, *onward: str) -> Panel:
        """A chart; what is clicked in it can be taken along to the dashboards named."""
        leads = {title: self.names.dashboard(title) for title in onward}
        return chart_panel(chart, self.names.data_view(chart.index), leads)

    def drawing(self, title: str, name: str) -> Panel:
        """A drawing of config/kibana/drawings/."""
        return drawing_panel(title, drawing(name, self.names))

    def search(self, title: str) -> Panel:
        """A saved search."""
        return search_panel(title, self.names.search(title))

    def head(self, words: str) -> tuple[Row, Row]:
        """The ways to all dashboards, and what this one is for."""
        ways = links_panel({title: self.names.dashboard(title) for title in _WAYS})
        return Row(3, ((48, ways),)), Row(4, ((48, text_panel("words", words)),))


def ranked(field: str, label: str, size: int = 10, rest: bool = False, by: Column | None = None) -> Column:
    """The values of a field, those of most posts (or of most `by`) first."""
    return top(field, label, by or count(), size, rest)


def named(title: str, only: str) -> Chart:
    """What mentions name, by how many posts."""
    columns = (top("entity.id", "Id", POSTS, 50), newest("entity.name", "Name"), POSTS, last("@timestamp", "Last post"))
    return table(title, "mentions", columns, only)
