"""Certificates of sites: which one was shown, and telling a bad one from other failures."""

from __future__ import annotations

from base64 import b64decode
from urllib.parse import urlsplit

from playwright.async_api import CDPSession, Page

from casefile.identity import sha256_hex

# Every program between us and the site has words of its own.
_WORDS = ("certificate verify failed", "VerificationError", "ERR_CERT")


def is_untrusted(exception: BaseException) -> bool:
    """Whether a request failed since the site's certificate cannot be trusted."""
    words = f"{exception!r} {exception.__cause__!r} {getattr(exception, 'reasons', '')}"
    return any(word in words for word in _WORDS)


async def heed_certificates(page: Page) -> CDPSession:
    """A line to the browser, over which it tells the certificates of what a page loads from now on. Raises the browser's Error."""
    session = await page.context.new_cdp_session(page)
    # Without buffers: bodies are had from elsewhere.
    await session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
    return session


async def certificate_of(session: CDPSession, url: str) -> str | None:
    """The SHA-256 of the certificate that a browser was shown for a page; None without TLS. Raises the browser's Error."""
    address = urlsplit(url)
    if address.scheme != "https":
        return None
    # Chromium's own protocol, Network domain: the chain as DER in base64, the site's own first.
    told = await session.send("Network.getCertificate", {"origin": f"https://{address.netloc}"})
    chain = told.get("tableNames", [])
    return sha256_hex(b64decode(chain[0])) if chain else None
