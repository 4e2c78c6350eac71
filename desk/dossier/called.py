"""What the case calls a network, taken apart so that it can be told in any language: connecting names it in English."""

from __future__ import annotations

from desk.languages import Value, counted, phrase

_TOWARDS, _UNKNOWN, _RECRUITERS = "Towards ", "Destination unknown", " recruiters"


def called(name: str) -> Value:
    """The name as a phrase (see `graph.networks`); as it stands where it is none of a network's."""
    where, divided, who = name.partition(": ")
    first, comma, more = who.rpartition(", ")
    number = more.removesuffix(_RECRUITERS) if more.endswith(_RECRUITERS) else ""
    several = bool(comma) and number.isascii() and number.isdigit()
    named: Value = first if several else who
    if divided and where.startswith(_TOWARDS):
        told = phrase("Towards {places}: {who}", places=where.removeprefix(_TOWARDS).split(" and "), who=named)
    elif divided and where == _UNKNOWN:
        told = phrase("Destination unknown: {who}", who=named)
    else:
        return name
    return (
        phrase("{network}, {recruiters}", network=told, recruiters=counted(int(number), "recruiter"))
        if several
        else told
    )
