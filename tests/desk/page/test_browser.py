"""The page in a real browser, as a person uses it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from casefile.case import Case
from tests.desk.page.conftest import Served

SCREENS = ("/", "/search", "/search?q=poipet", "/search?q=poipet+after:2026-04&map=yes", "/search?q=nothing-of-this-kind", "/networks", "/network/network:1",
           "/network/all", "/network/network:1?chosen=actor:lautan&sure=0.5", "/network/network:1?from=0812-0000-1111&to=KH/poipet",
           "/node/actor:lautan", "/node/phone:+6281200001111", "/node/nobody-here", "/routes", "/path", "/review", "/sources",
           "/import", "/doing", "/watch", "/export", "/export?recipient=own", "/watch?contacts=%2B6281200001111")  # fmt: skip


def barriers(page: Page) -> list[Any]:
    found = Axe().run(page).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_a_serious_barrier(served: Served, scheme: Any) -> None:
    page = served.context.pages[0]
    page.emulate_media(color_scheme=scheme)
    for address in SCREENS:
        page.goto(served.base + address)
        assert barriers(page) == [], address
    page.goto(f"{served.base}/search?q=poipet")
    page.click(".hit h2 a")
    assert barriers(page) == []


def test_a_day_by_keyboard_only(served: Served) -> None:
    page, acts = served.context.pages[0], list[str]()
    page.on("console", lambda message: acts.append(message.text))
    page.on("pageerror", lambda error: acts.append(str(error)))
    page.on("request", lambda request: acts.append(request.url) if not request.url.startswith(served.base) else None)
    page.keyboard.press("/")
    page.keyboard.type("0812 0000 1111")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=*")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/post/*")
    page.locator("aside li a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/node/actor*")
    page.locator("summary").first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("two voices on the phone")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert acts == []
    with Case.open(served.folder) as case:
        assert [judgement.because for judgement in case.judgements()] == ["two voices on the phone"]


@pytest.mark.parametrize("width", [390, 1280, 3840])
def test_every_screen_fits_the_width_of_the_device(served: Served, width: int) -> None:
    page = served.context.pages[0]
    page.set_viewport_size({"width": width, "height": 800})
    for address in SCREENS:
        page.goto(served.base + address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_the_address_that_was_used_opens_nothing_for_anybody_else(served: Served) -> None:
    other = served.context.browser.new_context()  # type: ignore[union-attr]
    answer = other.new_page().goto(served.base + "/")
    assert answer is not None and answer.status == 403
    other.close()
