"""`doctor --network`: what sites see of us, and whether anything went past the proxy."""

from __future__ import annotations

from pathlib import Path

import pytest

from casefile.settings import CaseSettings, NetworkSettings
from crawlers.browser import find_browser
from crawlers.leaks import Seen, judged, look_into_mirror
from crawlers.witness import Witnessed
from tests.conftest import SETTINGS
from tests.crawlers.proxies import Socks
from tests.crawlers.site import Site, html
from tests.desk.commands.conftest import Jejak

MIRROR = "http://mirror.harbor.example/who"


def a_case(tmp_path: Path, jejak: Jejak, network: str) -> Path:
    folder = tmp_path / "case"
    assert jejak("new", folder).code == 0
    path = folder / "case.toml"
    before, _, after = path.read_text(encoding="utf-8").partition("[network]\n")
    rest = after[after.index("\n[") :] if "\n[" in after else ""
    path.write_text(f'{before}[network]\nmirror = "{MIRROR}"\n{network}\n{rest}', encoding="utf-8")
    return folder


def behind(proxy: Socks) -> CaseSettings:
    network = NetworkSettings(proxy=f"socks5://127.0.0.1:{proxy.port}", mirror=MIRROR)
    return SETTINGS.model_copy(update={"network": network})


@pytest.mark.parametrize("browser", [False, True])
def test_behind_a_proxy_no_name_is_looked_up_and_only_loopback_is_connected_to(browser: bool) -> None:
    with Site() as site, Socks(site.port) as proxy:
        site.pages["/who"] = html("<p>You are 203.0.113.9</p>")
        seen = look_into_mirror(behind(proxy), str(behind(proxy).network.proxy), browser=browser)
    assert "You are 203.0.113.9" in seen.answer and not seen.trouble
    assert seen.witnessed.names <= {"127.0.0.1", "localhost"}
    assert {host for host, _ in seen.witnessed.addresses} == {"127.0.0.1"}
    assert proxy.port in {port for _, port in seen.witnessed.addresses}
    assert seen.headers["User-Agent"] == f"Jejak/0.1 (+{SETTINGS.contact})"


@pytest.mark.parametrize("browser", [False, True])
def test_the_witness_hears_of_names_that_are_looked_up(browser: bool) -> None:
    settings = SETTINGS.model_copy(update={"network": NetworkSettings(mirror="http://no-such-name.invalid/")})
    assert "no-such-name.invalid" in look_into_mirror(settings, "direct", browser=browser).witnessed.names


def test_a_leak_is_wrong() -> None:
    seen = Seen("You are 203.0.113.9", {}, Witnessed(frozenset({"jobs.harbor.example"}), frozenset()), "")
    checks = list(judged("way out", seen, proxied=True))
    assert checks[-1].state == "wrong" and "LEAK: this machine looked up jobs.harbor.example" in checks[-1].words


def test_the_doctor_shows_what_sites_see(tmp_path: Path, jejak: Jejak) -> None:
    with Site() as site, Socks(site.port) as proxy:
        site.pages["/who"] = html("<p>You are 203.0.113.9</p>")
        folder = a_case(tmp_path, jejak, f'proxy = "socks5://127.0.0.1:{proxy.port}"')
        answer = jejak("doctor", folder, "--network")
    assert answer.code == 0, answer
    assert "You are 203.0.113.9" in answer.out and "User-Agent: Jejak/0.1" in answer.out
    assert answer.out.count("no name was looked up on this machine") == (2 if find_browser() else 1)
    assert "LEAK" not in answer.out


def test_the_doctor_says_that_a_proxy_is_away(tmp_path: Path, jejak: Jejak) -> None:
    folder = a_case(tmp_path, jejak, 'proxy = "socks5://127.0.0.1:9"')
    answer = jejak("doctor", folder, "--network")
    assert answer.code == 1 and "the proxy 127.0.0.1:9 does not answer" in answer.out
