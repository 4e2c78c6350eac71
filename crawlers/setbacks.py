"""What keeps a page from being read, in one sentence each, with the way out; and whether trying later helps."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from scrapy import Request, exceptions
from twisted.internet import error as net

from casefile.errors import JejakError, Refused
from crawlers.addresses import GuardedResolver, refusal
from crawlers.certificates import is_untrusted
from crawlers.gate import troubles
from crawlers.heads import HeadWithoutEnd
from crawlers.hosts import ELSEWHERE
from crawlers.robots import FORBIDDEN, UNKNOWN

LEFT_ALONE = "left alone: its like showed nothing new"
_LATER = "It is tried again on the next crawl."
_NOT_PASSED = "We do not get around this. Ask the site, or import what you may save yourself with `jejak import`."


@dataclass(frozen=True, slots=True)
class Setback:
    """Why a page was set aside. `final`: the site has spoken, so the rest of the crawl is whole without it."""

    reason: str
    remedy: str = ""
    final: bool = False


IN_CIRCLES = Setback("sends us from address to address without end", "Look at the address in a browser.", final=True)
_TOO_LARGE, _RAISE = "is larger than the source allows", "Raise gentle.max_page_bytes in the source's file."


def of_status(status: int) -> Setback:
    """What an answer of 400 and above means."""
    if status in (404, 410):
        return Setback(
            f"there is no such page (HTTP {status})", "If the site has moved, correct the source's url.", True
        )
    if status >= 500:
        return Setback(f"the site answers with an error (HTTP {status})", _LATER)
    return Setback(f"the site does not serve this page (HTTP {status})", "Look at the address in a browser.", True)


def of_wall(wall: str) -> Setback:
    """A wall, by the name that crawlers.reading.walls gives it; a login or a price stays, a block may pass."""
    return Setback(wall, _NOT_PASSED, final="login" in wall or "payment" in wall)


def of_exception(exception: BaseException, request: Request) -> Setback | None:
    """What an exception means; None for a link that was left alone on purpose (it leads to another site)."""
    if isinstance(exception, JejakError):
        return Setback(str(exception), exception.remedy)
    words, host = str(exception), host_of(request)
    left_by_gate = "proxy" in request.meta or "rendering" in request.meta or words.startswith(UNKNOWN)
    if left_by_gate and (trouble := troubles.get(host)):
        return Setback(str(trouble), trouble.remedy, isinstance(trouble, Refused))
    if isinstance(exception, exceptions.IgnoreRequest):
        if words == LEFT_ALONE:  # the pattern is told once, not every address of it
            return None
        if words == FORBIDDEN:
            return Setback(words, "The site asks not to be read here; choose another page.", final=True)
        if ELSEWHERE in words:
            was_sent_there = "redirect_urls" in request.meta
            return (
                Setback(f"{words} ({host_of(request)})", "If the source has moved, correct its url.", True)
                if was_sent_there
                else None
            )
        if "redirections" in words:
            return IN_CIRCLES
        if "during decompression" in words:
            return Setback(f"{_TOO_LARGE} once it is unpacked", _RAISE, final=True)
        return Setback(words or "was left out", _LATER)
    if host in GuardedResolver.refused and _is_unresolved(exception):
        error = refusal(host, GuardedResolver.refused[host])
        return Setback(str(error), error.remedy, True)
    if _is_unresolved(exception):
        return Setback(f"the name {host} is not known", "Check the address and your connection.")
    if is_untrusted(exception):
        return Setback(
            "its certificate cannot be trusted (expired, self-made, or another site's)",
            "Somebody may stand between you and the site; look at it in a browser on another network.",
        )
    if isinstance(exception, exceptions.DownloadCancelledError):
        return Setback(_TOO_LARGE, _RAISE, final=True)
    if _is_named(exception, "Timeout"):
        return Setback("did not answer in time", f"Raise gentle.timeout in the source's file. {_LATER}")
    if _is_named(exception, "Refused"):
        return Setback("nobody answers there (connection refused)", _LATER)
    if _came_of(exception, HeadWithoutEnd):
        return Setback("sends headers without end", "Look at the address in a browser.", final=True)
    if (
        isinstance(exception, net.ConnectionDone | net.ConnectionLost)
        or _is_named(exception, "DataLoss", "ResponseFailed")
        or _came_of(exception, net.ConnectionDone, net.ConnectionLost)
    ):
        return Setback("the connection broke off", _LATER)
    return Setback(
        f"could not be loaded ({type(exception).__name__}: {words.splitlines()[0][:200] if words else ''})", _LATER
    )


def _is_unresolved(exception: BaseException) -> bool:
    return isinstance(exception, net.DNSLookupError) or _is_named(exception, "Resolve", "DNSLookup")


def _is_named(exception: BaseException, *parts: str) -> bool:
    """Scrapy, Twisted and the browser name the same trouble in classes of their own."""
    names = " ".join(kind.__name__ for kind in type(exception).__mro__)
    return any(part in names for part in parts)


def _came_of(exception: BaseException, *kinds: type[Exception]) -> bool:
    """Whether one of the failures that Twisted gathered, and Scrapy wrapped, is of these kinds."""
    gathered = (*getattr(exception, "reasons", ()), *getattr(exception.__cause__, "reasons", ()))
    return any(failure.check(*kinds) for failure in gathered)


def host_of(request: Request) -> str:
    """The host that a request goes to."""
    return urlsplit(request.url).hostname or ""
