"""The key that seals a case: Ed25519, outside the case, since a case is copied and given away.

~/.config/jejak/keys/CASE/key.pem      the private key, mode 600
~/.config/jejak/keys/CASE/0001.json    a copy of each seal made here: a witness that lies outside the case
"""

from __future__ import annotations

import os
import stat
import sys
from base64 import b64decode, b64encode
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from casefile.atomic import replacing
from casefile.chain import storage_error
from casefile.errors import SealError

FOLDER_VARIABLE = "JEJAK_KEYS"


def keys_folder() -> Path:
    """Where keys lie: $JEJAK_KEYS, else the folder of this user's settings."""
    if named := os.environ.get(FOLDER_VARIABLE):
        return Path(named).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA", "~")).expanduser() / "Jejak" / "keys"
    return Path(os.environ.get("XDG_CONFIG_HOME") or "~/.config").expanduser() / "jejak" / "keys"


def read_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a PEM file; raises SealError when it is none, or when others may read it."""
    try:
        if sys.platform != "win32" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise SealError(f"{path}: others may read this key", f"Take that away: chmod 600 {path}")
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise SealError(f"{path}: is no private key that can be read ({error})", _REMEDY) from error
    except OSError as error:
        raise SealError(f"{path}: cannot be read ({error.strerror})", _REMEDY) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError(f"{path}: is a key of another kind than Ed25519", _REMEDY)
    return key


_REMEDY = "Put the key back from a backup. Moved away, a new key is made; earlier seals stay valid under the old one."


def make_key(path: Path) -> Ed25519PrivateKey:
    """A new private key in a new file that only its owner may read."""
    key = Ed25519PrivateKey.generate()
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise storage_error(error, path.parent) from error
    with replacing(path) as file:  # of mode 600 from its first byte on
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return key


def public_text(key: Ed25519PublicKey) -> str:
    """A public key as seals name it: 32 bytes in base 64."""
    return b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode("ascii")


def public_pem(text: str) -> bytes:
    """A public key, named as seals do, as the PEM that openssl reads; raises ValueError."""
    key = Ed25519PublicKey.from_public_bytes(b64decode(text, validate=True))
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(path: Path) -> str:
    """The public key in a PEM file, as seals name it; raises SealError."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError, UnsupportedAlgorithm) as error:
        raise SealError(
            f"{path}: holds no public key that can be read ({error})", "Give the .pem of the case's seals/ folder."
        ) from error
    if not isinstance(key, Ed25519PublicKey):
        raise SealError(f"{path}: is a key of another kind than Ed25519", "Give the .pem of the case's seals/ folder.")
    return public_text(key)


def is_signed(statement: bytes, signature: bytes, key: str) -> bool:
    """Whether the holder of this key signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(b64decode(key, validate=True)).verify(signature, statement)
    except (InvalidSignature, ValueError):
        return False
    return True
