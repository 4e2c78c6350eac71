"""Checking a package that was given away: every digest, the signature, and nothing missing or added."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from casefile.errors import CaseError, NotFound
from desk.handing_over.package import MANIFEST, SIGNATURE, SUMS

_Files = dict[str, Callable[[], IO[bytes]]]
_LONGEST_SUMS = 10_000_000  # bytes


def check_package(place: Path, manifest_sha256: str = "") -> tuple[str, ...]:
    """What is wrong with a package, a folder or a zip, in words; nothing where all is as it was signed.

    `manifest_sha256` is what the journal says of its manifest: with it, nobody else can have signed another package.
    Raises NotFound where there is none, CaseError for one that only its recipient can open.
    """
    if place.suffix == ".age":
        raise CaseError(
            f"{place.name}: is encrypted to its recipient.",
            "Whoever has the key opens it and follows HOW-TO-CHECK.txt.",
        )
    if place.is_dir():
        return tuple(_faults(_files_of_folder(place), manifest_sha256))
    if not place.is_file():
        raise NotFound(f"{place}: there is no package.", "Give the folder or the zip that was made.")
    try:
        with zipfile.ZipFile(place) as archive:
            return tuple(_faults(_files_of_zip(archive), manifest_sha256))
    except (zipfile.BadZipFile, OSError) as error:
        return (f"{place.name}: cannot be opened ({error})",)


def _files_of_folder(folder: Path) -> _Files:
    inside = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): lambda path=path: path.open("rb") for path in inside}  # type: ignore[misc]


def _files_of_zip(archive: zipfile.ZipFile) -> _Files:
    names = [name for name in archive.namelist() if not name.endswith("/")]
    root = next((name.removesuffix(SUMS) for name in names if name.endswith(f"/{SUMS}")), "")
    return {
        name.removeprefix(root): lambda name=name: archive.open(name)  # type: ignore[misc]
        for name in names
        if name.startswith(root)
    }


def _faults(files: _Files, manifest_sha256: str) -> Iterator[str]:
    if SUMS not in files or SIGNATURE not in files:
        yield f"{SUMS} or {SIGNATURE} is missing: nothing can be proven"
        return
    with files[SUMS]() as opened:
        sums = opened.read(_LONGEST_SUMS)
    yield from _faults_of_signature(files, sums)
    if manifest_sha256 and MANIFEST in files and _digest(files[MANIFEST]) != manifest_sha256:
        yield f"{MANIFEST}: is not the one that the journal knows"
    lines = (line.partition("  ") for line in sums.decode("utf-8", "replace").splitlines())
    listed = {name: digest for digest, between, name in lines if between}
    for name, digest in listed.items():
        if name not in files:
            yield f"{name}: is missing"
        elif _digest(files[name]) != digest:
            yield f"{name}: was changed"
    yield from (f"{name}: was added" for name in sorted(files) if name not in listed and name not in (SUMS, SIGNATURE))


def _faults_of_signature(files: _Files, sums: bytes) -> Iterator[str]:
    keys = [name for name in files if name.startswith("key-") and name.endswith(".pem")]
    if len(keys) != 1:
        yield "there is no single key that it could be signed with"
        return
    with files[keys[0]]() as pem, files[SIGNATURE]() as signature:
        try:
            key = load_pem_public_key(pem.read(_LONGEST_SUMS))
            if not isinstance(key, Ed25519PublicKey):
                raise ValueError("no Ed25519 key")
            key.verify(signature.read(1_000), sums)
        except (ValueError, InvalidSignature):
            yield f"{SUMS}: was changed after it was signed, or {keys[0]} was"


def _digest(opens: Callable[[], IO[bytes]]) -> str:
    with opens() as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()  # type: ignore[arg-type]
