"""Sealing a case: the journal first, then the files, which can be made again from it.

Killed at any moment, the same command finishes what is left: the key is whole or not there, the journal's line is whole
or not there, and files that are missing are written from the journal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import chain
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from filelock import FileLock

from casefile.atomic import replacing
from casefile.case import Case, software, user_name
from casefile.chain import START, Head, storage_error
from casefile.errors import EvidenceError, SealError
from casefile.seals.check import check_seals
from casefile.seals.keys import make_key, public_text, read_key
from casefile.seals.places import case_id, outside_folder, roots_of, seals_folder
from casefile.seals.seal import (
    SEAL_TYPE,
    STAMP_TYPE,
    Counted,
    Seal,
    Statement,
    counted_at,
    digest_of,
    read_seal,
    read_seals,
    seal_entry,
    stamp_entry,
)
from casefile.seals.tokens import check_reply, imprint_of, request_for
from casefile.verify import cut_ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The last seal; `new` when it was made now, `new_key` names the key's file when that was made now."""

    seal: Seal
    new: bool
    new_key: Path | None = None


def seals_of(case: Case) -> list[Seal]:
    """The seals of a case, the first one first; raises EvidenceError where the journal was changed."""
    seals, strange = read_seals(case.journal.entries())
    if strange:
        raise SealError(
            f"journal.jsonl, line {strange[0].get('seq')}: a seal that this version of Jejak does not understand",
            "Install the newest version of Jejak. If it stays, somebody wrote this line by other means.",
        )
    return seals


def seal_case(case: Case) -> Sealed:
    """Seal the case as it is now, unless nothing was added since the last seal; writes the files of all seals.

    Raises EvidenceError when a chain was changed or cut: what is damaged is not signed.
    """
    with FileLock(case.folder / ".locks" / "seal.lock"):
        seals = seals_of(case)
        write_files(case, seals)
        _refuse_what_is_damaged(case)
        counted = _counted(case)
        if seals and not _grown(case, seals[-1], counted.head):
            return Sealed(seal=seals[-1], new=False)
        key, new_key = key_of(case)
        statement = Statement(
            number=len(seals) + 1,
            at=datetime.now(UTC),
            by=user_name(),
            program=software(),
            title=case.settings.title,
            case=case_id(case),
            manifest=counted,
            journal=case.journal.head(),
            previous=digest_of(seals[-1].text) if seals else START,
            key=public_text(key.public_key()),
        )
        text = statement.text()
        signature = key.sign(text.encode("ascii"))
        seal = read_seal(case.write_seal(seal_entry(statement, text, signature, request_for(signature))))
        write_files(case, [seal])
        return Sealed(seal=seal, new=True, new_key=new_key)


def add_reply(case: Case, reply: bytes) -> Seal:
    """Keep an authority's reply with the seal that it stamps; raises SealError when it stamps none of this case."""
    with FileLock(case.folder / ".locks" / "seal.lock"):
        imprint = imprint_of(reply)
        seal = next((seal for seal in seals_of(case) if sha256(seal.signature).digest() == imprint), None)
        if seal is None:
            raise SealError(
                "This time stamp is over no seal of this case", "Give the reply to one of the .tsq files in seals/."
            )
        check_reply(reply, seal.request, seal.signature, roots_of(case))
        if not seal.reply:
            case.write_seal(stamp_entry(seal, reply))
            seal = replace(seal, reply=reply)
        write_files(case, [seal])
        return seal


def write_files(case: Case, seals: Sequence[Seal]) -> None:
    """Write the files of these seals where they are missing or changed, and a witness of each outside the case."""
    inside, outside = seals_folder(case), outside_folder(case_id(case))
    for folder in (inside, outside):
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, folder) from error
    for seal in seals:
        for name, content in seal.files().items():
            _write(inside / name, content)
            if name.endswith((".json", ".sig")):
                _write(outside / name, content)


def _write(path: Path, content: bytes) -> None:
    if not path.is_file():
        with replacing(path) as file:
            file.write(content)
    elif path.read_bytes() != content:  # never written over: it may be the true one
        raise EvidenceError(f"{path}: is not what the journal holds", "Run `jejak verify`; nothing was sealed.")


def key_of(case: Case) -> tuple[Ed25519PrivateKey, Path | None]:
    """The key that seals this case, and its file if it was made now."""
    named = case.settings.seal.key
    path = Path(named).expanduser() if named else outside_folder(case_id(case)) / "key.pem"
    if path.exists():
        return read_key(path), None
    if named:
        raise SealError(f"{path}: there is no key, but case.toml names it", "Correct [seal] key in case.toml.")
    key = make_key(path)
    case.audit("new seal key", file=_without_home(path), public_key=public_text(key.public_key()))
    return key, path


def _without_home(path: Path) -> str:
    """The path as it may stand in a case that is given away."""
    return f"~/{path.relative_to(Path.home())}" if path.is_relative_to(Path.home()) else path.name


def _refuse_what_is_damaged(case: Case) -> None:
    """Raise EvidenceError at what is not as it was kept, as far as it is seen without reading all evidence."""
    for finding in chain(cut_ends(case), check_seals(case)):
        raise EvidenceError(str(finding), "Nothing was sealed. `jejak verify` shows all that is wrong.")


def _counted(case: Case) -> Counted:
    """What the manifest counts now; raises EvidenceError when it was changed, or when WARC files are too short."""
    [counted] = counted_at(case.manifest.entries(), ())
    for name, size in case.store.counted_bytes().items():
        path = case.evidence_folder / name
        if not path.is_file() or path.stat().st_size < size:
            raise EvidenceError(f"evidence/{name}: is missing or cut off", "Run `jejak verify`; nothing was sealed.")
    return counted


def _grown(case: Case, last: Seal, manifest: Head) -> bool:
    """Whether there is anything that the last seal does not hold, but itself and its time stamp."""
    if manifest != last.statement.manifest.head:
        return True
    return any(
        entry["seq"] != last.line and entry.get("type") not in (SEAL_TYPE, STAMP_TYPE)
        for entry in case.journal.entries(after=last.statement.journal)
    )
