"""Which pages of the evidence may leave: those on which nothing but told job offers stands, and that are proven clean.

A page is given as it was captured or not at all: whoever changes a page takes its proof away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from casefile.case import Case
from casefile.errors import EvidenceError
from casefile.evidence.copying import Record, read_record
from casefile.evidence.reading import warc_path
from casefile.identity import sha256_hex
from casefile.records import Capture
from desk.handing_over.held_back import HeldBack
from desk.handing_over.payloads import Unreadable, readings_of, seen
from desk.handing_over.written_forms import Finder
from graph.export.clean import clean
from graph.export.view import Page, Proof


class WhyPage(StrEnum):
    """Why a page does not leave, in plain words."""

    OTHERS = "on which others speak too: left out"
    TELLING = "that hold what is held back: left out"
    UNPROVEN = "that hold pictures, or cannot be read whole, so that nobody can prove what they tell: left out"
    GIVEN = "that are files which were given to us: left out"
    LOST = "that are damaged, or were forgotten: left out"


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages that leave, and how many do not, by reason."""

    told: tuple[Page, ...] = ()
    why: Counter[WhyPage] = field(default_factory=Counter)


def choose_pages(case: Case, held: HeldBack, proofs: Iterable[Proof]) -> Pages:
    """The pages that prove the posts of `proofs`, every version of them that was captured, in order of time."""
    kept = {(one.warc_file, one.warc_offset): one for proof in proofs for one in case.store.captures(proof.id)}
    shared = {
        (file, offset)
        for file, offset, post in case.store.records_of_posts()
        if (file, offset) in kept and held.post_of(post) != post
    }
    pages, why = [], Counter[WhyPage]()
    for place, capture in sorted(kept.items(), key=lambda one: (one[1].captured_at, one[0])):
        told = WhyPage.OTHERS if place in shared else _page(case, capture, held.finder)
        if isinstance(told, Page):
            pages.append(told)
        else:
            why[told] += 1
    return Pages(tuple(pages), why)


def _page(case: Case, capture: Capture, finder: Finder) -> Page | WhyPage:
    if capture.page_url.startswith("urn:"):
        return WhyPage.GIVEN
    path = warc_path(case.evidence_folder, capture.warc_file)
    try:
        record = read_record(path, capture.warc_offset)
    except EvidenceError:
        return WhyPage.LOST
    if sha256_hex(record.body) != capture.payload_sha256:
        return WhyPage.LOST
    try:
        if tells(record, finder):
            return WhyPage.TELLING
    except Unreadable:
        return WhyPage.UNPROVEN
    title = clean(case.store.post(capture.post_id).title or "")
    return Page("" if finder.names(title) else title, path, capture.warc_offset)


def tells(record: Record, finder: Finder) -> bool:
    """Whether a record holds a held-back value anywhere. Raises Unreadable where that cannot be said."""
    if any(finder.tells(value) for value in record.told) or finder.names(record.url):
        return True
    readings = readings_of(record.body, record.media_type)
    source = next(readings)
    short = finder.short and finder.names(seen(source))
    return bool(short or any(finder.tells(text) for text in (source, *readings)))
