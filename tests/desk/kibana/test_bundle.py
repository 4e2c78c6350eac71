"""What every object must be, without a server: its shape, its references, its place."""

from __future__ import annotations

import json
from itertools import combinations

import jsonschema
import pytest

from casefile.search.elastic.generations import common, kinds
from desk.kibana.bundle import COMMITTED, bundle
from desk.kibana.names import EVERY_CASE, Names
from desk.kibana.objects import as_ndjson
from desk.kibana.panels import DRILLDOWN, WIDTH
from tests.desk.kibana import shapes
from tests.desk.kibana.reading import charts, drawings, indices, layer_of, objects, panels

_PREFIX = "jejak-harbour"


def test_what_is_committed_is_what_is_made() -> None:
    assert COMMITTED.read_text(encoding="utf-8") == as_ndjson(bundle(Names(EVERY_CASE))), "python -m desk.kibana.bundle"


def test_every_object_has_the_shape_that_kibana_reads() -> None:
    for one in objects(_PREFIX):
        jsonschema.validate(one, shapes.OBJECT)
        jsonschema.validate(one["attributes"], shapes.ATTRIBUTES[one["type"]])


def test_every_panel_and_column_has_the_shape_that_kibana_reads() -> None:
    for _, panel in panels(_PREFIX):
        jsonschema.validate(panel, shapes.PANEL)
    for _, chart in charts(_PREFIX):
        layer = layer_of(chart)
        assert sorted(layer["columnOrder"]) == sorted(layer["columns"])
        for identity, column in layer["columns"].items():
            assert identity.replace("_", "").isalnum()
            jsonschema.validate(column, shapes.COLUMN)


def test_what_is_packed_in_strings_can_be_unpacked() -> None:
    for one in objects(_PREFIX):
        for name, value in one["attributes"].items():
            if name.endswith("JSON") or name in ("fieldFormatMap", "fieldAttrs", "sourceFilters", "runtimeFieldMap", "fields", "typeMeta"):  # fmt: skip
                json.loads(value)


def test_every_reference_leads_to_an_object_of_the_bundle() -> None:
    there = {(one["type"], one["id"]) for one in objects(_PREFIX)}
    assert len(there) == len(objects(_PREFIX))
    for one in objects(_PREFIX):
        names = [reference["name"] for reference in one["references"]]
        assert len(names) == len(set(names))
        for reference in one["references"]:
            assert (reference["type"], reference["id"]) in there


def test_everything_that_speaks_of_a_reference_has_it() -> None:
    for dashboard, panel in panels(_PREFIX):
        held = {reference["name"]: reference["id"] for reference in dashboard["references"]}
        index, config = panel["panelIndex"], panel["embeddableConfig"]
        if panel["type"] == "search":
            assert f"{index}:{panel['panelRefName']}" in held
        for link in config.get("attributes", {}).get("links", ()):
            assert f"{index}:{link['destinationRefName']}" in held
        for reference in config.get("attributes", {}).get("references", ()):
            assert held[f"{index}:{reference['name']}"] == reference["id"]
        for event in config["enhancements"].get("dynamicActions", {}).get("events", ()):
            assert f"{index}:drilldown:{DRILLDOWN}:{event['eventId']}:dashboardId" in held


def test_panels_stand_on_the_grid_and_not_on_each_other() -> None:
    for one in objects(_PREFIX):
        if one["type"] != "dashboard":
            continue
        grids = []
        for panel in json.loads(one["attributes"]["panelsJSON"]):
            grid = panel["gridData"]
            assert grid["i"] == panel["panelIndex"]
            assert grid["x"] + grid["w"] <= WIDTH
            grids.append(grid)
        assert len({grid["i"] for grid in grids}) == len(grids)
        for a, b in combinations(grids, 2):
            beside = a["x"] + a["w"] <= b["x"] or b["x"] + b["w"] <= a["x"]
            assert beside or a["y"] + a["h"] <= b["y"] or b["y"] + b["h"] <= a["y"]


def test_ids_are_the_same_every_time_and_others_for_another_case() -> None:
    ids = [one["id"] for one in objects(_PREFIX)]
    assert ids == [one["id"] for one in objects(_PREFIX)]
    assert set(ids).isdisjoint(one["id"] for one in objects("jejak-poipet"))


def test_every_field_is_one_that_the_index_has() -> None:
    for _, chart in charts(_PREFIX):
        kind = indices(_PREFIX)[chart["references"][0]["id"]].removeprefix(f"{_PREFIX}-")
        for column in layer_of(chart)["columns"].values():
            assert column["sourceField"] in {"___records___", *_fields(kind)}
    views = indices(_PREFIX)
    for one in objects(_PREFIX):
        if one["type"] == "search":
            kind = views[one["references"][0]["id"]].removeprefix(f"{_PREFIX}-")
            assert set(one["attributes"]["columns"]) <= _fields(kind)


def _fields(kind: str) -> set[str]:
    return {*common()["template"]["mappings"]["properties"], *kinds()[kind]["mappings"]["properties"]}


def test_live_addresses_are_nowhere_shown_and_lead_nowhere() -> None:
    for one in objects(_PREFIX):
        if one["type"] == "index-pattern":
            assert {"value": "post.url"} in json.loads(one["attributes"]["sourceFilters"])
            formats = json.loads(one["attributes"]["fieldFormatMap"])
            assert formats["post.url"]["id"] == formats["post.url_defanged"]["id"] == "string"
            for format in formats.values():
                if format["id"] == "url":
                    assert format["params"]["urlTemplate"].startswith("../app/dashboards#/view/")
        if one["type"] == "search":
            assert "post.url" not in one["attributes"]["columns"]


def test_links_in_tables_lead_to_dashboards_of_the_bundle() -> None:
    ids = {one["id"] for one in objects(_PREFIX) if one["type"] == "dashboard"}
    for one in objects(_PREFIX):
        if one["type"] == "index-pattern":
            for format in json.loads(one["attributes"]["fieldFormatMap"]).values():
                if format["id"] == "url":
                    assert format["params"]["urlTemplate"].split("/view/")[1].split("?")[0] in ids


@pytest.mark.parametrize("paid", ["URL_DRILLDOWN", "graph-workspace", "ml-", "https://vector.maps", "EMS_"])
def test_nothing_needs_a_licence_that_costs_money_or_a_server_on_the_internet(paid: str) -> None:
    assert paid not in as_ndjson(bundle(Names(_PREFIX)))


def test_drawings_ask_nothing_of_the_internet() -> None:
    for _, spec in drawings(_PREFIX):
        for data in spec["data"]:
            assert "values" in data or "source" in data or data["url"]["index"].startswith(f"{_PREFIX}-")
