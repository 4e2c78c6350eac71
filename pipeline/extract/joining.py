"""Names of the model joined with those of rules and gazetteer: one mention a name, with one confidence."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from math import exp, log

from casefile.records import Label, Mention
from pipeline.extract.mentions import make_mention
from pipeline.extract.places import names_a_language
from pipeline.gazetteer import Place, place_finder, place_words
from pipeline.hints import Hints
from pipeline.plain import Plain, make_plain
from pipeline.tables import read_lists
from pipeline.tagger.tag import TaggedName, tag_names

_NAMES = frozenset((Label.ORG, Label.LOC, Label.PERSON))
_ENOUGH = dict.fromkeys(_NAMES, 0.5)
_ENOUGH_IN_A_POST = {Label.ORG: 0.7, Label.LOC: 0.6, Label.PERSON: 0.6}
"""How sure the model must be of a name that no rule sees, in a sentence and in a post (contacts, or several lines);
below, fewer than four in ten were right in development sentences and in posts of our own that it had not learnt from."""
_AGAINST_A_PLACE = 0.9
"""The same where the gazetteer sees a place."""
_IN_SMALL_LETTERS = 0.9
"""The same for a name without a capital in a text that has some."""
_UNKNOWN_IN_A_POST = 0.95
"""The same for a place that the gazetteer does not see: in a post it is more often a product or a job."""
_UNKNOWN_IN_SENTENCES = 0.8
"""The same in a text of several sentences."""
_SURE = 0.8  # a rule's name with a legal form, or a known one
_CONTACTS = frozenset((Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL))
_SLOPE, _SHIFT = 0.45, 0.13  # the chain is too sure of itself
_MOST = 0.98  # nothing is surer
_STOPS = re.compile(r"[.!?](?=\s)|[。！？။។]")
_LEAST_OF_A_SENTENCE = 20  # characters
_LONGEST = 120  # characters to look back for a name that reaches into another


def join(plain: Plain, found: Sequence[Mention], hints: Hints) -> list[Mention]:
    """All mentions; names are surer where the model agrees, and those that only the model sees come in addition.

    Where both see a name of one kind with other bounds, the model's stays if it holds the rule's; a known place stays
    the place it is, with all the words of its name.
    """
    tagged = list(tag_names(plain.folded.text))
    return _Names(plain, found, hints).with_those_of_the_model(tagged) if tagged else list(found)


class _Names:
    """The names of one text as rules and gazetteer see them, over which the model's are laid."""

    def __init__(self, plain: Plain, found: Sequence[Mention], hints: Hints) -> None:
        self._plain, self._found, self._hints = plain, found, hints
        self._text = plain.folded.text
        self._lower = self._text.lower()
        self._named = sorted((mention for mention in found if mention.label in _NAMES), key=lambda m: m.start)
        self._starts = [mention.start for mention in self._named]
        self._in_a_post = "\n" in self._text or any(mention.label in _CONTACTS for mention in found)
        self._gone: set[int] = set()
        self._changed: dict[int, Mention] = {}
        self._added: list[Mention] = []

    def with_those_of_the_model(self, tagged: Iterable[TaggedName]) -> list[Mention]:
        """What is found by both, in no order."""
        for name in tagged:
            self._lay_over(self._as_readers_mark(name))
        kept = (mention for mention in self._found if id(mention) not in self._gone)
        return [*(self._changed.get(id(mention), mention) for mention in kept), *self._added]

    def _lay_over(self, name: TaggedName) -> None:
        label, span = Label(name.label), self._plain.folded.span(name.start, name.end)
        near = list(self._reaching_into(*span))
        alike = [mention for mention in near if mention.label is label]
        same = next((mention for mention in alike if (mention.start, mention.end) == span), None)
        if same:
            self._changed[id(same)] = replace(same, confidence=_both(same.confidence, _calibrated(name)))
        elif name.probability < self._enough(name, label, _is_a_place(near, *span)):
            return
        elif label is Label.LOC and alike:
            if len(alike) == 1 and _holds(span, alike[0]) and not _is_han(alike[0].surface):
                self._changed[id(alike[0])] = _widened(self._plain, alike[0], span)
        elif self._is_none_of_its_kind(name, label, near):
            return
        elif all(_holds(span, mention) and mention.confidence < _SURE for mention in alike):
            self._gone.update(map(id, alike))
            self._added += _mentions(self._plain, name, label, self._hints)

    def _reaching_into(self, start: int, end: int) -> Iterator[Mention]:
        """The mentions that overlap a span."""
        for i in range(bisect_left(self._starts, start - _LONGEST), len(self._named)):
            if self._named[i].start >= end:
                return
            if self._named[i].end > start:
                yield self._named[i]

    def _enough(self, name: TaggedName, label: Label, at_a_place: bool) -> float:
        if at_a_place:
            return _AGAINST_A_PLACE
        if self._lower != self._text and self._text[name.start : name.end].islower():
            return _IN_SMALL_LETTERS
        return (_ENOUGH_IN_A_POST if self._in_a_post else _ENOUGH)[label]

    def _is_none_of_its_kind(self, name: TaggedName, label: Label, near: Sequence[Mention]) -> bool:
        if label is Label.LOC:
            return self._is_no_spot(name)
        words = self._text[name.start : name.end]
        return label is Label.ORG and (_has_no_name_of_its_own(words, near) or _holds_a_person(near))

    def _is_no_spot(self, place: TaggedName) -> bool:
        """Whether an unknown place hardly is one: a language's name, what is not quite sure, in a post half the world."""
        if names_a_language(self._lower, place.start, place.end):
            return True
        if not self._in_a_post:
            return place.probability < _UNKNOWN_IN_SENTENCES and _has_several_sentences(self._text)
        words = self._lower[place.start : place.end]
        return place.probability < _UNKNOWN_IN_A_POST or words in _parts_of_the_world()

    def _as_readers_mark(self, name: TaggedName) -> TaggedName:
        """A name as careful readers mark one.

        A person is marked without Mr, Dr or Datuk, and without the country that somebody presides over; a Chinese title
        belongs to a family name alone: 王先生, but 王小明 in 王小明先生. A Chinese organisation does not begin with places
        and a space.
        """
        if name.label == "ORG":
            return name._replace(start=self._behind_places(name.start, name.end))
        if name.label != "PERSON":
            return name
        title = _titles().match(self._text, name.start, name.end)
        start = self._behind_a_country(title.end() if title else name.start, name.end)
        return name._replace(start=start, end=self._end_with_han_title(start, name.end))

    def _behind_a_country(self, start: int, end: int) -> int:
        """Where the name goes on behind a country that it begins with; else its start."""
        first, last = self._plain.folded.span(start, end)
        for mention in self._reaching_into(first, last):
            if mention.start == first and mention.attributes.get("kind") == "country" and mention.end < last:
                behind = start + len(mention.surface)
                return behind + 1 if self._text[behind] == " " else start
        return start

    def _behind_places(self, start: int, end: int) -> int:
        """Where a Chinese name goes on behind places and a space, as in 阿联酋迪拜 云海公司; else its start."""
        first, last = self._plain.folded.span(start, end)
        at = first
        for mention in self._reaching_into(first, last) if _is_han(self._text[start]) else ():
            if mention.label is Label.LOC and mention.start == at:
                at = mention.end
        behind = start + at - first
        return behind + 1 if first < at < last and self._text[behind] == " " else start

    def _end_with_han_title(self, start: int, end: int) -> int:
        titled = next((end - len(word) for word in _han_titles() if self._text.endswith(word, start + 1, end)), end)
        behind = next((word for word in _han_titles() if self._text.startswith(word, titled)), "")
        alone = titled - start == 1 or self._text[start:titled] in _double_family_names()
        return titled + len(behind) if alone else titled


def _has_several_sentences(text: str) -> bool:
    last = len(text) - _LEAST_OF_A_SENTENCE
    return any(stop.start() >= _LEAST_OF_A_SENTENCE for stop in _STOPS.finditer(text, 0, max(0, last)))


def _is_han(words: str) -> bool:
    """Whether a name is Chinese: there two places side by side look like one long name."""
    return "\u3400" <= words[0] <= "\u9fff"


def _holds(span: tuple[int, int], mention: Mention) -> bool:
    return span[0] <= mention.start and mention.end <= span[1]


@cache
def _han_titles() -> tuple[str, ...]:
    return tuple(map(str, read_lists("persons")["han_title"]))


@cache
def _double_family_names() -> frozenset[str]:
    return frozenset(map(str, read_lists("persons")["han_double"]))


@cache
def _titles() -> re.Pattern[str]:
    titles = "|".join(re.escape(str(title)) for title in read_lists("persons")["sure"])
    return re.compile(rf"(?:(?:{titles})(?:\. ?| ))+(?=\w)", re.IGNORECASE)


def _widened(plain: Plain, place: Mention, span: tuple[int, int]) -> Mention:
    """A known place with all the words of its name: Kampung, မြို့နယ်, Airport."""
    start, end = span
    return replace(place, start=start, end=end, surface=plain.original[start:end])


@cache
def _parts_of_the_world() -> frozenset[str]:
    return frozenset(map(str, place_words()["parts_of_the_world"]))


def _holds_a_person(near: Sequence[Mention]) -> bool:
    """Whether a rule sees a person in what should be one organisation: Ministry of Labour Secretary Example Name."""
    return any(mention.label is Label.PERSON for mention in near)


def _has_no_name_of_its_own(words: str, near: Sequence[Mention]) -> bool:
    """Whether an organisation is nothing but places side by side (阿联酋迪拜), or a trade and a kind of firm (游戏集团)."""
    places = sum(_letters(mention.surface) for mention in near if mention.label is Label.LOC)
    return places >= _letters(words) or _trades_only().fullmatch(words) is not None


def _letters(words: str) -> int:
    return sum(map(str.isalnum, words))


@cache
def _trades_only() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(map(str, read_lists('orgs')['han_trades']))})+")


def _is_a_place(near: Sequence[Mention], start: int, end: int) -> bool:
    """Whether a known place stands there and is no mere part of the name, as in Bank Jakarta."""
    return any(
        mention.label is Label.LOC
        and not (start <= mention.start and mention.end <= end and (start, end) != (mention.start, mention.end))
        for mention in near
    )


def _calibrated(name: TaggedName) -> float:
    """The share of names as probable as this one that are right (Platt's scaling, measured on held-out texts)."""
    odds = log(name.probability / max(1 - name.probability, 1e-4))
    return 1 / (1 + exp(_SHIFT - _SLOPE * odds))


def _both(rule: float, model: float) -> float:
    """How sure two witnesses make a name who do not know of each other."""
    return round(min(_MOST, 1 - (1 - rule) * (1 - model)), 3)


def _mentions(plain: Plain, name: TaggedName, label: Label, hints: Hints) -> Iterator[Mention]:
    words = " ".join(plain.folded.text[name.start : name.end].split())
    if label is not Label.LOC and words.lower() in _platforms():
        return
    place = _look_up(words, hints) if label is Label.LOC else None
    yield make_mention(
        plain.original,
        plain.folded,
        label,
        (name.start, name.end),
        place.value if place else words,
        confidence=_calibrated(name),
        extractor="model",
        country=place.country if place else None,
        name=place.name if place else words if label is Label.LOC else None,
        place_id=place.id if place else None,
        kind=place.kind if place else None,
        lat=place.lat if place else None,
        lon=place.lon if place else None,
    )


@cache
def _platforms() -> frozenset[str]:
    return frozenset(str(name).lower() for name in read_lists("orgs")["platforms"])


def _look_up(words: str, hints: Hints) -> Place | None:
    """The place in the post's own region that bears this name, and that the rules took for another word.

    None where nobody knows the place: then it has a name and no country.
    """
    plain = make_plain(words)
    places = [
        meaning.place
        for hit in place_finder().find(plain)
        if (hit.start, hit.end) == (0, len(plain.text))
        for meaning in hit.meanings
        if meaning.place
    ]
    near = [place for place in places if place.country in hints.regions]
    return max(near, key=lambda place: place.rank, default=None)
