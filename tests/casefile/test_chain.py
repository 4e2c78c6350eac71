"""The hash chain: no line can be changed, removed, swapped, inserted or doubled unseen."""

from __future__ import annotations

import hashlib
import multiprocessing
import random
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.chain import BEGINNING, HashChain, Head, sealed, unsealed
from casefile.errors import EvidenceError, StorageFull
from tests.casefile.evidence.test_posts_json import any_text

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | any_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(any_text, inner, max_size=3),
    max_leaves=8,
)


def a_chain(folder: Path, *numbers: int) -> HashChain:
    chain = HashChain(folder / "chain.jsonl", folder / "lock")
    chain.append([{"type": "n", "n": number} for number in numbers])
    return chain


@given(st.dictionaries(st.text(max_size=8).filter(lambda key: key < "sha256"), json_values, max_size=4))
def test_a_sealed_entry_comes_back_with_its_digest(entry: dict[str, object]) -> None:
    entry = {**entry, "seq": 1, "prev": ""}
    line, digest = sealed(entry)
    assert b"\n" not in line and line.isascii()
    assert unsealed(line) == {**entry, "sha256": digest}


@given(st.binary(max_size=200))
def test_any_other_bytes_are_no_entry(line: bytes) -> None:
    assert unsealed(line) is None


@pytest.mark.parametrize("hostile", [b"[" * 200_000, b"{" * 90, b'{"seq":' + b"9" * 9999 + b"}"])
def test_hostile_lines_are_faults_and_no_crash(tmp_path: Path, hostile: bytes) -> None:
    chain = a_chain(tmp_path, 1)
    with chain.path.open("ab") as file:
        file.write(hostile + b"\n")
    assert [fault.line for fault in chain.faults()] == [2]


def test_a_line_sealed_without_number_is_no_entry() -> None:
    assert unsealed(sealed({"type": "page"})[0]) is None
    assert unsealed(sealed({"seq": "1", "prev": ""})[0]) is None
    assert unsealed(sealed({"seq": True, "prev": ""})[0]) is None


def test_lines_can_be_checked_by_hand(tmp_path: Path) -> None:
    lines = a_chain(tmp_path, 1, 2).path.read_text().splitlines()
    bodies = [re.sub(r',"sha256":"[0-9a-f]*"}$', "}", line) for line in lines]
    assert [hashlib.sha256(body.encode()).hexdigest() in line for body, line in zip(bodies, lines, strict=True)] == [
        True,
        True,
    ]


def test_a_chain_as_written_has_no_faults_and_reads_from_anywhere(tmp_path: Path) -> None:
    chain = a_chain(tmp_path, *range(100))
    assert list(chain.faults()) == []
    entries = list(chain.entries())
    assert [entry["n"] for entry in entries] == list(range(100))
    for after in (BEGINNING, Head(40, entries[39]["sha256"]), Head(100, entries[99]["sha256"])):
        assert [entry["n"] for entry in chain.entries(after)] == list(range(after.seq, 100))
    assert chain.head() == Head(100, entries[-1]["sha256"])


def test_the_end_of_a_long_chain_is_found_without_its_beginning(tmp_path: Path) -> None:
    chain = HashChain(tmp_path / "chain.jsonl", tmp_path / "lock")
    done = chain.append({"n": number, "fill": "x" * random.Random(number).randrange(3000)} for number in range(2000))
    with chain.path.open("rb+") as file:
        file.write(b"#")  # whoever read the first line would notice
    for number in (1999, 1990, 1500):
        after = Head(done[number - 1]["seq"], done[number - 1]["sha256"])
        assert [entry["n"] for entry in chain.entries(after)] == list(range(number, 2000))


def _remove(lines: list[bytes], at: int) -> None:
    del lines[at]


def _double(lines: list[bytes], at: int) -> None:
    lines.insert(at, lines[at])


def _swap(lines: list[bytes], at: int) -> None:
    lines[at], lines[at + 1] = lines[at + 1], lines[at]


def _insert(lines: list[bytes], at: int) -> None:
    lines.insert(at, sealed({"seq": at + 1, "prev": "0" * 64, "type": "n"})[0])


def _blank(lines: list[bytes], at: int) -> None:
    lines.insert(at, b"")


@pytest.mark.parametrize("change", [_remove, _double, _swap, _insert, _blank])
@pytest.mark.parametrize("at", [0, 3, 8])
def test_a_moved_line_is_found_and_never_read(
    tmp_path: Path, change: Callable[[list[bytes], int], None], at: int
) -> None:
    chain = a_chain(tmp_path, *range(10))
    lines = chain.path.read_bytes().splitlines()
    change(lines, at)
    chain.path.write_bytes(b"\n".join(lines) + b"\n")
    assert list(chain.faults())
    with pytest.raises(EvidenceError, match=r"chain\.jsonl, line \d+"):
        list(chain.entries())


def test_reading_on_notices_that_lines_before_were_taken_away(tmp_path: Path) -> None:
    chain = a_chain(tmp_path, *range(10))
    before = chain.head()
    chain.append([{"n": 10}, {"n": 11}])
    lines = chain.path.read_bytes().splitlines(keepends=True)
    chain.path.write_bytes(b"".join(lines[:4] + lines[5:]))
    assert [entry["n"] for entry in chain.entries(before)] == [10, 11]  # what follows is not skipped
    chain.path.write_bytes(b"".join(lines[:10] + lines[11:]))
    with pytest.raises(EvidenceError):
        list(chain.entries(before))


def test_every_flipped_byte_is_found(tmp_path: Path) -> None:
    chain = a_chain(tmp_path, 1, 2, 3)
    whole = chain.path.read_bytes()
    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 0x01
        chain.path.write_bytes(changed)
        assert list(chain.faults()), f"byte {place}"


def test_a_line_cut_off_by_a_crash_does_not_count_and_the_chain_goes_on(tmp_path: Path) -> None:
    whole = a_chain(tmp_path, 1, 2, 3).path.read_bytes()
    end_of_second = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    for cut in range(end_of_second + 1, len(whole)):
        path = tmp_path / "chain.jsonl"
        path.write_bytes(whole[:cut])
        chain = HashChain(path, tmp_path / "lock")
        # Only the last line feed was missing: the line itself is whole, and counts.
        kept = 3 if cut == len(whole) - 1 else 2
        assert len(list(chain.entries())) == kept
        chain.append([{"n": 9}])
        assert [entry["n"] for entry in chain.entries()] == [*[1, 2, 3][:kept], 9]
        assert list(chain.faults()) == []


def _append_many(path: Path, name: str) -> None:
    chain = HashChain(path, path.parent / "lock")
    for number in range(50):
        chain.append([{"by": name, "n": number}])


def test_processes_that_write_at_the_same_time_take_turns(tmp_path: Path) -> None:
    path = tmp_path / "chain.jsonl"
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_append_many, args=(path, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    chain = HashChain(path, tmp_path / "lock")
    assert list(chain.faults()) == []
    assert [entry["n"] for entry in chain.entries() if entry["by"] == "a"] == list(range(50))
    assert chain.head().seq == 100


def test_a_full_disk_takes_nothing_and_leaves_no_half_line(small_disk: Path) -> None:
    chain = a_chain(small_disk, *range(10))
    before = chain.path.read_bytes()
    with pytest.raises(StorageFull, match="disk is full"):
        chain.append([{"fill": "x" * 50_000} for _ in range(100)])
    assert chain.path.read_bytes() == before
    chain.append([{"n": 10}])
    assert [entry["n"] for entry in chain.entries()] == list(range(11))
