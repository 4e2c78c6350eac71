"""What programs are answered: the same as by the command, whatever they ask."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from desk.cli import main
from desk.page.api import OPERATIONS, PREFIX
from tests.desk.page.conftest import Desk

ASKED: dict[str, tuple[dict[str, str], list[str]]] = {
    "search": ({"q": "poipet", "limit": "3"}, ["poipet", "--limit", "3"]),
    "show": ({"id": "0812 0000 1111"}, ["0812 0000 1111"]),
    "actors": ({}, []),
    "actor": ({"id": "@hr_lautan_demo", "why": "true"}, ["@hr_lautan_demo", "--why"]),
    "campaigns": ({}, []),
    "links": ({"kind": "sends_to"}, ["--kind", "sends_to"]),
    "network": ({"id": "1"}, ["1"]),
    "path": ({"from": "0812 0000 1111", "to": "KH/poipet"}, ["0812 0000 1111", "KH/poipet"]),
    "routes": ({"countries": "true", "limit": "30"}, ["--countries"]),
    "alerts": ({}, []),
    "watchlist": ({}, []),
    "judgements": ({}, []),
    "searches": ({}, []),
    "corrections": ({}, []),
    "sources": ({}, []),
    "stats": ({}, []),
}


@pytest.mark.parametrize("name", sorted(ASKED))
def test_programs_are_told_what_the_command_tells(desk: Desk, capsys: pytest.CaptureFixture[str], name: str) -> None:
    asked, arguments = ASKED[name]
    answer = desk.client.get(f"{PREFIX}/{name}", params=asked)
    with pytest.raises(SystemExit):
        main([name, str(desk.case.folder), *arguments, "--json"])
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert answer.status_code == 200 and answer.json()["answer"] == told
    assert told or name in ("alerts", "watchlist", "judgements", "searches", "corrections", "sources", "routes")


def test_every_question_is_described_and_answers_as_described(desk: Desk) -> None:
    told = desk.client.get(f"{PREFIX}/openapi.json").json()
    assert told["openapi"].startswith("3.1") and set(told["paths"]) == {f"/{one.name}" for one in OPERATIONS}
    for schema in told["components"]["schemas"].values():
        Draft202012Validator.check_schema(schema)
    answer = Draft202012Validator(told["components"]["schemas"]["Answer"])
    for name, (asked, _) in ASKED.items():
        answer.validate(desk.client.get(f"{PREFIX}/{name}", params=asked).json())


@pytest.mark.parametrize(
    ("name", "asked", "status"),
    [
        ("show", {}, 400),
        ("show", {"id": "nobody-here"}, 404),
        ("search", {"limit": "0"}, 400),
        ("search", {"limit": "³"}, 400),
        ("search", {"offset": "-1"}, 400),
        ("search", {"q": 'a" AND ('}, 400),
        ("links", {"kind": "loves"}, 400),
        ("actor", {"id": "@hr_lautan_demo", "why": "maybe"}, 400),
        ("network", {"id": "999"}, 404),
        ("stats", {"surprise": "x"}, 404),
    ],
)
def test_what_cannot_be_answered_says_why_and_what_to_do(
    desk: Desk, name: str, asked: dict[str, str], status: int
) -> None:
    answer = desk.client.get(f"{PREFIX}/{name}", params=asked)
    assert answer.status_code == status
    assert answer.json()["error"] and answer.json()["remedy"]


def _value(parameter: dict[str, Any]) -> st.SearchStrategy[str]:
    schema = parameter["schema"]
    right = {"integer": st.integers(-5, 2_000_000).map(str), "boolean": st.sampled_from(["true", "false"])}
    return st.one_of(
        right.get(schema["type"], st.sampled_from(schema.get("enum", ["1", "poipet"]))), st.text(max_size=40)
    )


@given(data=st.data())
@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_asked_the_server_never_breaks(desk: Desk, data: st.DataObject) -> None:
    operation = data.draw(st.sampled_from(OPERATIONS))
    asked = {
        parameter["name"]: data.draw(_value(parameter))
        for parameter in operation.described()["parameters"]
        if parameter["required"] or data.draw(st.booleans())
    }
    answer = desk.client.get(f"{PREFIX}/{operation.name}", params=asked)
    assert answer.status_code in (200, 400, 404)
    assert set(answer.json()) in ({"answer"}, {"error", "remedy"})


def test_what_strangers_wrote_leaves_as_json_and_nothing_else(hostile_desk: Desk) -> None:
    for operation in ("search", "actors", "network", "links"):
        answer = hostile_desk.client.get(f"{PREFIX}/{operation}")
        assert (
            answer.headers["content-type"] == "application/json"
            and answer.headers["x-content-type-options"] == "nosniff"
        )
        answer.json()
