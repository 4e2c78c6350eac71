"""Proving that the evidence is as it was kept: offline, streaming, also on a copy without the database."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import redirect_stderr
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from casefile.chain import Entry, HashChain
from casefile.evidence.reading import is_warc_name
from casefile.evidence.recovery import UNCOUNTED
from casefile.progress import Progress, no_progress

_BLOCK = 1 << 20
_OURS = {"manifest.jsonl"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was kept: where, and what is wrong."""

    item: str
    problem: str

    def __str__(self) -> str:
        return f"{self.item}: {self.problem}"


def verify_evidence(evidence: Path, progress: Progress = no_progress) -> Iterator[Finding]:
    """Everything that is wrong in an evidence folder; nothing when all is as it was kept. Progress counts bytes."""
    manifest = HashChain(evidence / "manifest.jsonl", evidence / ".unused.lock")
    for fault in manifest.faults():
        yield Finding(f"{manifest.path.name}, line {fault.line}", fault.problem)
    spans: dict[str, list[Entry]] = defaultdict(list)
    recovered: dict[str, str] = {}
    replaced: dict[tuple[str, int], Entry] = {}
    for entry in manifest.whole_entries():
        if not _is_sound(entry):
            yield Finding(f"{manifest.path.name}, line {entry['seq']}", "does not name a file of the evidence")
        elif "span" in entry:
            spans[entry["span"]["file"]].append(entry)
        elif entry["type"] == "recovered":
            recovered[f"{entry['file']}.{entry['offset']}"] = entry["content_sha256"]
        elif entry["type"] == "forgotten":
            replaced.update(((one["file"], one["offset"]), one | {"at": str(entry["at"])}) for one in entry["replaced"])
    total = sum(path.stat().st_size for path in evidence.rglob("*") if path.is_file())
    done = 0
    for name, entries in sorted(spans.items()):
        yield from _verify_file(evidence / name, entries, replaced)
        done += entries[-1]["span"]["offset"] + entries[-1]["span"]["length"]
        progress(min(done, total), total)
    yield from _verify_set_aside(evidence, recovered)
    yield from _strangers(evidence, set(spans), set(recovered))
    progress(total, total)


def _is_sound(entry: Entry) -> bool:
    """Whether what the entry says about files can be followed; whoever forges a line can write anything."""
    place = entry if entry.get("type") == "recovered" else entry.get("span", _NOWHERE)
    try:
        places = [place, *(entry["replaced"] if entry.get("type") == "forgotten" else ())]
        numbers = [place[name] for place in places for name in ("offset", "length")]
        named = all(is_warc_name(place["file"]) for place in places)
        return named and all(type(n) is int and n >= 0 for n in numbers) and "type" in entry
    except (KeyError, TypeError):
        return False


_NOWHERE = {"file": "none.warc.gz", "offset": 0, "length": 0}


def _verify_file(path: Path, entries: list[Entry], replaced: Mapping[tuple[str, int], Entry]) -> Iterator[Finding]:
    if not path.is_file():
        yield Finding(path.name, f"is missing; {len(entries)} lines of the manifest count records in it")
        return
    size = path.stat().st_size
    with path.open("rb") as file:
        expected = 0
        for entry in sorted(entries, key=lambda entry: int(entry["span"]["offset"])):
            span = entry["span"]
            if span["offset"] != expected:
                yield _gap(path.name, expected, span["offset"])
            if span["offset"] + span["length"] > size:
                yield Finding(_named(path.name, entry), f"is cut off: the file ends at byte {size}")
                return
            found = _digest(file, span["offset"], span["length"])
            forgotten = replaced.get((path.name, span["offset"]))
            if forgotten is not None and found == span["sha256"]:
                problem = f"was forgotten on {forgotten['at'][:10]}, and is still here: an older copy of the file"
                yield Finding(_named(path.name, entry), problem)
            elif found != (span["sha256"] if forgotten is None else forgotten.get("now")):
                yield Finding(
                    f"{path.name}, {_damaged_record(file, entry)}", "was changed: it is not what the manifest counts"
                )
            expected = span["offset"] + span["length"]
    if size > expected:
        yield _gap(path.name, expected, size)


def _gap(name: str, start: int, end: int) -> Finding:
    why = "an interrupted run, an addition, or a manifest that was cut short or damaged"
    return Finding(f"{name}, bytes {start} to {end}", f"are counted by no whole line of the manifest ({why})")


def _digest(file: Any, offset: int, length: int) -> str:
    digest = hashlib.sha256()
    file.seek(offset)
    while length > 0:
        block = file.read(min(_BLOCK, length))
        if not block:
            break
        digest.update(block)
        length -= len(block)
    return digest.hexdigest()


def _named(name: str, entry: Entry) -> str:
    what = entry.get("url") or entry.get("name") or entry["type"]
    return f"{name}, records of {what} at byte {entry['span']['offset']}"


def _damaged_record(file: Any, entry: Entry) -> str:
    """The first record of a changed span whose own digest is wrong or that cannot be read."""
    span = entry["span"]
    what = entry.get("url") or entry.get("name") or "file header"
    file.seek(span["offset"])
    records: Any = ArchiveIterator(BytesIO(file.read(span["length"])), check_digests=True)
    try:
        for record in _quietly(records):
            while record.raw_stream.read(_BLOCK):  # piece by piece: whoever changed it may have made it without end
                pass
            if record.digest_checker.passed is False:
                headers = record.rec_headers
                return f"record {headers.get_header('WARC-Record-ID')} ({record.rec_type} of {what})"
    except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError, TypeError, IndexError) as error:
        offset = span["offset"] + max(0, records.offset)
        places = (entry.get("proof", {}), entry.get("body", {}))
        identity = next((f"{p['record_id']} " for p in places if p.get("offset") == offset), "")
        return f"record {identity}at byte {offset} (unreadable: {type(error).__name__}; of {what})"
    identity = entry.get("proof", {}).get("record_id", f"at byte {span['offset']}")
    return f"record {identity} or one beside it (of {what}; only its wrapping differs)"


def _quietly(records: Any) -> Iterator[Any]:
    """The records, without the bytes that warcio prints of those that it finds odd."""
    while True:
        with redirect_stderr(StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _verify_set_aside(evidence: Path, recovered: dict[str, str]) -> Iterator[Finding]:
    for name, digest in recovered.items():
        path = evidence / UNCOUNTED / name
        if not path.is_file():
            yield Finding(f"{UNCOUNTED}/{name}", "is missing")
            continue
        with path.open("rb") as file:
            if _digest(file, 0, path.stat().st_size) != digest:
                yield Finding(f"{UNCOUNTED}/{name}", "was changed")


def _strangers(evidence: Path, known: set[str], recovered: set[str]) -> Iterator[Finding]:
    ours = _OURS | known | {str(Path(UNCOUNTED) / name) for name in recovered}
    for path in sorted(evidence.rglob("*")):
        name = str(path.relative_to(evidence))
        if path.is_file() and name not in ours:
            yield Finding(name, "is not counted by the manifest: it was added, or the manifest was cut short")
