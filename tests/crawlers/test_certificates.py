"""A site whose certificate cannot be trusted is not believed, neither by Scrapy nor by the browser."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from casefile.errors import MissingProgram
from casefile.records import CrawlOutcome
from crawlers.browser import find_browser
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
