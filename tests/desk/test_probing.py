from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from casefile.case import Case
from casefile.records import CrawlOutcome, Post
from casefile.settings import SourceSettings
from casefile.settings_files import read_source_file
from crawlers.probing.probed import Probed
from desk import probing
from desk.cli import main
from tests.crawlers import pages, understandable
from tests.crawlers.site import Site, crawl, make_case
from tests.crawlers.test_families import has_browser


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as made:
        yield made


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return make_case(tmp_path / "case")


def look(case: Path, address: str, *, use_browser: bool = False) -> Probed:
    return probing.look(address, url=None, timezone=None, case=case, use_browser=use_browser)


def save(case: Path, probed: Probed, delay: bool = False) -> SourceSettings:
    probing.save(probed, "auto", case)
    path = next(iter((case / "sources").glob("*.yml")))
    if not delay:  # a site of the test's own need not be spared
        path.write_text(path.read_text(encoding="utf-8").replace("{delay: 2}", "{delay: 0}"), encoding="utf-8")
    return read_source_file(path)


def posts(case: Path) -> list[Post]:
    with Case.open(case) as opened:
        return list(opened.store.posts())


def test_a_forum_is_crawled_to_its_last_page_without_selectors(site: Site, case: Path) -> None:
    understandable.forum(site)
    probed = look(case, f"{site.url}/viewforum.php?f=2")
    source = save(case, probed)
    assert (probed.engine, source.family) == ("phpBB", "forum")
    assert crawl(case, source.name).outcome is CrawlOutcome.FINISHED
    kept = {post.author: post for post in posts(case)}
    assert set(kept) == {"anggota11", "anggota12", "anggota13", "anggota21"}
    assert kept["anggota13"].thread == f"{site.url}/viewtopic.php?t=1"
    assert "Salam" not in kept["anggota11"].text


def test_a_thread_gives_the_posts_that_probing_it_showed(site: Site, case: Path) -> None:
    understandable.forum(site)
    probed = look(case, f"{site.url}/viewtopic.php?t=2")
    crawl(case, save(case, probed).name)
    shown = [(post.author, post.text, post.url) for post in probed.posts]
    assert shown == [(post.author, post.text, post.url) for post in posts(case)]
    assert len(shown) == 1


def test_times_of_a_page_that_names_its_zone_are_read_in_it(site: Site, case: Path) -> None:
    understandable.forum(site)
    probed = look(case, f"{site.url}/viewtopic.php?t=2")
    crawl(case, save(case, probed).name)
    assert probed.posts[0].published == "2026-10-05T10:21+07:00"
    [post] = posts(case)
    assert post.published is not None and post.published.isoformat() == "2026-10-05T03:21:00+00:00"


def test_a_list_gives_the_adverts_behind_it_and_the_card_where_there_is_none(site: Site, case: Path) -> None:
    understandable.adverts(site)
    probed = look(case, f"{site.url}/lowongan")
    assert probed.type == "listing" and len(probed.posts) == 6
    crawl(case, save(case, probed).name)
    kept = {post.url: post for post in posts(case)}
    assert set(kept) == {post.url for post in probed.posts} == {f"{site.url}/lowongan/{n}" for n in range(1, 7)}
    assert "Kerja enam hari" in kept[f"{site.url}/lowongan/1"].text
    assert kept[f"{site.url}/lowongan/1"].author == "PT Contoh 1"
    assert "gaji 6 juta" in kept[f"{site.url}/lowongan/6"].text


def test_cards_that_lead_to_one_page_elsewhere_are_posts_of_their_own(site: Site, case: Path) -> None:
    understandable.board_of_titles(site)
    probed = look(case, f"{site.url}/titles")
    crawl(case, save(case, probed).name)
    assert {post.text for post in posts(case)} == {post.text for post in probed.posts}
    assert len(posts(case)) == len(probed.posts) == 7


def test_an_advert_is_one_post(site: Site, case: Path) -> None:
    site.pages["/lowongan/1"] = understandable.advert(1)
    probed = look(case, f"{site.url}/lowongan/1")
    crawl(case, save(case, probed).name)
    [shown], [kept] = probed.posts, posts(case)
    assert (probed.type, shown.author, shown.published) == ("job", "PT Contoh 1", "2026-10-01")
    assert (shown.text, shown.url) == (kept.text, kept.url)


def test_a_channel_is_crawled_back_to_its_beginning(site: Site, case: Path) -> None:
    pages.telegram(site, range(1, 8))
    probed = look(case, f"{site.url}/s/kerja_demo")
    source = save(case, probed)
    crawl(case, source.name)
    assert source.family == "telegram"
    assert {post.text for post in posts(case)} == {f"Pesan {n}" for n in range(1, 8)}


def test_a_feed_becomes_a_source_of_its_articles(site: Site, case: Path) -> None:
    pages.feed(site)
    probed = look(case, f"{site.url}/feed.xml")
    source = save(case, probed)
    crawl(case, source.name)
    assert (probed.engine, source.family) == ("RSS 2.0", "feed")
    assert {post.url for post in posts(case)} == {post.url for post in probed.posts}


def test_what_robots_txt_forbids_is_not_looked_at(site: Site, case: Path) -> None:
    site.pages["/lowongan/1"] = understandable.advert(1)
    understandable.rules(site, "User-agent: *\nDisallow: /lowongan\n")
    with pytest.raises(Exception, match=r"robots\.txt does not allow it"):
        look(case, f"{site.url}/lowongan/1")
    assert site.asked == ["/robots.txt"]


def test_the_pause_that_robots_txt_asks_for_is_kept_in_the_source(site: Site, case: Path) -> None:
    site.pages["/lowongan/1"] = understandable.advert(1)
    understandable.rules(site, "User-agent: *\nCrawl-delay: 7\n")
    probed = look(case, f"{site.url}/lowongan/1")
    assert save(case, probed).gentle.delay == 7
    assert "7 s between visits" in str(probed.robots)


def test_a_wall_is_named_and_makes_no_source(site: Site, case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    understandable.login(site)
    with pytest.raises(SystemExit) as ended:
        main(["probe", f"{site.url}/members", "--case", str(case), "--save", "auto", "--no-browser", "--json"])
    told = json.loads(capsys.readouterr().out)
    assert (ended.value.code, told["wall"], told["posts"]) == (1, "it asks for a login", [])
    assert not list((case / "sources").glob("*.yml"))


def test_an_address_inside_the_own_network_is_refused(site: Site, tmp_path: Path) -> None:
    site.pages["/lowongan/1"] = understandable.advert(1)
    closed = make_case(tmp_path / "closed", allow=())
    with pytest.raises(Exception, match="private network"):
        look(closed, f"{site.url}/lowongan/1")
    assert site.asked == []


@pytest.mark.skipif(not has_browser(), reason="needs a Chromium")
def test_a_page_that_needs_javascript_is_seen_to_need_it(site: Site, case: Path) -> None:
    pages.script(site)
    probed = look(case, f"{site.url}/app", use_browser=True)
    source = save(case, probed)
    assert (probed.javascript, source.family) == (True, "rendered")
    assert "Tin 1" in " ".join(post.text for post in probed.posts)


def test_a_source_is_never_written_over(site: Site, case: Path) -> None:
    site.pages["/lowongan/1"] = understandable.advert(1)
    probed = look(case, f"{site.url}/lowongan/1")
    probing.save(probed, "id_mine", case)
    with pytest.raises(Exception, match="there is a file of this name already"):
        probing.save(probed, "id_mine", case)


def test_a_title_cannot_write_settings(tmp_path: Path) -> None:
    evil = Probed(
        type="article", engine="unknown", sure=0.3, url="https://site.example/a", title='x"\nfamily: rendered\n# 中'
    )
    probing.save(evil, str(tmp_path / "xx_evil.yml"), None)
    source = read_source_file(tmp_path / "xx_evil.yml")
    assert source.family == "board" and source.title.startswith('x"family')


def test_a_saved_chat_is_no_source_but_can_be_imported(tmp_path: Path) -> None:
    chat = tmp_path / "chat.txt"
    chat.write_text("12/07/2026, 22:35 - Sari: Halo\n12/07/2026, 22:36 - Budi: Ada kerja?\n", encoding="utf-8")
    probed = probing.look(str(chat), url=None, timezone=None, case=None, use_browser=False)
    assert (probed.type, [post.published for post in probed.posts]) == (
        "whatsapp",
        ["2026-07-12T22:35", "2026-07-12T22:36"],
    )
    with pytest.raises(Exception, match="no address"):
        probing.save(probed, "id_chat", None)


def test_feeds_that_a_page_offers_are_told(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        '<html><head><link rel=alternate type="application/rss+xml" href="/rss"></head><body><p>Halo</p></body></html>'
    )
    probed = probing.look(str(page), url="https://site.example/a", timezone=None, case=None, use_browser=False)
    assert any(note.endswith("https://site.example/rss") for note in probed.notes)


@pytest.mark.skipif(not has_browser(), reason="needs a Chromium")
def test_the_button_that_loads_more_is_guessed_pressed_and_no_word_of_a_post(site: Site, case: Path) -> None:
    understandable.loads_more(site)
    probed = look(case, f"{site.url}/loker", use_browser=True)
    source = save(case, probed)
    assert (source.family, source.browser.click) == ("rendered", "#more")
    assert crawl(case, source.name).outcome is CrawlOutcome.FINISHED
    kept = posts(case)
    assert {post.url for post in kept} == {f"{site.url}/lowongan/{n}" for n in range(1, 10)}
    assert not any("Muat lagi" in post.text for post in kept)


def test_a_language_that_we_cannot_tell_is_the_one_that_the_page_names(tmp_path: Path) -> None:
    words = "<p>Wir suchen ab sofort mehrere Helfer für die Küche, die Unterkunft wird gestellt und bezahlt.</p>" * 5
    page = tmp_path / "page.html"
    page.write_text(f"<html lang=de-AT><body><main><h1>Helfer gesucht</h1>{words}</main></body></html>")
    probed = probing.look(str(page), url="https://site.example/a", timezone=None, case=None, use_browser=False)
    assert probing.in_languages(probed).languages == ("de",)
    page.write_text(page.read_text().replace("de-AT", "th"))  # which we could tell: the page is wrong
    probed = probing.look(str(page), url="https://site.example/a", timezone=None, case=None, use_browser=False)
    assert "th" not in probing.in_languages(probed).languages


def test_the_marks_of_an_engine_are_told_in_words(site: Site, case: Path) -> None:
    understandable.forum(site)
    (sign,) = look(case, f"{site.url}/viewtopic.php?t=2").signs
    assert sign.startswith("marks of phpBB in the page: ")
