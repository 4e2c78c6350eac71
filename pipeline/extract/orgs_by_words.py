"""Organisations by the words around a name: legal forms, kinds of institution, verbs of hiring, short forms."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.extract.names import Name
from pipeline.extract.words import Word, Words, joined, run_backward, run_forward, starts_with, words_of
from pipeline.tables import read_lists

Phrases = dict[str, list[tuple[tuple[str, ...], bool]]]
"""Phrases by their first word, each with whether it is a legal form; longest first."""


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words of config/orgs.yml, ready for look-ups."""

    before: Phrases
    after: Phrases
    legal_words: frozenset[str]
    sure_kinds: frozenset[str]
    stop: frozenset[str]
    hiring: dict[str, list[tuple[str, ...]]]
    no_short_forms: frozenset[str]
    no_orgs: frozenset[str]
    with_and: frozenset[str]
    known: frozenset[str]


@cache
def _forms() -> _Forms:
    lists = read_lists("orgs")
    hiring: dict[str, list[tuple[str, ...]]] = {}
    for phrase in lists["hiring"]:
        parts = tuple(word.lower for word in words_of(str(phrase)))
        hiring.setdefault(parts[0], []).append(parts)
    return _Forms(
        before=_phrases(lists["form_before"], lists["kind_before"]),
        after=_phrases(lists["form_after"], lists["kind_after"]),
        legal_words=frozenset(part for phrase in lists["form_after"] for part in str(phrase).lower().split()),
        sure_kinds=frozenset(str(word).lower() for word in lists["kind_sure"]),
        stop=frozenset(str(word).lower() for word in lists["not_names"]),
        hiring=hiring,
        no_short_forms=frozenset(map(str, lists["not_short_forms"])),
        no_orgs=frozenset(str(word).lower() for word in lists["not_orgs"]),
        with_and=frozenset(str(word).lower() for word in lists["kind_and"]),
        known=frozenset(map(str, lists["known"])),
    )


def _phrases(legal: Sequence[object], kinds: Sequence[object]) -> Phrases:
    table: Phrases = {}
    for phrases, is_legal in ((legal, True), (kinds, False)):
        for phrase in phrases:
            parts = tuple(word.lower for word in words_of(str(phrase)))
            table.setdefault(parts[0], []).append((parts, is_legal))
    for found in table.values():
        found.sort(key=lambda item: -len(item[0]))
    return table


def names_with_forms(text: str, words: Words) -> Iterator[Name]:
    """Names made by a form or kind before or behind them."""
    forms = _forms()
    before, after = forms.before, forms.after
    told = sorted({*words.places_of(before), *words.places_of(after)})
    for i in told:
        word = words[i]
        if not word.capital and word.text.isascii():
            continue
        for parts, legal in forms.before.get(word.lower, ()):
            if starts_with(words, i, parts) and (word.capital or legal or len(parts) > 1):
                yield from _named_after(text, words, i, len(parts), legal)
                break
        for parts, legal in forms.after.get(word.lower, ()):
            if starts_with(words, i, parts) and _one_line(text, words[i : i + len(parts)]):
                yield from _named_before(text, words, i, len(parts), legal)
                break


def _named_after(text: str, words: Sequence[Word], at: int, length: int, legal: bool) -> Iterator[Name]:
    first = at + length
    if first >= len(words) or not joined(text, words[first - 1], words[first]):
        return
    end = run_forward(text, words, first, _forms().stop, limit=6)
    if end > first and words[first].lower not in _forms().after:
        end = _with_form_after(text, words, _with_second_half(text, words, at, end))
        form = " ".join(word.text for word in words[at:first]) if legal else None
        last = _behind_the_bracket(text, words[at].start, words[end - 1].end)
        yield Name(words[at].start, last, 0.85 if legal else 0.7, form)


def _with_second_half(text: str, words: Sequence[Word], at: int, end: int) -> int:
    """An office may look after two things: Kementerian Koperasi dan UKM; what begins a name itself is another one."""
    forms = _forms()
    if words[at].lower not in forms.with_and or end + 1 >= len(words) or words[end].lower != "dan":
        return end
    following = words[end + 1]
    if not following.capital or following.lower in forms.before or following.text in forms.known:
        return end
    return run_forward(text, words, end + 1, forms.stop, limit=3)


def _behind_the_bracket(text: str, start: int, end: int) -> int:
    """A bracket that opens within a name closes within it: PT Contoh (Persero)."""
    is_open = text.rfind("(", start, end) > text.rfind(")", start, end)
    return end + 1 if is_open and text[end : end + 1] == ")" else end


def _with_form_after(text: str, words: Sequence[Word], end: int) -> int:
    """A name may carry a form on both sides: PT … Tbk."""
    for parts, legal in _forms().after.get(words[end].lower, ()) if end < len(words) else ():
        if (
            legal
            and starts_with(words, end, parts)
            and text[words[end - 1].end : words[end].start].strip(" .,()") == ""
        ):
            return end + len(parts)
    return end


def _named_before(text: str, words: Sequence[Word], at: int, length: int, legal: bool) -> Iterator[Name]:
    last = at + length - 1
    if at == 0 or not _before_form(text, words[at - 1], words[at]) or words[at - 1].lower in _forms().legal_words:
        return
    if not legal and words[at].lower not in _forms().sure_kinds and _goes_on(text, words, last):
        return
    first = _start_of_name(text, words, at)
    if first == at or not words[at].capital:
        return
    end = words[last].end
    if legal and text[end : end + 1] == ".":
        end += 1
    form = " ".join(word.text for word in words[at : last + 1]) if legal else None
    yield Name(words[first].start, end, 0.9 if legal else 0.65, form)


def _goes_on(text: str, words: Sequence[Word], last: int) -> bool:
    """Whether the name goes on behind a kind: Business Development Supervisor names no organisation."""
    following = words[last + 1] if last + 1 < len(words) else None
    return (
        following is not None
        and following.capital
        and following.text.isalpha()
        and text[words[last].end : following.start] == " "
    )


def _start_of_name(text: str, words: Sequence[Word], at: int) -> int:
    """Before a form, a comma or a bracketed country may stand: Example (Malaysia) Sdn Bhd."""
    if text[words[at - 1].end : words[at].start].strip() != ")":
        return run_backward(text, words, at, _forms().stop, glued=False)
    if at >= 2 and text[words[at - 2].end : words[at - 1].start].strip() == "(":
        return run_backward(text, words, at - 1, _forms().stop, glued=False)
    return at


def _before_form(text: str, name: Word, form: Word) -> bool:
    gap = text[name.end : form.start]
    return len(gap) <= 3 and "\n" not in gap and gap.strip() in ("", ",", ")", "&", ".", "-")


def _one_line(text: str, words: Sequence[Word]) -> bool:
    between = text[words[0].start : words[-1].end]
    return "\n" not in between and len(between) <= sum(len(word.text) for word in words) + 3 * len(words)


def employers(text: str, words: Words) -> Iterator[Name]:
    """A name at the start of a line, right before a verb of hiring."""
    hiring = _forms().hiring
    told = words.places_of(hiring)
    for i in told:
        if i and any(starts_with(words, i, phrase) for phrase in hiring[words[i].lower]):
            first = run_backward(text, words, i, _forms().stop, limit=5)
            if first < i and _begins_a_line(text, words[first].start):
                yield Name(words[first].start, words[i - 1].end, 0.6)


def _begins_a_line(text: str, at: int) -> bool:
    """Whether nothing but a mark stands before on the line."""
    before = text[max(0, at - 3) : at].rpartition("\n")
    return (at <= 3 or bool(before[1])) and not before[2].strip(" “\"'*-•")


_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z0-9]{1,9})\)")


def spelt_out(text: str, words: Words) -> Iterator[Name]:
    """A name followed by its own first letters in brackets."""
    if "(" not in text:
        return
    starts = words.starts
    for match in _IN_BRACKETS.finditer(text):
        letters = match.group(1)
        if letters in _forms().no_short_forms:
            continue
        at = bisect_left(starts, match.start())
        first = run_backward(text, words, at, frozenset(), glued=False) if at else at
        while first < at and not _spells(words[first:at], letters):
            first += 1
        if at - first >= 2 and words[at - 1].lower not in _forms().no_orgs:
            yield Name(words[first].start, match.end(), 0.85)


def _spells(words: Sequence[Word], letters: str) -> bool:
    """Whether the words begin with these letters, in this order, the first with the first."""
    initials = iter(word.text[0].upper() for word in words)
    return words[0].text[0].upper() == letters[0] and all(
        letter in initials for letter in letters.upper() if letter.isalpha()
    )


_SHORT_FORM = re.compile(r"\s?\(([A-Z][A-Za-z0-9-]{1,11})\)")


def with_short_form(text: str, name: Name) -> Name:
    """The short form in brackets belongs to the name: Bureau of Immigration (BI)."""
    match = _SHORT_FORM.match(text, name.end)
    return name._replace(end=match.end()) if match else name


def short_forms(text: str, names: Sequence[Name], words: Sequence[Word]) -> Iterator[Name]:
    """Later mentions by the short form that a name gave itself."""
    found = (_SHORT_FORM.search(text, name.start, name.end) for name in names)
    short = {match.group(1) for match in found if match}
    if short:
        yield from (Name(word.start, word.end, 0.7) for word in words if word.text in short)
