"""Certificates: one that cannot be trusted is not believed, neither by Scrapy nor by the browser; a good one is kept."""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from playwright.async_api import async_playwright
from warcio.archiveiterator import ArchiveIterator

from casefile.case import Case
from casefile.errors import MissingProgram
from casefile.records import CrawlOutcome
from crawlers.browser import find_browser, launch_options
from crawlers.certificates import certificate_of, heed_certificates
from tests.crawlers import pages
from tests.crawlers.site import crawl, make_case, write_source


class _Cards(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b'<div class="card"><p>Lowongan kerja di sini, hubungi kami</p></div>')

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def self_made(tmp_path: Path) -> Iterator[str]:
    """A site on loopback with a certificate that nobody signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
    )
    builder = builder.serial_number(1).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
    pem = tmp_path / "site.pem"
    pem.write_bytes(
        builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server = HTTPServer(("127.0.0.1", 0), _Cards)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("family", ["board", "rendered"])
def test_a_certificate_that_nobody_signed_is_not_believed(tmp_path: Path, self_made: str, family: str) -> None:
    if family == "rendered":
        try:
            find_browser()
        except MissingProgram as missing:
            pytest.skip(str(missing))
    case = make_case(tmp_path / "case")
    write_source(case, "xx_self_made", f"{self_made}/", family, pages.CARDS)
    result = crawl(case, "xx_self_made")
    assert result.outcome is CrawlOutcome.FAILED
    assert result.posts == 0
    assert "certificate" in result.detail


def fingerprint(pem: Path) -> str:
    """As `openssl x509 -fingerprint -sha256` tells it."""
    return x509.load_pem_x509_certificate(pem.read_bytes()).fingerprint(hashes.SHA256()).hex()


def test_the_certificate_the_address_and_the_clock_are_kept_with_the_page(
    tmp_path: Path, self_made: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "site.pem"))  # here somebody trusts it
    case = make_case(tmp_path / "case")
    write_source(case, "xx_self_made", f"{self_made}/", "board", pages.CARDS)
    crawl(case, "xx_self_made")
    with Case.open(case) as opened:
        entries = list(opened.manifest.entries())
        [body] = [entry["body"] for entry in entries if entry["type"] == "page" and entry["status"] == 200]
        [ended] = [entry for entry in entries if entry["type"] == "crawl-ended"]
        with (opened.evidence_folder / body["file"]).open("rb") as file:
            file.seek(body["offset"])
            headers = next(iter(ArchiveIterator(file))).rec_headers
    assert headers.get_header("X-TLS-Certificate-SHA256") == fingerprint(tmp_path / "site.pem")
    assert headers.get_header("WARC-IP-Address") == "127.0.0.1"
    assert abs(ended["clock_ahead"]) < 3_600


def test_the_browser_tells_which_certificate_it_was_shown(tmp_path: Path, self_made: str) -> None:
    try:
        find_browser()
    except MissingProgram as missing:
        pytest.skip(str(missing))

    async def look() -> tuple[str | None, str | None]:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(**launch_options())
            page = await browser.new_page(ignore_https_errors=True)
            session = await heed_certificates(page)
            await page.goto(f"{self_made}/")
            return await certificate_of(session, page.url), await certificate_of(session, "http://127.0.0.1/")

    assert asyncio.run(look()) == (fingerprint(tmp_path / "site.pem"), None)
