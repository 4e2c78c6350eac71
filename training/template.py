"""Posts and sentences of our own writing: texts with names and slots in braces, filled from lists, the names labelled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from casefile.errors import Mistake, SettingsError
from casefile.records import PostKind, Role

POSTS, SENTENCES, NAMES = (Path(__file__).parent / folder for folder in ("posts", "sentences", "names"))
LABELS = {"org": "ORG", "person": "PERSON", "loc": "LOC"}
FILLED = ("phone", "handle", "email", "url", "pay", "job", "age", "date", "number")
"""Slots that are filled and carry no label."""

_PLAIN = {
    "age": ("##",),
    "date": ("#/#/202#", "1# - 2#"),
    "number": ("##", "###"),
    "email": ("hr.###@mail.example",),
    "url": ("https://jobs-##.example",),
}
_SLOT = re.compile(r"\{([^{}]*)\}")
_HEAD = re.compile(r"([a-z]+)(?::([a-z]+))?(?:/([a-z_]+))?")
_KINDS = frozenset(kind.value for kind in PostKind)
_ROLES = frozenset(role.value for role in Role)
_MADE_UP = frozenset(("given", "family", "father", "nick", "company", "town", "lgiven", "lfamily", "lcompany"))
_LETTERS = ("aeiou", "bdgkptcjl", "mnrslfhwyv")
_DEEPEST = 6  # patterns within patterns


class Span(NamedTuple):
    """A name in a filled post; a place carries its role where the writer gave one."""

    start: int
    end: int
    label: str
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """One post as it was written, with the line on which its header stands, or one sentence with its line."""

    lang: str
    line: int
    kind: str
    suspect: bool
    text: str
    folder: str = POSTS.name


@dataclass(frozen=True, slots=True)
class Filled:
    """One post as the model sees it."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The lists and patterns of one language: what the slots are filled from."""

    lang: str
    choices: Mapping[str, tuple[str, ...]]

    def draw(self, name: str, random: Random, depth: int = 0, *, unheard: bool = False) -> str:
        """One filling of a pattern or list; SettingsError where a brace names neither.

        `unheard` makes other words of the names of the lists, so that no list and no memory knows them.
        """
        choices = self.choices.get(name) or _PLAIN.get(name)
        if not choices or depth > _DEEPEST:
            problem = "runs in a circle" if choices else "is no pattern and no list"
            raise _mistake(f"names/{self.lang}.yml", name, f"{{{name}}} {problem}", "the name of a pattern or list")
        chosen = random.choice(choices)
        if unheard and name in _MADE_UP and "{" not in chosen:
            return _other_word(chosen, random)
        filled = _SLOT.sub(lambda slot: self.draw(slot[1], random, depth + 1, unheard=unheard), chosen)
        return filled if depth else re.sub("#", lambda _: str(random.randrange(10)), filled)


def languages() -> tuple[str, ...]:
    """The languages that have posts."""
    return tuple(sorted(path.stem for path in POSTS.glob("*.txt")))


def read_templates(lang: str) -> list[Template]:
    """The posts of one language as they were written; SettingsError names the line that is wrong."""
    found: list[Template] = []
    file = f"posts/{lang}.txt"
    header: tuple[int, str, bool] | None = None
    lines: list[str] = []
    for number, line in enumerate([*_read(POSTS / f"{lang}.txt").split("\n"), "=== other plain"], 1):
        if not line.startswith("==="):
            if header is None and line.strip() and not line.startswith("#"):
                raise _mistake(file, f"line {number}", "text before the first header", "=== recruitment suspect")
            lines.append(line)
            continue
        if header:
            text = "\n".join(lines).strip()
            if not text:
                raise _mistake(file, f"line {header[0]}", "a post without text", "the text under its header")
            found.append(Template(lang, *header, text))
        header, lines = (number, *_header(file, number, line)), []
    return found


def _header(file: str, number: int, line: str) -> tuple[str, bool]:
    words = line.split()[1:]
    if len(words) != 2 or words[0] not in _KINDS or words[1] not in ("suspect", "plain"):
        raise _mistake(file, f"line {number}", f"{line!r} is no header", "=== recruitment suspect")
    return words[0], words[1] == "suspect"


def read_sentences(lang: str) -> list[Template]:
    """The sentences of one language that are no posts, one a line; none where nobody wrote any."""
    path = SENTENCES / f"{lang}.txt"
    lines = enumerate(_read(path).split("\n") if path.is_file() else (), 1)
    return [
        Template(lang, number, PostKind.OTHER.value, False, line.strip(), SENTENCES.name)
        for number, line in lines
        if line.strip() and not line.startswith("#")
    ]


def read_names(lang: str) -> Names:
    """The patterns and lists of one language."""
    file = f"names/{lang}.yml"
    try:
        content = YAML(typ="safe").load(_read(NAMES / f"{lang}.yml"))
        choices = {
            str(name): tuple(map(str, found))
            for part in ("patterns", "lists")
            for name, found in (content.get(part) or {}).items()
        }
    except (YAMLError, AttributeError, TypeError) as error:
        raise _mistake(file, "file", str(error), "patterns: and lists:, each with named lists") from error
    return Names(lang, choices)


def _other_word(word: str, random: Random) -> str:
    """A word of the same build: vowels for vowels, consonants for consonants, capitals where they were."""
    changed = []
    for char in word:
        group = next((letters for letters in _LETTERS if char.lower() in letters), char)
        other = random.choice(group)
        changed.append(other.upper() if char.isupper() else other)
    return "".join(changed)


def fill(template: Template, names: Names, random: Random, *, unheard: bool = False) -> Filled:
    """The post with its braces filled; the same `random` fills it in the same way."""
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for slot in _SLOT.finditer(template.text):
        before = template.text[at : slot.start()]
        label, role, words = _fill_slot(slot[1], template, names, random, unheard)
        parts += before, words
        length += len(before) + len(words)
        if label:
            spans.append(Span(length - len(words), length, label, role))
        at = slot.end()
    rest = template.text[at:]
    if "{" in rest or any("{" in part or "}" in part for part in parts) or "}" in rest:
        raise _wrong(template, "a brace stands alone", "{person} or {org=PT Contoh Maju}")
    return Filled("".join([*parts, rest]), tuple(spans))


def _fill_slot(
    slot: str, template: Template, names: Names, random: Random, unheard: bool
) -> tuple[str | None, str | None, str]:
    head, equals, words = slot.partition("=")
    match = _HEAD.fullmatch(head)
    if not match or (match[1] not in LABELS and (match[1] not in FILLED or equals or match[2])):
        raise _wrong(template, f"{{{slot}}} is no slot", "{person}, {loc:origin=Medan}, {phone}")
    label, role, narrow = match.groups()
    if role and (label != "loc" or role not in _ROLES):
        raise _wrong(template, f"{{{slot}}}: {role!r} is no role of a place", "{loc:destination}")
    if equals and (not words or words != words.strip()):
        raise _wrong(template, f"{{{slot}}}: no name, or spaces around it", "{org=PT Contoh Maju}")
    return LABELS.get(label), role, words or names.draw(narrow or label, random, unheard=unheard)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _mistake(f"{path.parent.name}/{path.name}", "file", str(error), "a file in UTF-8") from error


def _wrong(template: Template, problem: str, example: str) -> SettingsError:
    return _mistake(f"{template.folder}/{template.lang}.txt", f"the post at line {template.line}", problem, example)


def _mistake(file: str, where: str, problem: str, example: str) -> SettingsError:
    return SettingsError([Mistake(f"training/{file}", where, problem, "what docs/model.md describes", example)])
