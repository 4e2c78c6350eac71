"""One HTTP request and its response, as a crawler saw them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What was asked and what was answered. `at` is aware, in UTC: when the answer was complete.

    `certificate` is the SHA-256 (hexadecimal) of the certificate that the site showed, as `openssl x509 -fingerprint` tells it.
    """

    url: str
    at: datetime
    status: int
    body: bytes
    method: str = "GET"
    reason: str = ""
    ip: str | None = None
    certificate: str | None = None
    request_headers: Headers = ()
    response_headers: Headers = ()

    def header(self, name: str) -> str | None:
        """The first response header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.response_headers if key.lower() == wanted), None)
