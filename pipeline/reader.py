"""The reader: texts in, readings out, built once; in one process or in many."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, partial

from casefile.corrections import Correction
from casefile.errors import JejakError
from casefile.records import Reading
from pipeline.components import run_components
from pipeline.draft import Draft
from pipeline.plain import make_plain
from pipeline.processes import in_processes, portions

KILLED = "the process that read it died (out of memory?)"
_WARM_UP = "Dibutuhkan admin di Phnom Penh, gaji 800 USD. Hubungi Pak Contoh 0812-3456-7890, PT Contoh Saja Tbk"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One post as the reader wants it. `lang` and `region` are told by the source, when they are known."""

    post_id: str
    text: str
    lang: str | None = None
    region: str | None = None
    corrections: tuple[Correction, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A post that could not be read, and why."""

    post_id: str
    reason: str


Result = Reading | Unreadable


class Reader:
    """Reads posts. Get one with `load_reader`; it may be used again and again, by one thread at a time."""

    def __init__(self, *, model: bool = True) -> None:
        self._with_model = model
        self.read(_WARM_UP, post_id="")  # reads all of config/, so that its mistakes are told here and now

    def read(
        self,
        text: str,
        *,
        post_id: str,
        source: str | None = None,
        lang: str | None = None,
        region: str | None = None,
        corrections: tuple[Correction, ...] = (),
    ) -> Reading:
        """Everything that one text says, as people set it right. `region` is the country of numbers without one (ISO 3166)."""
        draft = self.draft(text, post_id=post_id, lang=lang, region=region, corrections=corrections)
        return Reading(
            post_id=post_id,
            lang=draft.hints.lang,
            languages=draft.languages,
            kind=draft.kind,
            kind_confidence=round(draft.kind_confidence, 3),
            suspect=draft.suspect,
            reasons=draft.reasons,
            mentions=tuple(draft.mentions),
            corrections=tuple(correction.sequence for correction in corrections),
        )

    def draft(
        self,
        text: str,
        *,
        post_id: str = "",
        lang: str | None = None,
        region: str | None = None,
        corrections: tuple[Correction, ...] = (),
    ) -> Draft:
        """What all components found in one text, with what they went by."""
        draft = Draft(
            post_id=post_id,
            plain=make_plain(text),
            given_lang=lang,
            region=region,
            with_model=self._with_model,
            corrections=corrections,
        )
        run_components(draft)
        return draft

    def read_one(self, text: Text) -> Result:
        """The outer edge of reading: whatever one text breaks, the others are still read."""
        try:
            return self.read(
                text.text, post_id=text.post_id, lang=text.lang, region=text.region, corrections=text.corrections
            )
        except JejakError:  # the settings are wrong, which breaks all texts alike
            raise
        except Exception as error:  # noqa: BLE001  # reported by the caller with the post's id
            return Unreadable(text.post_id, f"{type(error).__name__}: {error}")

    def read_many(self, texts: Iterable[Text], workers: int = 1) -> Iterator[Result]:
        """Readings in the order of the texts; a text that breaks the reader comes back as `Unreadable`."""
        if workers > 1:
            work = partial(_read_portion, model=self._with_model)
            return in_processes(portions(texts, lambda text: len(text.text)), work, _killed, workers)
        return map(self.read_one, texts)


def load_reader(*, model: bool = True) -> Reader:
    """The reader of this process, with the names model or by rules alone, built on first use.

    Raises SettingsError where config/ is wrong.
    """
    return _reader(model)


@cache
def _reader(model: bool) -> Reader:
    reader = Reader(model=model)
    gc.freeze()  # the tables live as long as the process: the collector need not walk through them again and again
    return reader


def _read_portion(texts: list[Text], *, model: bool) -> list[Result]:
    reader = load_reader(model=model)
    return list(map(reader.read_one, texts))


def _killed(text: Text) -> Result:
    return Unreadable(text.post_id, KILLED)
