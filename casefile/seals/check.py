"""Proving that a case still holds what its seals say; a case may have grown since, but not shrunk or changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from casefile.case import Case
from casefile.chain import BEGINNING, START, Head
from casefile.errors import SealError
from casefile.evidence.verify import Finding
from casefile.seals.keys import is_signed
from casefile.seals.places import case_id, outside_folder, roots_of, seals_folder
from casefile.seals.seal import NOT_UNDERSTOOD, Counted, Seal, counted_at, digest_of, read_seals, read_statement
from casefile.seals.tokens import Token, check_reply

_STATEMENT = re.compile(r"\d{4,9}\.json")
_LARGEST = 1_000_000  # bytes; a statement has one or two thousand


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the case holds now: its id, both chains at the lines that seals name, and their ends."""

    case: str
    manifest: dict[int, Counted]
    manifest_end: int
    journal: dict[int, str]
    journal_end: int


def check_seals(case: Case, given: Sequence[Path] = (), key: str | None = None) -> Iterator[Finding]:
    """Everything that is not as the seals of a case say, those in `given` files included.

    With `key`, a seal made with another one is a finding. Works without the database and without a network.
    """
    seals, strange = read_seals(case.journal.whole_entries())
    for entry in strange:
        yield Finding(f"journal.jsonl, line {entry['seq']}", "is a seal or a time stamp that cannot be understood")
    yield from _file_faults(case, seals)
    known, elsewhere = {seal.number: seal for seal in seals}, list[Seal]()
    for name, text, signature in _found_elsewhere(case, given):
        try:
            seal = Seal(statement=read_statement(text), text=text, signature=signature)
        except NOT_UNDERSTOOD:
            yield Finding(name, "is no seal that can be read")
            continue
        kept = known.get(seal.number)
        if kept is None or (kept.text, kept.signature) != (text, signature):
            yield _not_kept(name, seal, kept)
            elsewhere.append(seal)
    if seals or elsewhere:
        ground = _ground_of(case, [*seals, *elsewhere])
        for seal in elsewhere:
            yield from _check(seal, ground, key)
        yield from _check_all(case, seals, ground, key)


def stamp_of(case: Case, seal: Seal) -> Token | None:
    """The time stamp of a seal; None when it has none. Raises SealError when it is not one of this seal."""
    return check_reply(seal.reply, seal.request, seal.signature, roots_of(case)) if seal.reply else None


def _file_faults(case: Case, seals: Iterable[Seal]) -> Iterator[Finding]:
    """Files of seals that are not what the journal holds."""
    folder = seals_folder(case)
    for seal in seals:
        for name, content in seal.files().items():
            path = folder / name
            if not path.is_file():
                yield Finding(f"seals/{name}", "is missing; `jejak seal` writes it again from the journal")
            elif path.stat().st_size != len(content) or path.read_bytes() != content:
                yield Finding(f"seals/{name}", "was changed: it is not what the journal holds")


def _found_elsewhere(case: Case, given: Sequence[Path]) -> Iterator[tuple[str, str, bytes]]:
    """Name, statement and signature of every seal that lies in a file."""
    outside = outside_folder(case_id(case))
    for folder, called in ((seals_folder(case), "seals/"), (outside, f"{outside}/")):
        for path in sorted(folder.glob("*.json")) if folder.is_dir() else ():
            if _STATEMENT.fullmatch(path.name):
                yield (f"{called}{path.name}", *_read(path))
    for path in given:
        if not path.is_file():
            raise SealError(f"{path}: there is no such file", "Give the .json of a seal; its .sig lies beside it.")
        yield (str(path), *_read(path))


def _read(path: Path) -> tuple[str, bytes]:
    signature = path.with_suffix(".sig")
    with path.open("rb") as file:
        text = file.read(_LARGEST).decode("ascii", "replace")
    return text, signature.read_bytes() if signature.is_file() and signature.stat().st_size < _LARGEST else b""


def _not_kept(name: str, seal: Seal, kept: Seal | None) -> Finding:
    if not is_signed(seal.text.encode("ascii", "replace"), seal.signature, seal.statement.key):
        return Finding(name, "is not what was signed: statement or signature were changed")
    what = "holds another" if kept else "does not hold it"
    return Finding(
        "journal.jsonl",
        f"seal {seal.number} of {seal.statement.at:%Y-%m-%d %H:%M} UTC lies in {name}, but the journal {what}: "
        "lines were cut off or changed, or this is an older copy of the case",
    )


def _ground_of(case: Case, seals: Sequence[Seal]) -> _Ground:
    lines = {seal.statement.manifest.head.seq for seal in seals}
    manifest = {counted.head.seq: counted for counted in counted_at(case.manifest.whole_entries(), lines)}
    wanted = {seal.statement.journal.seq for seal in seals}
    journal, end = {}, 0
    for entry in case.journal.whole_entries():
        end = int(entry["seq"])
        if end in wanted:
            journal[end] = str(entry["sha256"])
    return _Ground(case_id(case), manifest | {0: Counted()}, max(manifest), journal | {0: BEGINNING.sha256}, end)


def _check_all(case: Case, seals: Sequence[Seal], ground: _Ground, key: str | None) -> Iterator[Finding]:
    """The journal's own seals: each by itself, in its place, and with its time stamp."""
    before = START
    for number, seal in enumerate(seals, 1):
        if seal.number != number or seal.statement.previous != before or seal.line <= seal.statement.journal.seq:
            yield Finding(f"seal {seal.number}", "does not follow the seal before it")
        before = digest_of(seal.text)
        yield from _check(seal, ground, key)
        try:
            stamp_of(case, seal)
        except SealError as error:
            yield Finding(f"seal {seal.number}, time stamp", str(error))


def _check(seal: Seal, ground: _Ground, key: str | None) -> Iterator[Finding]:
    """One seal: its signature, and what it says of both chains."""
    says, name = seal.statement, f"seal {seal.number}"
    if not is_signed(seal.text.encode("ascii", "replace"), seal.signature, says.key):
        yield Finding(name, "its signature is not that of its key over its statement")
        return
    if key is not None and says.key != key:
        yield Finding(name, "was made with another key than the one given")
    if says.case != ground.case:
        yield Finding(name, "is of another case, or the first line of journal.jsonl was changed")
    found = ground.manifest.get(says.manifest.head.seq)
    sealed = says.manifest.head
    yield from _compared(
        "evidence/manifest.jsonl", name, sealed, found.head.sha256 if found else None, ground.manifest_end
    )
    if found and found.head == sealed and found != says.manifest:
        yield Finding(name, "counts other evidence than the lines of its manifest do")
    known = ground.journal.get(says.journal.seq)
    yield from _compared("journal.jsonl", name, says.journal, known, ground.journal_end)


def _compared(file: str, name: str, sealed: Head, found: str | None, end: int) -> Iterator[Finding]:
    """Whether a chain still holds the line that was sealed."""
    if found is None and end < sealed.seq:
        yield Finding(file, f"ends at line {end}, but {name} was made at line {sealed.seq}: lines were cut off")
    elif found != sealed.sha256:
        yield Finding(
            f"{file}, line {sealed.seq}", f"is not the line that {name} was made at: what stands here was changed"
        )
