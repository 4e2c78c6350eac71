from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.records import Label, Mention, Post, PostKind, Reading, ReadPost
from desk.report.marking import marked_text, marked_title, opening

AT = datetime(2026, 3, 2, tzinfo=UTC)


def read_post(
    text: str,
    spans: list[tuple[Label, int, int]],
    kind: PostKind = PostKind.RECRUITMENT,
    author: str | None = None,
    title: str | None = None,
) -> ReadPost:
    mentions = tuple(
        Mention(
            label=label,
            start=start,
            end=end,
            surface=text[start:end],
            value=text[start:end],
            confidence=1.0,
            extractor="test",
        )
        for label, start, end in spans
    )
    post = Post(id="1", source="xx_test", url=None, text=text, author=author, title=title)
    reading = Reading(post_id="1", lang="en", kind=kind, suspect=0.5, mentions=mentions)
    return ReadPost(post=post, reading=reading, first_seen=AT, last_seen=AT)


@st.composite
def texts_with_mentions(draw: st.DrawFn) -> tuple[str, list[tuple[Label, int, int]]]:
    text = draw(st.text(min_size=1, max_size=60))
    edges = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(st.sampled_from(Label), edges, edges), max_size=8))
    return text, [(label, start, end) for label, start, end in spans if start < end]


@given(texts_with_mentions())
def test_the_pieces_of_an_offer_are_its_text(drawn: tuple[str, list[tuple[Label, int, int]]]) -> None:
    text, spans = drawn
    pieces, cut = marked_text(read_post(text, spans))
    assert "".join(piece.text for piece in pieces) == text and cut == 0
    assert sum(len(piece.notes) for piece in pieces) == len(spans)


@given(texts_with_mentions())
def test_nothing_of_a_contact_is_left_in_a_warning(drawn: tuple[str, list[tuple[Label, int, int]]]) -> None:
    text, spans = drawn
    phones = [(Label.PHONE, start, end) for _, start, end in spans]
    pieces, _ = marked_text(read_post(text, phones, PostKind.WARNING))
    hidden = {i for _, start, end in phones for i in range(start, end)}
    left = "".join(character for i, character in enumerate(text) if i not in hidden)
    assert len("".join(piece.text for piece in pieces)) <= len(left)


def test_a_mention_inside_another_is_marked_as_both() -> None:
    pieces, _ = marked_text(read_post("work in Poipet now", [(Label.INDICATOR, 0, 14), (Label.LOC, 8, 14)]))
    assert [(piece.text, piece.marks) for piece in pieces] == [
        ("work in ", ("indicator",)),
        ("Poipet", ("indicator", "loc")),
        (" now", ()),
    ]


@pytest.mark.parametrize(
    "hidden",
    ["+62 813 0000 9999", "๐๘๑ ๐๐๐ ๙๙๙๙", "၀၉၇၉၀၀၀၀၉၉၉", "ibu@keluarga.example", "@ibu_sekar", "wa.me/6281300009999", "https://facebook.example/ibu", "Sekar"],
)  # fmt: skip
def test_a_warning_hides_what_reading_missed(hidden: str) -> None:
    pieces, _ = marked_text(read_post(f"please call {hidden} today", [], PostKind.WARNING, author="Ibu Sekar"))
    text = "".join(piece.text for piece in pieces)
    assert hidden not in text and text.startswith("please call") and "today" in text
    assert any(piece.withheld for piece in pieces)


def test_the_title_of_a_warning_hides_the_contacts_of_its_text() -> None:
    read = read_post("do not call agen_demo", [(Label.HANDLE, 12, 21)], PostKind.WARNING, title="AGEN_DEMO is a liar")
    assert "".join(piece.text for piece in marked_title(read)) == " is a liar"


def test_a_long_text_is_cut_and_says_how_much() -> None:
    pieces, cut = marked_text(read_post("a" * 1_000_000, [(Label.PHONE, 0, 1_000_000)]), longest=100)
    assert sum(len(piece.text) for piece in pieces) == 100 and cut == 999_900


def test_a_contact_at_the_cut_stays_hidden() -> None:
    pieces, _ = marked_text(read_post("x " * 48 + "+62 813 0000 9999", [], PostKind.WARNING), longest=100)
    assert not any(character.isdigit() for piece in pieces for character in piece.text)


def test_the_opening_words_are_one_line() -> None:
    pieces, _ = marked_text(read_post("line one\nline two " + "word " * 90, []))
    words = opening(pieces)
    assert words.startswith("line one line two") and words.endswith("…") and len(words) <= 110


@pytest.mark.parametrize("kind", [PostKind.WARNING, PostKind.NEWS, PostKind.OTHER])
def test_everything_but_an_offer_is_shielded(kind: PostKind) -> None:
    pieces, _ = marked_text(read_post("call agen_demo", [(Label.HANDLE, 5, 14)], kind))
    assert [piece.withheld for piece in pieces] == ["", "account"]


@pytest.mark.parametrize(("confidence", "shown"), [(0.49, False), (0.5, True)])
def test_what_is_more_probably_no_offer_is_shielded(confidence: float, shown: bool) -> None:
    read = read_post("call agen_demo", [(Label.HANDLE, 5, 14)])
    pieces, _ = marked_text(replace(read, reading=replace(read.reading, kind_confidence=confidence)))
    assert ("agen_demo" in "".join(piece.text for piece in pieces)) is shown


def test_of_a_plea_only_places_and_signs_are_told_in_our_own_words() -> None:
    read = read_post("my sister Melati is in Poipet", [(Label.LOC, 23, 29)], PostKind.PLEA, title="Melati, come home")
    (place,) = read.reading.mentions
    named = replace(place, attributes={"name": "Poipet"})
    pieces, _ = marked_text(replace(read, reading=replace(read.reading, mentions=(named,))))
    assert "".join(piece.text for piece in pieces) == " It speaks of: Poipet"
    assert pieces[0].withheld == "text" and marked_title(read) == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("adik saya Yoga Contoh belum pulang dari Poipet", "adik saya  belum pulang dari Poipet"),
        ("Hari ini. Kami menunggu", "Hari ini. Kami menunggu"),
        ("em gái tôi là Nguyễn Thị Ví Dụ ở đâu", "em gái tôi là  ở đâu"),
    ],
)
def test_what_looks_like_a_name_is_hidden_unless_it_is_a_known_place(text: str, left: str) -> None:
    at = text.find("Poipet")
    spans = [(Label.LOC, at, at + 6)] if at >= 0 else []
    pieces, _ = marked_text(read_post(text, spans, PostKind.NEWS))
    assert "".join(piece.text for piece in pieces) == left
