"""The part that each place plays in a post: origin, transit, destination, worksite or mere mention."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from operator import itemgetter
from types import MappingProxyType

from casefile.records import Label, Mention, PostKind, Role
from pipeline.hints import Hints
from pipeline.homes import countries_of_readers, home_countries
from pipeline.phrases import PhraseFinder, together
from pipeline.plain import Plain
from pipeline.tables import read_lists

_REACH = 24  # characters between a cue and its place
_CHAIN = 12  # between two places that one cue speaks of: "ke Thailand dan Kamboja"
_STOPS = frozenset(".!?。！？;；")


def with_roles(plain: Plain, mentions: Sequence[Mention], kind: PostKind, hints: Hints) -> list[Mention]:
    """The mentions with an attribute `role` on every place."""
    cues = _RoleCues(plain)
    told: list[Mention] = []
    last_end, last = 0, None
    for mention in mentions:
        if mention.label is not Label.LOC:
            told.append(mention)
            continue
        told_by = cues.of(mention)
        if told_by is None and _goes_on(plain.original[last_end : mention.start]):
            told_by = last
        last_end, last = mention.end, told_by
        if "country" not in mention.attributes:
            role = Role.MENTION  # where nobody knows a place, nobody is sent there on a map
        else:
            role = _usual_role(mention, kind, hints) if told_by is None else _meant_role(told_by, mention, kind, hints)
        told.append(replace(mention, attributes=MappingProxyType({**mention.attributes, "role": role.value})))
    return _on_routes(plain.original, told)


_ARROWS = frozenset(("→", "->", "-->", "➡", "➡️", "=>", "⇒", ">", ">>"))


def _on_routes(text: str, mentions: list[Mention]) -> list[Mention]:
    """Places joined by arrows are a route: the first is where it begins, the last where it ends."""
    told = list(mentions)
    places = [i for i, one in enumerate(told) if one.label is Label.LOC and "country" in one.attributes]
    route: list[int] = []
    for i, following in zip(places, [*places[1:], None], strict=True):
        route.append(i)
        joined = following is not None and text[told[i].end : told[following].start].strip() in _ARROWS
        if not joined:
            for at, place in enumerate(route if len(route) > 1 else ()):
                role = Role.ORIGIN if at == 0 else Role.DESTINATION if at == len(route) - 1 else Role.TRANSIT
                attributes = MappingProxyType({**told[place].attributes, "role": role.value})
                told[place] = replace(told[place], attributes=attributes)
            route = []
    return told


class _RoleCues:
    """The words of one text that tell roles, by where they end and where they begin."""

    def __init__(self, plain: Plain) -> None:
        self._text = plain.original
        found = [(plain.span(cue.start, cue.end), cue.meanings) for cue in _finder().find(plain)]
        self._before = [(end, role) for (_, end), meanings in found for side, role in meanings if side == "before"]
        self._after = [(start, role) for (start, _), meanings in found for side, role in meanings if side == "after"]

    def of(self, place: Mention) -> str | None:
        """The role that the nearest word gives, if one stands near enough."""
        i = bisect_right(self._before, place.start, key=itemgetter(0)) - 1
        near = i >= 0 and place.start - self._before[i][0] <= _REACH
        if near and _leads_on(self._text[self._before[i][0] : place.start]):
            return self._before[i][1]
        i = bisect_left(self._after, place.end, key=itemgetter(0))
        near = i < len(self._after) and self._after[i][0] - place.end <= 2
        if near and not self._text[place.end : self._after[i][0]].strip():
            return self._after[i][1]
        return None


def _leads_on(between: str) -> bool:
    """Whether a cue still speaks of what follows these characters."""
    return not _STOPS.intersection(between) and between.count("\n") <= 1


def _goes_on(between: str) -> bool:
    """Whether the next place belongs to the same list."""
    return len(between) <= _CHAIN and "\n" not in between and not _STOPS.intersection(between)


@together
def _finder() -> PhraseFinder[tuple[str, str]]:
    return PhraseFinder(
        (word.strip(), (side, str(role)))
        for role, sides in read_lists("roles").items()
        for side, words in sides.items()
        for word in str(words).split(",")
    )


def _meant_role(told_by: str, mention: Mention, kind: PostKind, hints: Hints) -> Role:
    """The role that a word gives in a post of this kind.

    A workplace named in an offer is a worksite, or a destination where only a foreign country is named. Outside of
    offers words of work tell where people were sent, and a mere "in" or "at" tells nothing.
    """
    if told_by not in ("work", "worksite"):
        return Role(told_by)
    if kind is not PostKind.RECRUITMENT:
        return Role.DESTINATION if told_by == "work" else Role.MENTION
    return (
        Role.DESTINATION
        if mention.attributes.get("kind") == "country" and _is_abroad(mention, hints)
        else Role.WORKSITE
    )


def _usual_role(mention: Mention, kind: PostKind, hints: Hints) -> Role:
    """What a place is in a post of this kind when no word tells."""
    if kind is not PostKind.RECRUITMENT:
        return Role.MENTION
    # In a world language whole countries are named to those who would go there.
    far_country = mention.attributes.get("kind") == "country" and not countries_of_readers(hints.lang)
    if far_country or _is_abroad(mention, hints):
        return Role.DESTINATION
    at_home = mention.attributes.get("kind") == "country" and home_countries(hints.lang)
    return Role.MENTION if at_home else Role.WORKSITE


def _is_abroad(mention: Mention, hints: Hints) -> bool:
    home = countries_of_readers(hints.lang)
    return bool(home) and mention.attributes.get("country") not in home
