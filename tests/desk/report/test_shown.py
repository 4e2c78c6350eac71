import html
import json
import re

from hypothesis import given
from hypothesis import strategies as st

from desk.report.shown import json_inside_html, plain, shown, visible

HOSTILE = "</script><img src=x onerror=alert(1)>\u202egnp.exe\x1b[31m\x00&amp;\ud800"


@given(st.text(alphabet=st.characters(exclude_categories=())))
def test_any_text_becomes_html_without_a_tag_of_its_own(text: str) -> None:
    bare = re.sub(r'<i class="unseen">U\+[0-9A-F]{4,6}</i>', "", str(visible(text)))
    assert "<" not in bare and ">" not in bare and '"' not in bare


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z"))))
def test_text_without_controls_is_shown_as_it_is(text: str) -> None:
    assert html.unescape(str(visible(text))) == text


def test_controls_are_named_and_gone() -> None:
    page = str(visible(HOSTILE))
    assert all(mark not in page for mark in ("\u202e", "\x1b", "\x00", "\ud800"))
    assert all(f">{name}<" in page for name in ("U+202E", "U+001B", "U+0000", "U+D800"))


def test_marks_that_asian_scripts_need_are_kept() -> None:
    burmese_with_breaks = "အလုပ်\u200bခေါ်\u200cသည်\u200d"
    assert str(visible(burmese_with_breaks)) == burmese_with_breaks


def test_a_sentence_isolates_the_direction_of_foreign_words() -> None:
    assert str(shown("שלום")) == "<bdi>שלום</bdi>"


@given(st.text(alphabet=st.characters(exclude_categories=())), st.integers(2, 200))
def test_a_label_is_one_line_and_not_too_long(text: str, longest: int) -> None:
    label = plain(text, longest)
    assert len(label) <= longest and "\n" not in label and "\x1b" not in label
    label.encode("utf-8")


@given(
    st.recursive(st.text(alphabet=st.characters(exclude_categories=())), lambda inner: st.lists(inner), max_leaves=5)
)
def test_json_cannot_end_its_script_and_comes_back_whole(value: object) -> None:
    page = str(json_inside_html(value))
    assert json.loads(page) == value
    assert not set("<>&\u2028\u2029") & set(page) and page.isascii()
