"""Pseudonyms: a keyed hash (HMAC-SHA256) that is the same for one recipient, and says nothing to anybody else.

A plain hash would not do: whoever has it tries all telephone numbers. The key of each recipient lies beside the keys of
seals, outside the case and the package (mode 600). Without it the pseudonym cannot be turned back, by us neither.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import stat
import sys
from pathlib import Path

from casefile.atomic import replacing
from casefile.chain import storage_error
from casefile.errors import ExportRefused
from casefile.seals.keys import keys_folder

_KEY_BYTES = 32
_LETTERS = str.maketrans(
    "0123456789abcdef", "bcdfghjkmnpqrstv"
)  # no digits: never taken for a number; no vowels: no words
_LENGTH = 16  # letters, four bits each


class Pseudonyms:
    """Gives pseudonyms to what one recipient must not know."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, identity: str) -> str:
        """Sixteen letters that stand for an identity; the same for the same key."""
        digest = hmac.new(self._key, identity.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()
        return digest[:_LENGTH].translate(_LETTERS)


def key_path(recipient: str) -> Path:
    """Where the key of a recipient lies."""
    return keys_folder() / "recipients" / f"{recipient}.key"


def pseudonyms_for(recipient: str) -> Pseudonyms:
    """The pseudonyms of a recipient; its key is made when there is none. Raises ExportRefused."""
    path = key_path(recipient)
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with replacing(path) as file:  # of mode 600 from its first byte on
                file.write(secrets.token_bytes(_KEY_BYTES))
        if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise ExportRefused(f"{path}: others may read this key", f"Take that away: chmod 600 {path}")
        key = path.read_bytes()
    except OSError as error:
        raise storage_error(error, path) from error
    if len(key) != _KEY_BYTES:
        raise ExportRefused(
            f"{path}: is no key of {_KEY_BYTES} bytes", "Put it back from a backup; moved away, a new one is made."
        )
    return Pseudonyms(key)
