"""The reader: texts in, readings out, built once; in one process or in many."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from casefile.records import Reading
from casefile.settings import CONFIG_FOLDER
from pipeline.components import build_language, make_doc
from pipeline.draft import Draft
from pipeline.plain import make_plain

_OUR_FOLDERS = ("contacts",)  # of config/, beside the files right in it
_POSTS_A_CHUNK = 64
_CHUNKS_AHEAD = 4  # of every process: enough to keep all busy, few enough to stream


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One post as the reader wants it. `lang` and `region` are told by the source, when they are known."""

    post_id: str
    text: str
    lang: str | None = None
    region: str | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A post that could not be read, and why."""

    post_id: str
    reason: str


class Reader:
    """Reads posts. Make one with `load_reader`; it may be used again and again, by one thread at a time."""

    def __init__(self) -> None:
        self.language = build_language()

    def read(
        self, text: str, *, post_id: str, source: str | None = None, lang: str | None = None, region: str | None = None
    ) -> Reading:
        """Everything that one text says. `region` is the country of numbers written without one."""
        draft = Draft(post_id=post_id, plain=make_plain(text), given_lang=lang, region=region)
        with self.language.memory_zone():
            self.language(make_doc(self.language.vocab, draft))
        return Reading(
            post_id=post_id,
            lang=draft.hints.lang,
            kind=draft.kind,
            kind_confidence=round(draft.kind_confidence, 3),
            suspect=draft.suspect,
            reasons=draft.reasons,
            mentions=tuple(draft.mentions),
        )

    def read_many(self, texts: Iterable[Text], workers: int = 1) -> Iterator[Reading | Unreadable]:
        """Readings in the order of the texts; a text that breaks the reader comes back as `Unreadable`."""
        if workers <= 1:
            for text in texts:
                yield _read_one(self, text)
            return
        chunks = iter(lambda it=iter(texts): list(islice(it, _POSTS_A_CHUNK)), [])  # type: ignore[misc]  # mypy cannot infer a lambda with a default
        with ProcessPoolExecutor(workers, get_context("spawn"), initializer=load_reader) as pool:
            waiting: deque[Future[list[Reading | Unreadable]]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(_read_chunk, chunk))
                if len(waiting) >= workers * _CHUNKS_AHEAD:
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()


@cache
def load_reader() -> Reader:
    """The reader of this process, built on first use."""
    return Reader()


def _read_chunk(texts: list[Text]) -> list[Reading | Unreadable]:
    reader = load_reader()
    return [_read_one(reader, text) for text in texts]


def _read_one(reader: Reader, text: Text) -> Reading | Unreadable:
    """The outer edge of reading: whatever one text breaks, the others are still read."""
    try:
        return reader.read(text.text, post_id=text.post_id, lang=text.lang, region=text.region)
    except Exception as error:  # noqa: BLE001  # reported by the caller with the post's id
        return Unreadable(text.post_id, f"{type(error).__name__}: {error}")


@cache
def version() -> str:
    """A hash of the code and the config that make readings: posts are read again when it changes."""
    digest = hashlib.sha256()
    folders = ((Path(__file__).parent, ("*.py",)), (CONFIG_FOLDER, ("*.csv", "*.yml")))
    for folder, patterns in folders:
        for path in sorted(path for pattern in patterns for path in folder.rglob(pattern)):
            if folder == CONFIG_FOLDER and path.relative_to(folder).parts[0] not in _OUR_FOLDERS and path.parent != folder:
                continue
            digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]



