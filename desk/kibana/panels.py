"""Panels of a dashboard: what each of them holds, and how it leads to another dashboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desk.kibana.lens import Chart, kql
from desk.kibana.objects import Json, Reference, packed, stable_id

DRILLDOWN = "DASHBOARD_TO_DASHBOARD_DRILLDOWN"


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel before it has a place: `config` is what Kibana calls embeddableConfig."""

    key: str
    type: str
    title: str
    config: Json
    references: tuple[Reference, ...] = field(default=())


def chart_panel(chart: Chart, data_view: str, onward: Mapping[str, str] | None = None) -> Panel:
    """A chart over the data view of this id; `onward` are dashboards by their titles, to go to with what was clicked."""
    attributes, references = chart.as_json(data_view)
    config: Json = {"attributes": attributes}
    if onward:
        events, found = _drilldowns(chart.title, onward)
        config["enhancements"] = {"dynamicActions": {"events": events}}
        references += found
    return Panel(f"{chart.kind} {chart.title}", "lens", chart.title, config, references)


def _drilldowns(key: str, onward: Mapping[str, str]) -> tuple[list[Json], tuple[Reference, ...]]:
    events, references = [], []
    for title, dashboard in onward.items():
        event = stable_id("drilldown", key, dashboard)
        action = {
            "factoryId": DRILLDOWN,
            "name": f"Go to {title}",
            "config": {"useCurrentFilters": True, "useCurrentDateRange": True, "openInNewTab": False},
        }
        events.append({"eventId": event, "triggers": ["FILTER_TRIGGER"], "action": action})
        references.append(Reference(f"drilldown:{DRILLDOWN}:{event}:dashboardId", "dashboard", dashboard))
    return events, tuple(references)


def drawing_panel(title: str, spec: Json) -> Panel:
    """A drawing in Vega, which asks Elasticsearch itself."""
    return Panel(title, "visualization", title, {"savedVis": _visualisation(title, "vega", {"spec": packed(spec)})})


def text_panel(key: str, markdown: str) -> Panel:
    """Words, as Markdown."""
    params = {"markdown": markdown, "fontSize": 12, "openLinksInNewTab": False}
    config = {"savedVis": _visualisation("", "markdown", params), "hidePanelTitles": True}
    return Panel(key, "visualization", "", config)


def links_panel(dashboards: Mapping[str, str]) -> Panel:
    """Ways to other dashboards (ids by title); what is filtered, and the time, go along."""
    links, references = [], []
    for order, (title, dashboard) in enumerate(dashboards.items()):
        link = stable_id("link", dashboard)
        name = f"link_{link}_dashboard"
        options = {"openInNewTab": False, "useCurrentFilters": True, "useCurrentDateRange": True}
        told = {"id": link, "order": order, "type": "dashboardLink", "label": title}
        links.append({**told, "destinationRefName": name, "options": options})
        references.append(Reference(name, "dashboard", dashboard))
    config = {"attributes": {"layout": "horizontal", "links": links}, "hidePanelTitles": True}
    return Panel("ways", "links", "", config, tuple(references))


def search_panel(title: str, search: str, key: str = "") -> Panel:
    """A saved search (its id), as a table of documents."""
    key = key or title
    return Panel(key, "search", title, {}, (Reference("search", "search", search),))


def _visualisation(title: str, kind: str, params: Json) -> Json:
    source = {"query": kql(""), "filter": []}
    return {
        "id": "",
        "title": title,
        "description": "",
        "type": kind,
        "params": params,
        "uiState": {},
        "data": {"aggs": [], "searchSource": source},
    }


@dataclass(frozen=True, slots=True)
class Row:
    """Panels side by side: each with its width (48 in all at most); `height` in Kibana's units of 20 pixels."""

    height: int
    panels: Sequence[tuple[int, Panel]]


WIDTH = 48


def placed(dashboard: str, rows: Sequence[Row]) -> tuple[str, tuple[Reference, ...]]:
    """All panels with their places, as a dashboard keeps them, and everything they refer to."""
    top, panels, references = 0, [], []
    for row in rows:
        left = 0
        for width, panel in row.panels:
            index = stable_id(dashboard, panel.type, panel.key)
            grid = {"x": left, "y": top, "w": width, "h": row.height, "i": index}
            panels.append(_placed(panel, index, grid))
            references += _references(panel, index)
            left += width
        top += row.height
    return packed(panels), tuple(references)


def _placed(panel: Panel, index: str, grid: Json) -> Json:
    told: dict[str, Any] = {"type": panel.type, "panelIndex": index, "gridData": grid}
    told["embeddableConfig"] = {**panel.config, **({"enhancements": {}} if "enhancements" not in panel.config else {})}
    if panel.title:
        told["title"] = panel.title
    if panel.type == "search":
        told["panelRefName"] = f"panel_{index}"
    return told


def _references(panel: Panel, index: str) -> list[Reference]:
    if panel.type == "search":
        return [Reference(f"{index}:panel_{index}", found.type, found.id) for found in panel.references]
    return [found.inside(index) for found in panel.references]
