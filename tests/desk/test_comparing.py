"""What two texts have in common."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casefile.search.tokens import folded
from desk.comparing import common_spans


@pytest.mark.parametrize(
    ("left", "right", "common"),
    [
        ("Buka lowongan admin di Poipet", "HOT! buka LOWONGAN kasir", ["buka lowongan"]),
        ("Tuyển dụng nhân viên đi Campuchia", "tuyen dung nhan vien gap", ["tuyển dụng nhân viên"]),
        ("急招客服人员包吃住机票", "诚聘客服人员包吃住月薪", ["客服人员包吃住"]),
        ("รับสมัครแอดมินไปปอยเปต", "ด่วน!รับสมัครแอดมินกรุงเทพ", ["รับสมัครแอดมิน"]),
        ("satu dua", "tiga empat", []),
        ("", "apa saja", []),
    ],
)
def test_the_common_wording_is_found_in_every_script(left: str, right: str, common: list[str]) -> None:
    ours, theirs = common_spans(left, right)
    assert [left[start:end].casefold() for start, end in ours] == common
    assert [folded(right[a:b]) for a, b in theirs] == [folded(left[a:b]) for a, b in ours]


@given(st.text(max_size=200), st.text(max_size=200))
def test_spans_lie_in_order_inside_both_texts(left: str, right: str) -> None:
    for text, spans in zip((left, right), common_spans(left, right), strict=True):
        flat = [place for span in spans for place in span]
        assert flat == sorted(flat)
        assert all(0 <= start < end <= len(text) for start, end in spans)


def test_a_text_without_end_costs_no_more_than_its_beginning() -> None:
    ours, _ = common_spans("kerja luar negeri " * 100_000, "kerja luar negeri " * 100_000)
    assert ours
    assert ours[-1][1] < 20_000
