"""Ways into the investigator's own network: notations, names, redirects, and what a browser loads by itself."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from crawlers.exits import Direct
from crawlers.run import crawl_sources
from tests.crawlers.site import make_case, write_source
from tests.threats.web import page, redirect, serving, victim

NOTATIONS = {
    "dotted": "127.0.0.2", "decimal": "2130706434", "hexadecimal": "0x7f000002", "octal": "0177.0.0.2",
    "octal-long": "000000177.0.0.02", "hex-parts": "0x7f.0x0.0x0.0x2", "two-parts": "127.2", "three-parts": "127.0.2",
    "octal-number": "017700000002", "zero": "0.0.0.0", "zero-short": "0", "mixed": "0x7f.0.2", "big-hex": "0x00007f000002",
    "trailing-dot": "127.0.0.2.", "full-width": "１２７.0.0.2", "circled": "①②⑦.⓪.⓪.②", "ideographic-dot": "127。0。0。2",
    "ipv6-loopback": "[::1]", "ipv6-long": "[0:0:0:0:0:0:0:1]", "ipv6-any": "[::]", "mapped": "[::ffff:127.0.0.2]",
    "mapped-hex": "[::ffff:7f00:2]", "compatible": "[::127.0.0.2]", "translated": "[::ffff:0:127.0.0.2]",
    "nat64": "[64:ff9b::7f00:2]", "nat64-local": "[64:ff9b:1::7f00:2]", "6to4": "[2002:7f00:2::]",
    "teredo": "[2001:0:7f00:2::]", "isatap": "[2606:4700::5efe:7f00:2]", "zone": "[fe80::1%25lo]", "zone-loopback": "[::1%25lo]",
    "site-local": "[fec0::1]", "unique-local": "[fd00::1]", "link-local": "169.254.169.254", "metadata-v6": "[fd00:ec2::254]",
    "metadata-public-looking": "168.63.129.16", "metadata-shared": "100.100.100.200", "private-a": "10.0.0.1",
    "private-b": "172.16.0.1", "private-c": "192.168.0.1", "multicast": "224.0.0.1", "broadcast": "255.255.255.255",
    "user-info": "example.com@127.0.0.2", "user-info-coded": "a%40b:c@127.0.0.2", "localhost": "localhost",
    "localhost-dot": "localhost.", "localhost-case": "LocalHost", "percent-coded": "127.0.0.%32", "soft-hyphen": "127.0.0.2\u00ad",
}  # fmt: skip
PAGES = {
    "iframe": '<iframe src="{to}"></iframe>', "script": '<script src="{to}"></script>', "style": '<link rel=stylesheet href="{to}">',
    "picture": '<img src="{to}">', "object": '<object data="{to}"></object>', "embed": '<embed src="{to}">',
    "fetch": '<script>fetch("{to}",{{mode:"no-cors"}})</script>', "beacon": '<script>navigator.sendBeacon("{to}","x")</script>',
    "web-socket": '<script>new WebSocket("{to}".replace("http","ws"))</script>', "event-source": '<script>new EventSource("{to}")</script>',
    "prefetch": '<link rel=prefetch href="{to}">', "preconnect": '<link rel=preconnect href="{to}">', "dns-prefetch": '<link rel=dns-prefetch href="{to}">',
    "prerender": '<script type=speculationrules>{{"prerender":[{{"urls":["{to}"]}}]}}</script>', "preload": '<link rel=preload as=fetch href="{to}">',
    "worker": "<script>new Worker(URL.createObjectURL(new Blob(['fetch(\"{to}\");new WebSocket(\"{to}\".replace(\"http\",\"ws\"))'])))</script>",
    "shared-worker": "<script>new SharedWorker('data:text/javascript,fetch(\"{to}\")')</script>",
    "pop-up": '<script>open("{to}")</script>', "form": '<form action="{to}" method=post id=f></form><script>f.submit()</script>',
    "refresh": '<meta http-equiv=refresh content="0;url={to}">', "script-redirect": '<script>location="{to}"</script>',
    "web-rtc": '<script>p=new RTCPeerConnection({{iceServers:[{{urls:"{turn}",username:"a",credential:"b"}}]}});p.createDataChannel("x");p.createOffer().then(o=>p.setLocalDescription(o))</script>',
    "web-transport": '<script>new WebTransport("{to}".replace("http:","https:"))</script>',
    "css-import": '<style>@import "{to}";body{{background:url("{to}")}}</style>', "font": '<style>@font-face{{font-family:x;src:url("{to}")}}body{{font-family:x}}</style>x',
    "ping": '<a id=a ping="{to}" href="#x">x</a><script>a.click()</script>', "srcdoc": "<iframe srcdoc='<img src=\"{to}\">'></iframe>",
    "import": '<script type=module>import("{to}")</script>', "manifest": '<link rel=manifest href="{to}">', "svg": '<svg><image href="{to}"/><use href="{to}#a"/></svg>',
    "video": '<video src="{to}" autoplay></video><track src="{to}">', "csp-report": '<meta http-equiv=Content-Security-Policy content="script-src none; report-uri {to}"><script>1</script>',
    "file-frame": '<iframe src="file:///etc/passwd"></iframe><script>fetch("file:///etc/passwd")</script>',
    "download": '<a id=d download href="data:application/octet-stream,x">x</a><script>d.click()</script>',
    "permissions": "<script>navigator.geolocation.getCurrentPosition(()=>0);Notification.requestPermission();navigator.mediaDevices&&navigator.mediaDevices.getUserMedia({{video:true}})</script>",
    "dialogs": "<script>alert(1);confirm(2);prompt(3);onbeforeunload=()=>'stay';print()</script>",
    "service-worker": '<script>navigator.serviceWorker&&navigator.serviceWorker.register("/sw.js")</script>',
}  # fmt: skip
_CARD = "<li class=ad data-id=1><p>satu lowongan</p></li>"
_SELECT = "select: {post: li.ad, text: p, thread: a.thread}"
# A resolver of its own for the crawl: names ending in .rebind lead to an allowed address and to another one in turn.
_RESOLVER = """
import itertools, socket
_real, _turn = socket.getaddrinfo, itertools.count()
def getaddrinfo(host, *rest, **more):
    name = host.decode() if isinstance(host, bytes) else host
    if not str(name).endswith(".rebind"):
        return _real(host, *rest, **more)
    both = [_real(ip, *rest, **more) for ip in ("127.0.0.1", "127.0.0.2")]
    return both[0] + both[1] if name.startswith("both") else both[next(_turn) % 2]
socket.getaddrinfo = getaddrinfo
"""


@pytest.fixture(scope="module")
def reached_by_notation(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What was reached when each notation was the address of a source, and where a redirect leads."""
    folder = make_case(tmp_path_factory.mktemp("notations") / "case", allow=("127.0.0.1",))
    with victim() as prey, serving() as web:
        targets = [
            f"http://{notation}:{prey.port}/" for notation in NOTATIONS.values() if "localhost" not in notation.lower()
        ]
        links = "".join(f'<a class=thread href="/to/{n}">x</a>' for n in range(len(targets)))
        links += "".join(f'<a class=thread href="{target}">x</a>' for target in targets)
        web.paths["/list"] = page(links + _CARD)
        web.paths |= {f"/to/{n}": redirect(_header(target)) for n, target in enumerate(targets)}
        names = [write_source(folder, "xx_list", f"{web.url}/list", "forum", _SELECT)]
        names.append(
            write_source(
                folder,
                "xx_drawn",
                f"{web.url}/list",
                "rendered",
                f"reads: forum\n{_SELECT}\nbrowser: {{wait_seconds: 1, scrolls: 0}}",
            )
        )
        crawl_sources(folder, names, parallel=2, on_event=lambda event: None)
        assert any(path == "/to/1" for path in web.asked)
        return prey.touched


def _header(target: str) -> str:
    return target.encode("utf-8").decode("latin-1")


def test_no_redirect_and_no_link_leads_inside_in_any_notation(reached_by_notation: list[str]) -> None:
    assert reached_by_notation == []


@pytest.mark.parametrize("name", NOTATIONS)
def test_no_notation_is_a_way_inside(name: str) -> None:
    host = NOTATIONS[name].rpartition("@")[2].strip("[]").replace("%25", "%")
    assert not asyncio.run(Direct(()).admits(host))


def test_no_source_leads_inside_in_any_notation(tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case", allow=())
    with victim() as prey:
        chosen = ("decimal", "mapped", "octal", "zero", "localhost-dot", "ipv6-loopback")
        names = [
            write_source(folder, f"xx_{n}", f"http://{NOTATIONS[name]}:{prey.port}/", "board", _SELECT)
            for n, name in enumerate(chosen)
        ]
        crawl_sources(folder, names, parallel=2, on_event=lambda event: None)
        assert prey.touched == []


@pytest.mark.parametrize("family", ["board", "rendered"])
def test_a_name_that_changes_its_address_leads_nowhere(
    family: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitecustomize.py").write_text(_RESOLVER, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]))
    folder = make_case(tmp_path / "case", allow=("127.0.0.1",))
    with victim() as prey:
        more = _SELECT + "\nbrowser: {wait_seconds: 1, scrolls: 0}"
        names = [
            write_source(folder, f"xx_{name}", f"http://{name}.rebind:{prey.port}/", family, more)
            for name in ("both", "turn")
        ]
        crawl_sources(folder, names, parallel=1, on_event=lambda event: None)
        assert "127.0.0.2" not in prey.touched and "::ffff:127.0.0.2" not in prey.touched


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs a Unix")
def test_nothing_that_a_page_loads_in_the_browser_leads_inside(tmp_path: Path) -> None:
    folder = make_case(tmp_path / "case", allow=("127.0.0.1",))
    with victim() as prey, serving() as web:
        to, turn = f"http://127.0.0.2:{prey.port}/x", f"turn:127.0.0.2:{prey.port}?transport=tcp"
        web.paths["/list"] = page("".join(f'<a class=thread href="/{name}">x</a>' for name in PAGES))
        web.paths |= {f"/{name}": page(_CARD + made.format(to=to, turn=turn)) for name, made in PAGES.items()}
        more = f"reads: forum\n{_SELECT}\nbrowser: {{wait_seconds: 1, scrolls: 0}}"
        crawl_sources(
            folder,
            [write_source(folder, "xx_drawn", f"{web.url}/list", "rendered", more)],
            parallel=1,
            on_event=lambda _: None,
        )
        assert {f"/{name}" for name in PAGES} <= set(web.asked)
        assert prey.touched == []
