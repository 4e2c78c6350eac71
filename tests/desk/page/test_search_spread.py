"""What a search finds over time and on the map: every count is what its click finds."""

from collections.abc import Mapping
from datetime import date, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import expect

from casefile.search.engines import engine_of
from casefile.search.query import TIME_FIELDS, narrowed
from desk.page.over_map import over_map
from desk.page.over_time import between, over_time
from desk.page.screens.searching import address_of
from tests.desk.page.conftest import Desk, Served
from tests.desk.page.test_screens import links_of, words_of


def query_of(address: str) -> str:
    return parse_qs(urlsplit(address).query, keep_blank_values=True)["q"][0]


@pytest.mark.parametrize("query", ["", "poipet", "poipet OR แม่สอด", "kind:recruitment after:2026-04"])
def test_every_bar_leads_to_as_many_posts_as_it_counts(desk: Desk, query: str) -> None:
    engine = engine_of(desk.case)
    drawn = over_time(engine.days(narrowed(query, "", TIME_FIELDS)), query, address_of)
    assert drawn is not None
    counted = [engine.search(query_of(step.address)).total for step in drawn.steps]
    assert counted == [step.posts for step in drawn.steps]
    assert sum(counted) == engine.search(narrowed(query, "", TIME_FIELDS)).total


@pytest.mark.parametrize("query", ["", "poipet", "poipet OR แม่สอด"])
def test_every_place_leads_to_as_many_posts_as_it_counts(desk: Desk, query: str) -> None:
    engine = engine_of(desk.case)
    drawn = over_map(desk.case.store, engine.places(query), query, address_of)
    assert {(row.place, row.role) for row in drawn.rows} >= {("Poipet (Cambodia)", "destination")}
    assert [engine.search(query_of(row.address)).total for row in drawn.rows] == [row.posts for row in drawn.rows]
    assert drawn.map is not None and {point.id for point in drawn.map.points} == set(drawn.behind)


def test_a_compound_stands_at_its_country_and_a_place_that_was_chosen_can_be_let_go(desk: Desk) -> None:
    engine, query = engine_of(desk.case), "worksite:MM/kk-park"
    drawn = over_map(desk.case.store, engine.places(query), query, address_of)
    assert "country:MM" in drawn.behind and "place:MM/kk-park" not in drawn.behind
    [chosen] = [row for row in drawn.rows if row.chosen]
    assert query_of(chosen.address) == ""


days = st.dictionaries(
    st.dates(date(1990, 1, 1), date(2026, 12, 31)).map(date.isoformat), st.integers(1, 10_000), max_size=40
)


@given(days)
def test_the_bars_hold_every_post_of_thirty_years_and_follow_each_other(counted: Mapping[str, int]) -> None:
    drawn = over_time(counted, "", str)
    if drawn is None:
        return
    latest = max(map(date.fromisoformat, counted))
    kept = {
        day: posts for day, posts in counted.items() if latest - date.fromisoformat(day) <= timedelta(days=365 * 30)
    }
    assert sum(step.posts for step in drawn.steps) == sum(kept.values())
    assert all(
        one.last + timedelta(days=1) == other.first for one, other in zip(drawn.steps, drawn.steps[1:], strict=False)
    )
    assert all(0 <= step.y <= drawn.height and 0 <= step.x < drawn.width for step in drawn.steps)


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("poipet", "poipet after:2026-03-01 before:2026-03-31"),
        ("after:2025 poipet before:2025-02", "poipet after:2026-03-01 before:2026-03-31"),
        ("poipet OR bavet", "poipet after:2026-03-01 before:2026-03-31 OR bavet after:2026-03-01 before:2026-03-31"),
    ],
)
def test_a_time_takes_the_place_of_the_one_before_in_each_alternative(query: str, told: str) -> None:
    assert between(query, "2026-03-01", "2026-03-31") == told


def test_days_that_were_typed_lead_to_the_search_for_them(desk: Desk) -> None:
    asked = {"q": "poipet", "after": "2026-03-10", "before": ""}
    answer = desk.client.get("/search", params=asked)
    assert answer.headers["location"] == "/search?q=poipet+after%3A2026-03-10"
    assert desk.client.get("/search", params={**asked, "after": "<b>"}).headers["location"] == "/search?q=poipet"


def test_the_map_is_in_the_address_and_stays_while_the_search_is_narrowed(desk: Desk) -> None:
    page = desk.client.get("/search", params={"q": "poipet", "map": "yes"}).text
    assert "Places and their roles" in words_of(page)
    assert "/search?q=poipet+destination%3AKH%2Fpoipet&map=yes" in links_of(page)
    assert "/search?q=poipet" in links_of(page) and "Places and their roles" not in words_of(
        desk.client.get("/search").text
    )


def test_a_facet_narrows_each_alternative_of_a_search(desk: Desk) -> None:
    page = desk.client.get("/search", params={"q": "poipet OR แม่สอด"}).text
    assert any(
        query_of(link) == "poipet kind:plea OR แม่สอด kind:plea"
        for link in links_of(page)
        if link.startswith("/search?q")
    )


def test_a_time_is_brushed_by_the_mouse_and_typed_without_it(served: Served) -> None:
    page = served.context.pages[0]
    page.goto(f"{served.base}/search?q=poipet")
    bars = page.locator(".bars").bounding_box()
    assert bars is not None
    page.mouse.move(bars["x"] + bars["width"] * 0.2, bars["y"] + 20)
    page.mouse.down()
    page.mouse.move(bars["x"] + bars["width"] * 0.5, bars["y"] + 20, steps=4)
    page.mouse.up()
    page.wait_for_url("**after*before*")
    shown = page.locator(".bars .out").count()
    assert 0 < shown < page.locator(".bars .bar").count()
    page.get_by_role("link", name="All the time").click()
    expect(page.locator(".bars .out")).to_have_count(0)
    page.locator(".days [name=after]").fill("2026-05-01")
    page.locator(".days button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**after%3A2026-05-01")
    assert page.locator("[role=status]").inner_text().startswith("9 posts")
