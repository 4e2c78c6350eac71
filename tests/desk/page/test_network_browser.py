"""The drawing of a network in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.desk_network import NETWORK, make_network_case
from casefile.case import Case
from casefile.notes import read_noted
from tests.desk.page.conftest import Served, serving

PAINTED = ".canvas[data-painted]"


@pytest.fixture
def served_large(browser: Browser, tmp_path: Path) -> Iterator[Served]:
    make_network_case(tmp_path / "large", 700, 2_000)
    with serving(browser, tmp_path / "large") as served:
        yield served


def open_drawing(served: Served, address: str) -> tuple[Page, list[str]]:
    page, acts = served.context.pages[0], list[str]()
    page.on("console", lambda message: acts.append(message.text))
    page.on("pageerror", lambda error: acts.append(str(error)))
    page.on("request", lambda request: acts.append(request.url) if not request.url.startswith(served.base) else None)
    page.goto(served.base + address)
    page.wait_for_selector(PAINTED)
    return page, acts


def state(page: Page) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items() if name != "at"}


def has_painted_pixels(page: Page) -> bool:
    """Whether something is to be seen; asked again and again, since pictures come from a worker."""
    count = (
        "c => c.getContext('2d').getImageData(0, 0, c.width, c.height).data.filter((v, i) => i % 4 === 3 && v).length"
    )
    return any(int(page.locator(".canvas").evaluate(count)) > 500 or page.wait_for_timeout(100) for _ in range(600))


def test_what_is_chosen_by_keys_is_told_at_the_side_and_back_leads_back(served: Served) -> None:
    page, acts = open_drawing(served, "/network/network:1")
    assert has_painted_pixels(page)
    page.locator(".canvas").focus()
    page.keyboard.press("n")
    page.wait_for_selector('.panel [data-node="actor:lautan"]')
    assert state(page) == {"chosen": "actor:lautan"} and page.locator(".panel .refs a").count() > 0
    page.keyboard.press("n")
    page.wait_for_selector('.panel [data-node]:not([data-node="actor:lautan"])')
    page.go_back()
    page.wait_for_selector('.panel [data-node="actor:lautan"]')
    page.locator(".canvas").focus()
    page.keyboard.press("Escape")
    page.wait_for_selector(".panel .between")
    assert state(page) == {} and acts == []


def test_a_click_on_a_node_chooses_it(served: Served) -> None:
    page, _ = open_drawing(served, "/network/network:1?at=0,0,1")
    nodes = page.evaluate("fetch('/network/network:1/drawing').then(answer => answer.json()).then(told => told.nodes)")
    at = nodes["id"].index("actor:lautan")
    box = page.locator(".canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2 + nodes["x"][at], box["y"] + box["height"] / 2 + nodes["y"][at])
    page.wait_for_selector('.panel [data-node="actor:lautan"]')


def test_the_sieve_is_in_the_address_and_takes_lines_and_rows_away(served: Served) -> None:
    page, _ = open_drawing(served, "/network/network:1")
    page.locator(".sieve [name=sure]").fill("0.9")
    expect(page.locator(".status")).to_have_text("4 of 8 shown, 3 lines")
    expect(page.locator(".twin tbody tr")).to_have_count(4, timeout=60_000)
    assert state(page) == {"sure": "0.9"}
    page.locator(".sieve [name=kind][value=sends_to]").check()
    expect(page.locator(".twin tbody tr")).to_have_count(2, timeout=60_000)
    assert state(page) == {"sure": "0.9", "kind": "sends_to"}


def test_a_path_is_asked_and_shown_without_leaving_the_drawing(served: Served) -> None:
    page, _ = open_drawing(served, "/network/network:1")
    page.locator(".between [name=from]").fill("0812 0000 1111")
    page.locator(".between [name=to]").fill("KH/poipet")
    page.keyboard.press("Enter")
    page.wait_for_selector(".panel [data-path]")
    assert state(page) == {"from": "0812 0000 1111", "to": "KH/poipet"}
    assert page.locator(".panel .openings a").count() >= 2


def test_a_note_and_a_pin_are_kept_in_the_case(served: Served) -> None:
    page, acts = open_drawing(served, "/network/network:1?chosen=actor:lautan")
    page.locator(".noting textarea").fill("calls himself Pak Contoh")
    page.locator(".noting button").click()
    page.wait_for_selector(".panel .notes li")
    page.locator(".canvas").focus()
    page.keyboard.press("h")
    page.wait_for_selector(".pinning [name=away]", state="attached")
    with Case.open(served.folder) as case:
        noted = read_noted(case.journal.entries())
    assert [note.words for note in noted.notes["actor:lautan"]] == ["calls himself Pak Contoh"]
    assert "actor:lautan" in noted.pins["network:1"] and acts == []


def test_groups_of_a_large_network_are_closed_at_first_and_opened_by_keys(served_large: Served) -> None:
    page, acts = open_drawing(served_large, f"/network/{NETWORK}")
    page.locator(".canvas").focus()
    page.keyboard.press("n")
    page.wait_for_url("**chosen=group*")
    chosen = state(page)["chosen"]
    page.keyboard.press("Enter")
    page.wait_for_url("**open=*")
    assert state(page) == {"open": chosen.removeprefix("group:")} and acts == []


def test_a_member_of_the_table_is_shown_in_the_drawing_its_group_opened(served_large: Served) -> None:
    page, _ = open_drawing(served_large, f"/network/{NETWORK}")
    page.locator(".twin tbody tr >> nth=5").get_by_role("link", name="Show").click()
    page.wait_for_selector(".panel [data-node]")
    assert {"chosen", "open"} <= state(page).keys()


def test_without_a_script_the_same_is_read(served: Served) -> None:
    context = served.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(served.context.cookies())
    page = context.new_page()
    page.goto(f"{served.base}/network/network:1?chosen=actor:lautan")
    page.locator(".sieve [name=kind][value=sends_to]").check()
    page.locator(".unscripted").click()
    assert page.locator(".panel .ties li").count() == 1 and page.locator(".twin tbody tr").count() == 2
    context.close()
