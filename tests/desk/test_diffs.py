from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desk.diffs import Piece, difference


@given(st.text(max_size=300), st.text(max_size=300))
def test_a_difference_holds_both_texts_whole(old: str, new: str) -> None:
    pieces = difference(old, new)
    assert "".join(piece.text for piece in pieces if piece.change != "new") == old
    assert "".join(piece.text for piece in pieces if piece.change != "gone") == new


def test_only_the_words_that_changed_are_marked() -> None:
    assert difference("gaji 9 juta per bulan", "gaji 15 juta per bulan") == [
        Piece("same", "gaji "),
        Piece("gone", "9"),
        Piece("new", "15"),
        Piece("same", " juta per bulan"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "gone"),
    [("รับสมัครงานปอยเปต", "รับสมัครงานแม่สอด", "ปอยเปต"), ("招聘客服去西港", "招聘客服去木牌", "西港")],
)
def test_scripts_without_spaces_are_compared_in_parts(old: str, new: str, gone: str) -> None:
    pieces = difference(old, new)
    assert pieces[0].change == "same" and len(pieces[0].text) > 3
    assert set("".join(piece.text for piece in pieces if piece.change == "gone")) <= set(gone)


def test_very_long_texts_are_compared_by_lines() -> None:
    old = "".join(f"baris {n} gaji besar\n" for n in range(3_000))
    pieces = difference(old, old.replace("baris 7 gaji", "baris 7 upah"))
    assert [piece.text for piece in pieces if piece.change != "same"] == [
        "baris 7 gaji besar\n",
        "baris 7 upah besar\n",
    ]
