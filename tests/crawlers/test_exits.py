"""Behind a proxy nothing goes out past it: no connection, no name, no word about the case."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.case import Case
from casefile.errors import Refused, SourceDown
from casefile.records import CrawlOutcome
from casefile.settings import CaseSettings, NetworkSettings
from crawlers.exits import Direct, Proxied, exit_for, is_of_the_web
from crawlers.single import post
from desk.probing import look
from tests.conftest import SETTINGS
from tests.crawlers.proxies import Connect, RecordingProxy, Socks
from tests.crawlers.site import Site, crawl, html, make_case, write_source
from tests.desk.servers import answering

NAME = "jobs.harbor.example"  # nobody but the proxies of these tests knows where it is
CARDS = '<ul><li class="ad"><a href="/1">One</a><p>Lowongan kerja di Kota Contoh</p></li></ul>'
SELECT = 'select: {post: "li.ad", text: "p", link: "a::attr(href)"}'


def a_case(tmp_path: Path, network: str) -> Path:
    case = make_case(tmp_path / "case", allow=())
    path = case / "case.toml"
    before, _, after = path.read_text(encoding="utf-8").partition("[network]\n")
    rest = after[after.index("\n[") :] if "\n[" in after else ""
    path.write_text(f"{before}[network]\n{network}\n{rest}", encoding="utf-8")
    return case


def used_by(name: str, **network: object) -> CaseSettings:
    return SETTINGS.model_copy(update={"network": NetworkSettings(proxy=name, **network)})


@pytest.mark.parametrize(("kind", "scheme"), [(Socks, "socks5"), (Socks, "socks5h"), (Connect, "http")])
def test_a_crawl_behind_a_proxy_asks_it_for_names_and_nobody_else(
    tmp_path: Path, kind: type[RecordingProxy], scheme: str
) -> None:
    with Site() as site, kind(site.port) as proxy:
        site.pages["/jobs"] = html(CARDS)
        case = a_case(tmp_path, f'proxy = "{scheme}://127.0.0.1:{proxy.port}"')
        write_source(case, "xx_harbor", f"http://{NAME}/jobs", "board", SELECT)
        result = crawl(case, "xx_harbor")
    assert (result.outcome, result.posts) == (CrawlOutcome.FINISHED, 1)
    assert {(asked.host, asked.port) for asked in proxy.asked} == {(NAME, 80)}
    assert "address" not in {asked.kind for asked in proxy.asked}
    assert {"/robots.txt", "/jobs"} <= set(site.asked)


def test_the_evidence_of_a_crawl_behind_a_proxy_names_the_way_and_no_address_of_ours(tmp_path: Path) -> None:
    with Site() as site, Socks(site.port) as proxy:
        site.pages["/jobs"] = html(CARDS)
        case = a_case(tmp_path, f'proxy = "socks5://127.0.0.1:{proxy.port}"')
        write_source(case, "xx_harbor", f"http://{NAME}/jobs", "board", SELECT)
        crawl(case, "xx_harbor")
    with Case.open(case) as opened:
        begun = next(entry for entry in opened.manifest.entries() if entry["type"] == "crawl-begun")
        [warc] = opened.evidence_folder.glob("*.warc.gz")
        heads = _heads(warc)
    assert begun["way_out"] == "socks5"
    assert not any("WARC-IP-Address" in head or str(proxy.port) in head for head in heads)


def _heads(warc: Path) -> list[str]:
    from warcio.archiveiterator import ArchiveIterator

    with warc.open("rb") as file:
        return [str(record.rec_headers) + str(record.http_headers) for record in ArchiveIterator(file)]


def test_a_source_leaves_by_its_own_way(tmp_path: Path) -> None:
    with Site() as site, Socks(site.port) as of_case, Socks(site.port) as of_source:
        site.pages["/jobs"] = html(CARDS)
        case = a_case(tmp_path, f'proxy = "socks5://127.0.0.1:{of_case.port}"')
        more = f"{SELECT}\nproxy: socks5://127.0.0.1:{of_source.port}"
        write_source(case, "xx_harbor", f"http://{NAME}/jobs", "board", more)
        assert crawl(case, "xx_harbor").posts == 1
    assert of_source.asked and not of_case.asked


def test_when_the_proxy_is_away_nothing_goes_out(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    with Site() as site:
        site.pages["/jobs"] = html(CARDS)
        case = make_case(tmp_path / "case")  # the address itself could be reached
        write_source(case, "xx_harbor", f"{site.url}/jobs", "board", f"{SELECT}\nproxy: socks5://127.0.0.1:{nobody}")
        result = crawl(case, "xx_harbor")
        assert site.asked == []
    assert result.outcome == CrawlOutcome.FAILED
    assert f"the proxy 127.0.0.1:{nobody} does not answer, and nothing is asked without it" in result.detail


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "[::1]", "printer", "nas.local"])
def test_a_proxy_is_not_asked_for_a_private_network(tmp_path: Path, host: str) -> None:
    with Site() as site, Socks(site.port) as proxy:
        case = a_case(tmp_path, f'proxy = "socks5://127.0.0.1:{proxy.port}"')
        write_source(case, "xx_harbor", f"http://{host}:{site.port}/jobs", "board")
        result = crawl(case, "xx_harbor")
        assert site.asked == [] and proxy.asked == []
    assert result.outcome == CrawlOutcome.FAILED


def test_the_browser_asks_the_proxy_for_every_name_and_nobody_else(tmp_path: Path) -> None:
    """Scripts from a second name, WebRTC, prefetched names: only the proxy may hear of them."""
    other = "cdn.harbor.example"
    page = (
        f'<link rel="dns-prefetch" href="//prefetch.harbor.example"><link rel="preconnect" href="//early.harbor.example">'
        f'<script src="http://{other}/late.js"></script><div id="here"></div>'
        '<script>try { new RTCPeerConnection({iceServers: [{urls: "stun:127.0.0.1:" + location.port}]}) } catch (e) {}'
        "document.querySelector('#here').innerHTML = late</script>"
    )
    with Site() as site, Socks(site.port) as proxy:
        site.pages["/jobs"] = html(page)
        script = f"var late = {CARDS!r}".encode()
        site.pages["/late.js"] = type(site.pages["/jobs"])(script, 200, {"Content-Type": "text/javascript"})
        case = a_case(tmp_path, f'proxy = "socks5://127.0.0.1:{proxy.port}"')
        more = f"{SELECT}\nbrowser: {{wait_for: li.ad, scrolls: 0}}"
        write_source(case, "xx_harbor", f"http://{NAME}/jobs", "rendered", more)
        result = crawl(case, "xx_harbor")
    assert result.posts == 1, result
    asked = {asked.host for asked in proxy.asked}
    assert {NAME, other} <= asked and all(host.endswith("harbor.example") for host in asked)
    assert {asked.kind for asked in proxy.asked} == {"name"}
    assert len(site.agents) == 1  # robots.txt, the page and its script see one and the same


def test_the_browser_asks_nothing_when_the_proxy_is_away(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    with Site() as site:
        site.pages["/jobs"] = html(CARDS)
        case = make_case(tmp_path / "case")
        more = f"{SELECT}\nproxy: http://127.0.0.1:{nobody}"
        write_source(case, "xx_harbor", f"{site.url}/jobs", "rendered", more)
        assert crawl(case, "xx_harbor").outcome == CrawlOutcome.FAILED
        assert site.asked == []


def test_a_case_that_wants_a_proxy_crawls_nothing_without_one(tmp_path: Path) -> None:
    with Site() as site:
        case = a_case(tmp_path, "only_by_proxy = true")
        write_source(case, "xx_harbor", f"{site.url}/jobs", "board")
        result = crawl(case, "xx_harbor")
        assert site.asked == []
    assert "would go out without a proxy, and this case forbids that" in result.detail


def test_not_even_a_source_may_go_directly_where_the_case_forbids_it() -> None:
    with pytest.raises(Refused):
        exit_for(used_by("direct", only_by_proxy=True))


def test_a_single_request_goes_through_the_proxy_too() -> None:
    with answering(lambda body: (200, {}, body[::-1])) as port, Socks(port) as proxy:
        way_out = exit_for(used_by(f"socks5://127.0.0.1:{proxy.port}"))
        assert post(f"http://{NAME}/tsr", b"abc", "text/plain", 100, way_out) == b"cba"
    assert [(asked.host, asked.kind) for asked in proxy.asked] == [(NAME, "name")]


def test_a_single_request_is_not_made_when_the_proxy_is_away() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        nobody = taken.getsockname()[1]
    with pytest.raises(SourceDown, match="does not answer, and nothing is asked without it"):
        post("http://127.0.0.1.nowhere.example/", b"", "text/plain", 9, exit_for(used_by(f"http://127.0.0.1:{nobody}")))


def test_the_password_of_a_proxy_stands_in_no_file_and_no_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JEJAK_PROXY_PASSWORD", "not to be seen")
    way_out = exit_for(used_by("socks5://mona@127.0.0.1:9"))
    assert isinstance(way_out, Proxied) and "not to be seen" not in repr(way_out) + way_out.shown
    with answering(lambda body: (200, {}, b"")) as port, Socks(port) as proxy:
        post(f"http://{NAME}/", b"", "text/plain", 9, exit_for(used_by(f"socks5://mona@127.0.0.1:{proxy.port}")))
    assert proxy.asked[0].user == "mona"
    with pytest.raises(ValueError, match="pattern"):
        NetworkSettings(proxy="socks5://mona:secret@127.0.0.1:9")


def test_crawls_by_tor_are_not_seen_to_belong_together() -> None:
    first, second = exit_for(used_by("tor")), exit_for(used_by("tor"))
    assert isinstance(first, Proxied) and isinstance(second, Proxied)
    assert first.url != second.url and first.shown == second.shown == "127.0.0.1:9050"


def test_without_a_proxy_the_way_is_direct() -> None:
    assert isinstance(exit_for(SETTINGS), Direct) and isinstance(exit_for(None), Direct)


@pytest.mark.parametrize(
    "host",
    ["harbor.example", "HARBOR.EXAMPLE.", "8.8.8.8", "[2606:4700:4700::1111]", "abcdefgh.onion", "xn--80ak6aa92e.com"],
)
def test_public_hosts_may_be_asked_for(host: str) -> None:
    assert is_of_the_web(host)


@pytest.mark.parametrize(
    "host",
    ["", "localhost", "localhost.", "a.localhost", "printer", "nas.local", "x.internal", "router.home", "a.home.arpa",
     "127.0.0.1", "127.1", "0x7f.1", "0177.0.0.1", "2130706433", "017700000001", "127.0.0.1.", "１２７.0.0.1", "[::1]", "::1",
     "::ffff:10.0.0.1", "169.254.169.254", "10.0.0.1", "[fe80::1%25eth0]", "1.2.3.4.5", "a.0x7f", "a..b", "256.256.256.256"],
)  # fmt: skip
def test_hosts_of_a_private_network_may_not(host: str) -> None:
    assert not is_of_the_web(host)


@given(st.text(max_size=40))
def test_any_text_is_judged(host: str) -> None:
    assert is_of_the_web(host) in (True, False)


def test_what_web_sites_are_told_is_as_the_case_wants(tmp_path: Path) -> None:
    wanted = (
        ("show_contact = true", "Jejak/0.1 (+desk@watch.example)"),
        ("show_contact = false", "Jejak/0.1"),
        ('user_agent = "Mozilla/5.0 (X11)"', "Mozilla/5.0 (X11)"),
    )
    for number, (network, agent) in enumerate(wanted):
        folder = tmp_path / str(number)
        folder.mkdir()
        with Site() as site, Socks(site.port) as proxy:
            site.pages["/jobs"] = html(CARDS)
            case = a_case(folder, f'{network}\nproxy = "socks5://127.0.0.1:{proxy.port}"')
            write_source(case, "xx_harbor", f"http://{NAME}/jobs", "board", SELECT)
            crawl(case, "xx_harbor")
            assert site.agents == {agent}


def test_a_look_at_an_address_leaves_as_the_case_does(tmp_path: Path) -> None:
    with Site() as site, Socks(site.port) as proxy:
        site.pages["/jobs"] = html(CARDS)
        case = a_case(tmp_path, f'proxy = "socks5://127.0.0.1:{proxy.port}"')
        look(f"http://{NAME}/jobs", url=None, timezone=None, case=case, use_browser=False)
    assert {asked.host for asked in proxy.asked} == {NAME}
