"""What somebody asked of a network's drawing, as its address says it: every state can be sent to a colleague."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote, urlencode

from starlette.datastructures import QueryParams

from casefile.records import LinkKind
from desk.page.drawings import Drawing, Sieve
from desk.page.typed import whole_number

_VIEW = re.compile(r"-?[0-9.]{1,12},-?[0-9.]{1,12},[0-9.]{1,12}")
_LONGEST = 1_000
_DIGITS = 7
Values = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """`sieve` says which links, `opened` which groups; `chosen` (and `beside`) what is told at the side."""

    drawing: Drawing
    values: Values
    sieve: Sieve
    opened: frozenset[int]
    chosen: str
    beside: str
    start: str
    end: str
    row: int

    def address(self, **changes: object) -> str:
        """The address of the same state with some values changed; None takes one out."""
        told = {name: value for name, value in {**self.values, **changes}.items() if value not in (None, "", [])}
        return f"/network/{quote(self.drawing.id)}" + ("?" + urlencode(told, doseq=True) if told else "")

    def turned(self, group: int) -> str:
        """What is open when a group is opened, or closed."""
        return _told(self.drawing, self.opened ^ {group})


def asked_of(drawing: Drawing, query: QueryParams) -> Asked:
    """What the query of an address asks; what is not understood is left out of it."""
    kinds: list[str] = [kind.value for kind in LinkKind if kind.value in query.getlist("kind")]
    after, before = _day(query.get("after", "")), _day(query.get("before", ""))
    sure = _share(query.get("sure", ""))
    opened = _opened(drawing, query.get("open", ""))
    words = {name: query.get(name, "").strip()[:_LONGEST] for name in ("chosen", "with", "from", "to")}
    row = query.get("row", "")
    view = query.get("at", "")
    values: dict[str, str | list[str]] = {
        **words,
        "sure": f"{sure:g}" if sure else "",
        "kind": kinds,
        "after": after.isoformat() if after else "",
        "before": before.isoformat() if before else "",
        "open": _told(drawing, opened),
        "at": view if _VIEW.fullmatch(view) else "",
    }
    return Asked(
        drawing,
        {name: value for name, value in values.items() if value},
        Sieve(sure, frozenset(LinkKind(kind) for kind in kinds), after, before),
        opened,
        words["chosen"],
        words["with"],
        words["from"],
        words["to"],
        whole_number(row, _DIGITS) or 0,
    )


def _opened(drawing: Drawing, told: str) -> frozenset[int]:
    """`all`, `none` or numbers of groups; without a word, none of a large drawing."""
    every = frozenset(range(len(drawing.groups)))
    if told in ("", "all", "none"):
        return every if told == "all" or (not told and not drawing.is_large) else frozenset()
    return every & {whole_number(part, _DIGITS) for part in told.split(",")}


def _told(drawing: Drawing, opened: Collection[int]) -> str:
    """The opposite of `_opened`."""
    if set(opened) == set(_opened(drawing, "")):
        return ""
    if len(opened) in (0, len(drawing.groups)):
        return "all" if opened else "none"
    return ",".join(map(str, sorted(opened)))


def _day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text) if len(text) == 10 else None
    return None


def _share(text: str) -> float:
    return min(1.0, float(text)) if re.fullmatch(r"[0-9]?(\.[0-9]{1,6})?", text) and text not in ("", ".") else 0.0
