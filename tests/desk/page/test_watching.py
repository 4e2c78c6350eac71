"""Watches and sources, as they are looked after on the page."""

import pytest
from ruamel.yaml import YAML

from casefile.case import Case
from casefile.watch_settings import read_watches
from desk.watching import watch
from tests.desk.page.conftest import ORIGIN, Desk, Served
from tests.desk.page.test_browser import barriers
from tests.desk.page.test_screens import words_of

SOURCE = """# Written by hand, and to stay so.
title: "Papan Lautan"   # quoted on purpose
country: id
why: public board, and a line that is longer than eighty characters, so that nobody breaks it where it was whole before
url: https://board.example/jobs
family: board
select: {post: li, text: "p::text", link: "a::attr(href)"}
"""


def send(desk: Desk, address: str, **told: object) -> int:
    return int(desk.client.post(address, data={"mark": desk.mark(), **told}, headers={"origin": ORIGIN}).status_code)


def test_a_watch_that_was_typed_finds_what_it_waits_for(desk: Desk) -> None:
    assert (
        send(
            desk,
            "/watch/new",
            title="Nomor Lautan!",
            contacts="+62 812 0000 1111\n@hr_lautan_demo",
            why="three families",
        )
        == 303
    )
    [added] = read_watches(desk.case.folder)
    assert (added.name, added.title, added.why) == ("nomor-lautan", "Nomor Lautan!", "three families")
    assert added.contacts == ("+62 812 0000 1111", "@hr_lautan_demo")
    assert len(watch(desk.case)) == 2
    told = words_of(desk.client.get("/watch").text)
    assert "+62 812 0000 1111 is given in" in told and "Nomor Lautan!" in told
    assert "watch added" in [entry.action for entry in desk.case.audit_log()]


@pytest.mark.parametrize(
    ("told", "wrong"),
    [
        ({"contacts": "no number"}, "contacts"),
        ({"places": "Atlantis on the Moon"}, "places"),
        ({"text": "too short"}, "text"),
        ({"returns": "x"}, "returns"),
    ],
)  # fmt: skip
def test_what_cannot_be_watched_for_is_shown_beside_its_field(desk: Desk, told: dict[str, str], wrong: str) -> None:
    form = {"mark": desk.mark(), "title": "A watch", **told}
    answer = desk.client.post("/watch/new", data=form, headers={"origin": ORIGIN})
    assert (
        answer.status_code == 400 and f'id="{wrong}-wrong"' in answer.text and next(iter(told.values())) in answer.text
    )
    assert read_watches(desk.case.folder) == ()


def test_a_watch_for_nothing_is_not_kept(desk: Desk) -> None:
    assert send(desk, "/watch/new", title="A watch") == 400
    assert read_watches(desk.case.folder) == ()


def test_two_watches_of_one_title_take_nothing_from_each_other(desk: Desk) -> None:
    for places in ("KH", "MM"):
        assert send(desk, "/watch/new", title="ໂຈນ", places=places) == 303
    assert [one.places for one in read_watches(desk.case.folder)] == [("MM",), ("KH",)]


def test_a_watch_is_paused_and_goes_on(desk: Desk) -> None:
    send(desk, "/watch/new", title="Poipet", places="KH/poipet")
    for paused in ("yes", "no"):
        assert send(desk, "/watch/poipet/pause", paused=paused) == 303
        assert [one.paused for one in read_watches(desk.case.folder)] == [paused == "yes"]
    assert send(desk, "/watch/nothing/pause", paused="yes") == 404


def test_pausing_a_source_leaves_all_else_in_its_file_as_it_was(desk: Desk) -> None:
    path = desk.case.folder / "sources" / "id_lautan.yml"
    path.write_text(SOURCE, "utf-8")
    assert send(desk, "/sources/id_lautan/pause", paused="yes") == 303
    assert path.read_text("utf-8") == SOURCE + "paused: true\n"
    assert "paused" in words_of(desk.client.get("/sources/id_lautan").text)
    assert send(desk, "/sources/id_lautan/pause", paused="no") == 303
    assert YAML(typ="safe").load(path.read_text("utf-8"))["paused"] is False
    assert [entry.action for entry in desk.case.audit_log()][-2:] == ["pause", "resume"]
    assert send(desk, "/sources/..%2fcase/pause", paused="yes") == 404


def test_a_file_of_another_shape_is_left_alone_and_the_person_told(desk: Desk) -> None:
    path = desk.case.folder / "sources" / "id_lautan.yml"
    path.write_text('{title: Papan, country: id, why: board, url: "https://board.example/", family: feed}\n', "utf-8")
    before = path.read_text("utf-8")
    assert send(desk, "/sources/id_lautan/pause", paused="yes") == 400 and path.read_text("utf-8") == before


def test_a_source_tells_how_each_crawl_went(desk: Desk) -> None:
    crawl = desk.case.store.crawls()[0]
    (desk.case.folder / "sources" / f"{crawl.source}.yml").write_text(SOURCE, "utf-8")
    page = desk.client.get(f"/sources/{crawl.source}").text
    told = words_of(page)
    assert crawl.outcome.value in told and f"{crawl.pages:,}" in told and page.count('class="all"') == len(desk.case.store.crawls(crawl.source))  # fmt: skip


def test_a_person_watches_for_a_number_that_she_reads_about(served: Served) -> None:
    page = served.context.pages[0]
    page.goto(f"{served.base}/node/phone:+6281200001111")
    page.get_by_role("link", name="Watch for it").click()
    page.wait_for_url("**/watch?*")
    page.get_by_label("Title").fill("The Lautan number")
    page.get_by_role("button", name="Watch for it").press("Enter")
    page.wait_for_url("**/watch")
    page.get_by_role("cell", name="The Lautan number", exact=True).wait_for()
    assert barriers(page) == []
    with Case.open(served.folder) as case:
        assert [one.contacts for one in read_watches(case.folder)] == [("phone:+6281200001111",)]
