"""The pipeline as a spaCy Language."""

from __future__ import annotations

from pipeline.components import COMPONENTS
from pipeline.draft import Draft
from pipeline.plain import make_plain
from pipeline.reader import load_reader
from pipeline.spacy_pipeline import build_language, make_doc

TEXT = "Dibutuhkan admin di Poipet, gaji 800 USD. WA 0812-0000-1234, Kak Melati"


def test_spacy_finds_what_the_reader_finds() -> None:
    language = build_language()
    draft = Draft(post_id="1", plain=make_plain(TEXT))
    doc = language(make_doc(language.vocab, draft))
    assert doc._.draft.mentions == load_reader().draft(TEXT).mentions != []
    assert language.pipe_names == list(COMPONENTS)


def test_what_a_post_mixes_is_in_its_draft_the_main_language_first() -> None:
    assert load_reader().draft(
        "Naghahanap po kami ng kasama. We are looking for somebody with experience"
    ).languages == (
        "en",
        "tl",
    )
    assert load_reader().draft("Naghahanap po kami ng kasama", lang="ceb").languages == ("ceb", "tl")
