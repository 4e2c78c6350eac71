"""What is chosen in a drawing, as the screen of exports understands it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from casefile.errors import QueryError
from casefile.records import Actor
from casefile.search.query import FIELDS, parse_query
from desk.page.asked import Asked
from desk.page.drawings import WHOLE_CASE, Drawing
from desk.page.opened import Ties


def export_address(ties: Ties, drawing: Drawing, asked: Asked) -> str:
    """The address of the preview of what would leave: what is chosen, else what is drawn, in the time that is shown.

    Empty where no search says it: a search has at most a hundred parts.
    """
    when = _when(asked)
    node = ties.nodes.get(asked.chosen)
    if isinstance(node, Actor) and not when:
        return _address(actor=node.id)
    if asked.chosen:
        search = _naming(_contacts(ties, _chosen(drawing, asked)), when)
        return _address(search=search) if search else ""
    if drawing.id == WHOLE_CASE:
        return _address(search=when)
    return _address(search=f"network:{drawing.id} {when}") if when else _address(network=drawing.id)


def _address(**told: str) -> str:
    return "/export?" + urlencode({"recipient": "own", **{name: value for name, value in told.items() if value}})


def _when(asked: Asked) -> str:
    sieve = asked.sieve
    ends = (("after", sieve.after), ("before", sieve.before))
    return " ".join(f"{name}:{day.isoformat()}" for name, day in ends if day)


def _chosen(drawing: Drawing, asked: Asked) -> Sequence[str]:
    if not asked.chosen.startswith("group:"):
        return [asked.chosen]
    number = drawing.group_chosen(asked.chosen)
    return [] if number is None else drawing.groups[number].members


def _contacts(ties: Ties, nodes: Iterable[str]) -> list[str]:
    """The contacts among these nodes, and those of the recruiters among them."""
    found: dict[str, None] = {}
    for one in nodes:
        node = ties.nodes.get(one)
        found |= dict.fromkeys(node.identifiers if isinstance(node, Actor) else [one])
    return [one for one in found if one.partition(":")[0] in FIELDS or one.startswith("place:")]


def _naming(contacts: Sequence[str], when: str) -> str:
    """A search for posts that name any of these; empty where there is none, or it would be too long."""
    terms = [f'{name}:"{value}"' for name, _, value in (one.partition(":") for one in contacts) if '"' not in value]
    search = " OR ".join(f"{term} {when}".strip() for term in terms)
    try:
        parse_query(search)
    except QueryError:
        return ""
    return search
