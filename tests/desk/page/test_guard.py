"""Whom the page answers, on every one of its addresses."""

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from desk.page.app import build_app
from desk.page.door import Door
from desk.page.jobs import Jobs
from tests.desk.page.conftest import HOST, ORIGIN, Desk

_STANDING_IN = {
    "{network}": "network:1",
    "{node:path}": "actor:lautan",
    "{post}": "0",
    "{capture}": "0",
    "{name}": "desk.css",
    "{job:int}": "1",
    "{source}": "id_demo_board",
    "{watch}": "numbers",
    "{held}": "0123456789abcdef",
}


def addresses() -> list[tuple[str, str]]:
    """Every address of the route table, with each of its methods."""
    found = []
    for route in build_app(None, Door(), [HOST], Jobs()).routes:
        assert isinstance(route, Route)
        path = route.path
        for name, value in _STANDING_IN.items():
            path = path.replace(name, value)
        assert "{" not in path
        found += [(method, path) for method in sorted(route.methods or ()) if method != "HEAD"]
    return found


@pytest.mark.parametrize(
    ("method", "path"), [one for one in addresses() if not one[1].startswith(("/enter", "/static"))]
)
def test_nobody_sees_anything_without_a_session(desk: Desk, method: str, path: str) -> None:
    desk.client.cookies.clear()
    answer = desk.client.request(method, path, headers={"origin": ORIGIN})
    assert answer.status_code == 403 and "lautan" not in answer.text


@pytest.mark.parametrize(("method", "path"), addresses())
def test_a_name_that_leads_here_from_elsewhere_is_not_answered(desk: Desk, method: str, path: str) -> None:
    answer = desk.client.request(
        method, path, headers={"host": "evil.example:8000", "origin": "http://evil.example:8000"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(("method", "path"), [one for one in addresses() if one[1] != "/enter"])
def test_no_other_site_may_ask_with_the_sessions_cookie(desk: Desk, method: str, path: str) -> None:
    for site in ("cross-site", "same-site"):
        answer = desk.client.request(method, path, headers={"sec-fetch-site": site, "origin": ORIGIN})
        assert answer.status_code == 403


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "", f"https://{HOST}", "http://127.0.0.1:9999"])
def test_no_other_site_may_decide(desk: Desk, origin: str) -> None:
    form = {"mark": desk.mark(), "decision": "different", "one": "phone:+6281200001111", "other": "phone:+6281200002222", "back": "actor:lautan", "because": "x"}  # fmt: skip
    assert desk.client.post("/judge", data=form, headers={"origin": origin}).status_code == 403
    assert desk.case.judgements() == ()


def test_a_form_without_its_mark_decides_nothing(desk: Desk) -> None:
    form = {"mark": "", "decision": "different", "one": "phone:+6281200001111", "other": "phone:+6281200002222", "back": "actor:lautan", "because": "x"}  # fmt: skip
    assert desk.client.post("/judge", data=form, headers={"origin": ORIGIN}).status_code == 403
    assert desk.case.judgements() == ()


@pytest.mark.parametrize(("method", "path"), addresses())
def test_every_answer_forbids_what_is_not_ours(desk: Desk, method: str, path: str) -> None:
    headers = desk.client.request(method, path, headers={"origin": ORIGIN}).headers
    assert "'unsafe" not in headers["content-security-policy"]
    assert headers["content-security-policy"] == "sandbox" or "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "same-origin"
    assert "no-store" in headers["cache-control"] or path.startswith("/static/")


@pytest.mark.parametrize(
    "name", ["../app.py", "..%2fapp.py", "%2e%2e/app.py", "desk.css/../../app.py", "app.py", "/etc/passwd"]
)
def test_only_our_own_files_are_served(desk: Desk, name: str) -> None:
    answer = desk.client.get(f"/static/{name}")
    assert answer.status_code == 404 and "def " not in answer.text


@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_a_choice_of_language_leads_nowhere_else(desk: Desk, back: str) -> None:
    assert desk.client.get("/language", params={"to": "id", "back": back}).headers["location"] == "/"


def test_the_key_is_tried_before_any_session(desk: Desk) -> None:
    answer = TestClient(desk.client.app, ORIGIN).get("/enter", params={"key": "guess"})
    assert answer.status_code == 403 and "Recruitment posts" not in answer.text
