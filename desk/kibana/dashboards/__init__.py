"""The dashboards, as Kibana keeps them: one module says what each of them shows."""

from __future__ import annotations

from collections.abc import Iterator

from desk.kibana.dashboards import campaigns, crawls, entity, network, overview, post, routes, watch
from desk.kibana.dashboards.parts import Dashboard, Panels
from desk.kibana.lens import kql
from desk.kibana.names import Names
from desk.kibana.objects import Json, Reference, SavedObject, packed, stable_id
from desk.kibana.panels import placed

_ALL = (overview, entity, network, routes, campaigns, watch, crawls, post)
_FROM, _TO = "now-10y", "now"  # an investigation looks back; who wants less picks it in Kibana
_OPTIONS = {"useMargins": True, "syncColors": True, "syncCursor": True, "syncTooltips": False, "hidePanelTitles": False}


def dashboards(names: Names) -> Iterator[SavedObject]:
    """All of them."""
    for module in _ALL:
        yield _saved(names, module.dashboard(Panels(names)))


def _saved(names: Names, dashboard: Dashboard) -> SavedObject:
    identity = names.dashboard(dashboard.title)
    panels, references = placed(identity, dashboard.rows)
    attributes: Json = {
        "title": dashboard.title,
        "description": dashboard.description,
        "version": 1,
        "timeRestore": True,
        "timeFrom": _FROM,
        "timeTo": _TO,
        "refreshInterval": {"pause": True, "value": 60_000},
        "optionsJSON": packed(_OPTIONS),
        "panelsJSON": panels,
        "kibanaSavedObjectMeta": {"searchSourceJSON": packed({"query": kql(""), "filter": []})},
    }
    if dashboard.picks:
        attributes["controlGroupInput"], found = _picks(names, dashboard)
        references += found
    return SavedObject("dashboard", identity, attributes, references)


def _picks(names: Names, dashboard: Dashboard) -> tuple[Json, tuple[Reference, ...]]:
    """Lists to pick from, above the dashboard."""
    view = names.data_view(dashboard.picked_from)
    controls: Json = {}
    references = []
    for order, (field, label) in enumerate(dashboard.picks.items()):
        control = stable_id(names.dashboard(dashboard.title), "pick", field)
        told = {"id": control, "fieldName": field, "title": label, "enhancements": {}}
        how = {"order": order, "width": "medium", "grow": True, "type": "optionsListControl"}
        controls[control] = {**how, "explicitInput": told}
        references.append(Reference(f"controlGroup_{control}:optionsListDataView", "index-pattern", view))
    ignored = dict.fromkeys(("ignoreFilters", "ignoreQuery", "ignoreTimerange", "ignoreValidations"), False)
    group = {
        "chainingSystem": "HIERARCHICAL",
        "controlStyle": "oneLine",
        "showApplySelections": False,
        "ignoreParentSettingsJSON": packed(ignored),
        "panelsJSON": packed(controls),
    }
    return group, tuple(references)
