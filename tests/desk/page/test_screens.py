"""What the screens say, asked without a browser."""

import html
import re
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from casefile.case import Case
from casefile.records import Decision
from casefile.settings import ElasticSettings
from desk.demo.web import DemoWeb
from desk.page.words import languages, speaker
from tests.desk.page.conftest import ORIGIN, Desk, entered
from tests.desk.report.sample import HOSTILE, SETTINGS, sample_case

PHONES = ("phone:+6281200001111", "phone:+6281200002222")


def words_of(page: str) -> str:
    """The words of a page as a reader sees them, in one line."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"(?s)<(style|head)\b.*?</\1>", "", page))).split())


def links_of(page: str) -> set[str]:
    return {html.unescape(address) for address in re.findall(r'href="([^"]*)"', page)}


def test_the_first_screen_tells_what_the_case_holds(desk: Desk) -> None:
    told = words_of(desk.client.get("/").text)
    assert "19 posts" in told and "2 networks" in told and "1 pleas for help" in told
    assert "Recruiters towards Poipet around hr_lautan_demo" in told


def test_every_link_of_every_screen_leads_somewhere(any_desk: Desk) -> None:
    ahead, seen = ["/"], {"/"}
    while ahead and len(seen) < 400:
        address = ahead.pop()
        answer = any_desk.client.get(address)
        while answer.status_code == 303:
            answer = any_desk.client.get(answer.headers["location"])
        assert answer.status_code in (200, 400) or "network" in address, address
        found = (
            {link.partition("#")[0] for link in links_of(answer.text)}
            if "html" in answer.headers["content-type"]
            else set()
        )
        assert all(link.startswith("/") and not link.startswith("//") for link in found if link), found
        ahead += sorted({link for link in found if link and not link.startswith("/search")} - seen)
        seen |= found
    assert len(seen) > 5


@pytest.mark.parametrize("query", ["poipet", "0812-0000-1111", "kind:plea", "source:id_harborjobs poipet"])
def test_a_search_finds_what_the_command_finds(desk: Desk, query: str) -> None:
    from casefile.search.engines import engine_of

    found = engine_of(desk.case).search(query, limit=20)
    page = desk.client.get("/search", params={"q": query}).text
    assert found.total and f"{found.total:,} posts" in words_of(page)
    assert {f"/post/{hit.post.id}" for hit in found.hits} <= links_of(page)


def test_a_facet_narrows_a_search_down_and_opens_it_again(desk: Desk) -> None:
    page = desk.client.get("/search", params={"q": "poipet"}).text
    narrower = "/search?q=poipet+source%3Aid_harborjobs"
    assert narrower in links_of(page)
    assert "/search?q=poipet" in links_of(desk.client.get(narrower).text)


def test_every_facet_finds_as_many_posts_as_it_counts(desk: Desk) -> None:
    page = desk.client.get("/search", params={"q": "poipet"}).text
    facets = re.findall(r'<li><a href="(/search[^"]*)"[^>]*>.*?</a> <span class="quiet">(\d+)</span>', page)
    assert any("place" in address for address, _ in facets)
    for address, posts in facets:
        assert re.search(rf"\b{posts} posts", words_of(desk.client.get(html.unescape(address)).text)), address


def test_a_search_is_saved_by_name_shown_and_removed(desk: Desk) -> None:
    def do(what: str, name: str = "<b>Poipet</b>") -> int:
        told = {"mark": desk.mark(), "do": what, "name": name, "query": "poipet lang:id"}
        return desk.client.post("/search/saved", data=told, headers={"origin": ORIGIN}).status_code

    assert do("save") == 303
    page = desk.client.get("/search").text
    assert "/search?q=poipet+lang%3Aid" in links_of(page) and "&lt;b&gt;Poipet" in page
    assert (do("remove"), do("remove"), do("eat"), do("save", " ")) == (303, 404, 403, 400)
    assert "Saved searches" not in desk.client.get("/search").text


def test_a_file_of_searches_with_mistakes_keeps_nobody_from_searching(desk: Desk) -> None:
    (desk.case.folder / "searches.yml").write_text("searches: [poipet]\n", encoding="utf-8")
    answer = desk.client.get("/search", params={"q": "poipet"})
    assert answer.status_code == 200 and "searches.yml, line 1" in words_of(answer.text)
    assert any(link.startswith("/post/") for link in links_of(answer.text))


def test_a_search_that_is_not_understood_says_so(desk: Desk) -> None:
    answer = desk.client.get("/search", params={"q": 'kind:"wrong"'})
    assert answer.status_code == 400 and "Kinds: recruitment" in words_of(answer.text)


def test_a_post_shows_its_whole_text_and_its_evidence(desk: Desk) -> None:
    for post in desk.case.store.posts():
        page = desk.client.get(f"/post/{post.id}").text
        assert " ".join(post.text.split()) in words_of(page)
        for capture in desk.case.store.captures(post.id):
            assert capture.payload_sha256 in page
            raw = desk.client.get(f"/post/{post.id}/capture/{capture.id}")
            assert (
                raw.headers["content-type"].startswith("text/plain")
                and raw.headers["content-security-policy"] == "sandbox"
            )


def test_who_looked_at_a_plea_is_written_down_once_a_look(desk: Desk) -> None:
    [plea] = [
        hit for hit in links_of(desk.client.get("/search", params={"q": "kind:plea"}).text) if hit.startswith("/post/")
    ]
    desk.client.get(plea)
    views = [entry.details for entry in desk.case.audit_log() if entry.action == "view"]
    assert [view["command"] for view in views] == ["desk search", "desk"]


def test_a_node_is_reached_by_any_of_its_names(desk: Desk) -> None:
    assert desk.client.get("/node/0812 0000 1111").headers["location"] == f"/node/{PHONES[0]}"
    assert "hr_lautan_demo" in words_of(desk.client.get(f"/node/{PHONES[0]}").text)
    assert desk.client.get("/node/nobody-of-this-name").status_code == 404


def test_a_recruiter_shows_why_its_contacts_are_one(desk: Desk) -> None:
    told = words_of(desk.client.get("/node/actor:lautan").text)
    assert "stand together in offers" in told and "+6281200002222" in told and "Poipet" in told


def test_a_decision_is_kept_with_its_reason_and_holds(desk: Desk) -> None:
    form = {"mark": desk.mark(), "decision": "different", "one": PHONES[0], "other": PHONES[1], "back": "actor:lautan", "because": "two voices on the phone"}  # fmt: skip
    assert desk.client.post("/judge", data=form, headers={"origin": ORIGIN}).status_code == 303
    [judgement] = desk.case.judgements()
    assert (judgement.decision, judgement.because) == (Decision.DIFFERENT, "two voices on the phone")


def test_a_decision_without_a_reason_is_not_taken(desk: Desk) -> None:
    form = {"mark": desk.mark(), "decision": "different", "one": PHONES[0], "other": PHONES[1], "back": "actor:lautan", "because": " "}  # fmt: skip
    assert desk.client.post("/judge", data=form, headers={"origin": ORIGIN}).status_code == 400
    assert desk.case.judgements() == ()


def test_what_strangers_wrote_is_only_ever_text(hostile_desk: Desk) -> None:
    store = hostile_desk.case.store
    pages = [
        "/",
        "/networks",
        "/search",
        f"/search?q={quote(HOSTILE)}",
        *(f"/post/{post.id}" for post in store.posts()),
    ]
    for address in pages:
        page = hostile_desk.client.get(address).text
        assert "<img" not in page and "<marquee" not in page and "alert(1)</script" not in page
        assert "\x1b" not in page and "\u202e" not in page
        assert not any(link.startswith("javascript") for link in links_of(page))


@pytest.mark.parametrize("language", [one for one in languages() if one != "en"])
def test_the_page_speaks_every_language_that_it_offers(desk: Desk, language: str) -> None:
    desk.client.get("/language", params={"to": language, "back": "/"})
    page = desk.client.get("/").text
    assert f'<html lang="{language}"' in page and speaker(language)("Networks") in words_of(page)


def test_the_page_shows_the_chain_that_the_command_shows(desk: Desk) -> None:
    told = words_of(desk.client.get("/path", params={"from": "0812 0000 1111", "to": "KH/poipet"}).text)
    assert "Way 1" in told and "sends to" in told and "+6281200001111" in told
    assert desk.client.get("/path", params={"from": "nobody-here", "to": "KH/poipet"}).status_code == 400


@pytest.mark.parametrize("by", ["", "month", "country", "nonsense"])
def test_routes_tell_from_where_to_where(desk: Desk, by: str) -> None:
    answer = desk.client.get("/routes", params={"by": by})
    assert (answer.status_code == 200 and "Poipet" in words_of(answer.text)) or by == "country"


def test_routes_pass_over_what_was_hidden_though_nothing_was_connected_since(desk: Desk) -> None:
    assert "Poipet" in words_of(desk.client.get("/routes").text)
    desk.case.judge(Decision.HIDE, [[post.id for post in desk.case.store.posts()]], "asked for by them")
    assert "No job offer tells a route yet" in words_of(desk.client.get("/routes").text)


@pytest.mark.parametrize(
    "address",
    [
        "/search?from=",
        "/review?after=",
        "/network/network:1?row=",
        "/network/network:1?open=",
        "/network/network:1?chosen=group:",
    ],
)
@pytest.mark.parametrize("number", ["0000000099", "9" * 5_000, "²", "-1"])  # longer ones Python refuses to read
def test_a_number_that_nobody_can_mean_breaks_no_screen(desk: Desk, address: str, number: str) -> None:
    assert desk.client.get(address + number).status_code == 200


def test_work_is_started_told_and_done(desk: Desk) -> None:
    form = {"mark": desk.mark(), "action": "verify"}
    assert desk.client.post("/doing/start", data=form, headers={"origin": ORIGIN}).status_code == 303
    [job] = desk.client.app.state.jobs.all()  # type: ignore[attr-defined]
    job.process.wait(120)
    while job.is_running:
        time.sleep(0.05)
    [told] = desk.client.get("/api/v1/doing").json()["work"]
    assert told["code"] == 0 and "everything is as it was kept" in told["output"]
    assert "everything is as it was kept" in words_of(desk.client.get("/doing").text)


@pytest.mark.parametrize(
    "form", [{"action": "demo"}, {"action": "crawl", "source": "--help"}, {"action": "crawl", "source": "../x"}, {}]
)
def test_nothing_else_is_started(desk: Desk, form: dict[str, str]) -> None:
    answer = desk.client.post("/doing/start", data={"mark": desk.mark(), **form}, headers={"origin": ORIGIN})
    assert answer.status_code >= 400 and desk.client.app.state.jobs.all() == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://169.254.169.254/", "no address at all", "file:///etc/passwd"]
)
def test_an_address_that_may_not_be_looked_at_is_refused_in_words(desk: Desk, address: str) -> None:
    answer = desk.client.post(
        "/sources/look", data={"mark": desk.mark(), "address": address}, headers={"origin": ORIGIN}
    )
    assert "Make it a source" not in answer.text and ('role="alert"' in answer.text or "caution" in answer.text)
    assert desk.case.sources() == ()


def test_a_page_becomes_a_source_from_its_address_alone(tmp_path: Path) -> None:
    with Case.create(tmp_path / "case", SETTINGS.model_copy(update={"allow_addresses": ("127.0.0.1",)})) as case:
        with DemoWeb() as web, entered(case) as desk:
            address = web.address("board")
            looked = desk.client.post(
                "/sources/look", data={"mark": desk.mark(), "address": address}, headers={"origin": ORIGIN}
            )
            [held] = re.findall(r'name="held" value="([^"]+)"', looked.text)
            form = {"mark": desk.mark(), "held": held, "name": "xx_board"}
            assert desk.client.post("/sources/add", data=form, headers={"origin": ORIGIN}).status_code == 303
        assert [source.name for source in case.sources()] == ["xx_board"]


@pytest.mark.parametrize("name", ["/tmp/planted.yml", "planted.yaml", "../planted", "id_a/../../b", "ID_UPPER"])
def test_a_source_gets_a_name_and_never_a_path(desk: Desk, name: str) -> None:
    form = {"mark": desk.mark(), "held": "anything", "name": name}
    answer = desk.client.post("/sources/add", data=form, headers={"origin": ORIGIN})
    assert answer.status_code == 400 and "is no name of a source" in words_of(answer.text)


def test_a_search_server_that_is_away_is_told_and_breaks_nothing(tmp_path: Path) -> None:
    elastic = ElasticSettings(urls=("http://127.0.0.1:1",), engine="elastic")
    with sample_case(tmp_path, SETTINGS.model_copy(update={"elastic": elastic})) as case, entered(case) as desk:
        assert desk.client.get("/").status_code == 200
        answer = desk.client.get("/search?q=poipet")
        assert answer.status_code == 400 and 'role="alert"' in answer.text


def test_work_that_is_done_cannot_be_stopped_any_more(desk: Desk) -> None:
    desk.client.post("/doing/start", data={"mark": desk.mark(), "action": "verify"}, headers={"origin": ORIGIN})
    [job] = desk.client.app.state.jobs.all()  # type: ignore[attr-defined]
    job.process.wait(120)
    while job.is_running:
        time.sleep(0.05)
    desk.client.post("/doing/1/stop", data={"mark": desk.mark()}, headers={"origin": ORIGIN})
    assert not job.stopped
