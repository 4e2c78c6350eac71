"""The package: what was written, its digests, its signature, how to check it; whole or not at all.

network.graphml …   the formats
manifest.json       what it is, from which case and selection, for whom and why, what was held back, every file's digest
SHA256SUMS          every file's digest, as sha256sum reads it
SHA256SUMS.sig      its signature with the case's key (Ed25519), as openssl reads it
key-….pem           the public key
HOW-TO-CHECK.txt    the two commands
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from casefile.case import Case
from casefile.chain import storage_error
from casefile.errors import ExportRefused
from casefile.seals.keys import public_pem, public_text
from casefile.seals.seal import key_name
from casefile.seals.sealing import key_of

MANIFEST, SUMS, SIGNATURE = "manifest.json", "SHA256SUMS", "SHA256SUMS.sig"
_ROOM = ".export-"
HOW = """This folder came from a case of Jejak. It is handled as {handling}.

Nothing was changed since it was signed if both commands say so. Open a terminal in this folder:

    sha256sum --check SHA256SUMS
    openssl pkeyutl -verify -pubin -inkey {key} -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig

Ask the sender for the key's name, {key}, by another way (telephone, letter): whoever changes files could also change the key.
manifest.json says what this is, from which case, for whom and why, and what was held back.
Names such as "shielded person bdfg…" are pseudonyms: the same in all that this recipient gets, and of no meaning elsewhere.
"""


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """An empty folder in a room of its own beside the target, to be filled and moved; the room goes whatever happens.

    Raises ExportRefused where something stands already.
    """
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise ExportRefused(f"{target}: is there already", "Give the name of a new folder; nothing is written over.")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for left in target.parent.glob(f"{_ROOM}*-{target.name}"):  # of a run that was killed
            shutil.rmtree(left)
        room = Path(tempfile.mkdtemp(dir=target.parent, prefix=_ROOM, suffix=f"-{target.name}"))
        content = room / "content"
        content.mkdir()
    except OSError as error:
        raise storage_error(error, target) from error
    try:
        yield content
    finally:
        shutil.rmtree(room, ignore_errors=True)


def move(made: Path, target: Path) -> None:
    """Give what was made its place, in one step."""
    try:
        if target.is_dir():
            target.rmdir()
        made.rename(target)
    except OSError as error:
        raise storage_error(error, target) from error


def sign(case: Case, folder: Path, manifest: Mapping[str, Any], files: Iterable[Path]) -> list[Path]:
    """Write manifest, sums, signature, key and directions beside the files; returns these, the manifest first."""
    key, _ = key_of(case)
    public = public_text(key.public_key())
    pem = folder / f"key-{key_name(public)}.pem"
    try:
        pem.write_bytes(public_pem(public))
        how = folder / "HOW-TO-CHECK.txt"
        how.write_text(HOW.format(handling=manifest["handling"], key=pem.name), encoding="utf-8")
        listed = sorted([*files, pem, how])
        path = folder / MANIFEST
        told = {**manifest, "files": [_described(file, folder) for file in listed]}
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        sums = "".join(
            f"{digest_of(file)}  {file.relative_to(folder).as_posix()}\n" for file in sorted([*listed, path])
        )
        (folder / SUMS).write_text(sums, encoding="utf-8")
        (folder / SIGNATURE).write_bytes(key.sign(sums.encode("utf-8")))
    except OSError as error:
        raise storage_error(error, folder) from error
    return [path, how, pem, folder / SUMS, folder / SIGNATURE]


def bag(folder: Path, about: Mapping[str, str]) -> None:
    """Make the folder a bag (BagIt 1.0, RFC 8493): what was in it moves to data/."""
    import bagit  # only who wants a package needs it

    try:
        bagit.make_bag(str(folder), bag_info=dict(about), checksums=["sha256"])
    except OSError as error:
        raise storage_error(error, folder) from error


def zipped(folder: Path, name: str, made_at: datetime) -> Path:
    """The folder as one zip beside it, in which everything lies under `name`."""
    path = folder.parent / "package.zip"
    try:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.rglob("*")):
                if file.is_file():
                    info = zipfile.ZipInfo(f"{name}/{file.relative_to(folder).as_posix()}", made_at.timetuple()[:6])
                    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
                    with file.open("rb") as source, archive.open(info, "w", force_zip64=True) as member:
                        shutil.copyfileobj(source, member, 1 << 20)
    except OSError as error:
        raise storage_error(error, path) from error
    return path


def encrypted(path: Path, keys: Iterable[str]) -> Path:
    """The file encrypted to age keys (https://age-encryption.org)."""
    import pyrage

    locked = path.with_suffix(".age")
    try:
        pyrage.encrypt_file(str(path), str(locked), [pyrage.x25519.Recipient.from_str(key) for key in keys])
    except pyrage.RecipientError as error:
        raise ExportRefused(
            f"The profile's encrypt_to holds no age key ({error})",
            "An age key begins with age1; ask the recipient for it.",
        ) from error
    return locked


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _described(path: Path, folder: Path) -> dict[str, Any]:
    return {"name": path.relative_to(folder).as_posix(), "bytes": path.stat().st_size, "sha256": digest_of(path)}
