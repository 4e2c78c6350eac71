"""Setting a post's reading right on its screen."""

from __future__ import annotations

import html
import re

import pytest
from playwright.sync_api import expect

from casefile.case import Case
from casefile.records import Label, PostKind
from tests.desk.page.conftest import ORIGIN, Desk, Served


def an_offer(case: Case) -> str:
    """A post with a place in it."""
    return next(
        read.post.id
        for read in case.store.read_posts()
        if read.reading.kind is PostKind.RECRUITMENT and any(m.label is Label.LOC for m in read.reading.mentions)
    )


def send(desk: Desk, post: str, **fields: object) -> int:
    told = {"mark": desk.mark(), **{name: str(value) for name, value in fields.items()}}
    return desk.client.post(f"/post/{post}/correct", data=told, headers={"origin": ORIGIN}).status_code


def test_a_kind_is_set_right_and_taken_back(desk: Desk) -> None:
    post = an_offer(desk.case)
    assert send(desk, post, told="kind", kind="warning", because="he <warns>") == 303
    page = desk.client.get(f"/post/{post}").text
    assert "Set right by people" in page and "he &lt;warns&gt;" in page
    [correction] = desk.case.corrections()
    assert send(desk, post, told="undo", number=correction.sequence, because="no") == 303
    assert "Set right by people" not in desk.client.get(f"/post/{post}").text


def test_what_the_pen_points_at_is_set_right_there_alone(desk: Desk) -> None:
    post = an_offer(desk.case)
    page = desk.client.get(f"/post/{post}").text
    address = html.unescape(next(iter(re.findall(r'href="([^"]*label=LOC#right)"', page))))
    asked = desk.client.get(address).text
    place = {name: re.search(rf'name="{name}" value="([^"]*)"', asked)[1] for name in ("start", "end")}  # type: ignore[index]
    [words] = re.findall(r'name="words"[^>]* value="([^"]+)"', asked)
    assert send(desk, post, told="nothing", words=html.unescape(words), label="LOC", because="a name", **place) == 303
    [correction] = desk.case.corrections()
    assert correction.change.words and str(correction.change.words.start) == place["start"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"told": "kind", "kind": "lie"}, 403),
        ({"told": "words", "label": "LIE", "words": "a"}, 403),
        ({"told": "words", "label": "PHONE", "words": "does not stand there"}, 400),
        ({"told": "words", "label": "PHONE", "words": ""}, 400),
        ({"told": "undo", "number": "1"}, 404),
        ({"told": "undo", "number": "٣"}, 403),
        ({"told": "kind", "kind": "news", "because": " "}, 400),
        ({}, 403),
    ],
)
def test_what_cannot_be_set_right_is_told_and_changes_nothing(desk: Desk, fields: dict[str, str], status: int) -> None:
    assert send(desk, an_offer(desk.case), **{"because": "seen", **fields}) == status
    assert desk.case.corrections() == ()


def test_words_that_are_selected_stand_ready_to_be_set_right(served: Served) -> None:
    page = served.context.pages[0]
    page.goto(f"{served.base}/search?q=poipet")
    page.locator(".hit h2 a").first.click()
    page.wait_for_url("**/post/*")
    page.locator(".right summary").click()
    page.locator(".text mark").first.dblclick()
    selected = page.evaluate("document.getSelection().toString().trim()")
    words = page.locator(".right [name=words]")
    assert selected
    expect(words).to_have_value(selected)
    page.locator("form.words [name=label]").select_option("PERSON")
    page.locator("form.words [name=because]").fill("seen")
    page.get_by_role("button", name="Keep it").last.click()
    page.get_by_role("heading", name="Set right by people").wait_for()
    with Case.open(served.folder) as case:
        assert {correction.change.value for correction in case.corrections()} == {selected}
