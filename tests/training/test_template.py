"""Posts of our own writing: what stands in braces is filled and labelled, and mistakes are told with their line."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from casefile.errors import SettingsError
from training import template
from training.check import check
from training.template import Names, Template, fill, languages

NAMES = Names(
    "xx",
    {
        "org": ("{company} Group", "PT {company}"),
        "company": ("Contoh Maju",),
        "person": ("{given}",),
        "given": ("Melati", "Budi"),
        "town": ("Poipet",),
        "loc": ("{town}",),
        "phone": ("0812-0000-####",),
        "circle": ("{circle}",),
    },
)


def post(text: str) -> Template:
    return Template("xx", 1, "recruitment", True, text)


def test_names_are_labelled_and_slots_are_not() -> None:
    filled = fill(post("{org=PT Contoh} ke {loc:destination/town}, hub {person} {phone}"), NAMES, Random(1))
    named = [(span.label, filled.text[span.start : span.end], span.role) for span in filled.spans]
    assert named[0] == ("ORG", "PT Contoh", None)
    assert named[1] == ("LOC", "Poipet", "destination")
    assert named[2][0] == "PERSON" and named[2][1] in ("Melati", "Budi")
    assert filled.text.startswith("PT Contoh") and "0812-0000-" in filled.text and "{" not in filled.text


def test_the_same_seed_fills_in_the_same_way() -> None:
    assert fill(post("{org} {person} {phone}"), NAMES, Random(5)) == fill(
        post("{org} {person} {phone}"), NAMES, Random(5)
    )


def test_unheard_names_keep_their_build_and_their_form() -> None:
    filled = fill(post("{org/org}"), NAMES, Random(2), unheard=True)
    assert "Contoh" not in filled.text
    assert filled.text.endswith(" Group") or filled.text.startswith("PT ")
    assert [len(word) for word in filled.text.replace("PT ", "").replace(" Group", "").split()] == [6, 4]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("{orgs}", "is no slot"),
        ("{loc:home}", "is no role"),
        ("{person:origin}", "is no role"),
        ("{org= PT Contoh}", "spaces around"),
        ("a } b", "a brace stands alone"),
        ("{loc/nowhere}", "no pattern and no list"),
        ("{loc/circle}", "runs in a circle"),
        ("{phone=123}", "is no slot"),
    ],
)
def test_a_mistake_is_told(text: str, problem: str) -> None:
    with pytest.raises(SettingsError, match=problem):
        fill(post(text), NAMES, Random(1))


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("hello\n=== other plain\nx\n", "text before the first header"),
        ("=== offer plain\nx\n", "is no header"),
        ("=== other plain\n\n=== news plain\nx\n", "a post without text"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(
    content: str, problem: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "xx.txt").write_text(content, encoding="utf-8")
    monkeypatch.setattr(template, "POSTS", tmp_path)
    with pytest.raises(SettingsError, match=f"line .*{problem}"):
        template.read_templates("xx")


@pytest.mark.parametrize("lang", languages())
def test_all_our_posts_can_be_filled(lang: str) -> None:
    posts, mistakes = check(lang)
    assert mistakes == []
    assert len(posts) >= 50
    for _, filled in posts:
        for span in filled.spans:
            words = filled.text[span.start : span.end]
            assert words == words.strip() != ""
