"""A site on 127.0.0.1 made to keep a crawl busy for ever; every trap has a list of posts before it."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.crawlers.site import LocalServer

POSTS = "".join(f"<li class=ad data-id={n}><p>Lowongan nomor {n}</p></li>" for n in (1, 2, 3))
SELECT = """select: {post: li.ad, id: "::attr(data-id)", text: p, thread: "a.more::attr(href)", next: "a.next::attr(href)"}"""


class TrapSite(LocalServer):
    """Serves the traps; `site.times` says when each path was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.times: list[float] = []
        self.refusals = 2

    def count(self, beginning: str) -> int:
        """How many requests went to addresses that begin so."""
        return sum(path.startswith(beginning) for path in self.asked)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.asked.append(self.path)
                site.times.append(time.monotonic())
                name = urlsplit(self.path).path.split("/")[1]
                _TRAPS.get(name, _missing)(site, self)

            def page(self, body: str, status: int = 200, **headers: str) -> None:
                self.raw(
                    f"<!doctype html><html><meta charset=utf-8><body>{body}</body></html>".encode(), status, **headers
                )

            def raw(self, body: bytes, status: int = 200, **headers: str) -> None:
                self.send_response(status)
                for key, value in {"Content-Type": "text/html; charset=utf-8", **headers}.items():
                    self.send_header(key.replace("_", "-"), value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                return

        return Handler


def _number(handler: Any, name: str = "n") -> int:
    return int(parse_qs(urlsplit(handler.path).query).get(name, ["0"])[0])


def _missing(site: TrapSite, handler: Any) -> None:
    handler.page("nothing here", 404)


def _calendar(site: TrapSite, handler: Any) -> None:
    parts = [int(part) for part in urlsplit(handler.path).path.split("/")[2:]]
    if not parts:
        handler.page(f"<ul>{POSTS}</ul><a class=next href=/calendar/2026/1>calendar</a>")
        return
    if len(parts) == 3:
        handler.page("<p>no events</p>")
        return
    month = 12 * parts[0] + parts[1]
    day = "".join(f"<a class=more href=/calendar/{month // 12}/{month % 12}/{n}>{n}</a>" for n in (1, 2, 3))
    handler.page(f"{day}<a class=next href=/calendar/{(month + 1) // 12}/{(month + 1) % 12}>next month</a>")


def _session(site: TrapSite, handler: Any) -> None:
    token = f"{len(site.asked):032x}"
    links = "".join(f'<a class=more href="/session/{n};jsessionid=A{token}?sid={token}">{n}</a>' for n in (1, 2, 3))
    handler.page(f"<ul>{POSTS}</ul>{links}")


def _token(site: TrapSite, handler: Any) -> None:
    handler.page(f"<ul>{POSTS}</ul><a class=next href=/token/a{len(site.asked):011x}/list>again</a>")


def _scroll(site: TrapSite, handler: Any) -> None:
    number = _number(handler)
    handler.page(f"<ul>{POSTS}</ul><a class=next href='/scroll?n={number + 1}'>next</a>")


def _endless(site: TrapSite, handler: Any) -> None:
    n = _number(handler)
    handler.page(
        f"<ul><li class=ad data-id={n}><p>Iklan {n}</p></li></ul><a class=next href='/endless?n={n + 1}'>next</a>"
    )


def _deeper(site: TrapSite, handler: Any) -> None:
    handler.page(f"<ul>{POSTS}</ul><a class=next href='{urlsplit(handler.path).path}/deeper'>deeper</a>")


def _growing(site: TrapSite, handler: Any) -> None:
    joint = "&" if "?" in handler.path else "?"
    handler.page(f"<ul>{POSTS}</ul><a class=next href='{handler.path}{joint}f{len(handler.path)}=on'>filter</a>")


def _circle(site: TrapSite, handler: Any) -> None:
    if handler.path == "/circle":
        handler.page(f"<ul>{POSTS}</ul><a class=more href=/circle/1>one</a><a class=more href=/circle/far/0>far</a>")
    elif handler.path.startswith("/circle/far/"):
        handler.page("", 302, Location=f"/circle/far/{int(handler.path.rsplit('/', 1)[1]) + 1}")
    else:
        handler.page("", 302, Location="/circle/2" if handler.path == "/circle/1" else "/circle/1")


def _drip(site: TrapSite, handler: Any) -> None:
    if handler.path == "/drip":
        handler.page(f"<ul>{POSTS}</ul><a class=more href=/drip/slow>slow</a>")
        return
    _pour(handler, b"<p>drip</p>", 0.05, 400)


def _flood(site: TrapSite, handler: Any) -> None:
    if handler.path == "/flood":
        handler.page(f"<ul>{POSTS}</ul><a class=more href=/flood/all>all</a>")
        return
    _pour(handler, b"<p>word</p>" * 10_000, 0, 10_000)


def _pour(handler: Any, drop: bytes, pause: float, times: int) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html")
    handler.end_headers()
    try:
        for _ in range(times):
            handler.wfile.write(drop)
            handler.wfile.flush()
            time.sleep(pause)
    except OSError:
        return  # the visitor has gone


def _bomb(site: TrapSite, handler: Any) -> None:
    if handler.path == "/bomb":
        handler.page(f"<ul>{POSTS}</ul><a class=more href=/bomb/1>bomb</a>")
    else:
        handler.raw(gzip.compress(b"\0" * 50_000_000), Content_Encoding="gzip")


def _busy(site: TrapSite, handler: Any) -> None:
    """Refuses twice with Retry-After, then serves."""
    if site.count("/busy") <= site.refusals:
        handler.page("slow down", 429, Retry_After="1")
    else:
        handler.page(f"<ul>{POSTS}</ul>")


def _later(site: TrapSite, handler: Any) -> None:
    if handler.path == "/later":
        handler.page(f"<ul>{POSTS}</ul>" + "".join(f"<a class=more href=/later/{n}>{n}</a>" for n in range(9)))
    else:
        handler.page("come back later", 503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")


def _storm(site: TrapSite, handler: Any) -> None:
    if handler.path == "/storm":
        handler.page(f"<ul>{POSTS}</ul>" + "".join(f"<a class=more href=/storm/{n}>{n}</a>" for n in range(50)))
    else:
        handler.page("overloaded", 503)


def _mute(site: TrapSite, handler: Any) -> None:
    """Answers once, and hangs up on every further visit."""
    if handler.path == "/mute":
        handler.page(f"<ul>{POSTS}</ul>" + "".join(f"<a class=more href=/mute/{n}>{n}</a>" for n in range(50)))


def _wide(site: TrapSite, handler: Any) -> None:
    """As large a page as is asked for, again and again."""
    n = _number(handler)
    handler.page(
        f"<ul><li class=ad data-id={n}><p>Iklan {n}</p></li></ul><a class=next href='/wide?n={n + 1}'>next</a>{'<i></i>' * 5_000}"
    )


_TRAPS: dict[str, Callable[[TrapSite, Any], None]] = {
    "calendar": _calendar,
    "session": _session,
    "token": _token,
    "scroll": _scroll,
    "endless": _endless,
    "deeper": _deeper,
    "growing": _growing,
    "circle": _circle,
    "drip": _drip,
    "flood": _flood,
    "bomb": _bomb,
    "busy": _busy,
    "later": _later,
    "storm": _storm,
    "mute": _mute,
    "wide": _wide,
}
