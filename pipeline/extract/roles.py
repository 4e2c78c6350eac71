"""The part that each place plays in a post: origin, transit, destination, worksite or mere mention.

Signs around the place give points to each role; the signs and points stand open in `config/roles.yml`, fitted by
`benchmarks/fit_roles.py`. Where people go to work, an offer calls a place abroad the destination, and the worksite what
lies at home or is finer than a town; outside of offers it is where people were sent.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from casefile.records import Label, Mention, PostKind, Role
from pipeline.extract.role_signs import LIKE_THE_LAST, ROUTE, role_lists, signs_of_roles
from pipeline.hints import Hints
from pipeline.plain import Plain

ROLES = (Role.MENTION, Role.ORIGIN, Role.TRANSIT, Role.DESTINATION)
"""What points are given to; `destination` stands for the worksite too."""

Points = Mapping[str, tuple[float, ...]]
_NONE = [0.0] * len(ROLES)
_ON_ROUTES = dict(zip(ROUTE, (Role.ORIGIN, Role.TRANSIT, Role.DESTINATION), strict=True))
_FINER_THAN_TOWNS = ("compound", "locality")


def with_roles(plain: Plain, mentions: Sequence[Mention], kind: PostKind, hints: Hints) -> list[Mention]:
    """The mentions with an attribute `role` on every place."""
    told = iter(tell_roles(signs_of_roles(plain, mentions, kind, hints), _places(mentions), kind))
    return [
        replace(mention, attributes=MappingProxyType({**mention.attributes, "role": next(told).value}))
        if mention.label is Label.LOC
        else mention
        for mention in mentions
    ]


def tell_roles(
    signs: Sequence[Sequence[str]], places: Sequence[Mention], kind: PostKind, points: Points | None = None
) -> list[Role]:
    """The role of each place by its signs: the one with most points, or that of the place before in a list."""
    points = _points() if points is None else points
    roles: list[Role] = []
    likeliest, said, before = Role.MENTION, Role.MENTION, None
    for held, place in zip(signs, places, strict=True):
        if "country" not in place.attributes:
            roles.append(Role.MENTION)  # where nobody knows a place, nobody is sent there on a map
            continue
        on_route = next((role for sign, role in _ON_ROUTES.items() if sign in held), None)
        goes_on = LIKE_THE_LAST in held and before is not None
        if not on_route and not goes_on:
            total = _add(("always", *held), points)
            likeliest = ROLES[total.index(max(total))]
        if on_route:
            likeliest = said = on_route
        elif not goes_on or _is_country(place) is not _is_country(before):
            said = _of_work(held, place, kind) if likeliest is Role.DESTINATION else likeliest
        roles.append(said)
        before = place
    return roles


def _is_country(place: Mention | None) -> bool:
    return place is not None and place.attributes.get("kind") == "country"


def _places(mentions: Sequence[Mention]) -> list[Mention]:
    return [mention for mention in mentions if mention.label is Label.LOC]


def _of_work(signs: Sequence[str], place: Mention, kind: PostKind) -> Role:
    """Whether a place that people go to for work is where they are sent or where they work."""
    if kind not in (PostKind.RECRUITMENT, PostKind.OTHER) or "to before" in signs or "to behind" in signs:
        return Role.DESTINATION
    if any(sign.endswith(", abroad") for sign in signs):
        return Role.WORKSITE if place.attributes.get("kind") in _FINER_THAN_TOWNS else Role.DESTINATION
    if any(sign.endswith(", at home") for sign in signs) or not _is_country(place):
        return Role.WORKSITE
    return Role.WORKSITE if "site before" in signs else Role.DESTINATION


def _add(signs: Iterable[str], points: Points) -> list[float]:
    """The sum of the points of all signs, by role as in `ROLES`."""
    return [sum(column) for column in zip(*(points[sign] for sign in signs if sign in points), strict=True)] or _NONE


@cache
def _points() -> dict[str, tuple[float, ...]]:
    given = role_lists().get("points", {})
    return {str(sign): tuple(float(row.get(role.value, 0.0)) for role in ROLES) for sign, row in given.items()}
