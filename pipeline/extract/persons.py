"""Persons (PERSON): people who are named with a title, as a contact, by their office, or as speakers. Precision first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.words import Word, run_forward, starts_with, words_of
from pipeline.hints import Hints
from pipeline.plain import Plain
from pipeline.tables import read_lists

_LONGEST = 5  # words of a name
_SHORTEST_ALONE = 3  # letters of a family name that is looked for by itself


class Span(NamedTuple):
    """A name in folded text, and how surely it is one."""

    start: int
    end: int
    confidence: float


def persons(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every named person, each occurrence; titles are left out of the name."""
    text = plain.folded.text
    words = words_of(text)
    spans = [*_titled(text, words), *_with_age(text), *_on_contact_lines(text), *_in_other_scripts(text)]
    spans = _first_of_each(spans)
    spans = _first_of_each([*spans, *_again(text, words, spans)])
    for span in spans:
        name = " ".join(text[span.start : span.end].split())
        yield make_mention(
            plain.original, plain.folded, Label.PERSON, span[:2], name, confidence=span.confidence, extractor="persons"
        )


@cache
def _phrases() -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """The phrases of config/persons.yml with the list they stand in, by their first word, longest first."""
    table: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for key in ("sure", "home", "markers", "office", "says_before", "contact", "says_after", "office_after"):
        for phrase in read_lists("persons")[key]:
            parts = tuple(word.lower for word in words_of(str(phrase)))
            table.setdefault(parts[0], []).append((parts, key))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


@cache
def _not_names() -> frozenset[str]:
    lists = read_lists("persons")
    return frozenset(
        str(word).lower() for key in ("not_names", "office") for word in lists[key] if " " not in str(word)
    )


def _match(words: Sequence[Word], at: int) -> dict[str, int]:
    """The lists that have a phrase at this word, each with the number of words of its longest one."""
    found: dict[str, int] = {}
    for parts, key in _phrases().get(words[at].lower, ()):
        if key not in found and starts_with(words, at, parts):
            found[key] = len(parts)
    return found


def _titled(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Names behind a title, an office, a marker, a verb of saying or a word of contact; and before a verb or office."""
    known = _phrases()
    for i, word in enumerate(words):
        if word.lower not in known:
            continue
        lists = _match(words, i)
        first = next((key for key in _BEHIND if key in lists and (key != "home" or _is_title(words, i))), None)
        if first == "contact":
            yield from _contact_name(text, words, i + lists[first])
        elif first:
            confidence, least, mixed = _BEHIND[first]
            yield from _name_at(text, words, i + lists[first], confidence, least=least, mixed=mixed)
        if "says_after" in lists or "office_after" in lists:
            yield from _name_before(text, words, i)


# What stands before a name, the surest first: confidence, fewest words, whether short forms in capitals are refused.
_BEHIND: dict[str, tuple[float, int, bool]] = {
    "sure": (0.9, 1, False),
    "home": (0.7, 1, False),
    "markers": (0.8, 1, True),
    "office": (0.7, 2, True),
    "says_before": (0.65, 1, True),
    "contact": (0.6, 1, False),
}


def _is_title(words: Sequence[Word], at: int) -> bool:
    """Whether a word like "Kak" or "Anh" is a title here: with a capital, or behind a word of contact."""
    if at and words[at - 1].lower == "tiếng":  # "tiếng Anh" is English, not a brother
        return False
    return words[at].capital or any("contact" in _match(words, at - back) for back in (1, 2) if at >= back)


def _name_at(
    text: str, words: Sequence[Word], first: int, confidence: float, *, least: int, mixed: bool = False
) -> Iterator[Span]:
    """The name that begins with the word `first`; `mixed` refuses words all in capitals, which are short forms."""
    first = _past_titles(words, first)
    if first >= len(words) or not _close(text, words[first - 1], words[first]):
        return
    end = run_forward(text, words, first, _not_names(), limit=_LONGEST)
    name = words[first:end]
    if len(name) < least or any(word.text[0].isdigit() for word in name) or _in_lower_links(name):
        return
    if mixed and any(word.text.isupper() and set(word.text) - set("IVX") for word in name):
        return
    yield Span(name[0].start, name[-1].end, confidence)


def _past_titles(words: Sequence[Word], first: int) -> int:
    """Titles come in rows: Datuk Seri Dr …"""
    while first < len(words) and (length := _match(words, first).get("sure")):
        first += length
    return first


def _close(text: str, left: Word, right: Word) -> bool:
    gap = text[left.end : right.start]
    return len(gap) <= 4 and "\n" not in gap and not set(gap.strip()) - set('.:-()[–"')


def _in_lower_links(name: Sequence[Word]) -> bool:
    return any(word.lower in ("of", "the", "for", "and", "&", "bureau") for word in name)


def _contact_name(text: str, words: Sequence[Word], first: int) -> Iterator[Span]:
    """A name to ask for counts where a number, an address or the end of the sentence follows it."""
    for span in _name_at(text, words, first, 0.6, least=1):
        after = text[span.end : span.end + 14]
        two = " " in text[span.start : span.end]
        if _CONTACT_FOLLOWS.match(after) or (two and _ENDS.match(after)):
            yield span


_CONTACT_FOLLOWS = re.compile(
    r"\s{0,2}[(\[:–,-]{0,2}\s?(?:\+?\d{2}|at \S|on \+?\d|cp\b|wa\b|tel|hp\b|via )", re.IGNORECASE
)
_ENDS = re.compile(r"\s?(?:[,.;)\n<]|$|from |of |dari )")


def _name_before(text: str, words: Sequence[Word], at: int) -> Iterator[Span]:
    """Two to four capitalised words that begin a sentence or line, right before a verb of saying or an office."""
    first = at
    while (
        first > 0
        and at - first < 4
        and _is_name_word(words[first - 1])
        and _close(text, words[first - 1], words[first])
    ):
        first -= 1
    first = min(_past_titles(words, first), at)
    name = words[first:at]
    if (
        len(name) >= 2
        and not any(word.lower in _not_names() for word in name)
        and not all(word.text.isupper() for word in name)
    ):
        yield Span(name[0].start, name[-1].end, 0.6)


def _is_name_word(word: Word) -> bool:
    return word.capital and not word.text[0].isdigit() and len(word.text) > 1


_AGE = re.compile(
    r"\b([A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){1,4}),? \(?(?:\d{2}(?: tahun|-anyos|\)| taon| tuổi| years|, )|usia \d{2})"
)


def _with_age(text: str) -> Iterator[Span]:
    """Names with an age, as news give them: Example Name (26), Example Name, 33 tahun."""
    for match in _AGE.finditer(text):
        if not any(word.lower() in _not_names() for word in match.group(1).split()):
            yield Span(match.start(1), match.end(1), 0.6)


_IN_BRACKETS = re.compile(r"\d{3}[\d -]{0,9}\s?\(([^\W\d_][^()\n#\d]{1,28}?)(?:\)|\s#)")
_BEFORE_OFFICE = re.compile(
    r"(?m)^(?:HR ?[-—:：] ?|[ \t]{0,9})([A-Z][\w'-]{1,20}(?: [A-Z][\w'-]{1,20}){0,2}) ?(?:\((?:Mr|Ms|Mrs|Miss)\.?\))? {1,4}(?:HR|Human Resource|Recruit)"
)


def _on_contact_lines(text: str) -> Iterator[Span]:
    """Names in brackets behind a number, and on the line of an office: Example (Mr.) HR Manager."""
    for match in _IN_BRACKETS.finditer(text):
        words = list(match.group(1).replace(".", " ").split())
        if len(words) <= 3 and not any(word.lower() in _not_names() for word in words):
            yield Span(match.start(1), match.end(1), 0.6)
    for match in _BEFORE_OFFICE.finditer(text):
        if not any(word.lower() in _not_names() for word in match.group(1).split()):
            yield Span(match.start(1), match.end(1), 0.7)


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    lists = read_lists("persons")
    family, titles, contacts = str(lists["han_family"]), "|".join(lists["han_title"]), "|".join(lists["han_contact"])
    thai, burmese = ("|".join(map(re.escape, lists[key])) for key in ("thai", "burmese"))
    return (
        re.compile(rf"(?<![\u4e00-\u9fff])(?P<name>[{family}][\u4e00-\u9fff]{{0,2}}?(?:{titles}))"),
        re.compile(rf"(?<=[，。；、：的向对望让与和被])(?P<name>[{family}][\u4e00-\u9fff]{{0,2}}?(?:先生|女士|小姐))"),
        re.compile(rf"(?:{contacts})[:：]? ?(?P<name>[{family}][\u4e00-\u9fff]{{1,2}})(?<!方式)(?=[\s\d:：，,+]|$)"),
        re.compile(r"\bHR ?[-—:：] ?(?P<name>[A-Z][A-Za-z]{1,15})\b(?! ?(?:Manager|Department|Dept))"),
        re.compile(
            rf"(?:^|[\s,:(/]|ติดต่อ)(?P<name>(?:{thai})[ ]?[\u0e01-\u0e4e]{{2,14}}(?: [\u0e01-\u0e4e]{{3,16}})?)(?=[\s,)(]{{0,2}}(?:\d{{2}}|\n|,|\(|$|โทร|Tel|ไลน์|Line))"
        ),
        re.compile(rf"(?:^|(?<=[\s။၊]))(?P<name>(?:{burmese}) ?[\u1000-\u1049\u104c-\u109f]{{3,24}})(?=[\s။၊])"),
    )


_ORDINARY = re.compile(
    "คุณ(?:สมบัติ|ภาพ|จะ|ต้อง|ได้|สามารถ|มี|เป็น|ไม่|ค่า|ที่|วุฒิ)|น้อง(?:ใหม่|ๆ)|นาย(?:จ้าง|หน้า)|พี่ๆ|ဦး(?:ဆောင်|စီး|စား|တည်|ရေ)|ကိုယ်|ကို(?:လည်း)"
)


def _in_other_scripts(text: str) -> Iterator[Span]:
    """Names in Chinese, Thai and Burmese, by family name, title or contact word."""
    if text.isascii():
        return
    for pattern in _patterns():
        for match in pattern.finditer(text):
            if not _ORDINARY.match(match.group("name")):
                yield Span(match.start("name"), match.end("name"), 0.65)


def _again(text: str, words: Sequence[Word], spans: Sequence[Span]) -> Iterator[Span]:
    """Later mentions of somebody by one of the names, as news do."""
    full = [text[span.start : span.end].split() for span in spans]
    names = {name for parts in full if len(parts) >= 2 for name in (parts[0], parts[-1]) if len(name) > _SHORTEST_ALONE}
    yield from (Span(word.start, word.end, 0.6) for word in words if word.text in names)


def _first_of_each(spans: list[Span]) -> list[Span]:
    """Of overlapping names the longest; in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
