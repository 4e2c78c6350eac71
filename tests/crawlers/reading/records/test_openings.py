import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.reading.records.openings import date_in, read_opening


@pytest.mark.parametrize(
    ("text", "author", "date"),
    [
        ("melati · 03/03/2026 19:53\nThey keep your passport.", "melati", "03/03/2026 19:53"),
        ("Melati R(157)\n28/11/2025 at 7:16 pm\nThey keep your passport.", "Melati R(157)", "28/11/2025 at 7:16 pm"),
        ("melati | Feb 24, 2026 02:35 am | #7\nThey keep your passport.", "melati", "Feb 24, 2026 02:35 am"),
        ("melati\n3 ngày trước\nThey keep your passport.", "melati", "3 ngày trước"),
    ],
)
def test_name_and_moment_above_a_reply_are_fields_and_no_words_of_it(text: str, author: str, date: str) -> None:
    opening = read_opening(text)
    assert (opening.author, opening.date, opening.words) == (author, date, "They keep your passport.")


@pytest.mark.parametrize("line", ["budi", "#4\nbudi", "budi 2 years ago#4", "budi, 2 years ago", "Reply 4\nbudi"])
def test_what_markup_tells_of_a_reply_is_left_out_above_its_words(line: str) -> None:
    assert read_opening(f"{line}\nDon't go there.", "budi", "2026-03-01").words == "Don't go there."


@pytest.mark.parametrize(
    "text",
    [
        "budi",
        "Saya budi, 3 hours ago they called me.\nDon't go.",
        "budi 2 years ago told me of it\nDon't go.",
        "One.\nTwo.\nThree.\nFour.\nbudi",
    ],
)
def test_words_of_a_reply_are_not_taken_for_its_opening(text: str) -> None:
    assert read_opening(text, "budi", "2026-03-01").words == text


def test_a_button_above_a_date_is_no_name() -> None:
    assert read_opening("Report\n2 days ago\nDon't go.").author is None


@given(st.text(max_size=300), st.none() | st.text(max_size=10), st.none() | st.text(max_size=10))
def test_an_opening_only_ever_leaves_out_lines_at_the_top(text: str, author: str | None, date: str | None) -> None:
    words = read_opening(text, author, date).words
    assert words == text or (words and text.rstrip().endswith(words))


@given(st.text(max_size=400))
def test_a_date_is_a_part_of_its_line(line: str) -> None:
    assert (date_in(line) or "") in line
