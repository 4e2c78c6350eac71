"""The report in a real browser."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Dialog, Page, sync_playwright

from desk.report.write import write_report
from tests.desk.report.sample import empty_case, hostile_case, sample_case

CHROMIUM = Path("/usr/bin/chromium")
MAKE = {"sample": sample_case, "hostile": hostile_case, "empty": empty_case}

pytestmark = pytest.mark.skipif(not CHROMIUM.exists(), reason="no Chromium at /usr/bin/chromium")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=sandbox)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    found = {}
    for name, make in MAKE.items():
        folder = tmp_path_factory.mktemp(name)
        with make(folder) as case:
            found[name] = write_report(case, folder / "report.html")
    return found


class Watched:
    """An open report, and everything that it should not do."""

    def __init__(self, browser: Browser, path: Path, width: int = 1200) -> None:
        self.page: Page = browser.new_page(viewport={"width": width, "height": 900})
        self.acts: list[str] = []
        self.page.on("console", lambda message: self.note(f"console: {message.text}"))
        self.page.on("pageerror", lambda error: self.note(f"error: {error}"))
        self.page.on("request", lambda request: self.note(request.url if request.url != path.as_uri() else ""))
        self.page.on("dialog", self.dismiss)
        self.page.goto(path.as_uri())
        self.page.wait_for_timeout(300)

    def note(self, act: str) -> None:
        self.acts += [act] if act else []

    def dismiss(self, dialog: Dialog) -> None:
        self.note("dialog")
        dialog.dismiss()


@pytest.mark.parametrize("name", sorted(MAKE))
def test_a_report_opens_quietly_and_asks_nothing_of_the_network(
    name: str, browser: Browser, reports: dict[str, Path]
) -> None:
    watched = Watched(browser, reports[name])
    for button in watched.page.locator("#graph-list button").all():
        button.click()
    watched.page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
    watched.page.wait_for_timeout(200)
    assert watched.acts == []
    watched.page.close()


def test_the_network_is_drawn(browser: Browser, reports: dict[str, Path]) -> None:
    page = Watched(browser, reports["sample"]).page
    colours = page.evaluate(
        """() => {
            const canvas = document.querySelector("#graph-canvas canvas");
            const pixels = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
            const found = new Set();
            for (let i = 0; i < pixels.length; i += 4) found.add(pixels.slice(i, i + 4).join());
            return found.size;
        }"""
    )
    assert colours > 20
    page.close()


def test_a_click_on_a_node_leads_to_its_posts(browser: Browser, reports: dict[str, Path]) -> None:
    page = Watched(browser, reports["sample"]).page
    page.locator("#graph-canvas").scroll_into_view_if_needed()
    at = page.evaluate(
        """() => {
            const canvas = document.getElementById("graph-canvas");
            const point = canvas.network.canvasToDOM(canvas.network.getPosition(0));
            const box = canvas.getBoundingClientRect();
            return [box.x + point.x, box.y + point.y];
        }"""
    )
    page.mouse.click(*at)
    panel = page.locator("#graph-panel")
    assert "as far as the posts show" in panel.inner_text()
    panel.locator(".refs a").first.click()
    page.wait_for_timeout(200)
    post = page.locator(page.evaluate("location.hash"))
    assert post.get_attribute("open") is not None and post.is_visible()
    assert "SHA-256" in post.inner_text()
    page.close()


def test_the_drawing_can_be_used_by_keyboard(browser: Browser, reports: dict[str, Path]) -> None:
    page = Watched(browser, reports["sample"]).page
    page.locator("#graph-list button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#graph-panel .refs a").count() > 0
    page.locator("#graph-network").select_option(index=1)
    assert "jobdee_demo" in page.locator("#graph-list").inner_text()
    page.close()


def test_a_table_sorts_and_filters(browser: Browser, reports: dict[str, Path]) -> None:
    page = Watched(browser, reports["sample"]).page
    table = page.locator("#sources table")
    table.get_by_role("button", name="Posts").click()
    posts = [int(cell) for cell in table.locator("tbody td:nth-child(2)").all_inner_texts()]
    assert posts == sorted(posts)
    page.locator("#timeline details").evaluate("(details) => (details.open = true)")
    page.locator("#timeline input.filter").fill("11 may")
    assert page.locator("#timeline tbody tr:visible").count() == 1
    page.close()


@pytest.mark.parametrize("width", [390, 1200])
def test_the_page_is_never_wider_than_the_window(width: int, browser: Browser, reports: dict[str, Path]) -> None:
    for name in ("sample", "hostile"):
        page = Watched(browser, reports[name], width).page
        page.evaluate("document.querySelectorAll('details').forEach((details) => (details.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.close()


def test_without_javascript_everything_is_still_there(browser: Browser, reports: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(reports["sample"].as_uri())
    assert page.locator("figure.still").first.is_visible()
    page.locator("#p1 summary").click()
    assert "SHA-256" in page.locator("#p1").inner_text()
    context.close()
