"""Telling a site's bad certificate from other failures: every program between us and it has words of its own."""

from __future__ import annotations

_WORDS = ("certificate verify failed", "VerificationError", "ERR_CERT")


def is_untrusted(exception: BaseException) -> bool:
    """Whether a request failed since the site's certificate cannot be trusted."""
    words = f"{exception!r} {exception.__cause__!r} {getattr(exception, 'reasons', '')}"
    return any(word in words for word in _WORDS)
