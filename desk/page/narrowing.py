"""A search made narrower by a click, and wide again by the next: conditions as a query writes them."""

from __future__ import annotations

from casefile.search.query import holds, narrowed, without


def condition(field: str, value: str) -> str:
    """A field and its value as a query writes them."""
    return f'{field}:"{value}"' if " " in value else f"{field}:{value}"


def turned(query: str, term: str) -> tuple[str, bool]:
    """The query with a condition, or without it where it asks for that already; and whether it did."""
    chosen = holds(query, term)
    return (without(query, term) if chosen else narrowed(query, term)), chosen
