"""Time stamps (RFC 3161): a digest is sent to an authority, which signs it together with its own clock's time.

What is stamped is a seal's signature, so the token proves that statement and signature were there at that time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from casefile.errors import SealError
from casefile.seals.der import CONTEXT_0, INTEGER, SEQUENCE, child, parts, sorted_inside, whole

LARGEST_REPLY = 100_000  # bytes; a token with its chain of certificates takes some 2 to 10 thousand
_SHA256 = "2.16.840.1.101.3.4.2.1"
_LONGEST_WORDS = 200
_REMEDY = "Ask again with `jejak seal CASE --stamp`, or fetch the reply to the .tsq file by other means."


@dataclass(frozen=True, slots=True)
class Token:
    """A time stamp; `trusted` when it was checked down to the authority's root certificate."""

    at: datetime
    trusted: bool


def request_for(signature: bytes) -> bytes:
    """A request (DER) for a time stamp over a signature, with a nonce and asking for the authority's certificate."""
    return TimestampRequestBuilder().data(signature).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def read_root(path: Path) -> list[x509.Certificate]:
    """The certificates in a PEM file; raises SealError."""
    try:
        return x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise SealError(
            f"{path}: holds no certificate that can be read ({error})", "Put the authority's root there, as PEM."
        ) from error


def check_reply(reply: bytes, request: bytes, signature: bytes, roots: list[x509.Certificate]) -> Token:
    """The time stamp in an authority's reply (DER), if it is one over this signature; raises SealError.

    Without roots, what the token says is checked, but not who signed it.
    """
    digest = sha256(signature).digest()
    try:
        response = _decoded(reply)
        if response.status != PKIStatus.GRANTED:
            said = "; ".join(response.status_string) or f"status {response.status}"
            raise SealError(f"The authority gave no time stamp: {said[:_LONGEST_WORDS]}", _REMEDY)
        info = response.tst_info
        if info.message_imprint.hash_algorithm.dotted_string != _SHA256 or info.message_imprint.message != digest:
            raise SealError("This time stamp is over something else than this seal", _REMEDY)
        if info.nonce != _nonce(request):
            raise SealError("This time stamp answers another request (its nonce is not ours)", _REMEDY)
        # Certificates that came along are never trusted, and the chain is built with them anyway.
        if roots:
            VerifierBuilder(roots=roots).build().verify(response, digest)
        return Token(info.gen_time, bool(roots))
    except VerificationError as error:
        raise SealError(
            f"This time stamp is not signed by the authority whose root is known ({error})", _REMEDY
        ) from error
    except (ValueError, OverflowError) as error:
        raise SealError(f"This is no time stamp that can be read ({error})", _REMEDY) from error


def imprint_of(reply: bytes) -> bytes:
    """The digest that a time stamp is over (32 bytes with SHA-256); raises SealError."""
    try:
        return _decoded(reply).tst_info.message_imprint.message
    except ValueError as error:
        raise SealError(f"This is no time stamp that can be read ({error})", _REMEDY) from error


def _decoded(reply: bytes) -> TimeStampResponse:
    if len(reply) > LARGEST_REPLY:
        raise ValueError(f"it has more than {LARGEST_REPLY:,} bytes")
    try:
        return decode_timestamp_response(reply)
    except ValueError:
        return decode_timestamp_response(_with_certificates_in_order(reply))


def _with_certificates_in_order(reply: bytes) -> bytes:
    """Authorities send their chain in any order (openssl's does), which DER does not know; no signature is over it."""
    content = child(reply, whole(reply), 1, SEQUENCE)
    signed_data = child(reply, child(reply, content, 1, CONTEXT_0), 0, SEQUENCE)
    return sorted_inside(reply, child(reply, signed_data, 3, CONTEXT_0))


def _nonce(request: bytes) -> int | None:
    """The nonce of a request: its second number, after the version (RFC 3161, 2.4.1)."""
    top = whole(request)
    numbers = [part for part in parts(request, top.content, top.end) if part.tag == INTEGER]
    return int.from_bytes(request[numbers[1].content : numbers[1].end]) if len(numbers) > 1 else None
