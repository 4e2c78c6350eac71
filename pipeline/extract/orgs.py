"""Organisations (ORG): company forms and kinds of institution of the region, well-known names, named employers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.words import Word, joined, run_backward, run_forward, starts_with, words_of
from pipeline.hints import Hints
from pipeline.phrases import PhraseFinder
from pipeline.plain import Plain
from pipeline.tables import read_lists

_LONGEST = 90  # characters of a name
_SHORT_FORM = re.compile(r"\s?\(([A-Z][A-Za-z0-9-]{1,11})\)")


class Span(NamedTuple):
    """A name found in folded text, how surely, and the legal form that it carries."""

    start: int
    end: int
    confidence: float
    form: str | None = None


def orgs(plain: Plain, hints: Hints) -> Iterator[Mention]:
    """Every organisation that is named, each occurrence; `form` holds its legal form where it has one."""
    text = plain.folded.text
    words = words_of(text)
    spans = [
        *_by_words(text, words),
        *_by_script(text),
        *_known(plain),
        *_employers(text, words),
        *_spelt_out(text, words),
    ]
    spans = _longest([_with_short_form(text, span) for span in spans])
    spans = _longest([*spans, *_short_forms(text, spans, words)])
    for span in spans:
        name = " ".join(text[span.start : span.end].split())
        yield make_mention(
            plain.original,
            plain.folded,
            Label.ORG,
            span[:2],
            name,
            confidence=span.confidence,
            extractor="orgs",
            form=span.form,
        )


@dataclass(frozen=True, slots=True)
class _Forms:
    """The words of config/orgs.yml, ready for look-ups by their first (or last) word."""

    before: dict[str, list[tuple[tuple[str, ...], bool]]]
    after: dict[str, list[tuple[tuple[str, ...], bool]]]
    after_legal: frozenset[str]
    sure_kinds: frozenset[str]
    stop: frozenset[str]


@cache
def _forms() -> _Forms:
    lists = read_lists("orgs")
    before: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    after: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for table, form_key, kind_key in ((before, "form_before", "kind_before"), (after, "form_after", "kind_after")):
        for key, legal in ((form_key, True), (kind_key, False)):
            for phrase in lists[key]:
                parts = tuple(word.lower for word in words_of(str(phrase)))
                table.setdefault(parts[0], []).append((parts, legal))
        for found in table.values():
            found.sort(key=lambda item: -len(item[0]))
    legal_words = frozenset(part for phrase in lists["form_after"] for part in str(phrase).lower().split())
    sure = frozenset(str(word).lower() for word in lists["kind_sure"])
    return _Forms(before, after, legal_words, sure, frozenset(str(word).lower() for word in lists["not_names"]))


def _by_words(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Names made by a form or kind before or behind them."""
    forms = _forms()
    for i, word in enumerate(words):
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


def _named_after(text: str, words: Sequence[Word], at: int, length: int, legal: bool) -> Iterator[Span]:
    first = at + length
    if first >= len(words) or not joined(text, words[first - 1], words[first]):
        return
    end = run_forward(text, words, first, _forms().stop, limit=6)
    if end > first and words[first].lower not in _forms().after:
        end = _with_form_after(text, words, end)
        form = " ".join(word.text for word in words[at:first]) if legal else None
        yield Span(words[at].start, words[end - 1].end, 0.85 if legal else 0.7, form)


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


def _named_before(text: str, words: Sequence[Word], at: int, length: int, legal: bool) -> Iterator[Span]:
    last = at + length - 1
    if at == 0 or not _before_form(text, words[at - 1], words[at]) or words[at - 1].lower in _forms().after_legal:
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
    yield Span(words[first].start, end, 0.9 if legal else 0.65, form)


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


_THAI = re.compile(
    r"(?:บริษัท|หจก\.?|ห้างหุ้นส่วนจำกัด|บมจ\.?|บจก\.?)[ ]?"
    r"(?:[^\n]{1,70}?จำกัด(?:[ ]?\(มหาชน\))?|[A-Z][A-Za-z0-9&.-]{1,30})"
    r"(?:[ ]?\([A-Z][A-Z0-9 ]{1,20}\))?"
)
_THAI_SHORT = re.compile(r"(?:บมจ|บจก|หจก)\.?[ ]?[^\s\d]{2,30}(?: [^\s\d]{2,30}){0,3}")
_HAN_RUN = r"[A-Za-z0-9\u4e00-\u9fff（）()·&]"
_KHMER = re.compile(r"ក្រុមហ៊ុន[ ]?([\u1780-\u17d3][^\n។,]{2,60}?(?:ឯ\.ក|ខូអិលធីឌី|ក្រុប|គ្រុប))")


@cache
def _thai_shop() -> re.Pattern[str]:
    kinds = "|".join(map(str, read_lists("orgs")["thai_shop"]))
    return re.compile(rf"(?:{kinds})[ ]?([A-Z][A-Za-z0-9&'-]{{1,20}}(?: [A-Z][A-Za-z0-9&'-]{{1,20}}){{0,3}})")


@cache
def _han() -> re.Pattern[str]:
    lists = read_lists("orgs")
    keys = ("han_after", "han_after_latin", "han_office", "han_house")
    sure, weak, office, house = ("|".join(map(_spaced, lists[key])) for key in keys)
    return re.compile(
        rf"(?P<sure>{_HAN_RUN}{{2,24}}?(?:{sure}))"
        rf"|(?P<latin>[A-Z][A-Za-z0-9]{{0,20}}(?: [A-Z][A-Za-z0-9]{{0,20}}){{0,2}} ?[\u4e00-\u9fff]{{0,6}}?(?:{weak}))"
        rf"|(?P<office>[\u4e00-\u9fff]{{2,3}}(?:{office}))"
        rf"|(?P<house>[\u4e00-\u9fff]{{2,8}}?(?:{house}))"
    )


def _spaced(ending: str) -> str:
    """An ending that may be written with spaces between its characters."""
    return " ?".join(ending)


_CUT = re.compile(r".*(?:[在是的与和由为给到从向被称据任于月年今，：]|[招诚誠]聘|直招|加入|来自)")
_NO_BRAND = frozenset(("web", "app", "it", "hr", "bd", "top", "ui", "pc", "ai", "pm", "cto", "ceo"))


def _by_script(text: str) -> Iterator[Span]:
    """Names in Thai, Chinese and Khmer, which know no capitals."""
    if text.isascii():
        return
    for match in _THAI.finditer(text):
        yield Span(match.start(), match.end(), 0.8 if "จำกัด" in match.group() else 0.6, match.group().split()[0][:6])
    for match in _THAI_SHORT.finditer(text):
        yield Span(match.start(), match.end(), 0.7, match.group()[:3])
    for match in _thai_shop().finditer(text):
        yield Span(match.start(1), match.end(1), 0.6)
    for match in _han().finditer(text):
        cut = _CUT.match(match.group()[:-2])
        start = match.start() + (cut.end() if cut else 0)
        name = text[start : match.end()]
        if match.lastgroup == "latin" and name.split()[0].lower().rstrip("公司集团") in _NO_BRAND:
            continue
        if len(name) >= 4:
            yield Span(
                start,
                match.end(),
                0.85 if match.lastgroup == "sure" else 0.65,
                "公司" if match.lastgroup == "sure" else None,
            )
    for match in _KHMER.finditer(text):
        yield Span(match.start(1), match.end(1), 0.7, "ក្រុមហ៊ុន")


@cache
def _known_finder() -> PhraseFinder[str]:
    return PhraseFinder((str(name), str(name)) for name in read_lists("orgs")["known"])


def _known(plain: Plain) -> Iterator[Span]:
    """Names that everybody knows; short ones only in capitals, since they are words as well."""
    for found in _known_finder().find(plain):
        surface = plain.cased(found.start, found.end)
        short = all(len(name) <= 5 and name.isupper() for name in found.meanings)
        if surface.isupper() if short else surface[0].isupper() or surface in found.meanings or not surface.isascii():
            yield Span(*plain.folded_span(found.start, found.end), 0.8)


@cache
def _hiring_finder() -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.lower for word in words_of(str(phrase))) for phrase in read_lists("orgs")["hiring"])


def _employers(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """A name at the start of a line, right before the verb of hiring."""
    firsts = {phrase[0] for phrase in _hiring_finder()}
    for i, word in enumerate(words):
        if word.lower not in firsts or i == 0 or not any(starts_with(words, i, phrase) for phrase in _hiring_finder()):
            continue
        first = run_backward(text, words, i, _forms().stop, limit=5)
        line_start = first < i and text[max(0, words[first].start - 2) : words[first].start].strip(" “\"'*-") in (
            "",
            "\n",
        )
        if line_start and (
            words[first].start == 0 or "\n" in text[max(0, words[first].start - 3) : words[first].start]
        ):
            yield Span(words[first].start, words[i - 1].end, 0.6)


def _with_short_form(text: str, span: Span) -> Span:
    """The short form in brackets belongs to the name: Bureau of Immigration (BI)."""
    match = _SHORT_FORM.match(text, span.end)
    return span._replace(end=match.end()) if match else span


_IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z0-9]{1,9})\)")
_NOT_AN_ORG = frozenset(
    (
        "airport",
        "act",
        "law",
        "visa",
        "emirates",
        "states",
        "kingdom",
        "region",
        "plan",
        "election",
        "time",
        "design",
        "program",
        "programme",
        "project",
        "index",
        "system",
        "test",
        "certificate",
        "number",
        "card",
        "tax",
        "minyak",
    )
)


def _spelt_out(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """A name followed by its own first letters in brackets."""
    starts = [word.start for word in words]
    for match in _IN_BRACKETS.finditer(text):
        letters = match.group(1)
        if letters in _not_short_forms():
            continue
        at = bisect_left(starts, match.start())
        first = run_backward(text, words, at, frozenset(), glued=False) if at else at
        while first < at and not _spells(words[first:at], letters):
            first += 1
        if at - first >= 2 and words[at - 1].lower not in _NOT_AN_ORG:
            yield Span(words[first].start, match.end(), 0.85)


def _spells(words: Sequence[Word], letters: str) -> bool:
    """Whether the words begin with these letters, in this order, the first with the first."""
    initials = iter(word.text[0].upper() for word in words)
    return words[0].text[0].upper() == letters[0] and all(
        letter in initials for letter in letters.upper() if letter.isalpha()
    )


@cache
def _not_short_forms() -> frozenset[str]:
    return frozenset(map(str, read_lists("orgs")["not_short_forms"]))


def _short_forms(text: str, spans: Sequence[Span], words: Sequence[Word]) -> Iterator[Span]:
    """Later mentions by the short form that a name gave itself."""
    short = {match.group(1) for span in spans for match in [_SHORT_FORM.search(text, span.start, span.end)] if match}
    if short:
        yield from (Span(word.start, word.end, 0.7) for word in words if word.text in short)


def _longest(spans: list[Span]) -> list[Span]:
    """Of overlapping names the longest; in order."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if span.end - span.start > _LONGEST:
            continue
        if kept and span.start < kept[-1].end:
            if span.end - span.start > kept[-1].end - kept[-1].start:
                kept[-1] = span
            continue
        kept.append(span)
    return kept
