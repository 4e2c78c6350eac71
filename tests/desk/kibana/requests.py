"""What Kibana asks of Elasticsearch for a Lens chart, a saved search and a drawing."""

from __future__ import annotations

import copy
from typing import Any

from tests.desk.kibana.reading import Json, layer_of

WHOLE = {"bool": {"must": [{"match_all": {}}], "filter": [], "should": [], "must_not": []}}


def kql(query: str) -> Json:
    """The little of Kibana's language that the bundle uses, in Elasticsearch's words."""
    if not query:
        return {"match_all": {}}
    if " or " in query and not query.startswith("entity.label") and "(" not in query:
        return {"bool": {"should": [kql(part) for part in query.split(" or ")], "minimum_should_match": 1}}
    if " and " in query:
        return {"bool": {"filter": [kql(part) for part in query.split(" and ")]}}
    if ">=" in query:
        field, _, value = query.partition(">=")
        return {"range": {field.strip(): {"gte": float(value)}}}
    field, _, value = query.partition(":")
    field, value = field.strip().strip('"'), value.strip()
    if value == "*":
        return {"exists": {"field": field}}
    if value.startswith("("):
        return {"terms": {field: [part.strip() for part in value.strip("()").split(" or ")]}}
    return {"match": {field: value == "true" if value in ("true", "false") else value.strip('"')}}


def chart_request(chart: Json) -> Json:
    """The search for a chart: groups inside groups, measures in the innermost."""
    layer = layer_of(chart)
    columns = {identity: layer["columns"][identity] for identity in layer["columnOrder"]}
    aggregations: Json = {i: _measure(column) for i, column in columns.items() if not column["isBucketed"]}
    for identity, column in reversed([pair for pair in columns.items() if pair[1]["isBucketed"]]):
        aggregations = {identity: _group(column, columns) | {"aggs": aggregations | _order(column, columns)}}
    return {"size": 0, "track_total_hits": True, "query": kql(chart["state"]["query"]["query"]), "aggs": aggregations}


def _measure(column: Json) -> Json:
    field, operation = column["sourceField"], column["operationType"]
    if operation == "count":
        measure: Json = {"filter": {"match_all": {}}}
    elif operation == "last_value":
        measure = {"top_hits": {"size": 1, "_source": False, "fields": [field], "sort": [{column["params"]["sortField"]: "desc"}]}}  # fmt: skip
    else:
        measure = {{"unique_count": "cardinality"}.get(operation, operation): {"field": field}}
    if "filter" not in column:
        return measure
    return {"filter": kql(column["filter"]["query"]), "aggs": {} if operation == "count" else {"value": measure}}


def _group(column: Json, columns: Json) -> Json:
    if column["operationType"] == "date_histogram":
        return {"auto_date_histogram": {"field": column["sourceField"], "buckets": 50}}
    params = column["params"]
    by = columns[params["orderBy"]["columnId"]]
    order = "_count" if by["operationType"] == "count" else "order"
    return {
        "terms": {"field": column["sourceField"], "size": params["size"], "order": {order: params["orderDirection"]}}
    }


def _order(column: Json, columns: Json) -> Json:
    if column["operationType"] != "terms":
        return {}
    by = columns[column["params"]["orderBy"]["columnId"]]
    return {} if by["operationType"] == "count" else {"order": _measure(by)}


def drawing_request(data: Json, query: Json | None = None) -> Json:
    """What Kibana makes of the address of a drawing's data, with all time shown and this filter set."""
    body: Json = copy.deepcopy(data["url"]["body"])
    if data["url"].get("%context%"):
        context: Json = copy.deepcopy(WHOLE)
        if query:
            context["bool"]["filter"].append(query)
        if field := data["url"].get("%timefield%"):
            context["bool"]["must"].append({"range": {field: {"gte": "now-10y", "lte": "now"}}})
        body["query"] = context
    return body


def headless(spec: Json, answers: dict[str, Any]) -> Json:
    """The drawing with the server's own answers in place of its addresses, and no calls into Kibana."""
    spec = copy.deepcopy(spec) | {"width": 1000, "height": 600}
    for data in spec["data"]:
        if data.pop("url", None):
            data["values"] = answers[data["name"]]
    spec["signals"] = [signal for signal in spec["signals"] if "kibana" not in str(signal)]
    return spec
