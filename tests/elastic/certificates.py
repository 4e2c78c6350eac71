"""Certificates for the tests: an authority of its own, and what it vouches for."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificate:
    """A server's key and certificate (PEM, PEM), and the file with the authority's own."""

    key: bytes
    certificate: bytes
    authority_file: Path

    def write_into(self, folder: Path) -> None:
        """Put key and certificate where the server reads them."""
        (folder / "server.key").write_bytes(self.key)
        (folder / "server.crt").write_bytes(self.certificate)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, as hexadecimal digits."""
        der = x509.load_pem_x509_certificate(self.certificate).public_bytes(Encoding.DER)
        return hashlib.sha256(der).hexdigest()


def make_certificate(folder: Path, *, expired: bool = False) -> Certificate:
    """A certificate for 127.0.0.1, by a new authority whose own is kept in `folder`."""
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _sign("Authority of the tests", authority_key.public_key(), None, authority_key)
    signed = _sign("127.0.0.1", key.public_key(), authority, authority_key, days=-1 if expired else 30)
    path = folder / "authority.pem"
    path.write_bytes(authority.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return Certificate(private, signed.public_bytes(Encoding.PEM), path)


def _sign(
    name: str,
    key: ec.EllipticCurvePublicKey,
    authority: x509.Certificate | None,
    authority_key: ec.EllipticCurvePrivateKey,
    days: int = 30,
) -> x509.Certificate:
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(authority.subject if authority else subject)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=authority is None, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()), critical=False)
    )
    if authority is None:
        usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    else:
        address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
        builder = builder.add_extension(address, critical=False)
    return builder.sign(authority_key, SHA256())
