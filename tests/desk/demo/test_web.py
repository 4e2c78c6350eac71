"""The demo web serves what the truth says, and behaves like the sites that it stands for."""

from __future__ import annotations

import http.client
import json
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from parsel import Selector
from ruamel.yaml import YAML

from casefile.settings import SourceSettings
from desk.demo.truth import DemoPost
from desk.demo.web import DemoWeb

CHANNELS = {"kerja": "kerja_luar_demo", "haiwai": "haiwai_gongzuo_demo"}


@dataclass(frozen=True)
class Answer:
    """What came back: the page decoded by the charset that its header names."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def page(self) -> Selector:
        return Selector(text=self.text)


def get(address: str, **headers: str) -> Answer:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)
    try:
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        connection.request("GET", path or "/", headers={k.replace("_", "-"): v for k, v in headers.items()})
        response = connection.getresponse()
        charset = response.headers.get_content_charset("utf-8")
        return Answer(
            response.status, {k.lower(): v for k, v in response.getheaders()}, response.read().decode(charset)
        )
    finally:
        connection.close()


@pytest.fixture(scope="module")
def web() -> Iterator[DemoWeb]:
    with DemoWeb() as running:
        yield running


def on(web: DemoWeb, site: str) -> list[DemoPost]:
    return [post for post in web.posts if post.site == site]


def words(node: Selector, *, without: str = "nothing") -> str:
    parts = node.xpath(f".//text()[not(ancestor::{without})]").getall()
    return " ".join(" ".join(parts).split())


def flat(text: str) -> str:
    return " ".join(text.split())


def test_the_board_lists_every_advert_once_and_shows_it_whole(web: DemoWeb) -> None:
    address: str | None = web.address("board") + "/jobs"
    links: list[str] = []
    while address:
        page = get(address).page
        links += page.css("li.ad a.title::attr(href)").getall()
        following = page.css("a[rel=next]::attr(href)").get()
        address = urljoin(address, following) if following else None
    assert links == [post.path for post in reversed(on(web, "board"))]
    for post in on(web, "board"):
        advert = get(web.permalink(post)).page
        assert words(advert.css("div.body")[0]) == flat(post.text)
        assert advert.css("span.author::text").get() == post.author
        assert advert.css("article time::attr(datetime)").get() == post.published.isoformat()
        declared = json.loads(advert.css('script[type="application/ld+json"]::text').get() or "")
        assert declared["@type"] == "JobPosting"
        assert words(Selector(text=declared["description"])) == flat(post.text)


def test_the_forum_shows_every_reply_on_its_permalink(web: DemoWeb) -> None:
    for post in on(web, "forum"):
        page = get(web.permalink(post)).page
        reply = page.css(f"article#p{post.id}")[0]
        assert words(reply.css("div.text")[0], without="blockquote") == flat(post.text)
        assert reply.css("a.author::text").get() == post.author
        assert reply.css("a.permalink::attr(href)").get() == post.path


def test_the_forum_leads_to_every_thread_and_has_noise_in_it(web: DemoWeb) -> None:
    first, second = (get(web.address("forum") + path).page for path in ("/", "/?page=2"))
    linked = {*first.css("a.thread::attr(href)").getall(), *second.css("a.thread::attr(href)").getall()}
    assert {f"/thread/{post.thread}" for post in on(web, "forum")} < linked
    pages = [get(web.address("forum") + link).page for link in linked if "/thread/" in link]
    assert any(page.css("blockquote") for page in pages)
    assert any(page.css(".signature") for page in pages)
    assert any(page.css("a[rel=next]") for page in pages)


@pytest.mark.parametrize(("thread", "charset"), [("maesot", "tis-620"), ("dongnanya", "gbk")])
def test_two_threads_speak_older_charsets_and_say_so(web: DemoWeb, thread: str, charset: str) -> None:
    answer = get(f"{web.address('forum')}/thread/{thread}")
    assert answer.headers["content-type"] == f"text/html; charset={charset}"
    assert answer.page.css("meta::attr(charset)").get() == charset


@pytest.mark.parametrize("key", sorted(CHANNELS))
def test_a_channel_is_paged_back_to_its_first_message(web: DemoWeb, key: str) -> None:
    address: str | None = f"{web.address(key)}/s/{CHANNELS[key]}"
    pages = []
    while address:
        page = get(address).page
        pages.append(page.css(".tgme_widget_message"))
        older = page.css("a.tme_messages_more::attr(href)").get()
        address = urljoin(address, older) if older else None
    assert len(pages) > 1 and len(pages[0]) == 20
    messages = [message for page in reversed(pages) for message in page]
    for message, post in zip(messages, on(web, key), strict=True):
        assert message.attrib["data-post"] == f"{CHANNELS[key]}/{post.id}"
        assert words(message.css(".tgme_widget_message_text")[0]) == flat(post.text)
        assert message.css(".tgme_widget_message_date time::attr(datetime)").get() == post.published.isoformat()
        assert message.css(".tgme_widget_message_forwarded_from_name::text").get() == post.forwarded_from
        assert bool(message.css(".tgme_widget_message_photo_wrap")) == post.picture


def test_channels_forward_answer_and_show_pictures(web: DemoWeb) -> None:
    posts = on(web, "kerja") + on(web, "haiwai")
    assert any(post.forwarded_from for post in posts)
    assert any(post.reply_to for post in posts)
    picture = next(post for post in posts if post.picture)
    assert get(f"{web.address('telegram')}/media/{picture.site}{picture.id}.svg").status == 200


@pytest.mark.parametrize(
    ("path", "links"),
    [
        ("/feed.xml", "channel/item/link"),
        ("/sitemap.xml", "{*}url/{*}loc"),
        ("/atom.xml", "{*}entry/{*}id"),
    ],
)
def test_feeds_name_every_article(web: DemoWeb, path: str, links: str) -> None:
    tree = ElementTree.fromstring(get(web.address("news") + path).text)
    assert {node.text for node in tree.findall(links)} == {web.permalink(post) for post in on(web, "news")}


def test_articles_hold_their_text_between_noise(web: DemoWeb) -> None:
    for post in on(web, "news"):
        page = get(web.permalink(post)).page
        assert words(page.css(".article-body")[0]) == flat(post.text)
        assert page.css("nav") and page.css("aside") and page.css("footer")


def test_the_javascript_site_shows_nothing_without_it_and_all_posts_by_its_address(web: DemoWeb) -> None:
    front = get(web.address("quick") + "/")
    assert not any(post.text[:20] in front.text for post in on(web, "quick"))
    rows: list[dict[str, str]] = []
    following: int | None = 0
    while following is not None:
        answer = json.loads(get(f"{web.address('quick')}/api/posts?from={following}").text)
        rows += answer["posts"]
        following = answer["next"]
    assert [(row["id"], row["text"]) for row in rows] == [(p.id, p.text) for p in reversed(on(web, "quick"))]


@pytest.mark.parametrize("site", ["board", "forum", "telegram", "news", "quick"])
def test_every_site_has_its_own_robots_and_a_trap_that_counts(web: DemoWeb, site: str) -> None:
    assert "Disallow: /private/" in get(web.address(site) + "/robots.txt").text
    assert 'href="/private/' in get(web.address(site) + "/").text
    before = web.requests[f"{site} /private/x"]
    get(web.address(site) + "/private/x")
    assert web.requests[f"{site} /private/x"] == before + 1


def test_validators_spare_a_page_that_did_not_change(web: DemoWeb) -> None:
    address = web.address("board") + "/jobs"
    first = get(address)
    by_tag = get(address, If_None_Match=first.headers["etag"])
    by_date = get(address, If_Modified_Since=first.headers["last-modified"])
    assert (by_tag.status, by_tag.text, by_date.status) == (304, "", 304)
    assert get(address, If_None_Match='"other"').status == 200
    assert get(address, If_Modified_Since="yesterday").status == 200


def test_an_edited_advert_has_other_validators_and_a_lost_message_is_missing(web: DemoWeb) -> None:
    with DemoWeb(edition=2) as later:
        before, after = ({(p.site, p.id): p for p in w.posts} for w in (web, later))
        edited = next(p for key, p in before.items() if key in after and after[key].text != p.text)
        (lost,) = (p for key, p in before.items() if key not in after)
        first = get(web.permalink(edited)).headers
        assert get(later.permalink(edited), If_None_Match=first["etag"]).status == 200
        assert get(later.permalink(edited), If_Modified_Since=first["last-modified"]).status == 200
        assert (get(web.permalink(lost)).status, get(later.permalink(lost)).status) == (200, 404)


def test_the_forum_has_a_wall_and_a_dead_link(web: DemoWeb) -> None:
    wall = get(web.address("forum") + "/thread/ruang-anggota")
    assert (wall.status, wall.headers["location"]) == (302, "/login?next=/thread/ruang-anggota")
    assert 'type="password"' in get(web.address("forum") + "/login").text
    assert get(web.address("forum") + "/thread/thread-lama").status == 404


@pytest.mark.parametrize("query", ["/jobs?page=0", "/jobs?page=99", "/jobs/%2e%2e", "/jobs/9", "/nowhere"])
def test_what_is_not_there_is_missing(web: DemoWeb, query: str) -> None:
    assert get(web.address("board") + query).status == 404


@pytest.mark.parametrize("site", ["board", "forum", "telegram", "news", "quick"])
def test_pages_use_nothing_from_elsewhere(web: DemoWeb, site: str) -> None:
    page = get(web.address(site) + "/").page
    used = page.css("script::attr(src), link[rel=stylesheet]::attr(href), img::attr(src)").getall()
    assert used == []


def test_sources_are_valid_settings_of_this_web(web: DemoWeb) -> None:
    sources = {
        name: SourceSettings(name=name.removesuffix(".yml"), **YAML(typ="safe").load(text))
        for name, text in web.source_files().items()
    }
    assert {source.family for source in sources.values()} == {"board", "forum", "telegram", "feed", "rendered"}
    for source in sources.values():
        assert get(source.url).status == 200
        assert urlsplit(source.url).hostname == "127.0.0.1"
