"""The words of the page, in every language that it speaks."""

import re
from pathlib import Path
from string import Formatter

import pytest
from ruamel.yaml import YAML

import desk.page
from casefile.settings import CONFIG_FOLDER
from desk.page.words import chosen, languages, speaker

TEMPLATES = Path(desk.page.__file__).parent / "templates"
SAID = sorted(
    {said for path in TEMPLATES.glob("*.j2") for said in re.findall(r'\bt\("([^"]*)"', path.read_text("utf-8"))}
)
OTHERS = [language for language in languages() if language != "en"]


def fields(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated_with_the_same_values(language: str) -> None:
    known = YAML(typ="safe").load((CONFIG_FOLDER / "page" / f"{language}.yml").read_text("utf-8"))
    assert [said for said in SAID if said not in known] == []
    assert [said for said, translated in known.items() if fields(said) != fields(translated)] == []


def test_the_reader_is_spoken_to_in_the_language_of_the_browser_or_the_one_asked_for() -> None:
    assert chosen("", "id-ID,id;q=0.9,en;q=0.8") == "id"
    assert chosen("en", "id-ID") == "en"
    assert chosen("xx", "tlh, en-GB") == "en" and chosen("", "") == "en"


def test_what_has_no_translation_is_said_in_english() -> None:
    assert speaker("id")("There is no {thing}", thing="word") == "There is no word"
