"""Lens charts: columns, and the charts that show them."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desk.kibana.objects import Json, Reference

_LAYER = "layer"
_RECORDS = "___records___"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a chart: what is grouped by (`bucket`), or what is measured of each group."""

    id: str
    label: str
    operation: str
    field: str
    data: str
    bucket: bool = False
    params: Json = dataclasses.field(default_factory=dict)
    only: str = ""

    def as_json(self) -> Json:
        """The column as Lens keeps it; `only` is KQL that what is measured must match."""
        column: Json = {
            "label": self.label,
            "customLabel": True,
            "dataType": self.data,
            "operationType": self.operation,
            "isBucketed": self.bucket,
            "scale": _SCALES.get(self.data, "ordinal"),
            "sourceField": self.field,
            "params": self.params,
        }
        return column | ({"filter": kql(self.only)} if self.only else {})


_SCALES = {"number": "ratio", "date": "interval"}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the index that it reads; `only` is KQL that every document must match."""

    title: str
    index: str
    kind: str
    columns: tuple[Column, ...]
    shown: Json
    only: str = ""

    def as_json(self, data_view: str) -> tuple[Json, tuple[Reference, ...]]:
        """The chart's attributes as a dashboard keeps them, and what they refer to; `data_view` is an id."""
        references = (Reference(f"indexpattern-datasource-layer-{_LAYER}", "index-pattern", data_view),)
        layer = {
            "columns": {column.id: column.as_json() for column in self.columns},
            "columnOrder": [column.id for column in sorted(self.columns, key=lambda column: not column.bucket)],
            "incompleteColumns": {},
        }
        attributes: Json = {
            "title": self.title,
            "type": "lens",
            "visualizationType": self.kind,
            "references": [{"type": r.type, "id": r.id, "name": r.name} for r in references],
            "state": {
                "visualization": self.shown,
                "query": kql(self.only),
                "filters": [],
                "datasourceStates": {"formBased": {"layers": {_LAYER: layer}}},
                "internalReferences": [],
                "adHocDataViews": {},
            },
        }
        return attributes, references


def kql(query: str) -> Json:
    """A query in Kibana's own language."""
    return {"query": query, "language": "kuery"}


# Columns -------------------------------------------------------------------------------------------------------------
def count(label: str = "Posts", only: str = "") -> Column:
    """How many documents."""
    return Column("count", label, "count", _RECORDS, "number", params={"emptyAsNull": False}, only=only)


def distinct(field: str, label: str, only: str = "") -> Column:
    """How many different values."""
    params = {"emptyAsNull": False}
    return Column(_id("distinct", field), label, "unique_count", field, "number", params=params, only=only)


def first(field: str, label: str) -> Column:
    """The earliest time."""
    return Column(_id("first", field), label, "min", field, "date")


def last(field: str, label: str) -> Column:
    """The latest time."""
    return Column(_id("last", field), label, "max", field, "date")


def highest(field: str, label: str, decimals: int = 0) -> Column:
    """The highest number."""
    shown = {"format": {"id": "number", "params": {"decimals": decimals}}}
    return Column(_id("highest", field), label, "max", field, "number", params=shown)


def total(field: str, label: str, only: str = "") -> Column:
    """The sum."""
    return Column(_id("sum", field), label, "sum", field, "number", params={"emptyAsNull": False}, only=only)


def newest(field: str, label: str, by: str = "@timestamp") -> Column:
    """The value in the document that is the latest."""
    params = {"sortField": by, "showArrayValues": False}
    return Column(_id("newest", field), label, "last_value", field, "string", params=params, only=f'"{field}": *')


def over_time(field: str = "@timestamp", label: str = "Time") -> Column:
    """Groups by time, as wide as fits the time shown."""
    params = {"interval": "auto", "includeEmptyRows": True, "dropPartials": False}
    return Column("time", label, "date_histogram", field, "date", bucket=True, params=params)


def top(field: str, label: str, by: Column, size: int = 10, rest: bool = False) -> Column:
    """Groups by value, those with most of `by` first; with `rest`, all others as one more group."""
    params = {
        "size": size,
        "orderBy": {"type": "column", "columnId": by.id},
        "orderDirection": "desc",
        "otherBucket": rest,
        "missingBucket": False,
        "parentFormat": {"id": "terms"},
        "include": [],
        "exclude": [],
        "includeIsRegex": False,
        "excludeIsRegex": False,
    }
    return Column(_id("top", field), label, "terms", field, "string", bucket=True, params=params)


# Charts --------------------------------------------------------------------------------------------------------------
def number(title: str, index: str, measured: Column, only: str = "") -> Chart:
    """One large number."""
    return Chart(title, index, "lnsMetric", (measured,), _layer() | {"metricAccessor": measured.id}, only)


def table(title: str, index: str, columns: Sequence[Column], only: str = "") -> Chart:
    """Rows: groups first, then what is measured of them; one click on a group filters by it."""
    shown = [{"columnId": c.id, "isTransposed": False, "oneClickFilter": c.bucket} for c in columns]
    visualization = _layer() | {"columns": shown, "paging": {"size": 20, "enabled": True}, "rowHeight": "auto"}
    return Chart(title, index, "lnsDatatable", tuple(columns), visualization, only)


def bars(title: str, index: str, along: Column, measured: Column, split: Column | None = None, only: str = "") -> Chart:
    """Bars along the time, stacked where they are split; lying where they are along names."""
    kind = "bar_stacked" if along.operation == "date_histogram" else "bar_horizontal"
    layer = _layer() | {"xAccessor": along.id, "accessors": [measured.id], "seriesType": kind}
    if split:
        layer["splitAccessor"] = split.id
    visualization = {
        "preferredSeriesType": kind,
        "legend": {"isVisible": split is not None, "position": "right"},
        "valueLabels": "hide",
        "fittingFunction": "None",
        "axisTitlesVisibilitySettings": {"x": False, "yLeft": False, "yRight": False},
        "layers": [layer],
    }
    columns = (split, along, measured) if split else (along, measured)
    return Chart(title, index, "lnsXY", columns, visualization, only)


def shares(title: str, index: str, of: Column, measured: Column, only: str = "") -> Chart:
    """A ring whose parts are shares of the whole."""
    layer = _layer() | {
        "primaryGroups": [of.id],
        "metrics": [measured.id],
        "numberDisplay": "percent",
        "categoryDisplay": "default",
        "legendDisplay": "show",
        "nestedLegend": False,
    }
    return Chart(title, index, "lnsPie", (of, measured), {"shape": "donut", "layers": [layer]}, only)


def _id(verb: str, field: str) -> str:
    # Elasticsearch reads a dot in what is ordered by as a step into a group.
    return f"{verb}_{field.replace('.', '_').replace('@', '')}"


def _layer() -> dict[str, Any]:
    return {"layerId": _LAYER, "layerType": "data"}
