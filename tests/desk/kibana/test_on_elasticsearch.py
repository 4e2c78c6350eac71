"""Every query inside every object, asked of a real Elasticsearch that holds the demo case."""

from __future__ import annotations

import json
import re
from typing import Any

import vl_convert
from elasticsearch import BadRequestError

from casefile.records import PostKind
from tests.desk.kibana.conftest import Held
from tests.desk.kibana.reading import charts, drawings, indices, layer_of, objects
from tests.desk.kibana.requests import chart_request, drawing_request, headless, kql

# Of these the demo case has none: no watch has found anything yet, and no crawl of it failed.
_NONE_THERE = {"Alerts", "Crawls to look at"}


def test_every_chart_gets_an_answer(held: Held) -> None:
    views = indices(held.prefix)
    empty = []
    for name, chart in charts(held.prefix):
        answer = held.ask(views[chart["references"][0]["id"]], chart_request(chart))
        if not answer["hits"]["total"]["value"] or not _has_groups(chart, answer):
            empty.append(name)
    assert [name for name in empty if not name.startswith("Watch: ") and "ampaign" not in name] == []


def _has_groups(chart: dict[str, Any], answer: dict[str, Any]) -> bool:
    grouped = [i for i in layer_of(chart)["columnOrder"] if layer_of(chart)["columns"][i]["isBucketed"]]
    return not grouped or bool(answer["aggregations"][grouped[0]]["buckets"])


def test_the_large_numbers_are_those_of_the_case(held: Held) -> None:
    views = indices(held.prefix)
    told = {}
    for name, chart in charts(held.prefix):
        if chart["visualizationType"] == "lnsMetric":
            answer = held.ask(views[chart["references"][0]["id"]], chart_request(chart))
            [measured] = answer["aggregations"].values()
            told[name] = measured.get("value", measured.get("doc_count"))
    assert told["Overview: Posts collected"] == held.posts
    assert told["Entity: Links"] == len(held.connections.links)
    assert told["Overview: Recruiters"] <= len(held.connections.actors)
    assert 0 < told["Overview: Offers of work"] < held.posts


def test_offers_are_the_posts_that_the_case_calls_so(held: Held) -> None:
    [search] = [one for one in objects(held.prefix) if one["attributes"]["title"] == "Offers"]
    query = json.loads(search["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]
    body = {"size": 10_000, "query": kql(query), "source": False, "fields": ["post.kind"]}
    hits = held.ask(indices(held.prefix)[search["references"][0]["id"]], body)["hits"]["hits"]
    assert {hit["fields"]["post.kind"][0] for hit in hits} == {PostKind.RECRUITMENT.value}


def test_every_saved_search_finds_documents_with_its_columns(held: Held) -> None:
    views = indices(held.prefix)
    for one in objects(held.prefix):
        if one["type"] != "search":
            continue
        title, columns = one["attributes"]["title"], one["attributes"]["columns"]
        query = json.loads(one["attributes"]["kibanaSavedObjectMeta"]["searchSourceJSON"])["query"]["query"]
        body = {"size": 50, "query": kql(query), "fields": columns, "source": False, "sort": [{"@timestamp": {"order": "desc", "missing": "_last"}}]}  # fmt: skip
        hits = held.ask(views[one["references"][0]["id"]], body)["hits"]["hits"]
        if title in _NONE_THERE | {"Posts that are gone"}:
            continue
        assert hits, title
        assert {name for hit in hits for name in hit["fields"]} & set(columns), title


def test_the_server_itself_reads_our_queries_as_we_do(held: Held) -> None:
    """Elasticsearch 8.19 knows Kibana's language; where a server does not, there is nothing to compare."""
    views = indices(held.prefix)
    for _, chart in charts(held.prefix):
        query, index = chart["state"]["query"]["query"], views[chart["references"][0]["id"]]
        if not query:
            continue
        try:
            theirs = held.client.count(index=index, query={"kql": {"query": query}})["count"]
        except BadRequestError as error:
            assert "kql" in str(error)
            return
        assert theirs == held.client.count(index=index, query=kql(query))["count"], query


def test_every_drawing_is_drawn_from_the_servers_own_answer(held: Held) -> None:
    for name, spec in drawings(held.prefix):
        svg = vl_convert.vega_to_svg(headless(spec, _answers(held, spec)))
        assert "NaN" not in svg and "undefined" not in svg, name
        assert _marks(svg, "places") or _marks(svg, "nodes"), name


def test_the_network_has_as_many_dots_and_lines_as_the_answer_has_ends_and_links(held: Held) -> None:
    [spec] = [spec for name, spec in drawings(held.prefix) if name == "Network: Links"]
    answers = _answers(held, spec)
    links = [hit["fields"] for hit in answers["links"]["hits"]["hits"]]
    ends = {link[end][0] for link in links for end in ("from.id", "to.id")}
    assert len(links) == min(400, len(held.connections.links))
    svg = vl_convert.vega_to_svg(headless(spec, answers))
    assert (_marks(svg, "edges"), _marks(svg, "nodes")) == (len(links), len(ends))


def test_one_contact_chosen_leaves_its_own_links(held: Held) -> None:
    contact = next(i for actor in held.connections.actors for i in actor.identifiers if i.startswith("phone:"))
    [spec] = [spec for name, spec in drawings(held.prefix) if name == "Network: Links"]
    answers = _answers(held, spec, {"term": {"entity.id": contact}})
    told = {(hit["fields"]["from.id"][0], hit["fields"]["to.id"][0]) for hit in answers["links"]["hits"]["hits"]}
    assert told == {(k.from_id, k.to_id) for k in held.connections.links if contact in (k.from_id, k.to_id)}
    assert "NaN" not in vl_convert.vega_to_svg(headless(spec, answers))


def test_a_filter_that_leaves_nothing_draws_nothing_and_breaks_nothing(held: Held) -> None:
    for _, spec in drawings(held.prefix):
        assert "NaN" not in vl_convert.vega_to_svg(
            headless(spec, _answers(held, spec, {"term": {"entity.id": "none"}}))
        )


def _answers(held: Held, spec: dict[str, Any], query: dict[str, Any] | None = None) -> dict[str, Any]:
    return {
        data["name"]: held.client.perform_request(
            "POST", f"/{data['url']['index']}/_search", body=drawing_request(data, query),
            headers={"accept": "application/json", "content-type": "application/json"},
        ).body
        for data in spec["data"] if "url" in data
    }  # fmt: skip


def _marks(svg: str, name: str) -> int:
    """How many things a mark of this name draws."""
    found = re.search(rf'<g class="mark-\w+ role-mark {name}"[^>]*>(.*?)</g>', svg, re.S)
    return len(re.findall(r"<path|<text", found.group(1))) if found else 0
