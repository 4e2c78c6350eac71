"""Addresses in pages: absolute, http or https only, and one permalink for one post."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

# Parameters that say where a visitor came from or who he is, never which post is meant.
_NOISE = re.compile(
    r"utm_\w+|fbclid|gclid|yclid|msclkid|igshid|mc_[ce]id|_ga|ref_?src|sid|phpsessid|jsessionid|sessionid|aspsessionid\w*"
    r"|trace_?info|track(?:ing)?_?id|trk\w*|srsltid|spm|scm",
    re.IGNORECASE,
)
# A path on the same host that nothing is to be done about: most links of a page are such.
_PLAIN = re.compile(r"/(?!/)[\w\-.~%/]*(?:\?[\w\-.~%/=&]+)?", re.ASCII)
_WHOLE = ("http://", "https://")
# What no name of a host holds: controls, spaces, quotes and brackets, marks of direction, halves of surrogate pairs.
_NO_HOST = re.compile(
    "[\\x00-\\x20\\x7f-\\xa0\"'<>\\\\^`{|}\\u200b-\\u200f\\u202a-\\u202e\\u2066-\\u2069\\ud800-\\udfff]"
)
_SESSION_IN_PATH = re.compile(r";jsessionid=[^/?#]*", re.IGNORECASE)


def web_address(base: str, link: str | None) -> str | None:
    """`link` as an absolute http(s) address without credentials, or None: other schemes are never followed."""
    if not link or len(link) > 4_000:
        return None
    if _PLAIN.fullmatch(link) and "/." not in link and (origin := _origin(base)):
        return origin + link
    return _web_address(base, link.strip())


@lru_cache(maxsize=64)
def _origin(base: str) -> str | None:
    """What stands before the path of every address on the host of `base`."""
    address = _web_address(base, "/")
    return address.removesuffix("/") if address else None


def _web_address(base: str, link: str) -> str | None:
    try:
        parts = urlsplit(link if link.startswith(_WHOLE) else urljoin(base, link))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not host or _NO_HOST.search(host):
        return None
    netloc = f"[{host}]" if ":" in host else host
    default = {"http": 80, "https": 443}[parts.scheme]
    if port is not None and port != default:
        netloc += f":{port}"
    return urlunsplit((parts.scheme, netloc, _ascii(parts.path) or "/", _ascii(parts.query), _ascii(parts.fragment)))


def _ascii(part: str) -> str:
    return quote(part, safe="!$%&'()*+,-./:;=?@_~[]", errors="replace")  # half a surrogate pair has no UTF-8


def permalink(address: str, *, fragment: bool = False) -> str:
    """The address that names a post for good: no session, no tracking; the fragment only where it tells posts apart."""
    if "?" not in address and ";" not in address:
        return address.removesuffix("#") if fragment else without_fragment(address)
    parts = urlsplit(address)
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _NOISE.fullmatch(name)]
    query = parts.query if len(kept) == len(pairs) else urlencode(kept)
    path = _SESSION_IN_PATH.sub("", parts.path)
    return urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment if fragment else ""))


def without_fragment(address: str) -> str:
    """The page that an address lies on."""
    return address.partition("#")[0]
