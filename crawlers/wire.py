"""An answer as it came over the wire, in the words of the evidence."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Headers, Response

from casefile.evidence.exchange import Exchange
from casefile.identity import sha256_hex

ARRIVED = "arrived"
# Scrapy and the browser hand us bodies out of their transfer and content encodings. The record holds the decoded body,
# so what described the encoded one keeps its value under another name (as other web archives do).
_OF_THE_ENCODED_BODY = frozenset({"content-encoding", "content-length", "transfer-encoding"})
_PREFIX = "X-Archive-Orig-"


def note_arrival(response: Response, request: Request) -> None:
    """Remember when an answer was complete, and its headers before anything rewrites them."""
    request.meta[ARRIVED] = (datetime.now(UTC), response.status, _pairs(response.headers))


def exchange_of(response: Response, request: Request) -> Exchange:
    """Request and answer. A body that we hold from an earlier visit (304) is not repeated."""
    at, status, headers = request.meta.get(ARRIVED) or (datetime.now(UTC), response.status, _pairs(response.headers))
    return Exchange(
        url=response.url,
        at=at,
        status=status,
        reason=_reason(status),
        body=b"" if status == HTTPStatus.NOT_MODIFIED else response.body,
        method=request.method,
        # Behind a proxy the address that we see is our own gate's.
        certificate=sha256_hex(response.certificate.dump()) if response.certificate else None,
        ip=str(response.ip_address) if response.ip_address and "proxy" not in request.meta else None,
        request_headers=(("Host", urlsplit(request.url).netloc), *_without_host(_pairs(request.headers))),
        response_headers=tuple((_honest(name), value) for name, value in headers),
    )


def _honest(name: str) -> str:
    return _PREFIX + name if name.lower() in _OF_THE_ENCODED_BODY else name


def _pairs(headers: Headers | dict[Any, Any]) -> tuple[tuple[str, str], ...]:
    pairs: list[tuple[str, str]] = []
    for name, values in headers.items():
        for value in values if isinstance(values, list) else [values]:
            pairs.append((_line(name), _line(value)))
    return tuple(pairs)


def _without_host(pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in pairs if name.lower() != "host")


def _line(value: Any) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else str(value)
    return " ".join(text.split())


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""
