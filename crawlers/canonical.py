"""One address for one page, whoever visits it: session ids are taken out, and what differs only by them is asked for once."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from scrapy import Request
from scrapy.utils.request import RequestFingerprinter

# The names under which PHP, Java, ASP and the forum engines write them, and a value that nobody typed.
_NAMES = frozenset(
    "sid s phpsessid jsessionid sessionid session_id sessid session sess zenid oscsid xtcsid cfid cftoken".split()
)
_VALUE = re.compile(r"(?=[^-_,.]*\d)[0-9A-Za-z,_.-]{16,200}")
_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|sid)=[^/;?#]{1,200}|/\((?:[A-Z]\([^()/]{1,200}\)){1,4}\)", re.IGNORECASE
)


def without_session(url: str) -> str:
    """The address without the ids that a site gives its visitors; everything else as it was."""
    parts = urlsplit(url)
    path = _IN_PATH.sub("", parts.path) if ";" in parts.path or "/(" in parts.path else parts.path
    pairs = parts.query.split("&") if parts.query else []
    kept = [pair for pair in pairs if not _is_session(pair)]
    if len(kept) == len(pairs) and path == parts.path:
        return url
    return urlunsplit((parts.scheme, parts.netloc, path or "/", "&".join(kept), parts.fragment))


def _is_session(pair: str) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    return (name in _NAMES or name.startswith("aspsessionid")) and _VALUE.fullmatch(value) is not None


class CanonicalFingerprinter(RequestFingerprinter):
    """Scrapy's own (order of the query and fragments mean nothing), and sessions mean nothing either."""

    def fingerprint(self, request: Request) -> bytes:
        """What a page is known by. A redirect may add a session to an address: that is another visit, not a circle."""
        plain = request.url if "redirect_urls" in request.meta else without_session(request.url)
        return super().fingerprint(request if plain == request.url else request.replace(url=plain))
