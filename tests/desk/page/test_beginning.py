"""A case that does not exist yet, made on the page."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from starlette.testclient import TestClient

from casefile.case import Case
from casefile.settings import Handling
from casefile.settings_files import read_case_settings
from desk.page.app import build_app
from desk.page.door import Door
from desk.page.jobs import Jobs
from tests.desk.page.conftest import HOST, ORIGIN, Served, serving
from tests.desk.page.test_browser import barriers

TOLD = {
    "title": "Posts towards Poipet",
    "purpose": "Find networks",
    "legal_basis": "Approved by our ethics board",
    "contact": "desk@our-organisation.example",
    "handling": "amber+strict",
    "region": "id",
    "retention_days": "365",
}


@pytest.fixture
def page(tmp_path: Path) -> TestClient:
    """The page of a case that is still to be made, with the mark that its forms carry."""
    door = Door()
    client = TestClient(
        build_app(None, door, [HOST], Jobs(), tmp_path / "new"),
        ORIGIN,
        follow_redirects=False,
        headers={"origin": ORIGIN},
    )
    client.get("/enter", params={"key": door.key})
    client.headers["mark"] = door.mark(client.cookies["jejak"])
    return client


def begin(page: TestClient, told: dict[str, str]) -> int:
    return int(page.post("/new", data={"mark": page.headers["mark"], **told}).status_code)


@pytest.mark.parametrize("address", ["/", "/search?q=poipet", "/sources", "/post/0", "/nowhere"])
def test_every_screen_leads_to_making_the_case(page: TestClient, address: str) -> None:
    assert page.get(address).headers["location"] == "/new"


def test_what_was_told_becomes_the_case(page: TestClient, tmp_path: Path) -> None:
    assert begin(page, TOLD) == 303
    settings = read_case_settings(tmp_path / "new")
    assert (settings.title, settings.handling, settings.region) == (TOLD["title"], Handling.AMBER_STRICT, "id")
    assert settings.retention_days == 365
    assert "Nothing was collected yet" in page.get("/").text
    with Case.open(tmp_path / "new") as case:
        assert [entry.action for entry in case.audit_log()] == ["new"]


def test_a_case_is_made_once(page: TestClient, tmp_path: Path) -> None:
    begin(page, TOLD)
    assert begin(page, {**TOLD, "title": "Another"}) == 303
    assert read_case_settings(tmp_path / "new").title == TOLD["title"]
    assert page.get("/new").headers["location"] == "/"


@pytest.mark.parametrize(
    ("name", "value"),
    [("title", " "), ("contact", "x"), ("region", "Indonesia"), ("handling", "secret"), ("retention_days", "0"), ("retention_days", "soon")],
)  # fmt: skip
def test_what_is_not_understood_is_shown_beside_its_field(
    page: TestClient, tmp_path: Path, name: str, value: str
) -> None:
    answer = page.post("/new", data={"mark": page.headers["mark"], **TOLD, name: value})
    assert answer.status_code == 400 and (f'id="{name}-wrong"' in answer.text or name == "handling")
    assert TOLD["purpose"] in answer.text
    assert not (tmp_path / "new").exists()


def test_nothing_is_made_without_the_mark_of_the_session(page: TestClient, tmp_path: Path) -> None:
    assert page.post("/new", data={"mark": "guess", **TOLD}).status_code == 403
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_else_is_not_taken(page: TestClient, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "photo.jpg").touch()
    answer = page.post("/new", data={"mark": page.headers["mark"], **TOLD})
    assert answer.status_code == 400 and "is not empty" in answer.text
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["photo.jpg"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_person_makes_a_case_by_keyboard_alone(served_without_a_case: Served, browser: Browser, scheme: str) -> None:
    page = served_without_a_case.context.pages[0]
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    assert page.url.endswith("/new") and barriers(page) == []
    for words in ("Posts towards Poipet", "Find networks", "Our ethics board", "desk@our-organisation.example"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.get_by_role("heading", name="Nothing was collected yet").wait_for()
    assert barriers(page) == []
    folder = served_without_a_case.folder
    assert read_case_settings(folder).handling is Handling.AMBER_STRICT
    with serving(browser, folder) as again:
        assert "Posts towards Poipet" in again.context.pages[0].title()
