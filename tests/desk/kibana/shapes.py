"""What Kibana's saved objects look like, as strict schemas (elastic/kibana, the schemas of each type, read at 8.19 and 9.x)."""

from __future__ import annotations

from typing import Any

STRING = {"type": "string"}


def _strict(required: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    properties = {**required, **(optional or {})}
    return {"type": "object", "properties": properties, "required": list(required), "additionalProperties": False}


REFERENCE = _strict({"name": STRING, "type": {"enum": ["index-pattern", "search", "dashboard"]}, "id": STRING})
_META = _strict({"searchSourceJSON": STRING})
ATTRIBUTES = {
    "index-pattern": _strict(
        dict.fromkeys(
            (
                "title",
                "name",
                "timeFieldName",
                "fieldFormatMap",
                "fieldAttrs",
                "sourceFilters",
                "runtimeFieldMap",
                "fields",
                "typeMeta",
            ),
            STRING,
        )
        | {"allowHidden": {"type": "boolean"}}
    ),
    "search": _strict(
        {
            "title": STRING,
            "description": STRING,
            "columns": {"type": "array", "items": STRING},
            "sort": {"type": "array", "items": {"type": "array", "minItems": 2, "maxItems": 2}},
            "grid": {"type": "object"},
            "hideChart": {"type": "boolean"},
            "isTextBasedQuery": {"const": False},
            "timeRestore": {"type": "boolean"},
            "kibanaSavedObjectMeta": _META,
        }
    ),
    "dashboard": _strict(
        {
            "title": STRING,
            "description": STRING,
            "version": {"type": "integer"},
            "timeRestore": {"type": "boolean"},
            "timeFrom": STRING,
            "timeTo": STRING,
            "refreshInterval": _strict({"pause": {"type": "boolean"}, "value": {"type": "integer"}}),
            "optionsJSON": STRING,
            "panelsJSON": STRING,
            "kibanaSavedObjectMeta": _META,
        },
        {
            "controlGroupInput": _strict(
                {
                    "chainingSystem": STRING,
                    "controlStyle": STRING,
                    "showApplySelections": {"type": "boolean"},
                    "ignoreParentSettingsJSON": STRING,
                    "panelsJSON": STRING,
                }
            )
        },
    ),
}
OBJECT = _strict(
    {
        "id": {"type": "string", "pattern": "^[0-9a-f-]{36}$"},
        "type": {"enum": list(ATTRIBUTES)},
        "attributes": {"type": "object"},
        "references": {"type": "array", "items": REFERENCE},
        "coreMigrationVersion": {"const": "8.8.0"},
        "typeMigrationVersion": {"enum": ["8.0.0", "10.2.0"]},
        "managed": {"const": False},
    }
)
_ENHANCEMENTS = _strict(
    {},
    {
        "dynamicActions": _strict(
            {
                "events": {
                    "type": "array",
                    "items": _strict(
                        {
                            "eventId": STRING,
                            "triggers": {"type": "array", "items": {"enum": ["FILTER_TRIGGER", "VALUE_CLICK_TRIGGER"]}},
                            "action": _strict({"factoryId": STRING, "name": STRING, "config": {"type": "object"}}),
                        }
                    ),
                }
            }
        )
    },
)
_SAVED_VIS = _strict({"id": STRING, "title": STRING, "description": STRING, "type": {"enum": ["vega", "markdown"]}, "params": {"type": "object"}, "uiState": {"type": "object"}, "data": {"type": "object"}})  # fmt: skip
_LENS = _strict(
    {
        "title": STRING,
        "type": {"const": "lens"},
        "visualizationType": {"enum": ["lnsMetric", "lnsXY", "lnsPie", "lnsDatatable"]},
        "references": {"type": "array", "items": REFERENCE, "minItems": 1},
        "state": _strict(
            {
                "visualization": {"type": "object"},
                "query": _strict({"query": STRING, "language": {"const": "kuery"}}),
                "filters": {"type": "array"},
                "datasourceStates": _strict({"formBased": _strict({"layers": {"type": "object"}})}),
                "internalReferences": {"type": "array"},
                "adHocDataViews": {"type": "object"},
            }
        ),
    }
)
_LINKS = _strict({"layout": {"enum": ["horizontal", "vertical"]}, "links": {"type": "array", "minItems": 1}})
_GRID = {"type": "integer", "minimum": 0}
_SIZE = {"type": "integer", "minimum": 1}


def _panel(kind: str, config: dict[str, Any], extra: dict[str, Any] | None = None) -> dict[str, Any]:
    grid = _strict({"x": _GRID, "y": _GRID, "w": _SIZE, "h": _SIZE, "i": STRING})
    hidden = {"hidePanelTitles": {"type": "boolean"}}
    inside = _strict({**config, "enhancements": _ENHANCEMENTS}, hidden)
    required = {"type": {"const": kind}, "panelIndex": STRING, "gridData": grid, "embeddableConfig": inside}
    return _strict({**required, **(extra or {})}, {"title": STRING})


PANEL = {
    "oneOf": [
        _panel("lens", {"attributes": _LENS}),
        _panel("visualization", {"savedVis": _SAVED_VIS}),
        _panel("links", {"attributes": _LINKS}),
        _panel("search", {}, {"panelRefName": STRING}),
    ]
}
COLUMN = _strict(
    {
        "label": STRING,
        "customLabel": {"type": "boolean"},
        "dataType": {"enum": ["number", "date", "string"]},
        "operationType": {
            "enum": ["count", "unique_count", "min", "max", "sum", "last_value", "terms", "date_histogram"]
        },
        "isBucketed": {"type": "boolean"},
        "scale": {"enum": ["ratio", "ordinal", "interval"]},
        "sourceField": STRING,
        "params": {"type": "object"},
    },
    {"filter": _strict({"query": STRING, "language": {"const": "kuery"}})},
)
