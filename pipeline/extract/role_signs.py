"""What speaks for the role of a place: the words around it, the kind of post, where readers are at home, lists and routes."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from casefile.records import Label, Mention, PostKind
from pipeline.extract.place_spans import plain_offset
from pipeline.hints import Hints
from pipeline.homes import countries_of_readers
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_lists

ROUTE = ("begins a route", "on a route", "ends a route")
"""The signs of places joined by arrows: where it begins, where it goes through, where it ends."""

_ROW = ("begins a row", "in a row", "ends a row")
_AS_ROUTE = dict(zip(_ROW, ROUTE, strict=True))

LIKE_THE_LAST = "like the place before"
"""The sign of a place that goes on a list: it has the role of the place before it."""

_REACH = 24  # characters between a cue and its place
_BESIDE = 2  # characters between a cue and a place that stand side by side
_CHAIN = 12  # between two places that one cue speaks of: "ke Thailand dan Kamboja"
_STOPS = frozenset(".!?。！？;；။។")
_BETWEEN = " :：-–\n(（[【\"'“「*\u200b"
_ARROWS = frozenset(("→", "->", "-->", "➡", "➡️", "=>", "⇒", ">", ">>", "–>", "✈", "✈️"))
_DASHES = frozenset(("-", "–", "—", "~", "to", "ke", "至", "到", "飞", "-->"))
_CONTACTS = frozenset((Label.PHONE, Label.HANDLE, Label.EMAIL, Label.URL))
_JOINTS = frozenset(
    (
        ",",
        "/",
        "|",
        "&",
        "+",
        "、",
        "，",
        "·",
        "(",
        "（",
        "dan",
        "and",
        "n",
        "atau",
        "or",
        "và",
        "hoặc",
        "at",
        "o",
        "และ",
        "หรือ",
        "和",
        "或",
        "及",
        "与",
        "與",
        "နဲ့",
        "နှင့်",
        "និង",
        "और",
        "या",
        "aur",
        "ແລະ",
        ", dan",
        ", and",
        ", at",
        "",
    )
)
_GROUPS = {"country": "country", "compound": "site", "zone": "site", "crossing": "way", "transit": "town"}


def signs_of_roles(plain: Plain, mentions: Sequence[Mention], kind: PostKind, hints: Hints) -> list[list[str]]:
    """The signs of every place among the mentions, in order; their points are in `config/roles.yml`."""
    places = [mention for mention in mentions if mention.label is Label.LOC]
    offering = (
        "offer" if kind is PostKind.RECRUITMENT else kind.value if kind is not PostKind.OTHER else _other(mentions)
    )
    home = countries_of_readers(hints.lang)
    wheres = [_where(place, home) for place in places]
    mixed = "home and abroad" if {"at home", "abroad"} <= set(wheres) else "all alike"
    ends = {mention.end for mention in mentions if mention.label is Label.ORG}
    routes = _routes(plain.original, places)
    cues = _Cues(plain)
    told: list[list[str]] = []
    inherited: tuple[str, ...] = ()
    as_route = False
    for i, (place, where) in enumerate(zip(places, wheres, strict=True)):
        words, own = cues.around(place, places[i - 1].end if i else 0)
        between = plain.original[places[i - 1].end : place.start] if i else ""
        chained = bool(i) and _goes_on(between)
        if not words and chained:
            words = inherited
        group = _GROUPS.get(str(place.attributes.get("kind")), "town")
        signs = [*_of_post(offering, where, mixed, group)]
        for word in words or ("no word",):
            signs += _of_word(word, offering, where, mixed)
        if "to before" in words and "to before" in inherited and not _STOPS.intersection(between):
            told[-1].append("to before, and on to the next")
        inherited = words
        if routes[i]:
            as_route |= routes[i] == _ROW[0] and "via before" in words  # "Route: Delhi - Bangkok - Mae Sot"
            signs.append(_AS_ROUTE.get(routes[i], routes[i]) if as_route else routes[i])
            as_route &= routes[i] != _ROW[-1]
        if chained:
            signs.append("in a list")
            if not own and wheres[i - 1] == where and between.strip(" \n").lower() in _JOINTS:
                signs.append(LIKE_THE_LAST)
        if i == 0 and place.start < _BESIDE:
            signs.append(f"opens, {offering}")
        if place.start in ends or place.start - 1 in ends:
            signs.append("behind a company")
        told.append(signs)
    return told


@lru_cache(maxsize=1024)
def _of_post(offering: str, where: str, mixed: str, group: str) -> tuple[str, ...]:
    return offering, f"{offering}, {where}", f"{offering}, {where}, {mixed}", f"{offering}, {where}, {group}"


@lru_cache(maxsize=4096)
def _of_word(word: str, offering: str, where: str, mixed: str) -> tuple[str, ...]:
    return word, f"{word}, {offering}", f"{word}, {where}", f"{word}, {offering}, {where}", f"{word}, {mixed}"


def _other(mentions: Sequence[Mention]) -> str:
    """What a post of no clear kind holds of an offer: pay, contacts or warning signs."""
    labels = {mention.label for mention in mentions}
    held = (Label.SALARY in labels) + (not labels.isdisjoint(_CONTACTS)) + (Label.INDICATOR in labels)
    return (
        "other",
        "other with one mark of an offer",
        "other with two marks of an offer",
        "other with two marks of an offer",
    )[held]


def _where(place: Mention, home: Sequence[str]) -> str:
    """Whether the place lies where the readers of this language are at home."""
    country = place.attributes.get("country")
    return "anywhere" if not home or country is None else "at home" if country in home else "abroad"


def _goes_on(between: str) -> bool:
    """Whether the next place belongs to the same list."""
    return len(between) <= _CHAIN and "\n" not in between and not _STOPS.intersection(between)


def _routes(text: str, places: Sequence[Mention]) -> list[str]:
    """For each place its part in a route: joined by arrows, or three and more by dashes."""
    parts = [""] * len(places)
    first = 0
    for i in range(len(places)):
        last = i + 1 == len(places)
        joint = "" if last else text[places[i].end : places[i + 1].start].strip()
        if not last and (joint in _ARROWS or joint in _DASHES):
            continue
        if i > first and (i - first > 1 or text[places[first].end : places[first + 1].start].strip() in _ARROWS):
            arrows = text[places[first].end : places[first + 1].start].strip() in _ARROWS
            begins, on, ends = ROUTE if arrows else _ROW
            parts[first : i + 1] = [begins, *[on] * (i - first - 1), ends]
        elif i > first:
            parts[first : i + 1] = ["begins a pair", "ends a pair"]
        first = i + 1
    return parts


class _Cues:
    """The words of one text that tell roles; all offsets but those of mentions count in `Plain.text`."""

    def __init__(self, plain: Plain) -> None:
        self._plain = plain
        self._found = _finder().find(plain)
        self._starts = [cue.start for cue in self._found]

    def around(self, place: Mention, since: int) -> tuple[tuple[str, ...], bool]:
        """The nearest word on each side, if near enough (`to before`, `home behind`), and whether any is behind `since`."""
        start, end = plain_offset(self._plain, place.start), plain_offset(self._plain, place.end)
        before, own = self._before(start, plain_offset(self._plain, since))
        behind = self._behind(end)
        return (*before, *behind), own or bool(behind)

    def _before(self, start: int, since: int) -> tuple[list[str], bool]:
        for i in range(bisect_left(self._starts, start) - 1, -1, -1):
            cue = self._found[i]
            if start - cue.end > _REACH:
                break
            senses = [sense for side, sense in cue.meanings if side == "before"]
            if senses and cue.end <= start:
                return self._words_before(cue.end, start, senses), cue.end > since
        return [], False

    def _words_before(self, end: int, start: int, senses: Sequence[str]) -> list[str]:
        between = self._plain.text[end:start]
        if not _leads_on(between):
            return []
        gap = between.strip(_BETWEEN)
        how = "before" if len(gap) <= _BESIDE else "far before"
        return [f"{sense} {how}" for sense in senses if not (gap and sense == "home")]  # "orang di" is nobody's home

    def _behind(self, end: int) -> list[str]:
        i = bisect_left(self._starts, end)
        if i == len(self._found) or self._starts[i] - end > _BESIDE or self._plain.text[end : self._starts[i]].strip():
            return []
        return [f"{sense} behind" for side, sense in self._found[i].meanings if side == "after"]


def _leads_on(between: str) -> bool:
    """Whether a cue still speaks of what follows these characters."""
    return not _STOPS.intersection(between) and between.count("\n") <= 1


@cache
def role_lists() -> Mapping[str, Any]:
    """The content of `config/roles.yml`."""
    return read_lists("roles")


@together
def _finder() -> PhraseFinder[tuple[str, str]]:
    return PhraseFinder(
        (word.strip(), (side, str(sense)))
        for sense, sides in role_lists()["cues"].items()
        for side, words in sides.items()
        for word in str(words).split(",")
    )
