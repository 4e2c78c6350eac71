"""What a seal says, and how journal and files hold it.

A seal is a statement (JSON, a file of its own), its signature (Ed25519, 64 bytes) and a request for a time stamp over the
signature; later the authority's reply. The journal holds all of it, so that the files in seals/ can be made again:

    seals/0001.json  the statement        seals/0001.tsq  the request (RFC 3161)
    seals/0001.sig   its signature        seals/0001.tsr  the authority's reply
    seals/key-….pem  the public key
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from casefile.chain import BEGINNING, Entry, Head
from casefile.identity import sha256_hex
from casefile.seals.keys import public_pem
from casefile.store.database import to_text

FORMAT = "jejak-seal-1"
SEAL_TYPE, STAMP_TYPE = "seal", "stamp"
NOT_UNDERSTOOD = (ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError)
"""What reading a seal that somebody else wrote may raise."""
_MOST_SEALS = 999_999_999


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """What a manifest counts up to one of its lines."""

    head: Head = BEGINNING
    files: int = 0
    bytes: int = 0
    entries: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What is signed: how far both chains went, what the evidence counted, and the seal before."""

    number: int
    at: datetime
    by: str
    program: str
    title: str
    case: str
    manifest: Counted
    journal: Head
    previous: str
    key: str

    def text(self) -> str:
        """The file that is signed: readable, ASCII, the same bytes for the same statement."""
        counted = self.manifest
        told = {
            "format": FORMAT,
            "number": self.number,
            "at": self.at.isoformat(),
            "by": self.by,
            "program": self.program,
            "case": {"title": self.title, "id": self.case},
            "manifest": {"line": counted.head.seq, "sha256": counted.head.sha256},
            "journal": {"line": self.journal.seq, "sha256": self.journal.sha256},
            "evidence": {"files": counted.files, "bytes": counted.bytes, "entries": counted.entries},
            "previous": self.previous,
            "key": self.key,
        }
        return json.dumps(told, indent=2, sort_keys=True) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A signed statement; `line` is the journal's, 0 for one that was found elsewhere."""

    statement: Statement
    text: str
    signature: bytes
    request: bytes = b""
    reply: bytes = b""
    line: int = 0

    @property
    def number(self) -> int:
        """Its place among the seals of the case, from 1."""
        return self.statement.number

    def files(self) -> dict[str, bytes]:
        """The files of this seal, by name."""
        stem, key = f"{self.number:04}", self.statement.key
        files = {f"{stem}.json": self.text.encode("ascii"), f"{stem}.sig": self.signature}
        files |= {f"{stem}.tsq": self.request} if self.request else {}
        files |= {f"{stem}.tsr": self.reply} if self.reply else {}
        return files | {f"key-{key_name(key)}.pem": public_pem(key)}


def key_name(key: str) -> str:
    """A short name of a public key."""
    return sha256_hex(b64decode(key))[:16]


def digest_of(text: str) -> str:
    """The digest by which the next seal names this one's statement."""
    return sha256_hex(text.encode("ascii", "replace"))


def read_statement(text: str) -> Statement:
    """A statement from its file; raises one of NOT_UNDERSTOOD when it is none."""
    told = json.loads(text)
    if told["format"] != FORMAT or not text.isascii():
        raise ValueError(f"the format {told['format']!r} is not known")
    if not 1 <= told["number"] <= _MOST_SEALS:
        raise ValueError("no seal has this number")
    evidence = told["evidence"]
    statement = Statement(
        number=int(told["number"]),
        at=datetime.fromisoformat(told["at"]),
        by=str(told["by"]),
        program=str(told["program"]),
        title=str(told["case"]["title"]),
        case=str(told["case"]["id"]),
        manifest=Counted(
            head=Head(int(told["manifest"]["line"]), str(told["manifest"]["sha256"])),
            files=int(evidence["files"]),
            bytes=int(evidence["bytes"]),
            entries={str(name): int(number) for name, number in evidence["entries"].items()},
        ),
        journal=Head(int(told["journal"]["line"]), str(told["journal"]["sha256"])),
        previous=str(told["previous"]),
        key=str(told["key"]),
    )
    public_pem(statement.key)
    return statement


def seal_entry(statement: Statement, text: str, signature: bytes, request: bytes) -> dict[str, Any]:
    """What the journal says of a seal; all of it follows from what is signed, but the request."""
    return {
        "type": SEAL_TYPE,
        "at": to_text(statement.at),
        "by": statement.by,
        "number": statement.number,
        "key": statement.key,
        "statement": text,
        "signature": _text(signature),
        "request": _text(request),
    }


def stamp_entry(seal: Seal, reply: bytes) -> dict[str, Any]:
    """What the journal says of a time stamp (without when and by whom)."""
    return {"type": STAMP_TYPE, "number": seal.number, "reply": _text(reply)}


def read_seal(entry: Mapping[str, Any]) -> Seal:
    """A seal as the journal holds it; raises one of NOT_UNDERSTOOD when it is none."""
    seal = Seal(
        statement=read_statement(entry["statement"]),
        text=entry["statement"],
        signature=b64decode(entry["signature"], validate=True),
        request=b64decode(entry["request"], validate=True),
        line=int(entry["seq"]),
    )
    if seal_entry(seal.statement, seal.text, seal.signature, seal.request).items() - entry.items():
        raise ValueError("it says something else than its statement")
    return seal


def read_seals(entries: Iterable[Mapping[str, Any]]) -> tuple[list[Seal], list[Mapping[str, Any]]]:
    """The seals among the journal's entries, each with its first time stamp; and the entries that are not understood."""
    seals: dict[int, Seal] = {}
    strange: list[Mapping[str, Any]] = []
    for entry in entries:
        try:
            if entry.get("type") == SEAL_TYPE:
                seal = read_seal(entry)
                if seals.setdefault(seal.number, seal) is not seal:
                    raise ValueError(f"there is a seal {seal.number} already")
            elif entry.get("type") == STAMP_TYPE:
                seal = seals[entry["number"]]
                reply = b64decode(entry["reply"], validate=True)
                seals[seal.number] = seal if seal.reply else replace(seal, reply=reply)
        except NOT_UNDERSTOOD:
            strange.append(entry)
    return list(seals.values()), strange


def counted_at(entries: Iterable[Entry], lines: Collection[int]) -> Iterator[Counted]:
    """What the manifest counts at each of these lines, and, last, at its end."""
    wanted = set(lines)
    head, size, files, kinds = BEGINNING, 0, set[str](), Counter[str]()

    def now() -> Counted:
        return Counted(head=head, files=len(files), bytes=size, entries=dict(kinds))

    for entry in entries:
        head = Head(int(entry["seq"]), str(entry["sha256"]))
        kinds[str(entry.get("type"))] += 1
        span = entry.get("span")
        if isinstance(span, dict) and type(span.get("length")) is int:
            files.add(str(span.get("file")))
            size += span["length"]
        if head.seq in wanted:
            yield now()
    yield now()


def _text(data: bytes) -> str:
    return b64encode(data).decode("ascii")
