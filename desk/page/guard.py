"""Around every answer of the page: who asks, from where, and what the browser may do with it."""

from __future__ import annotations

from collections.abc import Collection

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from desk.page.door import COOKIE, Door

OPEN_PATHS = ("/enter", "/static/")
_SAFE_METHODS = ("GET", "HEAD")
_HEADERS = {
    # Nothing but what this server itself serves; nothing inline, nothing framed, nothing sent elsewhere.
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # no-referrer would take the origin from our own forms too
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), clipboard-read=()",
    "Cache-Control": "no-store",
}
_NOT_HERE = (
    "This page is served to the person who started it, on this machine. Use the address that `jejak desk` printed.\n"
)
_COME_IN = "You are not signed in, or were away for long. Run `jejak desk` again and use the address that it prints.\n"


class Guard:
    """Refuses whom the page is not for, before any screen is asked (host names against DNS rebinding, origins, sessions)."""

    def __init__(self, app: ASGIApp, door: Door, hosts: Collection[str]) -> None:
        self._app, self._door, self._hosts = app, door, frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or let the screens answer."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        if scope["type"] != "http":
            return
        refused = self._refusal(scope)
        if refused is None:
            await self._app(scope, receive, _with_headers(send))
        else:
            await PlainTextResponse(refused, 403)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> str | None:
        headers = Headers(scope=scope)
        if headers.get("host", "") not in self._hosts:
            return _NOT_HERE
        if headers.get("sec-fetch-site", "none") not in ("none", "same-origin") and scope["path"] != "/enter":
            return _NOT_HERE
        if scope["method"] not in _SAFE_METHODS and headers.get("origin", "") not in self._origins():
            return _NOT_HERE
        if scope["path"].startswith(OPEN_PATHS):
            return None
        return None if self._door.knows(session_of(scope)) else _COME_IN

    def _origins(self) -> frozenset[str]:
        return frozenset(f"http://{host}" for host in self._hosts)


def session_of(scope: Scope) -> str:
    """The session that a request names; empty for none."""
    return HTTPConnection(scope).cookies.get(COOKIE, "")


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return sending
