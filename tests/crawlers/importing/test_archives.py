import gzip
import io
import zipfile
from pathlib import Path

import pytest

from casefile.errors import ImportRefused
from crawlers.importing import archives
from crawlers.importing.archives import zip_parts
from crawlers.importing.model import Given, ImportKind, Options
from crawlers.importing.readers import open_reads

from .given import Result, given


def _zip(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _read(content: bytes) -> Result:
    kind, reads = open_reads(given(content, "chat.zip"), None, Options(source="file_test"))
    assert kind is ImportKind.ZIP
    return Result(reads)


def test_a_chat_in_a_zip_is_read_and_its_pictures_passed_over() -> None:
    content = _zip({"_chat.txt": b"[12/07/2026, 22:35:10] Ayu: hello\n", "a.jpg": b"x", "b.opus": b"x"})
    result = _read(content)
    assert result.texts == ["hello"]
    assert "1 .jpg, 1 .opus" in result.notes


def test_names_that_climb_out_of_a_folder_are_only_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = _read(_zip({"../../evil.jsonl": b'{"text": "a"}', "/etc/evil.txt": b"12/07/2026, 22:35 - Ayu: b\n"}))
    assert result.texts == ["a", "b"]
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_unpacks_without_end_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_FREE_OF_RATIO", 1_000_000)
    line = b'{"text": "' + b"a" * 1_000_000 + b'"}\n'
    result = _read(_zip({"bomb.jsonl": line * 20}))
    assert len(result.posts) < 20
    assert "far more" in result.set_aside[-1].reason


def test_the_list_of_an_archive_is_not_read_anew_for_each_of_its_parts() -> None:
    content = _zip({f"{number}.txt": b"a" for number in range(50)})
    opened: list[io.BytesIO] = []

    def start() -> io.BytesIO:
        opened.append(io.BytesIO(content))
        return opened[-1]

    parts = list(zip_parts(Given("many.zip", start, len(content))))
    assert [part.open().read() for part in parts] == [b"a"] * 50
    assert len(opened) <= 3


def test_archives_in_archives_and_broken_parts_are_set_aside() -> None:
    good = b'{"text": "good"}\n'
    content = bytearray(
        _zip({"inner.zip": _zip({"a": b"b"}), "broken.jsonl": good * 99, "good.jsonl": good}, zipfile.ZIP_STORED)
    )
    place = content.index(good * 5)
    content[place : place + 5] = b"XXXXX"
    result = _read(bytes(content))
    assert result.texts[-1] == "good"
    assert [part.where.partition(",")[0] for part in result.set_aside] == ["inner.zip", "broken.jsonl"]


@pytest.mark.parametrize("rows", [20, 5_000])
def test_a_gzip_that_is_cut_gives_what_stands_before_the_cut(rows: int) -> None:
    texts = [f"loker {number * 7919 % 10007}" for number in range(rows)]
    packed = gzip.compress("".join(f'{{"text": "{text}"}}\n' for text in texts).encode())
    kind, reads = open_reads(given(packed[: len(packed) * 2 // 3], "posts.jsonl.gz"), None, Options(source="x"))
    result = Result(reads)
    assert kind is ImportKind.JSONL
    assert len(result.texts) >= rows // 3
    assert result.texts == texts[: len(result.texts)]
    assert result.set_aside[-1].where.startswith("after ")
    assert "posts.jsonl.gz: the archive is damaged, cut or locked" in result.set_aside[-1].reason


class _Pipe(io.RawIOBase):
    """A file that cannot be gone back in, so that the sizes stand behind the parts, as phones write them."""

    def __init__(self) -> None:
        self.content = b""

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.content += bytes(data)
        return len(data)


# A stored part whose size stands behind it ends nowhere that could be found.
@pytest.mark.parametrize(
    ("method", "sizes_behind"),
    [(zipfile.ZIP_STORED, False), (zipfile.ZIP_DEFLATED, False), (zipfile.ZIP_DEFLATED, True)],
)
def test_a_zip_that_is_cut_gives_what_stands_before_the_cut(method: int, sizes_behind: bool) -> None:
    texts = [f"loker {number * 7919 % 10007}" for number in range(2_000)]
    chat = "".join(f"12/07/2026, 22:35 - Ayu: {text}\n" for text in texts).encode()
    parts = {"a.jpg": b"\xff\xd8", "_chat.txt": chat, "b.jsonl": b'{"text": "after"}'}
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    whole = pipe.content if sizes_behind else _zip(parts, method)
    middle = _read(whole[: len(whole) * 2 // 3])
    assert 800 < len(middle.texts) < 2_000
    assert middle.texts[:-1] == texts[: len(middle.texts) - 1]
    assert "_chat.txt: the archive is damaged, cut" in middle.set_aside[0].reason
    end = _read(whole[:-30])
    assert end.texts == [*texts, "after"]
    assert "is cut or damaged; 3 parts of it could be found" in end.set_aside[-1].reason


def test_a_gzip_of_several_members_is_read_whole() -> None:
    packed = gzip.compress(b'{"text": "a"}\n') + gzip.compress(b'{"text": "b"}\n') + b"\0" * 512
    assert Result(open_reads(given(packed, "posts.jsonl.gz"), None, Options(source="x"))[1]).texts == ["a", "b"]


def test_tables_of_one_archive_do_not_mix_their_ids() -> None:
    result = _read(_zip({"a.jsonl": b'{"id": 1, "text": "a"}', "b.jsonl": b'{"id": 1, "text": "b"}'}))
    assert len({post.id for post in result.posts}) == 2


def test_a_zip_with_a_password_says_so() -> None:
    content = bytearray(_zip({"a.jsonl": b'{"text": "a"}'}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    result = _read(bytes(content))
    assert "password" in result.set_aside[0].reason + result.set_aside[0].remedy


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MAX_PARTS", 2)
    with pytest.raises(ImportRefused, match="more than 2 files"):
        list(zip_parts(given(_zip({"a": b"", "b": b"", "c": b""}))))
